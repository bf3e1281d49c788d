/** Headers, footers and page numbers: rows at the edge of a page that come again on pages nearby. */
import type { Page, Word } from '../doc/page.ts'
import { rowsOf } from './lines.ts'

export type Role = 'header' | 'footer' | 'page-number' | 'watermark'
export type FurnitureRow = { readonly role: Role; readonly words: readonly Word[] }

/** Pages this near are compared: left and right pages and chapter openings may differ. */
export const REACH = 4
/** Only the outermost rows can be furniture, and only in the outer fifth of the page. */
const MAX_ROWS = 7
const ZONE = 0.2
/** Two pages' rows stand at the same place within this many points. */
const DRIFT = 5
/** Rows with less than this share of shared words are different text. */
const ALIKE = 0.75
/** Furniture stands off from the text by at least this many sizes, or is this few rows. */
const WHITE = 1.7
const MAX_TIGHT = 2
/** Pages nearby whose numbers agree with a row's before it is believed to count them. */
const MIN_COUNTED = 2

type EdgeRow = {
  readonly words: readonly Word[]
  /** From the page's edge (top or bottom) to the row's baseline. */
  readonly depth: number
  readonly size: number
  readonly tokens: readonly string[]
  readonly numbers: readonly number[]
}
/** The rows at the two edges of a page, the outermost first. */
export type Edges = {
  readonly page: number
  readonly top: readonly EdgeRow[]
  readonly bottom: readonly EdgeRow[]
}

export function edgesOf({ number, height, words }: Page): Edges {
  const upright = words.filter((word) => word.rotation === undefined)
  const zone = (from: number, to: number) =>
    rowsOf(upright.filter((word) => word.baseline >= from && word.baseline <= to))
  const outermost = (rows: readonly (readonly Word[])[], depthOf: (row: readonly Word[]) => number) =>
    rows
      .map((row) => ({ row, depth: depthOf(row) }))
      .sort((one, other) => one.depth - other.depth)
      .slice(0, MAX_ROWS)
      .map(({ row, depth }) => edgeRow(row, depth))
  return {
    page: number,
    top: outermost(zone(-Infinity, ZONE * height), baselineOf),
    bottom: outermost(zone((1 - ZONE) * height, Infinity), (row) => height - baselineOf(row)),
  }
}

const baselineOf = (words: readonly Word[]): number => Math.max(...words.map((word) => word.baseline))

function edgeRow(words: readonly Word[], depth: number): EdgeRow {
  const text = words.map((word) => word.text).join(' ')
  return {
    words,
    depth,
    size: Math.max(...words.map((word) => word.size)),
    tokens: text.toLowerCase().replace(/\d+/g, '0').split(/\s+/),
    numbers: (text.match(/\d+/g) ?? []).map(Number),
  }
}

/** The furniture of a page, seen beside its neighbours. */
export function furnitureOf(own: Edges, near: readonly Edges[]): FurnitureRow[] {
  const others = near.filter(({ page }) => page !== own.page && Math.abs(page - own.page) <= REACH)
  if (others.length === 0) return []
  return (['top', 'bottom'] as const).flatMap((edge) =>
    repeating(own, others, edge).map((row): FurnitureRow => {
      const text = row.words.map((word) => word.text).join(' ')
      return {
        role: isPageNumber(text) ? 'page-number' : edge === 'top' ? 'header' : 'footer',
        words: row.words,
      }
    }),
  )
}

/** From the edge inward, the rows that come again; what stands within the first row that does not is text. */
function repeating(own: Edges, others: readonly Edges[], edge: 'top' | 'bottom'): EdgeRow[] {
  const rows = own[edge]
  let count = 0
  while (
    count < rows.length &&
    others.some((other) => comesAgain(rows[count]!, other[edge], other.page - own.page))
  )
    count++
  if (count <= MAX_TIGHT && count === rows.length) return [...rows]
  // White parts furniture from text: a table's repeated head, or a text that repeats, sits on the text below it.
  let kept = Math.min(count, rows.length - 1)
  while (kept > 0 && gapAfter(rows, kept - 1) < WHITE) kept--
  if (kept === 0 && count > MAX_TIGHT) return rows.slice(0, toPageNumber(own, others, edge, count))
  return rows.slice(0, kept > 0 ? kept : count)
}

/** Rows up to the one that counts the pages: nothing of the text stands outside of it, white or none. */
function toPageNumber(own: Edges, others: readonly Edges[], edge: 'top' | 'bottom', most: number): number {
  const isCounting = (row: EdgeRow) => {
    const counted = others.filter((other) =>
      other[edge].some(
        (one) =>
          Math.abs(one.depth - row.depth) <= DRIFT &&
          areAlike(row.tokens, one.tokens) &&
          counts(row, one, other.page - own.page),
      ),
    )
    return counted.length >= MIN_COUNTED && counted.length > others.length / 2
  }
  return own[edge].slice(0, most).findLastIndex(isCounting) + 1
}

/** Distance to the next row inward, in sizes. */
const gapAfter = (rows: readonly EdgeRow[], at: number): number =>
  (rows[at + 1]!.depth - rows[at]!.depth) / Math.max(rows[at]!.size, rows[at + 1]!.size)

function comesAgain(row: EdgeRow, rows: readonly EdgeRow[], distance: number): boolean {
  return rows.some(
    (other) =>
      Math.abs(other.depth - row.depth) <= DRIFT &&
      (areAlike(row.tokens, other.tokens) || counts(row, other, distance)),
  )
}

function areAlike(one: readonly string[], other: readonly string[]): boolean {
  const needed = ALIKE * Math.max(one.length, other.length)
  if (Math.min(one.length, other.length) < needed) return false
  const rest = new Map<string, number>()
  for (const token of other) rest.set(token, (rest.get(token) ?? 0) + 1)
  let shared = 0
  for (const token of one) {
    const left = rest.get(token) ?? 0
    if (left > 0) {
      shared++
      rest.set(token, left - 1)
    }
  }
  return shared >= needed
}

/** A short row with a number that grows as the pages do: the page number beside a chapter's name. */
function counts(row: EdgeRow, other: EdgeRow, distance: number): boolean {
  if (row.tokens.length > 12 || other.tokens.length > 12) return false
  return row.numbers.some((number) => other.numbers.includes(number + distance))
}

const isPageNumber = (text: string): boolean =>
  /^(page|seite|p\.)?\s*[-–—|]?\s*(\d{1,4}|[ivxlc]{1,6}|[A-Z]-\d{1,3})\s*[-–—|]?(\s*(of|von|\/)\s*\d{1,4})?$/i.test(
    text.trim(),
  )
