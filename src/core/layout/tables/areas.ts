/** Tables that have lines across only: the space between lines of one width that holds text in columns. */
import type { Rect, Word } from '../../doc/page.ts'
import { inside, overlap } from '../geometry.ts'
import { isPlausible } from './judge.ts'
import type { Rule } from './rules.ts'
import { type StreamTable, streamTable } from './stream.ts'
import { type TextRow, textRowsOf } from './text-rows.ts'

type Page = { readonly number: number; readonly words: readonly Word[] }

/** Ends of lines of one table agree within this many points. */
const SAME_END = 6

export function lineTables(page: Page, across: readonly Rule[]): { tables: StreamTable[]; taken: Set<Word> } {
  const taken = new Set<Word>()
  const tables: StreamTable[] = []
  for (const stack of stacksOf(across)) {
    for (const area of areasOf(stack, page.words)) {
      const words = page.words.filter((word) => !taken.has(word) && inside(word, area) > 0.5)
      const rules = across.filter(
        (rule) =>
          rule.at > area.y0 - 3 &&
          rule.at < area.y1 + 3 &&
          overlap(rule.from, rule.to, area.x0, area.x1) > 0.9 * (rule.to - rule.from),
      )
      const table = streamTable(textRowsOf(words), rules, { page: page.number, evidence: ['lines-across'] })
      if (!table || !isPlausible(table, rules.length)) continue
      tables.push({
        ...table,
        x0: area.x0,
        x1: area.x1,
        y0: Math.min(area.y0, table.y0),
        y1: Math.max(area.y1, table.y1),
      })
      for (const word of words) taken.add(word)
    }
  }
  return { tables, taken }
}

/** Lines that begin and end at the same places, from top to bottom. */
function stacksOf(across: readonly Rule[]): Rule[][] {
  const stacks: Rule[][] = []
  for (const rule of across.toSorted((one, other) => one.at - other.at)) {
    const stack = stacks.find(
      ([first]) => Math.abs(first!.from - rule.from) < SAME_END && Math.abs(first!.to - rule.to) < SAME_END,
    )
    if (stack) stack.push(rule)
    else stacks.push([rule])
  }
  return stacks.filter((stack) => stack.length >= 2)
}

/** Spaces between neighbouring lines that hold rows of cells; those that follow on one another are one area. */
function areasOf(stack: readonly Rule[], words: readonly Word[]): Rect[] {
  const out: { x0: number; y0: number; x1: number; y1: number; isOpen: boolean }[] = []
  for (let at = 1; at < stack.length; at++) {
    const [above, below] = [stack[at - 1]!, stack[at]!]
    const band = { x0: above.from - 2, x1: above.to + 2, y0: above.at, y1: below.at }
    const rows = textRowsOf(words.filter((word) => inside(word, band) > 0.5))
    const last = out.at(-1)
    if (!isTabular(rows, band)) {
      if (last) last.isOpen = false
      continue
    }
    if (last?.isOpen && Math.abs(last.y1 - band.y0) < 1) last.y1 = band.y1
    else out.push({ ...band, isOpen: true })
  }
  return out
}

/** Do the rows stand in columns rather than run across as text does? */
function isTabular(rows: readonly TextRow[], band: Rect): boolean {
  if (rows.length === 0) return band.y1 - band.y0 < 20
  const several = rows.filter((row) => row.chunks.length >= 2).length
  return several >= 0.4 * rows.length
}
