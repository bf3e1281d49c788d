/** Tables: merged cells, header rows, rows under revision (ECMA-376 part 1, 17.4). */
import { cell, row, table, text } from '../../doc/build.ts'
import type { Block, Cell, Row, Table } from '../../doc/model.ts'
import { attribute, child, elements, type Xml } from '../../io/xml.ts'
import { alternative } from '../ooxml/alternate.ts'
import { append } from '../ooxml/append.ts'
import { isUniform } from '../ooxml/content.ts'
import { integer, isOn } from './properties.ts'
import type { Reading, Story } from './reading.ts'

/** A cell in the grid. `continues`: it is the lower part of the cell above. */
type Place = {
  readonly column: number
  readonly span: number
  readonly continues: boolean
  readonly blocks: readonly Block[]
}

export function readTable(element: Xml, story: Story): Table {
  story.ordinals.tables++
  const { reading } = story
  const at = {
    path: `${story.part}#t${story.ordinals.tables}`,
    ...(reading.pages.current === undefined
      ? {}
      : { page: reading.pages.current, approximate: true as const }),
  }
  const rows: { places: Place[]; isHead: boolean }[] = []
  let cells = 0
  for (const tr of rowsOf(element, reading)) {
    const places = readRow(tr, story)
    cells += Math.max(1, places.length)
    if (cells > reading.context.limits.tableCells) {
      reading.context.report.warn(
        'table-truncated',
        `Kept the first ${rows.length} rows: the table has more than ${reading.context.limits.tableCells} cells.`,
        at,
      )
      break
    }
    rows.push({ places, isHead: isOn(child(child(tr, 'trPr'), 'tblHeader')) === true })
  }
  const title = titleOf(element)
  return table(mergeDown(rows.map(({ places }) => places)), {
    at,
    headerRows: headerRows(element, rows),
    ...(title === '' ? {} : { caption: [text(title)] }),
  })
}

/** Title and description for readers who do not see the table (17.4.62, 17.4.46). */
const titleOf = (element: Xml): string =>
  ['tblCaption', 'tblDescription']
    .map(
      (name) =>
        attribute(child(child(element, 'tblPr'), name), 'val')
          ?.replace(/\s+/g, ' ')
          .trim() ?? '',
    )
    .filter((part) => part !== '')
    .join(': ')

/** Rows stand in the table, in content controls and in custom XML; deleted ones are gone (17.13.5.12). */
function rowsOf(element: Xml, reading: Reading): Xml[] {
  const rows: Xml[] = []
  const stack = elements(element).reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.local === 'tr') {
      if (isPresent(child(node, 'trPr'), 'ins', 'del', reading)) rows.push(node)
    } else if (wrappers.has(node.local)) append(stack, elements(unwrapped(node)).reverse())
  }
  return rows
}

const wrappers = new Set(['sdt', 'customXml', 'AlternateContent', 'ins', 'moveTo'])
const unwrapped = (element: Xml): Xml =>
  element.local === 'sdt'
    ? (child(element, 'sdtContent') ?? element)
    : element.local === 'AlternateContent'
      ? (alternative(element) ?? element)
      : element

function isPresent(
  properties: Xml | undefined,
  ins: string,
  del: string,
  { context, seen }: Reading,
): boolean {
  const inserted = child(properties, ins) !== undefined
  const deleted = child(properties, del) !== undefined
  if (inserted) seen.insertions++
  if (deleted) seen.deletions++
  const { trackChanges } = context.options
  return !(trackChanges === 'accept' && deleted) && !(trackChanges === 'reject' && inserted)
}

