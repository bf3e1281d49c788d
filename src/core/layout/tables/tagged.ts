/** Tables that the file's structure tree states: rows and cells with their spans. */
import type { Rect, Tag, Word } from '../../doc/page.ts'
import { inside, union } from '../geometry.ts'
import { rowsOf, segment } from '../lines.ts'
import type { PageTags } from '../tags.ts'
import { lineOf } from '../text.ts'
import { gridsOf } from './grids.ts'
import type { Rules } from './rules.ts'
import type { TableBlock, TableCell } from './table.ts'

type Page = { readonly number: number; readonly words: readonly Word[] }
type TaggedCell = { readonly tag: Tag; readonly index: number; readonly words: Word[] }
type TaggedRow = { readonly element: number; readonly order: number; readonly cells: TaggedCell[] }

export function taggedTables(
  page: Page,
  tags: PageTags,
  rules: Rules,
): { tables: TableBlock[]; taken: Set<Word> } {
  const taken = new Set<Word>()
  const untagged = page.words.filter((word) => word.tag === undefined)
  const grids = untagged.length > 0 ? gridsOf(rules) : []
  const tables: TableBlock[] = []
  for (const [at, words] of wordsByTable(page.words, tags)) {
    const table = tableOf(tags.tags[at]!, rowsIn(words, tags), page.number)
    if (!table || isFilledIn(table, untagged, grids)) continue
    tables.push(table)
    for (const word of words) taken.add(word)
  }
  return { tables, taken }
}

/** Share of a table of the tree that a drawn grid must cover to be the same table. */
const SAME_TABLE = 0.7

/** A form whose labels alone are tagged: what was typed into it stands in the drawn cells, which geometry reads whole. */
const isFilledIn = (table: Rect, untagged: readonly Word[], grids: readonly Rect[]): boolean =>
  grids.some((grid) => inside(table, grid) > SAME_TABLE) && untagged.some((word) => inside(word, table) > 0.5)

/** Words by the outermost table around them; a table that holds another one is left to geometry. */
function wordsByTable(words: readonly Word[], { tags, ancestor }: PageTags): Map<number, Word[]> {
  const found = new Map<number, Word[]>()
  const nested = new Set<number>()
  for (const word of words) {
    if (word.tag === undefined) continue
    const inner = ancestor(word.tag, 'Table')
    if (inner === undefined) continue
    const parent = tags[inner]!.parent
    const outer = parent === undefined ? undefined : ancestor(parent, 'Table')
    if (outer !== undefined) nested.add(outer)
    found.set(outer ?? inner, [...(found.get(outer ?? inner) ?? []), word])
  }
  for (const at of nested) found.delete(at)
  return found
}

function rowsIn(words: readonly Word[], { tags, ancestor }: PageTags): TaggedRow[] {
  const rows = new Map<number, TaggedRow>()
  for (const word of words) {
    const cell = ancestor(word.tag!, 'TD') ?? ancestor(word.tag!, 'TH')
    const row = cell === undefined ? undefined : ancestor(cell, 'TR')
    if (cell === undefined || row === undefined) continue
    const own = rows.get(row) ?? { element: tags[row]!.element, order: row, cells: [] }
    rows.set(row, own)
    const tag = tags[cell]!
    const known = own.cells.find((one) => one.tag === tag)
    if (known) known.words.push(word)
    else own.cells.push({ tag, index: tag.index, words: [word] })
  }
  return [...rows.values()].sort((one, other) => one.order - other.order)
}

function tableOf(tag: Tag, rows: readonly TaggedRow[], page: number): TableBlock | undefined {
  const cells = place(rows, page)
  const cols = Math.max(0, ...cells.map((cell) => cell.col + cell.colSpan))
  if (rows.length < 2 || cols < 2 || !isInOrder(cells)) return undefined
  const box = union(cells.filter((cell) => cell.lines.length > 0))
  const headerRows = rows.findIndex((row) => row.cells.some((cell) => cell.tag.type === 'TD'))
  return {
    kind: 'table',
    page,
    ...box,
    rows: rows.length,
    cols,
    xs: columnEdges(cells, cols, box),
    cells: fill(cells, rows.length, cols, box),
    headerRows: Math.max(0, headerRows),
    confidence: 0.97,
    evidence: ['tag'],
    element: tag.element,
    rowElements: rows.map((row) => row.element),
  }
}

/** Cells to places: an index that is missing in a row is an empty cell, which has no content to be found by. */
function place(rows: readonly TaggedRow[], page: number): TableCell[] {
  const taken = new Set<string>()
  const out: TableCell[] = []
  for (const [row, { cells }] of rows.entries()) {
    let col = 0
    let index = 0
    const skip = () => {
      while (taken.has(`${row}:${col}`)) col++
    }
    for (const cell of cells.toSorted((one, other) => one.index - other.index)) {
      for (; index < cell.index; index++) {
        skip()
        col++
      }
      index++
      skip()
      const { colSpan = 1, rowSpan = 1 } = cell.tag
      const height = Math.min(rowSpan, rows.length - row)
      for (let y = 0; y < height; y++) for (let x = 0; x < colSpan; x++) taken.add(`${row + y}:${col + x}`)
      const lines = rowsOf(cell.words).map((line) => lineOf(segment(line), page))
      out.push({ ...union(cell.words), row, col, rowSpan: height, colSpan, lines })
      col += colSpan
    }
  }
  return out
}

/** Do the cells stand on the page as the tree says: from left to right, from top to bottom? */
function isInOrder(cells: readonly TableCell[]): boolean {
  let [pairs, wrong] = [0, 0]
  for (const [at, cell] of cells.entries()) {
    const next = cells[at + 1]
    if (!next) continue
    pairs++
    const size = cell.lines[0]?.size ?? 10
    const isWrong =
      next.row === cell.row ? next.x0 < cell.x1 - size : next.y0 < cell.y0 - size && next.x0 < cell.x1
    if (isWrong) wrong++
  }
  return wrong <= 0.1 * pairs
}

function columnEdges(cells: readonly TableCell[], cols: number, box: Rect): number[] {
  const lefts = Array.from({ length: cols }, (_, col) =>
    Math.min(...cells.filter((cell) => cell.col === col).map((cell) => cell.x0)),
  )
  return [
    ...lefts.map((x, col) =>
      Number.isFinite(x) ? x : (lefts.slice(0, col).findLast(Number.isFinite) ?? box.x0),
    ),
    box.x1,
  ]
}

/** Empty cells for the places that none covers. */
function fill(cells: readonly TableCell[], rows: number, cols: number, box: Rect): TableCell[] {
  const covered = new Set<number>()
  for (const cell of cells)
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++)
      for (let col = cell.col; col < cell.col + cell.colSpan; col++) covered.add(row * cols + col)
  const empty: TableCell[] = []
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++)
      if (!covered.has(row * cols + col)) {
        const beside = cells.filter((cell) => cell.row === row)
        const { y0, y1 } = beside.length > 0 ? union(beside) : box
        empty.push({ row, col, rowSpan: 1, colSpan: 1, x0: box.x0, x1: box.x1, y0, y1, lines: [] })
      }
  return [...cells, ...empty].sort((one, other) => one.row - other.row || one.col - other.col)
}
