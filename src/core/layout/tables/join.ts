/** A table that goes on on the next page becomes one: repeated heads dropped, broken rows mended. */
import type { TableBlock, TableCell } from './table.ts'

/** Column edges of the two parts agree within this many points. */
const SAME_EDGE = 9

/** @returns undefined when the second is a table of its own. */
export function joinTables(first: TableBlock, next: TableBlock): TableBlock | undefined {
  if (!goesOn(first, next)) return undefined
  const repeated = repeatedHead(first, next)
  const body = dropRows(next.cells, repeated)
  const isMended = body.length > 0 && isBrokenRow(first, next, body, repeated)
  const shift = first.rows - (isMended ? 1 : 0)
  const moved = body.map((cell) => ({ ...cell, row: cell.row + shift }))
  const cells = isMended ? mend(first, moved) : [...first.cells, ...moved]
  return {
    ...first,
    rows: shift + next.rows - repeated,
    cells: cells.sort((one, other) => one.row - other.row || one.col - other.col),
    confidence: Math.min(first.confidence, next.confidence),
    evidence: [...new Set([...first.evidence, ...next.evidence, 'continued'])],
    parts: [...(first.parts ?? [place(first)]), ...(next.parts ?? [place(next)])],
    ...(next.rowElements
      ? { rowElements: [...(first.rowElements ?? []), ...next.rowElements.slice(repeated)] }
      : {}),
  }
}

const place = ({ page, x0, y0, x1, y1 }: TableBlock) => ({ page, x0, y0, x1, y1 })

function goesOn(first: TableBlock, next: TableBlock): boolean {
  if (first.element !== undefined && next.element !== undefined) return first.element === next.element
  if (first.cols !== next.cols) return false
  if (first.headerRows > 0 && repeatedHead(first, next) > 0) return true
  const isAligned = first.xs.every((x, at) => Math.abs(x - next.xs[at]!) < SAME_EDGE)
  // A head of its own makes the second a new table.
  return isAligned && (next.headerRows === 0 || !hasOwnHead(next))
}

/** A head that more than position says is one. */
const hasOwnHead = (table: TableBlock): boolean =>
  table.cells
    .filter((cell) => cell.row < table.headerRows && cell.lines.length > 0)
    .every((cell) => cell.lines.every((line) => line.isBold))

/** How many rows at the top of the second repeat the head of the first. */
function repeatedHead(first: TableBlock, next: TableBlock): number {
  let count = 0
  while (
    count < Math.max(1, first.headerRows) &&
    count < next.rows - 1 &&
    rowText(first, count) === rowText(next, count)
  )
    count++
  return first.headerRows > 0 && count < first.headerRows ? 0 : count
}

const rowText = (table: TableBlock, row: number): string =>
  table.cells
    .filter((cell) => cell.row === row)
    .map((cell) => textOf(cell).replace(/\s+/g, '').toLowerCase())
    .join('|')

const textOf = (cell: TableCell): string => cell.lines.map((line) => line.text).join(' ')

function dropRows(cells: readonly TableCell[], count: number): TableCell[] {
  return cells.filter((cell) => cell.row >= count).map((cell) => ({ ...cell, row: cell.row - count }))
}

/** Does the first row on the new page finish the last row of the page before? */
function isBrokenRow(
  first: TableBlock,
  next: TableBlock,
  body: readonly TableCell[],
  repeated: number,
): boolean {
  const above = first.rowElements?.at(-1)
  if (above !== undefined && next.rowElements) return next.rowElements[repeated] === above
  const last = first.cells.filter((cell) => cell.row === first.rows - 1)
  const cells = body.filter((cell) => cell.row === 0 && cell.lines.length > 0)
  if (cells.length === 0 || cells.some((cell) => cell.rowSpan > 1)) return false
  const hasLabel = cells.some((cell) => cell.col === 0)
  let weight = 0
  for (const cell of cells) {
    const before = last.find((one) => one.col === cell.col)
    const [end, start] = [before ? textOf(before) : '', textOf(cell)]
    if (end === '') weight += 1.5
    else if (/^\p{Ll}(?!\w*:\/\/)/u.test(start) || /[-\u2010,/]$/.test(end)) weight -= 1.6
    // Cells of names and numbers end without a stop: beside a label they begin a row of their own.
    else weight += /[.:;!?]$/.test(end) || hasLabel ? 0.6 : -0.4
  }
  return hasLabel ? weight < -1 : weight < 0.5
}

/** The cells of the broken row take up what the new page adds to them. */
function mend(first: TableBlock, moved: readonly TableCell[]): TableCell[] {
  const row = first.rows - 1
  const added = new Map(moved.filter((cell) => cell.row === row).map((cell) => [cell.col, cell]))
  return [
    ...first.cells.map((cell) => {
      const more = cell.row + cell.rowSpan - 1 === row ? added.get(cell.col) : undefined
      return more ? { ...cell, lines: [...cell.lines, ...more.lines] } : cell
    }),
    ...moved.filter((cell) => cell.row > row),
  ]
}
