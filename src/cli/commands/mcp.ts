/** `mdraft mcp`: documents for a model's tools, on stdin and stdout. */
import { loadLlm } from '../../platform/config/config.ts'
import { openLlm } from '../../platform/llm/llm.ts'
import { createPool } from '../../platform/pool/pool.ts'
import { version } from '../../platform/version.ts'
import type { Command } from '../command.ts'
import { complain } from '../say.ts'

type Flags = { readonly root: readonly string[]; readonly llm?: string }

export function configure(command: Command): void {
  command
    .option('--root <dir...>', 'folders whose files may be read; without it only web addresses', [])
    .option('--llm <provider:model>', 'language model that adds to analyses (default: MDRAFT_LLM, else none)')
    .action(async (flags: Flags) => {
      process.exitCode = await serve(flags)
    })
}

async function serve({ root, llm }: Flags): Promise<number> {
  const pool = createPool({ size: 1 })
  try {
    const settings = await loadLlm(llm)
    const analyst = settings && { llm: openLlm(settings), settings }
    const { localDesk } = await import('../../mcp/local-desk.ts')
    const { serveStdio } = await import('../../mcp/protocol.ts')
    const desk = await localDesk({ pool, roots: root, analyst })
    pool.warm()
    // Stdout belongs to the protocol; everything else goes to stderr.
    await serveStdio(desk, version(), (error, tool) => complain(tool, error))
    return 0
  } catch (error) {
    return complain('', error)
  } finally {
    pool.close()
  }
}
