/**
 * Teaches the heading classifier from PDFs whose headings are known:
 *
 *     node scripts/train-headings.ts FOLDER…      a folder holds pdfs/NAME.pdf and truth/NAME.md
 *
 * Prints precision and recall on documents it has not seen (five folds by source), then trains on all and writes
 * src/core/layout/headings/model.json.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bodyStyle } from '../src/core/layout/headings/body.ts'
import { type BoostedTrees, probability } from '../src/core/layout/headings/boost.ts'
import { candidatesOf, featureNames } from '../src/core/layout/headings/features.ts'
import { layOutPages } from '../src/core/layout/index.ts'
import { defaultLimits } from '../src/core/limits.ts'
import { defaultReadOptions } from '../src/core/options.ts'
import { readPdf } from '../src/core/readers/pdf/pdf.ts'
import { createReport } from '../src/core/report.ts'
import { type Row, train } from './headings/boost.ts'

type Sample = Row & { readonly source: string; readonly text: string }

const FOLDS = 5
/** A document counts as this many lines at most, or books would drown pages. */
const LINES = 25

const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

async function samplesOf(folder: string, name: string): Promise<Sample[]> {
  const context = {
    options: { ...defaultReadOptions, ocr: 'never' as const },
    limits: defaultLimits,
    report: createReport(),
    signal: new AbortController().signal,
    progress: () => {},
    isLate: () => false,
    keepImage: () => undefined,
    readMember: async () => undefined,
  }
  const source = await readPdf({ bytes: readFileSync(join(folder, 'pdfs', `${name}.pdf`)) }, context)
  const { layouts } = await layOutPages(source, context)
  const candidates = candidatesOf(layouts, bodyStyle(layouts))
  const truth = readFileSync(join(folder, 'truth', `${name}.md`), 'utf8')
  const headings = [...truth.matchAll(/^#{1,6}\s+(.*)$/gm)].map(([, text]) => plain(text!))
  const left = new Map<string, number>()
  for (const text of headings) left.set(text, (left.get(text) ?? 0) + 1)
  return candidates.map(({ text, features }): Sample => {
    const key = plain(text)
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    return {
      values: featureNames.map((feature) => features[feature]),
      label: count > 0 ? 1 : 0,
      weight: Math.min(1, LINES / candidates.length),
      source: sourceOf(name),
      text,
    }
  })
}

/** Renderings of one document share its number; pages of one book follow one another. */
const sourceOf = (name: string): string => {
  const number = /^\d+/.exec(name)?.[0] ?? name
  return number.length > 6 ? `book ${Math.floor(Number(number.slice(-4)) / 6)}` : number
}

function foldsOf(samples: readonly Sample[]): Map<string, number> {
  const sources = [...new Set(samples.map((sample) => sample.source))]
  // Far apart in the list, so that kinds of documents spread over the folds.
  return new Map(sources.map((source, at) => [source, (at * 7) % FOLDS]))
}

function crossValidate(samples: readonly Sample[]): void {
  const folds = foldsOf(samples)
  const rows: { sample: Sample; p: number }[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = train(
      featureNames,
      samples.filter((one) => folds.get(one.source) !== fold),
    )
    for (const sample of samples)
      if (folds.get(sample.source) === fold) rows.push({ sample, p: probability(model, sample.values) })
  }
  for (const limit of [0.3, 0.4, 0.5, 0.6]) {
    const hits = rows.filter(({ p, sample }) => p > limit && sample.label === 1).length
    const found = rows.filter(({ p }) => p > limit).length
    const all = rows.filter(({ sample }) => sample.label === 1).length
    console.log(`over ${limit}: precision ${(hits / found).toFixed(3)}, recall ${(hits / all).toFixed(3)}`)
  }
  if (process.argv.includes('--errors'))
    for (const { sample, p } of rows)
      if (p > 0.5 !== (sample.label === 1))
        console.log(`${sample.source}\t${p.toFixed(2)}\t${sample.label}\t${sample.text.slice(0, 100)}`)
}

const samples: Sample[] = []
for (const folder of process.argv.slice(2).filter((one) => !one.startsWith('-')))
  for (const file of readdirSync(join(folder, 'pdfs')).filter((one) => one.endsWith('.pdf')))
    samples.push(...(await samplesOf(folder, file.slice(0, -4))))
console.log(`${samples.length} lines, ${samples.filter((one) => one.label === 1).length} headings`)
crossValidate(samples)
const model: BoostedTrees = train(featureNames, samples)
writeFileSync(
  join(import.meta.dirname, '../src/core/layout/headings/model.json'),
  `${JSON.stringify(model)}\n`,
)
