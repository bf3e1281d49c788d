/** The cells of one sheet (ECMA-376 part 1, 18.3.1). What the file claims as its dimension is never believed. */
import { MdraftError } from '../../../errors.ts'
import { attribute, child, type Xml, xmlPieces, xmlText } from '../../../io/xml.ts'
import type { ReadContext } from '../../../reader.ts'
import { safeHref } from '../../ooxml/href.ts'
import { type Package, type Relationships, relationshipId } from '../../ooxml/package.ts'
import { type Budget, isPlainNumber, spend } from '../cells.ts'
import type { Kind } from '../header.ts'
import { displayed, isDateFormat } from '../sheetjs.ts'
import { cellName, type Range, type Sheet, type SheetCell, type SheetRow } from '../workbook.ts'
import type { Comments } from './comments.ts'
import type { Formats } from './formats.ts'
import { createKeptRows, type KeptRows } from './kept-rows.ts'
import { richText } from './strings.ts'

export type Shared = {
  readonly strings: readonly string[]
  readonly formats: Formats
  /** Days count from 1904, as on old Macs. */
  readonly is1904: boolean
  readonly budget: Budget
}

type Grid = Pick<Sheet, 'rows' | 'merges' | 'hiddenRows' | 'hiddenColumns'>
type Open = {
  readonly name: string
  readonly rows: SheetRow[]
  readonly merges: Range[]
  readonly hiddenRows: number[]
  readonly hiddenColumns: number[]
  readonly links: Map<string, string>
  readonly kept: KeptRows
  row: number
}

const pieces: ReadonlySet<string> = new Set(['row', 'mergeCell', 'hyperlink', 'col'])

export async function readGrid(
  file: Package,
  part: string,
  name: string,
  comments: Comments,
  shared: Shared,
  context: ReadContext,
): Promise<Grid> {
  const bytes = await file.bytes(part)
  const relations = await file.relationships(part)
  const open: Open = {
    name,
    rows: [],
    merges: [],
    hiddenRows: [],
    hiddenColumns: [],
    links: new Map(),
    kept: createKeptRows(context.limits.tableCells),
    row: -1,
  }
  let count = 0
  try {
    for (const piece of xmlPieces(bytes ?? '', unboundedNodes(context), (local) => pieces.has(local))) {
      if (piece.local === 'row') addRow(piece, open, shared, context)
      else if (piece.local === 'mergeCell') addMerge(piece, open)
      else if (piece.local === 'hyperlink') addLink(piece, relations, open)
      else addColumn(piece, open)
      if (++count % 10_000 === 0) context.progress({ stage: 'reading' })
      if (shared.budget.isSpent || context.isLate()) break
    }
  } catch (error) {
    if (!(error instanceof MdraftError) || error.code === 'bomb' || error.code === 'aborted') throw error
    context.report.warn('part-damaged', `The sheet "${name}" could be read only in part: ${error.message}`, {
      path: name,
    })
  }
  if (context.isLate())
    context.report.warn('deadline-reached', `The sheet "${name}" was not read to its end.`, { path: name })
  tellCut(open, context)
  return { ...open, rows: finishRows(open, comments, context) }
}

function tellCut({ kept, name }: Open, { report }: ReadContext): void {
  for (const table of kept.cut())
    report.warn('table-truncated', `Kept the first ${table.kept} of ${table.rows} rows of a table.`, {
      path: `${name}!${cellName(table.row, table.column)}`,
    })
}

/** Cells are counted as they come; the tree of a whole sheet is never built. */
const unboundedNodes = ({ limits }: ReadContext) => ({ ...limits, xmlNodes: Number.POSITIVE_INFINITY })

function addRow(piece: Xml, open: Open, shared: Shared, context: ReadContext): void {
  const stated = Number(attribute(piece, 'r'))
  const row = stated >= 1 && stated <= ROWS ? stated - 1 : open.row + 1
  open.row = row
  if (isTrue(attribute(piece, 'hidden'))) open.hiddenRows.push(row)
  const cells: (readonly [number, SheetCell])[] = []
  let column = -1
  for (const part of piece.children) {
    if (typeof part === 'string' || part.local !== 'c') continue
    column = columnOf(attribute(part, 'r')) ?? column + 1
    const made = cellOf(part, shared)
    if (
      made &&
      column < COLUMNS &&
      spend(made.text, { sheet: open.name, row, column }, shared.budget, context)
    )
      cells.push([column, made])
    if (shared.budget.isSpent) break
  }
  if (cells.length === 0) return
  const kept = open.kept.keep(row, cells)
  // A copy holds no room for cells to come.
  if (kept.length > 0) open.rows.push({ row, cells: kept.slice() })
}

const ROWS = 1_048_576
const COLUMNS = 16_384
const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true'

