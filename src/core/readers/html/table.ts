/** Tables (WHATWG HTML, 4.9): data as a table, layout as what it lays out. */
import { cell, paragraph, row, table } from '../../doc/build.ts'
import type { Align, Block, Cell, Row } from '../../doc/model.ts'
import { inferredHeaderRows } from '../table-head.ts'
import { asInline } from './flow.ts'
import type { Handler, Page, Place, Walk } from './page.ts'
import { attribute, descendants, type Element, elements } from './parse.ts'

export const readTable: Handler = (element, place, walk) => {
  const { head, rows } = rowsOf(element)
  if (isLayout(element, rows)) {
    place.flow.flush()
    for (const tr of rows)
      for (const part of elements(tr, 'td', 'th')) {
        place.flow.flush()
        walk.into(part, place)
      }
    place.flow.flush()
    return
  }
  const captionOf = elements(element, 'caption')[0]
  const caption = captionOf ? asInline(walk.blocks(captionOf, place)) : []
  const read = rows.map((tr) => readRow(tr, place, walk))
  const kept = clampSpans(read, place.page)
  if (kept.length === 0) {
    if (caption.length > 0) place.flow.block(paragraph(caption))
    return
  }
  const stated = Math.min(head > 0 ? head : leadingHeaders(rows), kept.length)
  const headerRows = stated > 0 ? stated : inferredHeaderRows(kept)
  place.flow.block(table(kept, { headerRows, caption, align: alignment(rows) }))
}

/** Rows in the order they are shown: `thead` first, `tfoot` last. `head` counts the rows of `thead`. */
function rowsOf(element: Element): { head: number; rows: readonly Element[] } {
  const direct = elements(element, 'thead', 'tbody', 'tfoot', 'tr')
  const rows = (names: readonly string[]) =>
    direct
      .filter((part) => names.includes(part.tagName))
      .flatMap((part) => (part.tagName === 'tr' ? [part] : elements(part, 'tr')))
      .filter((tr) => elements(tr, 'td', 'th').length > 0)
  const head = rows(['thead'])
  return { head: head.length, rows: [...head, ...rows(['tbody', 'tr']), ...rows(['tfoot'])] }
}

/** Tables that only place things on the page: said so, one cell, or other tables and headings inside. */
function isLayout(element: Element, rows: readonly Element[]): boolean {
  const role = attribute(element, 'role')
  if (role === 'presentation' || role === 'none') return true
  const cells = rows.flatMap((tr) => elements(tr, 'td', 'th'))
  if (cells.length === 0) return false
  if (elements(element, 'caption').length > 0 || cells.some((part) => part.tagName === 'th')) return false
  if (cells.length === 1) return true
  const inner = cells.flatMap((part) => [...descendants(part)])
  if (inner.some((child) => /^h[1-3]$/.test(child.tagName))) return true
  const isDrawn = Number.parseInt(attribute(element, 'border') ?? '0', 10) > 0
  return !isDrawn && inner.some((child) => child.tagName === 'table')
}

const leadingHeaders = (rows: readonly Element[]): number => {
  const first = rows.findIndex((tr) => elements(tr, 'td').length > 0)
  return first < 0 ? Math.min(1, rows.length) : first
}

function readRow(tr: Element, place: Place, walk: Walk): Row {
  return row(
    elements(tr, 'td', 'th').map((part): Cell => {
      const colSpan = span(attribute(part, 'colspan'), place.page.limits.columnSpan)
      const rowSpan = span(attribute(part, 'rowspan'), Number.POSITIVE_INFINITY)
      return cell(walk.blocks(part, place).map(cellBlock), {
        ...(colSpan > 1 ? { colSpan } : {}),
        ...(rowSpan !== 1 ? { rowSpan } : {}),
        ...(part.tagName === 'th' ? { header: true } : {}),
      })
    }),
  )
}

/** A heading inside a cell is no heading of the document. */
const cellBlock = (block: Block): Block =>
  block.type === 'heading' ? paragraph(block.content, { at: block.at, anchors: block.anchors }) : block

/** 0 means "to the end" (WHATWG HTML, 4.9.11). */
function span(value: string | undefined, most: number): number {
  const number = /^\s*(\d{1,9})/.exec(value ?? '')?.[1]
  return number === undefined ? 1 : Math.min(most, Number(number))
}

/** Row spans end with the table; spans that would claim more places than a table may have are dropped. */
function clampSpans(rows: readonly Row[], page: Page): readonly Row[] {
  let claimed = 0
  const clamped = rows.map(({ cells }, at) => ({
    cells: cells.map((one): Cell => {
      const left = rows.length - at
      const rowSpan = one.rowSpan === 0 ? left : Math.min(one.rowSpan ?? 1, left)
      claimed += (one.colSpan ?? 1) * rowSpan
      const { rowSpan: _, ...rest } = one
      return rowSpan > 1 ? { ...rest, rowSpan } : rest
    }),
  }))
  if (claimed <= page.limits.tableCells) return clamped
  page.report.warn(
    'table-doubtful',
    'The spans of a table claim more places than a table may have; they were dropped.',
  )
  return rows.map(({ cells }) => ({ cells: cells.map(({ colSpan: _, rowSpan: __, ...rest }) => rest) }))
}

/** Of the first row below the header, when it states any. */
function alignment(rows: readonly Element[]): (Align | null)[] | undefined {
  const body = rows.find((tr) => elements(tr, 'td').length > 0)
  if (!body) return undefined
  const cells = elements(body, 'td', 'th')
  if (cells.some((part) => attribute(part, 'colspan') !== undefined)) return undefined
  const stated = cells.map((part): Align | null => {
    const css = /text-align\s*:\s*(left|right|center)/.exec(attribute(part, 'style') ?? '')?.[1]
    const value = css ?? attribute(part, 'align')?.toLowerCase()
    return value === 'left' || value === 'right' || value === 'center' ? value : null
  })
  return stated.some((align) => align !== null) ? stated : undefined
}
