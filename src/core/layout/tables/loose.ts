/** Drawn tables whose lines part only some of the rows or columns: the text has to show the others. */
import { overlap } from '../geometry.ts'
import { median } from '../numbers.ts'
import type { Grid } from './grids.ts'
import type { Rule, Rules } from './rules.ts'
import { type StreamTable, streamTable } from './stream.ts'
import type { TableBlock } from './table.ts'
import { isFigure, type TextRow } from './text-rows.ts'

/** A band of the grid with at least this many lines of text may hold several rows. */
const MIN_LINES = 3
/** White between lines (beyond the usual step) that parts rows. */
const ROW_STEP = 1.3

/** The table as its text shows it, when the drawn cells hold more than one row or column each. */
export function looseTable(
  drawn: TableBlock,
  grid: Grid,
  rows: readonly TextRow[],
  rules: Rules,
): StreamTable | undefined {
  const bands = bandsOf(grid, rows)
  const isLoose = bands.some(
    (band) => holdsColumns(band, grid) || holdsRecords(band) || isParted(band, drawn),
  )
  if (!isLoose) return undefined
  const inside = (rule: Rule, low: number, high: number, from: number, to: number) =>
    rule.at > low - 3 &&
    rule.at < high + 3 &&
    overlap(rule.from, rule.to, from, to) > 0.9 * (rule.to - rule.from)
  const across = rules.across.filter((rule) => inside(rule, grid.y0, grid.y1, grid.x0 - 5, grid.x1 + 5))
  const walls = grid.xs.slice(1, -1)
  const table = streamTable(rows, across, {
    page: drawn.page,
    evidence: [...drawn.evidence, 'text-rows'],
    walls,
  })
  if (!table || table.rows * table.cols <= drawn.rows * drawn.cols) return undefined
  return table.cols === drawn.cols ? withDrawnHead(table, drawn) : table
}

/** The head as it is drawn, when the text's own reading of it takes as many lines. */
function withDrawnHead(table: StreamTable, drawn: TableBlock): StreamTable {
  const linesIn = (block: TableBlock, rows: number) =>
    block.cells.filter((cell) => cell.row < rows).reduce((sum, cell) => sum + cell.lines.length, 0)
  const head = [drawn.headerRows, 1, 2, 3].find(
    (rows) => rows < drawn.rows && linesIn(drawn, rows) === linesIn(table, table.headerRows),
  )
  if (head === undefined || table.headerRows === 0) return table
  const shift = head - table.headerRows
  return {
    ...table,
    rows: table.rows + shift,
    headerRows: head,
    cells: [
      ...drawn.cells.filter((cell) => cell.row < head),
      ...table.cells
        .filter((cell) => cell.row >= table.headerRows)
        .map((cell) => ({ ...cell, row: cell.row + shift })),
    ],
  }
}

/** The text between each two neighbouring lines across. */
function bandsOf(grid: Grid, rows: readonly TextRow[]): TextRow[][] {
  return grid.ys
    .slice(1)
    .map((bottom, at) =>
      rows.filter(
        (row) => row.baseline - 0.3 * row.size > grid.ys[at]! && row.baseline - 0.3 * row.size < bottom,
      ),
    )
    .filter((band) => band.length >= MIN_LINES)
}

/** Several pieces of text side by side in one drawn cell, line after line. */
function holdsColumns(band: readonly TextRow[], grid: Grid): boolean {
  const crowded = band.filter((row) => {
    const cols = row.chunks.map((chunk) => grid.xs.filter((x) => x < (chunk.x0 + chunk.x1) / 2).length)
    return new Set(cols).size < cols.length
  })
  const pieces = crowded.flatMap((row) => row.chunks)
  const figures = pieces.filter((chunk) => isFigure(chunk.text)).length
  return crowded.length >= MIN_LINES && crowded.length >= 0.5 * band.length && figures >= 0.4 * pieces.length
}

/** Line after line of figures: each is a row. */
function holdsRecords(band: readonly TextRow[]): boolean {
  const records = band.filter(({ chunks }) => {
    const figures = chunks.filter((chunk) => isFigure(chunk.text)).length
    return chunks.length >= 2 && figures >= 0.5 * (chunks.length - 1) && figures > 0
  })
  return records.length >= 2 && records.length >= 0.6 * band.length
}

/** White strips across the whole band part groups that each stand in several columns. */
function isParted(band: readonly TextRow[], drawn: TableBlock): boolean {
  if (drawn.rows > 4) return false
  const steps = band.slice(1).map((row, at) => (row.baseline - band[at]!.baseline) / row.size)
  const usual = median(steps)
  const groups: TextRow[][] = [[band[0]!]]
  for (const [at, step] of steps.entries()) {
    if (step > ROW_STEP * usual) groups.push([])
    groups.at(-1)!.push(band[at + 1]!)
  }
  const wide = groups.filter((group) => group.some((row) => row.chunks.length >= 2))
  // Rows hang their cells from one line: lists and texts side by side do not begin together again and again.
  const level = wide.filter(([first, ...rest]) =>
    rest.every((row) => row.chunks.length <= first!.chunks.length),
  )
  return (
    wide.length >= 2 &&
    wide.length >= 0.5 * groups.length &&
    groups.length >= 3 &&
    level.length >= 0.7 * wide.length
  )
}
