/**
 * Runs the scorers of a folder over the corpora of another and writes `docs/accuracy.md`.
 *
 *   node scripts/accuracy.ts --score DIR --corpus DIR [--only pdf,scan,office,docx,rfp] [--out FILE]
 *
 * SCORE holds pdf.mjs, office.mjs, docx-features.mjs and rfp.mjs; CORPUS holds pdf/, office/ and rfp/.
 */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { amendments } from './accuracy/amendments.ts'
import { characterError } from './accuracy/character-error.ts'
import { convert } from './accuracy/engine.ts'
import { hasTable, type Levels, levelsOf } from './accuracy/headings.ts'

const root = resolve(import.meta.dirname, '..')
const engine = join(root, 'scripts/accuracy/engine.ts')
const { values } = parseArgs({
  options: {
    score: { type: 'string' },
    corpus: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: join(root, 'docs/accuracy.md') },
  },
})
const { score, corpus, out } = values
if (!score || !corpus) {
  console.error(
    'usage: node scripts/accuracy.ts --score DIR --corpus DIR [--only pdf,scan,office,docx,rfp] [--out FILE]',
  )
  process.exit(2)
}

const run = promisify(execFile)
/** A scorer's exit status tells of failed documents, which its own output lists: the output is wanted either way. */
async function scorer(script: string, args: readonly string[]): Promise<string> {
  const options = { maxBuffer: 64 * 2 ** 20, cwd: root }
  const { stdout } = await run(process.execPath, [join(score!, script), ...args], options).catch(
    (error: unknown) => {
      if (error instanceof Error && 'stdout' in error && String(error.stdout).trim() !== '')
        return { stdout: String(error.stdout) }
      throw error
    },
  )
  return stdout
}

type PdfScores = {
  readonly score: Record<string, number | null>
  readonly pages: number
  readonly ms: number
}

async function pdf(): Promise<string> {
  const columns = ['overall', 'nid', 'teds', 'teds_s', 'mhs', 'mhs_s']
  const rows: string[] = []
  const remarks: string[] = []
  for (const name of ['odl-bench', 'icdar2013', 'rfp-render']) {
    const file = join(tmpdir(), `mdraft-accuracy-${process.pid}-${name}.json`)
    const kept = mkdtempSync(join(tmpdir(), 'mdraft-accuracy-'))
    await scorer('pdf.mjs', [
      ...['--corpus', name, '--root', join(corpus!, 'pdf'), '--module', engine],
      ...['--jobs', '1', '--timeout', '300', '--out', file, '--keep', kept],
    ])
    const { score: found, pages, ms } = JSON.parse(readFileSync(file, 'utf8')) as PdfScores // the scorer's own file
    rows.push(
      `| ${name} | ${columns.map((key) => found[key]?.toFixed(4) ?? '–').join(' | ')} | ${pages} | ${(ms / pages).toFixed(0)} |`,
    )
    remarks.push(...remarksOn(name, kept))
    rmSync(kept, { recursive: true, force: true })
  }
  return [
    `| corpus | ${columns.join(' | ')} | pages | ms/page |`,
    `|---|${'---|'.repeat(columns.length + 2)}`,
    ...rows,
    ...remarks,
  ].join('\n')
}

/** Beside the scorer's figures: heading levels where the truth has them, tables where it has none. */
function remarksOn(name: string, kept: string): string[] {
  const pairs = readdirSync(kept).flatMap((file) => {
    const truth = join(corpus!, 'pdf', name, 'truth', file)
    return existsSync(truth)
      ? [[readFileSync(join(kept, file), 'utf8'), readFileSync(truth, 'utf8')] as const]
      : []
  })
  if (name === 'rfp-render') {
    const all = pairs.map(([read, truth]) => levelsOf(read, truth))
    const sum = (of: keyof Levels) => all.reduce((total, one) => total + one[of], 0)
    return [
      '',
      `Heading levels on ${name}: of ${sum('truth')} headings ${sum('found')} were found, ${((100 * sum('right')) / sum('found')).toFixed(1)} % of these at the right level.`,
    ]
  }
  if (name !== 'odl-bench') return []
  const without = pairs.filter(([, truth]) => !hasTable(truth))
  const wrong = without.filter(([read]) => hasTable(read)).length
  return ['', `False tables on ${name}: ${wrong} of ${without.length} documents without one.`]
}

