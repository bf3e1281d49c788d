/** Tables that are drawn: grids of ruling lines with text in their cells. */
import type { Rect, Word } from '../../doc/page.ts'
import { inside } from '../geometry.ts'
import { rowsOf, segment } from '../lines.ts'
import { lineOf } from '../text.ts'
import { type Grid, type GridCell, gridsOf } from './grids.ts'
import { headerRowsOf } from './headers.ts'
import { isPlausible } from './judge.ts'
import { looseTable } from './loose.ts'
import type { Rules } from './rules.ts'
import type { TableBlock, TableCell } from './table.ts'
import { textRowsOf } from './text-rows.ts'

type Page = { readonly number: number; readonly words: readonly Word[] }

/** The tables, the words they take, and cells that make no table: of boxes in a row, of rows to be filled in. */
export function ruledTables(
  page: Page,
  rules: Rules,
): { tables: TableBlock[]; taken: Set<Word>; boxes: Rect[]; forms: Rect[] } {
  const taken = new Set<Word>()
  const forms: Rect[] = []
  const boxes: Rect[] = []
  const tables: TableBlock[] = []
  for (const grid of gridsOf(rules)) {
    const words = page.words.filter((word) => !taken.has(word) && inside(word, grid) > 0.5)
    const drawn = drawnTable(grid, words, page.number)
    const isDrawn = isTable(drawn.cells)
    const loose = isDrawn || drawn.cols > 1 ? looseTable(drawn, grid, textRowsOf(words), rules) : undefined
    const table = loose && (isDrawn || isPlausible(loose, 2)) ? loose : isDrawn ? drawn : undefined
    if (table) {
      tables.push(table)
      for (const word of words) taken.add(word)
    } else if (grid.cells.length > 1 && grid.ys.length === 2 && holdsLines(drawn)) boxes.push(...grid.cells)
    else if (isForm(grid, words)) forms.push(...grid.cells)
  }
  return { tables, taken, boxes, forms }
}

/** Rows to be filled in: boxes one above the other, most of them with a line in it. */
function isForm({ xs, cells }: Grid, words: readonly Word[]): boolean {
  if (xs.length > 2 || cells.length < MIN_FORM_ROWS) return false
  const full = cells.filter((one) => rowsOf(words.filter((word) => inside(word, one) > 0.5)).length === 1)
  return full.length >= 0.7 * cells.length
}

const MIN_FORM_ROWS = 4

/** Text of several lines in a box would mix with the text beside it. */
const holdsLines = ({ cells }: TableBlock): boolean => cells.some((cell) => cell.lines.length > 1)

function drawnTable(grid: Grid, words: readonly Word[], page: number): TableBlock {
  const compacted = compact(grid, fill(grid, words, page))
  return {
    kind: 'table',
    page,
    x0: grid.x0,
    y0: grid.y0,
    x1: grid.x1,
    y1: grid.y1,
    ...compacted,
    headerRows: headerRowsOf(compacted.cells),
    confidence: 0.9,
    evidence: ['ruling-lines'],
  }
}

/** Several rows and columns of cells, not mostly empty: neither a frame around text nor the axes of a chart. */
function isTable(cells: readonly TableCell[]): boolean {
  const cols = new Set(cells.map((cell) => cell.col)).size
  const rows = new Set(cells.map((cell) => cell.row)).size
  const full = cells.filter((cell) => cell.lines.length > 0).length
  return cols >= 2 && rows >= 2 && full >= 3 && full >= 0.2 * cells.length
}

function fill(grid: Grid, words: readonly Word[], page: number): TableCell[] {
  const content = new Map<GridCell, Word[]>()
  for (const word of words) {
    const cell = cellAt(grid, word)
    if (cell) content.set(cell, [...(content.get(cell) ?? []), word])
  }
  return grid.cells.map((cell) => ({
    ...cell,
    lines: rowsOf(content.get(cell) ?? []).map((row) => lineOf(segment(row), page)),
  }))
}

function cellAt(grid: Grid, word: Rect): GridCell | undefined {
  const x = (word.x0 + word.x1) / 2
  const y = (word.y0 + word.y1) / 2
  return grid.cells.find((cell) => x >= cell.x0 && x <= cell.x1 && y >= cell.y0 && y <= cell.y1)
}

/** Rows and columns in which no cell starts, and slits between double lines, are taken out. */
function compact(
  grid: Grid,
  cells: readonly TableCell[],
): Pick<TableBlock, 'cells' | 'rows' | 'cols' | 'xs'> {
  const rows = withoutStub(kept(cells, 'row', 'rowSpan', grid.ys), cells)
  const cols = kept(cells, 'col', 'colSpan', grid.xs)
  const count = (places: readonly number[], from: number, span: number) =>
    places.filter((at) => at >= from && at < from + span).length
  return {
    rows: rows.length,
    cols: cols.length,
    xs: [...cols.map((at) => grid.xs[at]!), grid.x1],
    cells: cells.flatMap((cell) => {
      const rowSpan = count(rows, cell.row, cell.rowSpan)
      const colSpan = count(cols, cell.col, cell.colSpan)
      if (rowSpan === 0 || colSpan === 0) return []
      const row = rows.findIndex((at) => at >= cell.row)
      const col = cols.findIndex((at) => at >= cell.col)
      return [{ ...cell, row, col, rowSpan, colSpan }]
    }),
  }
}

/** Side lines that run on above the first cells of a page leave an empty row there. */
function withoutStub(rows: readonly number[], cells: readonly TableCell[]): number[] {
  const isEmpty = cells.every(({ row, lines }) => row !== rows[0] || lines.length === 0)
  return rows.length > 2 && isEmpty ? rows.slice(1) : [...rows]
}

/** A row or column this thin (in points) without text is the slit of a double line. */
const SLIT = 6

function kept(
  cells: readonly TableCell[],
  of: 'row' | 'col',
  span: 'rowSpan' | 'colSpan',
  places: readonly number[],
): number[] {
  return places.slice(0, -1).flatMap((place, at) => {
    const starting = cells.filter((cell) => cell[of] === at)
    const isSlit = places[at + 1]! - place < SLIT
    const isWanted = starting.some((cell) => cell.lines.length > 0 || (cell[span] === 1 && !isSlit))
    return isWanted ? [at] : []
  })
}
