/** A table found on a page as a node of the document. */
import { cell, paragraph, row, table } from '../doc/build.ts'
import type { At, Block, Box, Table } from '../doc/model.ts'
import type { Rect } from '../doc/page.ts'
import { union } from './geometry.ts'
import type { Hyphens } from './hyphens.ts'
import { joinLines } from './join-lines.ts'
import { isLabelled } from './numbering.ts'
import type { TableBlock, TableCell } from './tables/table.ts'
import type { Line } from './text.ts'

export function tableNode(block: TableBlock, hyphens: Hyphens): Table {
  const rows = Array.from({ length: block.rows }, (_, at) =>
    row(
      block.cells
        .filter((one) => one.row === at)
        .map((one) => cell(cellBlocks(one, hyphens), { ...spans(one), at: cellAt(block, one) })),
    ),
  )
  const parts = block.parts ?? [block]
  return table(rows, {
    at: { page: block.page, boxes: parts.map((part) => box(part.page, part)) },
    headerRows: block.headerRows,
    confidence: block.confidence,
    evidence: block.evidence,
  })
}

/** A cell stands where its box is; one that runs over a page end, where its lines are. */
function cellAt(block: TableBlock, one: TableCell): At {
  const pages = [...new Set(one.lines.map((line) => line.page))]
  if (pages.length === 0) return block.parts ? {} : { page: block.page, boxes: [box(block.page, one)] }
  const boxes = pages.map((page) =>
    pages.length === 1 ? box(page, one) : box(page, union(one.lines.filter((line) => line.page === page))),
  )
  return { page: pages[0]!, boxes }
}

const spans = ({ rowSpan, colSpan }: TableCell) => ({
  ...(rowSpan > 1 ? { rowSpan } : {}),
  ...(colSpan > 1 ? { colSpan } : {}),
})

const cents = (value: number): number => Math.round(value * 100) / 100
const box = (page: number, { x0, y0, x1, y1 }: Rect): Box => ({
  page,
  x0: cents(x0),
  y0: cents(y0),
  x1: cents(x1),
  y1: cents(y1),
})

/** A cell's lines are one paragraph but where a label or a wide gap starts another. */
function cellBlocks({ lines }: TableCell, hyphens: Hyphens): Block[] {
  const groups: Line[][] = []
  for (const line of lines) {
    const last = groups.at(-1)?.at(-1)
    if (
      last &&
      !isLabelled(line.text) &&
      line.baseline - last.baseline < 1.9 * Math.max(line.size, last.size)
    )
      groups.at(-1)!.push(line)
    else groups.push([line])
  }
  return groups.map((group) => {
    const { content, spans: places, at } = joinLines(group, hyphens)
    return paragraph(content, { at, spans: places })
  })
}
