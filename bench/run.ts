/**
 * Speed and memory, beside the peers installed in bench/ (`cd bench && npm install`). Prints Markdown.
 *
 *   npm run bench -- [--pdfs DIR]... [--docx DIR] [--only pdf,docx,memory,server] [--engines mdraft,liteparse]
 *
 * Without folders the repository's own samples are read. Quality is measured by `scripts/accuracy.ts`.
 */
import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Reading } from './engine-child.ts'
import { engines } from './engines.ts'
import { bigDocx, bigPdf } from './generate.ts'
import { measure, table } from './measure.ts'
import { serverLoad } from './server.ts'

const root = resolve(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    pdfs: { type: 'string', multiple: true, default: [join(root, 'samples')] },
    docx: { type: 'string', default: join(root, 'samples') },
    only: { type: 'string' },
    engines: { type: 'string' },
  },
})
const wanted = values.engines?.split(',')
const of = (kind: string) =>
  engines.filter((one) => one.kind === kind && (wanted?.includes(one.name) ?? true))

const ROUNDS = 3
const PDF_PAGES = 1473
const DOCX_PAGES = 870

/** Each engine in turn, several times; the fastest round is the one that other work disturbed least. */
async function compare(
  kind: 'pdf' | 'docx',
  paths: readonly string[],
  pages: number,
  rounds = ROUNDS,
): Promise<string> {
  const best = new Map<string, Reading | string>()
  for (let round = 0; round < rounds; round++)
    for (const engine of of(kind)) {
      const before = best.get(engine.name)
      if (round > 0 && (before === undefined || typeof before === 'string')) continue
      const reading = await measure(engine, paths, rounds > 1)
      if (typeof before !== 'object' || (typeof reading === 'object' && total(reading) < total(before)))
        best.set(engine.name, reading)
    }
  const head = [
    'engine',
    `ms/${kind === 'pdf' ? 'page' : 'file'}`,
    'median ms/file',
    'CPU ms',
    'peak MB',
    'failed',
    'thousand characters',
  ]
  const rows = [...best].map(([name, reading]) => [name, ...cells(reading, pages)])
  return [table(head, rows), ...missing(best)].join('\n\n')
}

/** A peer that is not there must not pass for one that was beaten. */
const missing = (best: ReadonlyMap<string, Reading | string>): string[] =>
  [...best].flatMap(([name, reading]) =>
    typeof reading === 'string'
      ? [`**NOT MEASURED: ${name}** (${reading}). Peers: \`cd bench && npm install\`.`]
      : [],
  )

const median = (millis: readonly number[]): number => {
  const sorted = [...millis].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const total = ({ millis }: Reading): number => millis.reduce((sum, one) => sum + one, 0)

function cells(reading: Reading | string, pages: number): string[] {
  if (typeof reading === 'string') return ['not measured', '', '', '', '', '']
  return [
    (total(reading) / pages).toFixed(1),
    median(reading.millis).toFixed(1),
    (reading.cpuMillis / pages).toFixed(1),
    reading.peakMegabytes.toFixed(0),
    String(reading.failed),
    String(Math.round(reading.characters / 1000)),
  ]
}

async function pdf(): Promise<string> {
  const parts: string[] = []
  for (const folder of values.pdfs) {
    const paths = globSync(join(folder, '**/*.pdf')).sort()
    if (paths.length === 0) continue
    const pages = await pagesOf(paths)
    parts.push(
      `${basename(folder)}: ${paths.length} files, ${pages} pages`,
      await compare('pdf', paths, pages),
    )
  }
  return parts.join('\n\n')
}

async function pagesOf(paths: readonly string[]): Promise<number> {
  const { openPdf } = await import('../src/core/readers/pdf/file.ts')
  const { readFile } = await import('node:fs/promises')
  let pages = 0
  for (const path of paths) {
    try {
      const file = await openPdf(await readFile(path), { heapBytes: 2 ** 30 })
      pages += file.pageCount
      file.close()
    } catch {
      pages += 1 // what cannot be opened counts as one page for everybody
    }
  }
  return pages
}

async function docx(): Promise<string> {
  const paths = globSync(join(values.docx, '**/*.docx')).sort()
  return `${paths.length} files\n\n${await compare('docx', paths, Math.max(1, paths.length))}`
}

async function memory(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-'))
  try {
    const [pdfFile, docxFile] = [join(folder, 'big.pdf'), join(folder, 'big.docx')]
    bigPdf(pdfFile, PDF_PAGES)
    await bigDocx(docxFile, DOCX_PAGES)
    return [
      `A PDF of ${PDF_PAGES} pages`,
      await compare('pdf', [pdfFile], PDF_PAGES, 1),
      `A Word file of ${DOCX_PAGES} pages`,
      await compare('docx', [docxFile], 1, 1),
    ].join('\n\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const sections = [
  { key: 'pdf', title: 'PDF, one process, no text recognition', print: pdf },
  { key: 'docx', title: 'Word', print: docx },
  { key: 'memory', title: 'Large documents', print: memory },
  {
    key: 'server',
    title: 'Server with embedded database',
    print: () => serverLoad(join(root, 'samples/sample-rfp.pdf')),
  },
]

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
console.log(
  `# Bench\n\n${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)} at the start.`,
)
for (const { key, title, print } of sections) {
  if (values.only && !values.only.split(',').includes(key)) continue
  console.log(`\n## ${title}\n\n${await print()}`)
}
