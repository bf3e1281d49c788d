/** `mdraft analyze`: requests for proposal to findings. */

import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { MdraftError } from '../../core/index.ts'
import { createPool, type Pool } from '../../platform/pool/pool.ts'
import type { Analysis } from '../../rfp/index.ts'
import { type Command, Option } from '../command.ts'
import { complain } from '../say.ts'

/** What the user calls a part → its field. */
const parts = {
  'compliance-matrix': 'compliance_matrix',
  'evaluation-criteria': 'evaluation_criteria',
  'annotated-outline': 'annotated_outline',
  'submission-checklist': 'submission_checklist',
} as const satisfies Record<string, keyof Analysis>
type Part = keyof typeof parts

type Flags = {
  readonly type: Part | 'all'
  readonly to: 'json'
  readonly output?: string
  readonly timeout?: string
}

export function configure(command: Command): void {
  command
    .argument('<file...>', 'the solicitation: one file, or its parts')
    .addOption(
      new Option('--type <part>', 'what to find').choices([...Object.keys(parts), 'all']).default('all'),
    )
    .addOption(new Option('--to <format>', 'output format').choices(['json']).default('json'))
    .option('-o, --output <file>', 'write there instead of stdout')
    .option('--timeout <seconds>', 'for one file')
    .action(async (files: string[], flags: Flags) => {
      process.exitCode = await analyzeAll(files, flags)
    })
}

async function analyzeAll(files: readonly string[], flags: Flags): Promise<number> {
  const pool = createPool({ size: 1 })
  pool.warm()
  try {
    const analyses = await Promise.all(files.map((file) => analyzeFile(file, flags, pool)))
    const results = analyses.map((analysis) => partOf(analysis, flags.type))
    const text = `${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`
    if (flags.output === undefined) process.stdout.write(text)
    else await writeFile(flags.output, text)
    return 0
  } catch (error) {
    return complain(files.join(', '), error)
  } finally {
    pool.close()
  }
}

async function analyzeFile(file: string, flags: Flags, pool: Pool): Promise<Analysis> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new MdraftError('not_found', 'The file cannot be opened.', {
      fix: 'Check its name and permissions.',
      cause,
    })
  })
  const call = flags.timeout === undefined ? {} : { deadline: Number(flags.timeout) * 1000 }
  const filename = basename(file)
  const { doc } = await pool.convert(bytes, { name: filename }, call)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return pool.analyze(doc, { filename, sha256 }, call)
}

/** One part keeps what says which document it is of. */
function partOf(analysis: Analysis, type: Part | 'all'): Partial<Analysis> {
  if (type === 'all') return analysis
  const others = Object.values(parts).filter((field) => field !== parts[type])
  return Object.fromEntries(
    Object.entries(analysis).filter(([field]) => !(others as string[]).includes(field)),
  ) as Partial<Analysis> // fields were only taken away
}
