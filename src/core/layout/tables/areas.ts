/** Tables that have lines across only: the space between lines of one width that holds text in columns. */
import type { Rect, Word } from '../../doc/page.ts'
import { inside, overlap } from '../geometry.ts'
import { isPlausible } from './judge.ts'
import type { Rule } from './rules.ts'
import { type StreamTable, streamTable } from './stream.ts'
import { chunkStarts, partAtStarts, type TextRow, textRowsOf } from './text-rows.ts'

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
  const bands = bandsOf(stack, words)
  const starts = columnStarts(bands)
  const out: { x0: number; y0: number; x1: number; y1: number; isOpen: boolean }[] = []
  for (const { rows, ...band } of bands) {
    const last = out.at(-1)
    if (!isTabular(rows, band) && !(stack.length >= MIN_LINES && keepsColumns(rows, starts))) {
      if (last) last.isOpen = false
      continue
    }
    if (last?.isOpen && Math.abs(last.y1 - band.y0) < 1) last.y1 = band.y1
    else out.push({ ...band, isOpen: true })
  }
  return out.map((area) => withOpenEnds(area, { starts, words, lines: stack.length }))
}

type Band = Rect & { readonly rows: readonly TextRow[] }

const bandsOf = (stack: readonly Rule[], words: readonly Word[]): Band[] =>
  stack.slice(1).map((below, at) => {
    const above = stack[at]!
    const band = { x0: above.from - 2, x1: above.to + 2, y0: above.at, y1: below.at }
    return { ...band, rows: textRowsOf(words.filter((word) => inside(word, band) > 0.5)) }
  })

/** Where columns begin in rows that show them: others have cells that nearly fill their column. */
function columnStarts(bands: readonly Band[]): number[] {
  const rows = bands.filter((band) => isTabular(band.rows, band)).flatMap((band) => band.rows)
  return rows.length < MIN_ROWS ? [] : chunkStarts(rows, Math.max(3, 0.4 * rows.length))
}

const MIN_ROWS = 4
/** Lines between rows, rather than above and below a head and at the foot. */
const MIN_LINES = 4
/** Steps between lines of one row, in em. */
const TIGHT = 1.7

/** Lines drawn only between rows leave the first row above them and the last one below. */
function withOpenEnds(
  area: Rect,
  { starts, words, lines }: { starts: readonly number[]; words: readonly Word[]; lines: number },
): Rect {
  if (starts.length === 0 || lines < MIN_LINES) return area
  const near = (from: number, to: number) =>
    textRowsOf(words.filter((word) => inside(word, { ...area, y0: from, y1: to }) > 0.5))
  const isRow = (rows: readonly TextRow[]) => keepsColumns(rows, starts)
  const above = tight(near(-Infinity, area.y0).toReversed())
  const below = tight(near(area.y1, Infinity))
  return {
    ...area,
    ...(isRow(above) ? { y0: above.at(-1)!.y0 - 1 } : {}),
    ...(isRow(below) ? { y1: below.at(-1)!.y1 + 1 } : {}),
  }
}

function tight(rows: readonly TextRow[]): TextRow[] {
  const end = rows.findIndex((row, at) => {
    const last = rows[at - 1]
    if (!last) return false
    const size = Math.min(row.size, last.size)
    return (
      Math.abs(row.baseline - last.baseline) > TIGHT * size || Math.abs(row.size - last.size) > 0.15 * size
    )
  })
  return rows.slice(0, end < 0 ? rows.length : end)
}

/** Rows that begin side by side and run over no column, known from others of the table. */
function keepsColumns(rows: readonly TextRow[], starts: readonly number[]): boolean {
  const parted = rows.map((row) => partAtStarts(row, starts))
  return (
    starts.length > 0 &&
    parted.some(({ chunks }) => chunks.length >= 2) &&
    parted.every((row) => keepsTo(row, starts))
  )
}

/** No piece of the row runs over the start of a column. */
const keepsTo = ({ chunks }: TextRow, starts: readonly number[]): boolean =>
  chunks.every((one) => starts.every((x) => one.x0 > x - 2 || one.x1 < x + 2))

/** Do the rows stand in columns rather than run across as text does? */
function isTabular(rows: readonly TextRow[], band: Rect): boolean {
  if (rows.length === 0) return band.y1 - band.y0 < 20
  const several = rows.filter((row) => row.chunks.length >= 2).length
  return several >= 0.4 * rows.length
}
