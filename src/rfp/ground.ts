/** No finding without ground: a quote stays only when it is found in the Doc. */
import type { Doc } from '../core/index.ts'
import { fold } from './analyzers/requirements/ids.ts'
import type { Run } from './passages/run.ts'
import { runsOf } from './passages/runs.ts'

export type Ground = {
  /** Whether the quote stands in the document, layout, hyphens and quotation marks aside. */
  readonly has: (quote: string) => boolean
}

/** Reads the document once in each order a quote may follow: with and without labels, heads and feet, and row by row. */
export function groundOf(doc: Doc): Ground {
  const runs = runsOf(doc)
  const running = runs.filter(({ kind }) => kind !== 'furniture')
  const haystacks = [
    ...[runs, running].map((list) => fold(list.map(({ text }) => text).join(' '))),
    fold(running.map(({ label, text }) => `${label ?? ''} ${text}`).join(' ')),
    fold(byRows(running).join(' ')),
  ]
  return {
    has: (quote) => {
      const folded = fold(quote)
      return folded !== '' && haystacks.some((haystack) => haystack.includes(folded))
    },
  }
}

/** Rows of tables as lines, the first column's label first. */
function byRows(runs: readonly Run[]): string[] {
  const rows = new Map<string, string[]>()
  for (const { cell, label, text } of runs) {
    if (!cell) continue
    const key = `${cell.table} ${cell.row}`
    const list = rows.get(key)
    if (list) list.push(text)
    else rows.set(key, [label ? `${label} ${text}` : text])
  }
  return [...rows.values()].flatMap((cells) => [cells.join(' '), cells.slice(1).join(' ')])
}

export type Grounded<T> = { readonly kept: T[]; readonly dropped: T[] }

/** Findings whose quote stands in the document, and those whose quote does not. */
export function ground<T>(
  findings: readonly T[],
  quoteOf: (finding: T) => string,
  { has }: Ground,
): Grounded<T> {
  const kept: T[] = []
  const dropped: T[] = []
  for (const finding of findings) (has(quoteOf(finding)) ? kept : dropped).push(finding)
  return { kept, dropped }
}
