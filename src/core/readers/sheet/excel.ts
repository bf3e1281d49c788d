/** Binary workbooks (XLS, XLSB) and XML Spreadsheet 2003, read through SheetJS. */
import { asMdraftError, MdraftError } from '../../errors.ts'
import { openCompound } from '../../io/cfb.ts'
import { openZip } from '../../io/zip.ts'
import type { ReadContext } from '../../reader.ts'
import { safeHref } from '../ooxml/href.ts'
import { type BiffSheet, readBiffSheets } from './biff.ts'
import { type Budget, isPlainNumber, newBudget, spend } from './cells.ts'
import type { Kind } from './header.ts'
import {
  type BinaryPart,
  type CellObject,
  isDateFormat,
  readBinary,
  readParts,
  readStreams,
  type WorkBook,
  type WorkSheet,
} from './sheetjs.ts'
import type { Range, Sheet, SheetCell, SheetRow, Workbook } from './workbook.ts'

export async function readExcel(bytes: Uint8Array, context: ReadContext): Promise<Workbook> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const book = isZip ? await parsePackage(bytes, context) : parse(() => parseBinary(bytes, context))
  const budget = newBudget()
  const more = isZip ? new Map<string, BiffSheet>() : readBiffSheets(bytes, context.limits)
  return {
    sheets: book.SheetNames.map((name, index) => {
      const { blocks = [], ...hidden } = more.get(name) ?? {}
      const floats = blocks.length > 0 ? [{ row: LAST_ROW, column: 0, blocks }] : []
      return { ...sheetOf(book, name, index, budget, context), ...hidden, floats }
    }),
    meta: metaOf(book),
  }
}

/** Where things float is not followed here: they come after the tables. */
const LAST_ROW = 2 ** 20

/** Parts are unpacked under our bounds first; the library is given what it needs and no archive. */
async function parsePackage(bytes: Uint8Array, context: ReadContext): Promise<WorkBook> {
  const zip = await openZip(bytes, context.limits)
  const files: Record<string, BinaryPart> = {}
  for (const name of zip.names) {
    if (!/\.(xml|rels|bin|vml)$/i.test(name) || /^\/?xl\/(media|charts|diagrams|externalLinks)/i.test(name))
      continue
    const part = await zip.read(name)
    if (!part) continue
    const content = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    files[name.replace(/^\//, '')] = { name, type: 2, content }
  }
  return parse(() => readParts(files, context.limits.sheetCells))
}

/** Streams that hold cells and properties. */
const wanted = ['Workbook', 'Book', '\x05SummaryInformation', '\x05DocumentSummaryInformation', '\x01CompObj']

function parseBinary(bytes: Uint8Array, { options, report }: ReadContext): WorkBook {
  const file = openCompound(bytes)
  if (!file) return readBinary(bytes)
  if (file.names.some((name) => /^_VBA_PROJECT/i.test(name)))
    report.warn('macros-ignored', 'The workbook holds macros; they were not run or read.')
  const streams = wanted.flatMap((name): BinaryPart[] => {
    const content = file.stream(name)
    return content ? [{ name, type: 2, content }] : []
  })
  return readStreams(streams, options.password)
}

function parse(run: () => WorkBook): WorkBook {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof MdraftError) throw cause
    const message = cause instanceof Error ? cause.message : ''
    if (/password|encrypt/i.test(message))
      throw new MdraftError('password_required', 'The workbook is protected with a password.', {
        cause,
        fix: 'Open it in Excel, remove the password (File, Info, Protect Workbook), save, and retry.',
      })
    throw new MdraftError('malformed', 'The workbook is damaged or of a kind that cannot be read.', {
      cause: asMdraftError(cause),
      fix: 'Open it in Excel, save it as .xlsx, and retry.',
    })
  }
}

function sheetOf(book: WorkBook, name: string, index: number, budget: Budget, context: ReadContext): Sheet {
  const sheet = book.Sheets[name]
  return {
    name,
    isHidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0,
    rows: sheet ? rowsOf(sheet, name, budget, context) : [],
    merges: (sheet?.['!merges'] ?? []).map(({ s, e }): Range => ({ r0: s.r, c0: s.c, r1: e.r, c1: e.c })),
    hiddenRows: [],
    hiddenColumns: [],
    floats: [],
  }
}

function rowsOf(sheet: WorkSheet, name: string, budget: Budget, context: ReadContext): SheetRow[] {
  const rows: SheetRow[] = []
  // `forEach` passes over holes: a cell in row 1048576 costs no more than one in row 1.
  sheet['!data']?.forEach((line, row) => {
    if (!line || budget.isSpent) return
    const cells: (readonly [number, SheetCell])[] = []
    line.forEach((cell, column) => {
      const made = cell && !budget.isSpent ? cellOf(cell) : undefined
      if (made && spend(made.text, { sheet: name, row, column }, budget, context)) cells.push([column, made])
    })
    if (cells.length > 0) rows.push({ row, cells })
  })
  return rows
}

function cellOf(cell: CellObject): SheetCell | undefined {
  const text = shownText(cell)
  const comments = (cell.c ?? [])
    .map(({ a, t }) => ({ author: a && !a.startsWith('tc=') ? a : undefined, text: (t ?? '').trim() }))
    .filter((comment) => comment.text !== '')
  if (text.trim() === '' && comments.length === 0) return undefined
  const target = cell.l?.Target ? safeHref(cell.l.Target) : undefined
  return {
    text,
    kind: text === '' ? 'empty' : kindOf(cell),
    ...(target && !target.startsWith('#') ? { href: target } : {}),
    ...(comments.length > 0 ? { comments } : {}),
  }
}

const kinds: Readonly<Record<string, Kind>> = { n: 'number', b: 'boolean', d: 'date', s: 'text', e: 'text' }

const kindOf = ({ t, z }: CellObject): Kind =>
  t === 'n' && typeof z === 'string' && isDateFormat(z) ? 'date' : (kinds[t] ?? 'text')

/** The display text; a formula that was never calculated shows itself. */
function shownText(cell: CellObject): string {
  if (cell.t === 'n' && isPlainNumber(cell.v, cell.z === undefined ? undefined : String(cell.z)))
    return String(cell.v)
  if (cell.w !== undefined && cell.t !== 'z') return cell.w.replace(/\r\n?/g, '\n').trim()
  if (cell.v !== undefined && cell.v !== null) return String(cell.v)
  return cell.f ? `=${cell.f}` : ''
}

function metaOf({ Props }: WorkBook): Workbook['meta'] {
  const date = (value: Date | undefined) =>
    value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined
  return {
    title: Props?.Title || undefined,
    author: Props?.Author || undefined,
    created: date(Props?.CreatedDate),
    modified: date(Props?.ModifiedDate),
  }
}
