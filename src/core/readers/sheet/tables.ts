/** A region of a sheet as a table. */
import { cell, link, noteRef, paragraph, row, table } from '../../doc/build.ts'
import { linesToInline } from '../../doc/inline.ts'
import type { Block, Cell, Inline, Row } from '../../doc/model.ts'
import type { Limits } from '../../limits.ts'
import type { Report } from '../../report.ts'
import { hasHeader, type Kind } from './header.ts'
import { cellName, type Range, rangeName, type Sheet, type SheetCell, type SheetRow } from './workbook.ts'

/** The names of comments by cell, so that a mark in the cell leads to them. */
type CommentNames = ReadonlyMap<SheetCell, readonly string[]>

type Needs = { readonly limits: Limits; readonly report: Report; readonly names: CommentNames }

export function regionTable(sheet: Sheet, region: Range, needs: Needs): Block {
  const at = { path: `${sheet.name}!${rangeName(region)}` }
  const inside = sheet.merges.filter((merge) => isInside(merge, region))
  const held = rowsWithin(sheet.rows, region)
  // Spans mean nothing in a region of one cell.
  const merges = held.length === 1 && held[0]!.cells.length === 1 ? [] : inside
  const columns = columnsOf(held, merges, region)
  const most = Math.max(1, Math.floor(needs.limits.tableCells / Math.max(1, columns.length)))
  if (held.length > most)
    needs.report.warn('table-truncated', `Kept the first ${most} of ${held.length} rows of a table.`, at)
  const kept = held.slice(0, most)
  const spans = spansOf(merges, { rows: kept.map(({ row }) => row), columns })
  const rows = kept.map(({ row: r, cells }): Row => {
    const line = new Map(cells)
    const made: Cell[] = []
    for (const c of columns) {
      const span = spans.get(r * COLUMNS + c)
      if (span === 'covered') continue
      const value = line.get(c)
      const place = { path: `${sheet.name}!${cellName(r, c)}` }
      made.push(cell(value ? [paragraph(content(value, needs.names), { at: place })] : [], span ?? {}))
    }
    return row(made)
  })
  return table(rows, { headerRows: headerRows(kept, columns, merges), at })
}

/** The region's filled rows, with their cells inside it. */
function rowsWithin(rows: readonly SheetRow[], { r0, c0, r1, c1 }: Range): SheetRow[] {
  const out: SheetRow[] = []
  for (let at = firstRow(rows, r0); at < rows.length && rows[at]!.row <= r1; at++) {
    const { row, cells } = rows[at]!
    const inside =
      cells[0]![0] >= c0 && cells.at(-1)![0] <= c1 ? cells : cells.filter(([c]) => c >= c0 && c <= c1)
    if (inside.length > 0) out.push({ row, cells: inside })
  }
  return out
}

function firstRow(rows: readonly SheetRow[], value: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.row < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Columns that hold anything; spacers are left out. */
function columnsOf(rows: readonly SheetRow[], merges: readonly Range[], { c1 }: Range): number[] {
  const columns = new Set<number>()
  for (const { cells } of rows) for (const [column] of cells) columns.add(column)
  for (const merge of merges)
    if (merge.c1 - merge.c0 < WIDE) for (let c = merge.c0; c <= Math.min(merge.c1, c1); c++) columns.add(c)
  return [...columns].sort((one, other) => one - other)
}

/** A merge wider than this is a banner over empty columns. */
const WIDE = 64

type Lines = { readonly rows: readonly number[]; readonly columns: readonly number[] }

/** More than any sheet has columns. */
const COLUMNS = 2 ** 15
/** Places under merged cells that are followed; beyond, cells stand for themselves. */
const MOST_COVERED = 1_000_000

type Span = { readonly colSpan?: number; readonly rowSpan?: number }

/** By place: the span of a cell that starts there, or that it lies under one. */
function spansOf(merges: readonly Range[], { rows, columns }: Lines): Map<number, Span | 'covered'> {
  const spans = new Map<number, Span | 'covered'>()
  for (const { r0, c0, r1, c1 } of merges) {
    const down = rows.slice(indexFrom(rows, r0), indexFrom(rows, r1 + 1))
    const across = columns.slice(indexFrom(columns, c0), indexFrom(columns, c1 + 1))
    if (spans.size + down.length * across.length > MOST_COVERED) break
    if (down.length * across.length < 2) continue
    for (const r of down) for (const c of across) spans.set(r * COLUMNS + c, 'covered')
    spans.set(down[0]! * COLUMNS + across[0]!, {
      ...(across.length > 1 ? { colSpan: across.length } : {}),
      ...(down.length > 1 ? { rowSpan: down.length } : {}),
    })
  }
  return spans
}

/** Where the first line at or after `value` stands in a sorted list. */
function indexFrom(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

const isInside = (merge: Range, region: Range): boolean =>
  merge.r0 >= region.r0 && merge.r0 <= region.r1 && merge.c0 >= region.c0 && merge.c0 <= region.c1

function content(value: SheetCell, names: CommentNames): Inline[] {
  const words = linesToInline(value.text)
  const linked = value.href ? [link(value.href, words)] : words
  return [...linked, ...(names.get(value) ?? []).map(noteRef)]
}

/** A header whose cells are merged over several columns has its second line below. */
function headerRows(rows: readonly SheetRow[], columns: readonly number[], merges: readonly Range[]): number {
  const kinds = rows.slice(0, 60).map(({ cells }) => {
    const line = new Map(cells)
    return columns.map((c): Kind => line.get(c)?.kind ?? 'empty')
  })
  if (!hasHeader(kinds)) return 0
  const isGrouped = merges.some(({ r0, c0, c1 }) => r0 === rows[0]!.row && c1 > c0)
  const isSecond = kinds.length > 2 && kinds[1]!.every((kind) => kind === 'text' || kind === 'empty')
  const isData = (line: readonly Kind[]) => line.some((kind) => kind === 'number' || kind === 'date')
  return isGrouped && isSecond && hasHeader(kinds.slice(1)) && kinds.slice(2).some(isData) ? 2 : 1
}
