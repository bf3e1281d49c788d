/** `mdraft compare`: what changed between versions of a solicitation. */
import { writeFile } from 'node:fs/promises'
import { MdraftError } from '../../core/index.ts'
import { createPool, type Pool } from '../../platform/pool/pool.ts'
import {
  type Comparison,
  type ComparisonFormat,
  comparisonFormats,
  exportComparison,
} from '../../rfp/index.ts'
import { analyzeFile } from '../analyze/read.ts'
import { type Command, Option } from '../command.ts'
import { complain } from '../say.ts'

type Flags = { readonly to: ComparisonFormat; readonly output?: string; readonly timeout?: string }

export function configure(command: Command): void {
  command
    .argument('<old>', 'the solicitation')
    .argument('<new...>', 'its new version, amendment or answers; several in the order they came')
    .addOption(new Option('--to <format>', 'output format').choices(comparisonFormats).default('markdown'))
    .option('-o, --output <file>', 'write there instead of stdout')
    .option('--timeout <seconds>', 'for one file')
    .action(async (old: string, versions: string[], flags: Flags) => {
      process.exitCode = await compareAll(old, versions, flags)
    })
}

async function compareAll(old: string, versions: readonly string[], flags: Flags): Promise<number> {
  const pool = createPool({ size: 1 })
  pool.warm()
  try {
    const found = await comparisonsOf(old, versions, flags, pool)
    const bytes = await join(found, flags.to)
    if (flags.output !== undefined) await writeFile(flags.output, bytes)
    else await new Promise<void>((done) => process.stdout.write(bytes, () => done()))
    return 0
  } catch (error) {
    return complain([old, ...versions].join(', '), error)
  } finally {
    pool.close()
  }
}

/** Each version against the last one that was whole: an amendment that says only what changes is no base. */
async function comparisonsOf(
  old: string,
  versions: readonly string[],
  { timeout }: Flags,
  pool: Pool,
): Promise<Comparison[]> {
  const found: Comparison[] = []
  let base = await analyzeFile(old, { pool }, timeout)
  for (const version of versions) {
    const next = await analyzeFile(version, { pool }, timeout)
    const comparison = await pool.compare(base, next)
    found.push(comparison)
    if (comparison.form === 'full') base = next
  }
  return found
}

async function join(found: readonly Comparison[], to: ComparisonFormat): Promise<Uint8Array> {
  const [only] = found
  if (found.length === 1 && only) return exportComparison(only, to)
  if (to === 'json') return Buffer.from(`${JSON.stringify(found, null, 2)}\n`)
  if (to === 'markdown')
    return Buffer.concat(
      await Promise.all(found.map(async (one) => Buffer.from(await exportComparison(one, to)))),
    )
  throw new MdraftError('bad_option', 'A workbook holds one comparison.', {
    fix: 'Compare two files at a time.',
  })
}