/** Each `X-scanned.pdf` against its born-digital twin `X.pdf`, both as mdraft converts them. */
async function scan(): Promise<string> {
  const rows: string[] = []
  for (const scanned of globSync(join(corpus!, 'rfp/docs/*-scanned.pdf')).sort()) {
    const twin = scanned.replace('-scanned.pdf', '.pdf')
    if (!existsSync(twin)) continue
    const error = characterError(await convert(scanned), await convert(twin))
    rows.push(`| ${basename(scanned)} | ${(error * 100).toFixed(2)} % |`)
  }
  return ['| scan | character error against its twin |', '|---|---|', ...rows].join('\n')
}

const fenced = (text: string): string => `\`\`\`\n${text.trimEnd()}\n\`\`\``
const upTo = (text: string, end: RegExp): string => {
  const lines = text.split('\n')
  const last = lines.findIndex((line) => end.test(line))
  return fenced(lines.slice(0, last < 0 ? lines.length : last + 1).join('\n'))
}

const office = async () =>
  upTo(await scorer('office.mjs', ['--root', join(corpus!, 'office'), '--module', engine]), /^OVERALL/)
const docx = async () =>
  upTo(await scorer('docx-features.mjs', ['--root', join(corpus!, 'office'), '--module', engine]), /^TOTAL/)
async function rfp(): Promise<string> {
  const file = join(tmpdir(), `mdraft-accuracy-${process.pid}-rfp.json`)
  const table = upTo(
    await scorer('rfp.mjs', [
      ...['--root', join(corpus!, 'rfp'), '--timeout', '300', '--out', file],
      ...[
        '--cmd',
        `"${process.execPath}" "${join(root, 'bin/mdraft.js')}" analyze {in} --type all --to json`,
      ],
    ]),
    /^HEADLINE/,
  )
  const { documents } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly documents: readonly { readonly headline: number | null }[]
  }
  rmSync(file)
  return `${table}\n\n${spread(documents.flatMap(({ headline }) => headline ?? []))}`
}

/** How much one document more or less moves the mean: the rules are written, not fitted, so nothing is trained again. */
function spread(headlines: readonly number[]): string {
  const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length
  const middle = mean(headlines)
  const deviation = Math.sqrt(
    headlines.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (headlines.length - 1),
  )
  const without = headlines.map((_, left) => mean(headlines.filter((__, at) => at !== left)))
  const shown = (value: number) => value.toFixed(3)
  return `Headline by document: lowest ${shown(Math.min(...headlines))}, highest ${shown(Math.max(...headlines))}, standard deviation ${shown(deviation)}; mean with one document left out: ${shown(Math.min(...without))} to ${shown(Math.max(...without))}.`
}

const sections = [
  {
    key: 'pdf',
    title: 'PDF',
    about:
      'NID: reading order and text; TEDS: tables; MHS: headings. Text recognition on where a page needs it.',
    measure: pdf,
  },
  {
    key: 'scan',
    title: 'Scanned documents',
    about:
      'Share of characters that differ; shapes of quotes, dashes, bullets, lengths of leaders and white space do not count.',
    measure: scan,
  },
  { key: 'office', title: 'Office and text formats', about: 'Percent per format.', measure: office },
  { key: 'docx', title: 'Word features', about: 'What survives of real files.', measure: docx },
  { key: 'rfp', title: 'RFP analysis', about: 'Rule engine alone, no language model.', measure: rfp },
  {
    key: 'rfp',
    title: 'Amendments',
    about:
      'Changes between versions against a list made by hand (`scripts/accuracy/amendments.ts`): the texts of both versions compared word by word, running heads left out, each difference judged by reading the pages. A change is found when it is told on its page as what it is; what only an amendment’s own list says (“Exhibit 2 is replaced”) must stand among its orders.',
    measure: () => amendments(join(corpus!, 'rfp/docs')),
  },
]

const wanted = values.only?.split(',')
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
const date = new Date().toISOString().slice(0, 10)
const parts = [
  '# Accuracy',
  `Written by \`node scripts/accuracy.ts\` on ${date} at commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', 'src') ? ' with changes' : ''}, Node ${process.versions.node}.`,
]
for (const { key, title, about, measure } of sections) {
  if (wanted && !wanted.includes(key)) continue
  console.error(`${title} …`)
  parts.push(
    `## ${title}`,
    about,
    await measure().catch((error: unknown) => `Not measured: ${String(error).split('\n')[0]}`),
  )
}
writeFileSync(out, `${parts.join('\n\n')}\n`)
console.error(`Written: ${out}`)
