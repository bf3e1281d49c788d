/** Tables (OpenDocument 1.3 part 3, chapter 9). */
import { cell, paragraph, row, table } from '../../doc/build.ts'
import type { Block, Cell, Row } from '../../doc/model.ts'
import { attribute, elements, type Xml } from '../../io/xml.ts'
import { inferredHeaderRows } from '../table-head.ts'
import { nextPlace, type Walk } from './walk.ts'

type Budget = { cells: number; isSpent: boolean }

export function readTable(element: Xml, walk: Walk): Block | undefined {
  const place = nextPlace(walk)
  const budget: Budget = { cells: 0, isSpent: false }
  const rows: Row[] = []
  let headerRows = 0
  for (const { line, isHeader } of rowsOf(element)) {
    const made = readRow(line, budget, walk)
    const times = Math.min(repeats(line, 'number-rows-repeated'), walk.context.limits.tableCells)
    for (let time = 0; time < times && !budget.isSpent; time++) {
      if (time > 0) spend(made.cells.length, budget, walk)
      rows.push(made)
      if (isHeader && headerRows === rows.length - 1) headerRows++
    }
  }
  if (budget.isSpent)
    walk.context.report.warn(
      'table-truncated',
      `A table has more than ${walk.context.limits.tableCells} cells; the rest was left out.`,
      place.at,
    )
  const kept = trimmed(rows)
  if (kept.length === 0) return undefined
  const stated = Math.min(headerRows, kept.length)
  return table(kept, { ...place, headerRows: stated > 0 ? stated : inferredHeaderRows(kept) })
}

const repeats = (element: Xml, local: string): number =>
  Math.max(1, Number(attribute(element, local) ?? '1') || 1)

function* rowsOf(element: Xml, isHeader = false): Generator<{ line: Xml; isHeader: boolean }> {
  for (const child of elements(element)) {
    if (child.local === 'table-row') yield { line: child, isHeader }
    else if (child.local === 'table-header-rows') yield* rowsOf(child, true)
    else if (child.local === 'table-rows' || child.local === 'table-row-group') yield* rowsOf(child, isHeader)
  }
}

function spend(cells: number, budget: Budget, { context }: Walk): boolean {
  budget.cells += cells
  if (budget.cells > context.limits.tableCells) budget.isSpent = true
  return !budget.isSpent
}

function readRow(line: Xml, budget: Budget, walk: Walk): Row {
  const cells: Cell[] = []
  for (const part of elements(line, 'table-cell')) {
    if (budget.isSpent) break
    const colSpan = Math.min(walk.context.limits.columnSpan, repeats(part, 'number-columns-spanned'))
    const rowSpan = repeats(part, 'number-rows-spanned')
    const made = cell(walk.blocks(part, walk).map(cellBlock), {
      ...(colSpan > 1 ? { colSpan } : {}),
      ...(rowSpan > 1 ? { rowSpan } : {}),
    })
    const times = repeats(part, 'number-columns-repeated')
    for (let time = 0; time < times && spend(1, budget, walk); time++) cells.push(made)
  }
  return row(cells)
}

const cellBlock = (block: Block): Block =>
  block.type === 'heading' ? paragraph(block.content, { at: block.at, anchors: block.anchors }) : block

/** Spans end with the table; empty rows at its end, which fill a page, are not content. */
function trimmed(rows: readonly Row[]): readonly Row[] {
  let end = rows.length
  while (
    end > 1 &&
    rows[end - 1]!.cells.every(({ blocks }) => blocks.length === 0) &&
    !isSpanned(rows, end - 1)
  )
    end--
  return rows.slice(0, end).map(({ cells }, at) => ({
    cells: cells.map((one): Cell => {
      const { rowSpan, ...rest } = one
      const left = Math.min(rowSpan ?? 1, end - at)
      return left > 1 ? { ...rest, rowSpan: left } : rest
    }),
  }))
}

const isSpanned = (rows: readonly Row[], at: number): boolean =>
  rows.some(({ cells }, above) => above < at && cells.some(({ rowSpan }) => above + (rowSpan ?? 1) > at))