function readRow(tr: Xml, story: Story): Place[] {
  const { reading } = story
  const properties = child(tr, 'trPr')
  const places: Place[] = []
  const most = reading.context.limits.columnSpan
  const skipped = Math.min(most, integer(attribute(child(properties, 'gridBefore'), 'val')) ?? 0)
  let column = skipped
  if (skipped > 0) places.push({ column: 0, span: skipped, continues: false, blocks: [] })
  const startPage = reading.pages.current
  let endPage = startPage
  for (const tc of cellsOf(tr, reading).slice(0, reading.context.limits.tableCells)) {
    const about = child(tc, 'tcPr')
    const span = Math.min(most, Math.max(1, integer(attribute(child(about, 'gridSpan'), 'val')) ?? 1))
    // The cells of a row stand side by side: each begins on the page where the row does.
    reading.pages.current = startPage
    // A cell's ground may come from the table's style: white letters may well be seen.
    const blocks = story.readBlocks(tc.children, { ...story, isOnPaper: false })
    if ((reading.pages.current ?? 0) > (endPage ?? 0)) endPage = reading.pages.current
    const merge = child(about, 'vMerge')
    const last = places.at(-1)
    // The form of Word 97: a cell that says so is part of the one on its left (17.4.22).
    if (attribute(child(about, 'hMerge'), 'val') === 'continue' || isBareContinue(child(about, 'hMerge'))) {
      if (last)
        places[places.length - 1] = { ...last, span: last.span + span, blocks: [...last.blocks, ...blocks] }
    } else
      places.push({
        column,
        span,
        continues: merge !== undefined && attribute(merge, 'val') !== 'restart',
        blocks,
      })
    column += span
  }
  reading.pages.current = endPage
  return places
}

const isBareContinue = (merge: Xml | undefined): boolean =>
  merge !== undefined && attribute(merge, 'val') === undefined

function cellsOf(tr: Xml, reading: Reading): Xml[] {
  const cells: Xml[] = []
  const stack = elements(tr).reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.local === 'tc') {
      if (isPresent(child(node, 'tcPr'), 'cellIns', 'cellDel', reading)) cells.push(node)
    } else if (wrappers.has(node.local)) append(stack, elements(unwrapped(node)).reverse())
  }
  return cells
}

/** Cells that continue the one above them are folded into it (17.4.84). */
function mergeDown(rows: readonly (readonly Place[])[]): Row[] {
  const out: { cell: Cell; rowSpan: number }[][] = []
  /** By column: the cell that a lower one may continue. */
  let open = new Map<number, { cell: Cell; rowSpan: number; span: number }>()
  for (const places of rows) {
    const next = new Map<number, { cell: Cell; rowSpan: number; span: number }>()
    const kept: { cell: Cell; rowSpan: number }[] = []
    for (const { column, span, continues, blocks } of places) {
      const above = continues ? open.get(column) : undefined
      if (above && above.span === span) {
        above.rowSpan++
        if (blocks.length > 0) above.cell = { ...above.cell, blocks: [...above.cell.blocks, ...blocks] }
        next.set(column, above)
        continue
      }
      const made = { cell: cell(blocks, span > 1 ? { colSpan: span } : {}), rowSpan: 1, span }
      next.set(column, made)
      kept.push(made)
    }
    open = next
    out.push(kept)
  }
  return out.map((kept) =>
    row(kept.map(({ cell: made, rowSpan }) => (rowSpan > 1 ? { ...made, rowSpan } : made))),
  )
}

type PlacedRow = { readonly places: readonly Place[]; readonly isHead: boolean }

/**
 * Rows that repeat on each page; else the first row where the table's look treats it as a head (17.4.49, 17.4.56);
 * else the first row if it alone is bold throughout, which is how a head looks when nobody marked it.
 */
function headerRows(element: Xml, rows: readonly PlacedRow[]): number {
  const repeated = rows.findIndex(({ isHead }) => !isHead)
  const stated = repeated < 0 ? rows.length : repeated
  if (stated > 0) return stated === rows.length && rows.length > 1 ? 1 : stated
  if (rows.length < 2) return 0
  const look = child(child(element, 'tblPr'), 'tblLook')
  const firstRow = attribute(look, 'firstRow')
  const bits = Number.parseInt(attribute(look, 'val') ?? '0', 16)
  if (firstRow === undefined ? (bits & 0x20) !== 0 : /^(1|true|on)$/i.test(firstRow)) return 1
  return isBoldHead(rows[0]!) && !isBoldHead(rows[1]!) ? 1 : 0
}

const isBoldHead = ({ places }: PlacedRow): boolean =>
  places.length > 1 &&
  places.every(
    ({ span, continues, blocks }) =>
      span === 1 &&
      !continues &&
      blocks.length > 0 &&
      blocks.every((block) => block.type === 'paragraph' && isUniform(block.content, 'bold')),
  )