/** "AB12" → 27. */
function columnOf(reference: string | undefined): number | undefined {
  if (!reference) return undefined
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) return at > 0 ? column - 1 : undefined
    column = column * 26 + code - 64
  }
  return column - 1
}

function rangeOf(reference: string | undefined): Range | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(reference ?? '')
  if (!match) return undefined
  const [, left, top, right = left, bottom = top] = match
  return { r0: Number(top) - 1, c0: columnOf(left)!, r1: Number(bottom) - 1, c1: columnOf(right)! }
}

function addMerge(piece: Xml, { merges }: Open): void {
  const range = rangeOf(attribute(piece, 'ref'))
  if (range) merges.push(range)
}

/** A link to a place in the workbook leads nowhere outside it. */
function addLink(piece: Xml, relations: Relationships, { links }: Open): void {
  const relation = relations.get(relationshipId(piece, 'id') ?? '')
  const href = relation?.external ? safeHref(relation.target) : undefined
  const range = rangeOf(attribute(piece, 'ref'))
  if (href && range) links.set(`${range.r0},${range.c0}`, href)
}

function addColumn(piece: Xml, { hiddenColumns }: Open): void {
  if (!isTrue(attribute(piece, 'hidden'))) return
  const from = Number(attribute(piece, 'min') ?? '1') - 1
  const to = Math.min(COLUMNS, Number(attribute(piece, 'max') ?? '1')) - 1
  for (let column = Math.max(0, from); column <= to; column++) hiddenColumns.push(column)
}

function cellOf(part: Xml, shared: Shared): SheetCell | undefined {
  const type = attribute(part, 't') ?? 'n'
  const inline = child(part, 'is')
  const value = child(part, 'v')
  const raw = value ? xmlText(value) : ''
  if (type === 'inlineStr' || (inline && raw === '')) return textCell(inline ? richText(inline) : raw)
  if (raw === '') return formulaCell(part)
  switch (type) {
    case 's':
      return textCell(shared.strings[Number(raw)] ?? '')
    case 'str':
      return textCell(raw)
    case 'b':
      return { text: isTrue(raw) ? 'TRUE' : 'FALSE', kind: 'boolean' }
    case 'e':
      return { text: raw, kind: 'text' }
    case 'd':
      return { text: raw.replace('T', ' '), kind: 'date' }
    default:
      return numberCell(raw, shared.formats[Number(attribute(part, 's') ?? '0')] ?? 'General', shared.is1904)
  }
}

function textCell(words: string): SheetCell | undefined {
  const text = words.replace(/\r\n?/g, '\n').trim()
  return text === '' ? undefined : { text, kind: 'text' }
}

/** A formula that was never calculated shows itself. */
function formulaCell(part: Xml): SheetCell | undefined {
  const formula = child(part, 'f')
  const words = formula ? xmlText(formula).trim() : ''
  return words === '' ? undefined : { text: `=${words}`, kind: 'text' }
}

function numberCell(raw: string, format: string | number, is1904: boolean): SheetCell | undefined {
  const value = Number(raw)
  if (!Number.isFinite(value)) return textCell(raw)
  const code = format === 14 ? 'm/d/yyyy' : String(format)
  const kind: Kind = isDateFormat(code) ? 'date' : 'number'
  const text = isPlainNumber(value, code) ? String(value) : displayed(value, format, is1904).trim()
  // A format that shows nothing hides the value on purpose (";;;").
  return text === '' ? undefined : { text, kind }
}

/** Rows in order, with links and comments put to their cells; a comment may stand at an empty cell. */
function finishRows(
  { rows, links }: Open,
  comments: Comments,
  { options }: ReadContext,
): readonly SheetRow[] {
  const kept = options.comments === 'omit' ? new Map<string, never>() : comments
  const sorted = isSorted(rows) ? rows : [...rows].sort((one, other) => one.row - other.row)
  if (links.size === 0 && kept.size === 0) return sorted
  const byRow = new Map(sorted.map(({ row, cells }) => [row, new Map(cells)]))
  const change = (row: number, column: number, part: Partial<SheetCell>) => {
    const line = byRow.get(row) ?? new Map<number, SheetCell>()
    line.set(column, { ...(line.get(column) ?? { text: '', kind: 'empty' }), ...part })
    byRow.set(row, line)
  }
  for (const [place, href] of links) {
    const [row, column] = place.split(',').map(Number)
    if (byRow.get(row!)?.has(column!)) change(row!, column!, { href })
  }
  for (const [reference, list] of kept) {
    const range = rangeOf(reference)
    if (range) change(range.r0, range.c0, { comments: list })
  }
  return [...byRow]
    .sort(([one], [other]) => one - other)
    .map(([row, line]) => ({ row, cells: [...line].sort(([one], [other]) => one - other) }))
}

const isSorted = (rows: readonly SheetRow[]): boolean =>
  rows.every(({ row }, at) => at === 0 || row > rows[at - 1]!.row)
