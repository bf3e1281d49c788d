/** Rows and cells come as a stream of paragraphs; nesting is told by each paragraph's depth (RTF 1.9.1, "Table Definitions"). */
import { cell, row, table } from '../../doc/build.ts'
import type { Block, Cell, Row } from '../../doc/model.ts'
import type { Report } from '../../report.ts'
import { inferredHeaderRows } from '../table-head.ts'
import type { Item } from './lines.ts'

export type CellDefinition = {
  /** Right edge in twips. */
  readonly right: number
  readonly joinsLeft?: boolean
  readonly joinsAbove?: boolean
}
export type RowDefinition = { readonly cells: readonly CellDefinition[]; readonly isHeader: boolean }

type RowData = { readonly cells: readonly (readonly Item[])[]; readonly definition: RowDefinition }
type Level = { readonly depth: number; readonly rows: RowData[]; cells: (readonly Item[])[]; items: Item[] }

export type TableFlow = {
  /** Puts an item where paragraphs of this depth go; 0 is the text outside tables. */
  readonly place: (item: Item, depth: number) => void
  readonly endCell: (depth: number) => void
  readonly endRow: (depth: number, definition: RowDefinition) => void
  readonly end: () => readonly Item[]
}

const emptyDefinition: RowDefinition = { cells: [], isHeader: false }

/** Deeper tables are no tables any author made. */
const DEEPEST = 10

export function createTableFlow(
  assemble: (items: readonly Item[]) => readonly Block[],
  report: Report,
): TableFlow {
  const items: Item[] = []
  const levels: Level[] = []

  const close = () => {
    const level = levels.pop()!
    if (level.items.length > 0) level.cells.push(level.items)
    if (level.cells.length > 0) level.rows.push({ cells: level.cells, definition: emptyDefinition })
    if (level.rows.length === 0) return
    const block = buildTable(level.rows, assemble, report)
    ;(levels.at(-1)?.items ?? items).push({ type: 'block', block })
  }
  const reach = (depth: number): Level | undefined => {
    const wanted = Math.min(depth, DEEPEST)
    while (levels.length > 0 && levels.at(-1)!.depth > wanted) close()
    if (wanted > 0 && (levels.at(-1)?.depth ?? 0) < wanted)
      levels.push({ depth: wanted, rows: [], cells: [], items: [] })
    return levels.at(-1)
  }
  return {
    place: (item, depth) => (reach(depth)?.items ?? items).push(item),
    endCell: (depth) => {
      const level = reach(Math.max(1, depth))!
      level.cells.push(level.items)
      level.items = []
    },
    endRow: (depth, definition) => {
      const level = reach(Math.max(1, depth))!
      if (level.items.length > 0) level.cells.push(level.items)
      if (level.cells.length > 0) level.rows.push({ cells: level.cells, definition })
      level.cells = []
      level.items = []
    },
    end: () => {
      reach(0)
      return items
    },
  }
}

type Placed = { readonly cell: Cell; readonly left: number; readonly joins: boolean }

/** Edges closer than this are the same edge (twips; a twentieth of an inch). */
const SAME_EDGE = 72

function buildTable(
  rows: readonly RowData[],
  assemble: (items: readonly Item[]) => readonly Block[],
  report: Report,
): Block {
  // A row with more cells than it defines was written carelessly: its edges say nothing.
  const isGrid = rows.every(({ cells, definition }) => definition.cells.length >= cells.length)
  const edges = isGrid ? edgesOf(rows) : []
  const placed = rows.map(({ cells, definition }) =>
    isGrid
      ? placeRow(cells, definition, edges, assemble)
      : cells.map((items, at): Placed => ({ cell: cell(assemble(items)), left: at, joins: false })),
  )
  const out = joinColumns(placed)
  const headers = rows.findIndex(({ definition }) => !definition.isHeader)
  const stated = headers < 0 ? Math.min(1, out.length) : headers
  if (!isGrid && rows.some(({ definition }) => definition.cells.length > 0))
    report.warn(
      'table-doubtful',
      'A table has rows with more cells than they define; merged cells were not followed.',
    )
  return table(out, { headerRows: stated > 0 ? stated : inferredHeaderRows(out) })
}

function edgesOf(rows: readonly RowData[]): number[] {
  const all = rows
    .flatMap(({ definition, cells }) => definition.cells.slice(0, cells.length).map(({ right }) => right))
    .sort((one, other) => one - other)
  const edges: number[] = []
  for (const edge of all) if (edges.length === 0 || edge - edges.at(-1)! > SAME_EDGE) edges.push(edge)
  return edges
}

/** The column whose right edge this is. */
function columnOf(edge: number, edges: readonly number[]): number {
  const at = edges.findLastIndex((known) => known <= edge)
  return Math.max(0, at)
}

function placeRow(
  cells: readonly (readonly Item[])[],
  { cells: definitions }: RowDefinition,
  edges: readonly number[],
  assemble: (items: readonly Item[]) => readonly Block[],
): Placed[] {
  const out: Placed[] = []
  let left = 0
  for (const [at, items] of cells.entries()) {
    const definition = definitions[at]!
    const right = Math.max(left, columnOf(definition.right, edges)) + 1
    const last = out.at(-1)
    if (definition.joinsLeft && last) {
      const colSpan = (last.cell.colSpan ?? 1) + right - left
      out[out.length - 1] = {
        ...last,
        cell: { ...last.cell, blocks: [...last.cell.blocks, ...assemble(items)], colSpan },
      }
    } else {
      const colSpan = right - left
      out.push({
        cell: cell(assemble(items), colSpan > 1 ? { colSpan } : {}),
        left,
        joins: definition.joinsAbove === true,
      })
    }
    left = right
  }
  return out
}

/** Cells that join the one above give it their row. */
function joinColumns(rows: readonly (readonly Placed[])[]): Row[] {
  const spans = rows.map((line) => line.map(() => 1))
  const dropped = rows.map((line) => line.map(() => false))
  for (const [at, line] of rows.entries())
    for (const [index, one] of line.entries()) {
      if (!one.joins) continue
      for (let above = at - 1; above >= 0; above--) {
        const host = rows[above]!.findIndex(({ left }) => left === one.left)
        if (host < 0) break
        if (dropped[above]![host]) continue
        spans[above]![host] = at - above + 1
        dropped[at]![index] = true
        break
      }
    }
  return rows.map((line, at) =>
    row(
      line.flatMap((one, index) => {
        if (dropped[at]![index]) return []
        const rowSpan = spans[at]![index]!
        return [rowSpan > 1 ? { ...one.cell, rowSpan } : one.cell]
      }),
    ),
  )
}
