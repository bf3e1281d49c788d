/** Text that stands in columns → a table: columns from white strips, rows from lines, a head on top. */
import type { Rect } from '../../doc/page.ts'
import { union } from '../geometry.ts'
import { segment } from '../lines.ts'
import { quantile } from '../numbers.ts'
import { type Line, lineOf } from '../text.ts'
import { type CellLine, cellLine } from './cell-lines.ts'
import { columnGaps, withWalls } from './columns.ts'
import { headCells, headLines } from './header.ts'
import { rowGroups } from './rows.ts'
import type { Rule } from './rules.ts'
import type { TableBlock, TableCell } from './table.ts'
import { type Chunk, chunkStarts, partAtStarts, partAtWalls, type TextRow } from './text-rows.ts'

export type StreamTable = TableBlock & { readonly lines: readonly CellLine[]; readonly isHeadRuled: boolean }

type StreamOptions = {
  readonly page: number
  readonly evidence: readonly string[]
  /** Lines drawn down, which part columns. */
  readonly walls?: readonly number[]
  /** Looks at the lines before cells are made of them. */
  readonly isLikely?: (table: Pick<StreamTable, 'cols' | 'lines'>) => boolean
}

/** A ruling line is full when it runs along this share of the table's width. */
const FULL = 0.8

export function streamTable(
  found: readonly TextRow[],
  rules: readonly Rule[],
  { page, evidence, walls = [], isLikely }: StreamOptions,
): StreamTable | undefined {
  const starts = chunkStarts(found, Math.max(2, 0.3 * found.length))
  const rows = found.map((row) => partAtWalls(partAtStarts(row, starts), walls))
  const gaps = withWalls(columnGaps(rows), walls)
  if (gaps.length === 0) return undefined
  const cols = gaps.length + 1
  const lines = rows.map((row) => cellLine(row, gaps))
  if (isLikely && !isLikely({ cols, lines })) return undefined
  const box = union(rows)
  const full = rules.filter(
    (rule) => Math.min(rule.to, box.x1) - Math.max(rule.from, box.x0) > FULL * (box.x1 - box.x0),
  )
  const partial = rules.filter((rule) => !full.includes(rule))
  const headCount = headLines(lines, full)
  const head =
    headCount > 0 ? headCells(lines.slice(0, headCount), { cols, gaps, rules: partial }) : undefined
  const body = lines.slice(headCount)
  const groups = rowGroups(body, { rules: full, limits: limitsOf(lines, cols), leading: leadingOf(lines) })
  const xs = [box.x0, ...gaps.map((gap) => (gap.x0 + gap.x1) / 2), box.x1]
  const top = head?.rows ?? 0
  const cells: TableCell[] = [
    ...(head?.cells ?? []).map((one) => ({
      row: one.row,
      col: one.from,
      rowSpan: one.rowSpan,
      colSpan: one.to - one.from + 1,
      ...cellOf(one.chunks, page, { x0: xs[one.from]!, x1: xs[one.to + 1]!, y0: box.y0, y1: box.y0 }),
    })),
    ...groups.flatMap((group, at) => bodyRow(group, top + at, { cols, xs, page })),
  ]
  return {
    kind: 'table',
    page,
    ...box,
    rows: top + groups.length,
    cols,
    xs,
    cells: cells.sort((one, other) => one.row - other.row || one.col - other.col),
    headerRows: top > 0 ? top : 0,
    confidence: 0.7,
    evidence,
    lines,
    isHeadRuled:
      headCount > 0 && full.some((rule) => isBetween(rule, lines[headCount - 1]!, lines[headCount]!)),
  }
}

const isBetween = ({ at }: Rule, above: CellLine, below: CellLine): boolean =>
  at > above.baseline - 0.3 * above.size && at < below.baseline - 0.3 * below.size

/** How far the widest text of each column reaches to the right. */
function limitsOf(lines: readonly CellLine[], cols: number): number[] {
  const limits = new Array<number>(cols).fill(0)
  for (const line of lines)
    for (const [col, one] of line.cells) if (one.x1 > limits[col]!) limits[col] = one.x1
  return limits
}

/** The distance of lines inside a cell: the least that is common in the table. */
function leadingOf(lines: readonly CellLine[]): number {
  const steps: number[] = []
  for (let at = 1; at < lines.length; at++)
    steps.push(
      (lines[at]!.baseline - lines[at - 1]!.baseline) / Math.max(lines[at]!.size, lines[at - 1]!.size),
    )
  const usual = steps.filter((step) => step > 0.7)
  return usual.length === 0 ? 1.2 : Math.min(1.45, quantile(usual, 0.15))
}

function bodyRow(
  group: readonly CellLine[],
  row: number,
  { cols, xs, page }: { cols: number; xs: readonly number[]; page: number },
): TableCell[] {
  const box = union(group)
  const place = (from: number, to: number) => ({ x0: xs[from]!, x1: xs[to + 1]!, y0: box.y0, y1: box.y1 })
  const out: TableCell[] = []
  const covered = new Set<number>()
  for (const { from, to, chunk } of group.flatMap((line) => line.spans)) {
    const isTitle = group.every((line) => line.cells.size === 0) && from === 0
    // A title inside the table stands in the first cell; the others of its row are empty.
    const last = isTitle ? from : to
    for (let col = from; col <= last; col++) covered.add(col)
    out.push({
      row,
      col: from,
      rowSpan: 1,
      colSpan: last - from + 1,
      ...cellOf([chunk], page, place(from, last)),
    })
  }
  for (let col = 0; col < cols; col++) {
    if (covered.has(col)) continue
    const chunks = group.flatMap((line) => line.cells.get(col) ?? [])
    out.push({ row, col, rowSpan: 1, colSpan: 1, ...cellOf(chunks, page, place(col, col)) })
  }
  return out
}

function cellOf(chunks: readonly Chunk[], page: number, place: Rect): Rect & { lines: Line[] } {
  const lines = chunks.map((one) => lineOf(segment(one.words), page))
  return { ...(lines.length > 0 ? union([...lines, place]) : place), lines }
}
