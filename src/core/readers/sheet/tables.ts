/** A region of a sheet as a table. */
import { cell, link, noteRef, paragraph, row, table } from '../../doc/build.ts'
import { linesToInline } from '../../doc/inline.ts'
import type { Block, Cell, Inline, Row } from '../../doc/model.ts'
import { hasHeader, type Kind } from './header.ts'
import { cellName, type Range, rangeName, type Sheet, type SheetCell } from './workbook.ts'

export type Cells = ReadonlyMap<number, ReadonlyMap<number, SheetCell>>

export const cellsOf = ({ rows }: Sheet): Cells =>
  new Map(rows.map(({ row, cells }) => [row, new Map(cells)]))

/** The names of comments by cell, so that a mark in the cell leads to them. */
export type CommentNames = ReadonlyMap<SheetCell, readonly string[]>

export function regionTable(sheet: Sheet, cells: Cells, region: Range, names: CommentNames): Block {
  const inside = sheet.merges.filter((merge) => isInside(merge, region))
  // Spans mean nothing in a region of one cell.
  const merges = inside.length === 1 && isOneCell(cells, region) ? [] : inside
  const lines = filledLines(cells, region, merges)
  const covered = new Set<string>()
  const starts = new Map<string, Range>()
  for (const merge of merges) {
    starts.set(`${merge.r0},${merge.c0}`, merge)
    for (const r of lines.rows) {
      if (r < merge.r0 || r > merge.r1) continue
      for (const c of lines.columns)
        if (c >= merge.c0 && c <= merge.c1 && (r !== merge.r0 || c !== merge.c0)) covered.add(`${r},${c}`)
    }
  }
  const place = (r: number, c: number): Cell | undefined => {
    if (covered.has(`${r},${c}`)) return undefined
    const merge = starts.get(`${r},${c}`)
    const colSpan = merge ? count(lines.columns, merge.c0, merge.c1) : 1
    const rowSpan = merge ? count(lines.rows, merge.r0, merge.r1) : 1
    const value = cells.get(r)?.get(c)
    const at = { path: `${sheet.name}!${cellName(r, c)}` }
    return cell(value ? [paragraph(content(value, names), { at })] : [], {
      ...(colSpan > 1 ? { colSpan } : {}),
      ...(rowSpan > 1 ? { rowSpan } : {}),
    })
  }
  const rows = lines.rows.map((r): Row => row(lines.columns.flatMap((c) => place(r, c) ?? [])))
  return table(rows, {
    headerRows: headerRows(cells, lines, merges),
    at: { path: `${sheet.name}!${rangeName(region)}` },
  })
}

type Lines = { readonly rows: readonly number[]; readonly columns: readonly number[] }

/** Rows and columns that hold anything; spacers are left out. */
function filledLines(cells: Cells, { r0, c0, r1, c1 }: Range, merges: readonly Range[]): Lines {
  const rows: number[] = []
  const columns = new Set<number>()
  for (let r = r0; r <= r1; r++) {
    let isFilled = false
    for (const [c] of cells.get(r) ?? [])
      if (c >= c0 && c <= c1) {
        isFilled = true
        columns.add(c)
      }
    if (isFilled) rows.push(r)
  }
  for (const merge of merges)
    if (merge.c1 - merge.c0 < WIDE) for (let c = merge.c0; c <= Math.min(merge.c1, c1); c++) columns.add(c)
  return { rows, columns: [...columns].sort((one, other) => one - other) }
}

/** A merge wider than this is a banner over empty columns. */
const WIDE = 64

const count = (lines: readonly number[], from: number, to: number): number =>
  lines.filter((at) => at >= from && at <= to).length

function isOneCell(cells: Cells, { r0, c0, r1, c1 }: Range): boolean {
  let found = 0
  for (let r = r0; r <= r1 && found < 2; r++)
    for (const [c] of cells.get(r) ?? []) if (c >= c0 && c <= c1) found++
  return found < 2
}

const isInside = (merge: Range, region: Range): boolean =>
  merge.r0 >= region.r0 && merge.r0 <= region.r1 && merge.c0 >= region.c0 && merge.c0 <= region.c1

function content(value: SheetCell, names: CommentNames): Inline[] {
  const words = linesToInline(value.text)
  const linked = value.href ? [link(value.href, words)] : words
  return [...linked, ...(names.get(value) ?? []).map(noteRef)]
}

/** A header whose cells are merged over several columns has its second line below. */
function headerRows(cells: Cells, { rows, columns }: Lines, merges: readonly Range[]): number {
  const kinds = rows.slice(0, 60).map((r) => columns.map((c): Kind => cells.get(r)?.get(c)?.kind ?? 'empty'))
  if (!hasHeader(kinds)) return 0
  const isGrouped = merges.some(({ r0, c0, c1 }) => r0 === rows[0] && c1 > c0)
  const second = kinds[1]
  const isSecond =
    isGrouped && rows.length > 2 && second?.every((kind) => kind === 'text' || kind === 'empty')
  return isSecond &&
    hasHeader(kinds.slice(1)) &&
    kinds.slice(2).some((line) => line.some((kind) => kind === 'number' || kind === 'date'))
    ? 2
    : 1
}
