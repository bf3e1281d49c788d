/** `mdraft doctor`: what mdraft needs, whether it is there, and what to fix. */

import { asMdraftError } from '../../core/index.ts'
import { loadConfig, loadLlm } from '../../platform/config/config.ts'
import { printConfig } from '../../platform/config/print.ts'
import { openLlm } from '../../platform/llm/llm.ts'
import { openLocalOcr } from '../../platform/ocr/local.ts'
import { tesseractVersion } from '../../platform/ocr/program.ts'
import { createPool } from '../../platform/pool/pool.ts'
import { serverChecks } from '../../server/check.ts'
import type { Command } from '../command.ts'

/** `found` says what is there; a check that fails throws an error with its fix. */
type Check = { readonly name: string; readonly look: () => Promise<string> }

const checks: readonly Check[] = [
  { name: 'Node', look: async () => `${process.versions.node}` },
  { name: 'reader process', look: readInChild },
  { name: 'text recognition', look: recogniseBlank },
  {
    name: 'configuration',
    look: async () => `read, for ${(await loadConfig()).isProduction ? 'production' : 'development'}`,
  },
  { name: 'language model', look: askModel },
  ...serverChecks.map(({ name, look }) => ({ name, look: async () => look(await loadConfig()) })),
]

export function configure(command: Command): void {
  command.option('--config', 'print every setting that counts here, secrets masked, and end')
  command.action(async ({ config }: { config?: boolean }) => {
    if (config) return void process.stdout.write(await printConfig())
    const failures = []
    for (const { name, look } of checks) {
      try {
        console.log(`ok    ${name}: ${await look()}`)
      } catch (error) {
        const { message, fix } = asMdraftError(error)
        failures.push(name)
        console.log(`FAIL  ${name}: ${message}${fix ? ` ${fix}` : ''}`)
      }
    }
    process.exitCode = failures.length > 0 ? 1 : 0
  })
}

async function askModel(): Promise<string> {
  const settings = await loadLlm()
  if (!settings) return 'none: analyses are by rules, and no text leaves this machine'
  const llm = openLlm(settings)
  await llm.check()
  return `${llm.name} answers`
}

async function recogniseBlank(): Promise<string> {
  const ocr = openLocalOcr()
  const picture = { width: 64, height: 32, grey: new Uint8Array(64 * 32).fill(255), dpi: 150 }
  await ocr.recognise(picture, { languages: ['eng'], layout: 'page' })
  await ocr.close?.()
  const program = await tesseractVersion()
  return `built in; the tesseract program is ${program ? `here too (${program})` : 'not installed, which is fine'}`
}

async function readInChild(): Promise<string> {
  const pool = createPool({ size: 1 })
  const start = performance.now()
  try {
    await pool.print(new TextEncoder().encode('# Check'), { name: 'check.md', from: 'txt' })
    return `starts, reads and answers in ${Math.round(performance.now() - start)} ms`
  } finally {
    pool.close()
  }
}
