/** Excel files (XLSX, XLSM, XLSB, XLS, XML Spreadsheet 2003) through SheetJS, read sparsely. */

import type { CellObject, ParsingOptions, WorkBook, WorkSheet } from '@e965/xlsx'
import * as sheetjs from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { asMdraftError, MdraftError } from '../../errors.ts'
import { openZip } from '../../io/zip.ts'
import type { ReadContext } from '../../reader.ts'
import { safeHref } from '../ooxml/href.ts'
import type { Kind } from './header.ts'
import { cellName, type Range, type Sheet, type SheetCell, type SheetRow, type Workbook } from './workbook.ts'

const { read, set_cptable } = sheetjs
/** A part as the library's own container holds it; 2 marks a stream. */
type Part = { readonly name: string; readonly type: 2; readonly content: Buffer }
// Exported and documented, but missing from the package's types.
const { parse_zip } = sheetjs as unknown as {
  parse_zip(archive: { files: Record<string, Part> }, options: ParsingOptions): WorkBook
}
set_cptable(codePages)

const options = {
  dense: true,
  cellNF: true,
  cellHTML: false,
  cellStyles: true, // hidden rows and columns come with the styles
  cellDates: false,
  sheetStubs: true,
  // The US short date, number format 14, with the year in full (Excel follows the reader's settings).
  dateNF: 'm/d/yyyy',
} as const

export async function readExcel(bytes: Uint8Array, context: ReadContext): Promise<Workbook> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const book = isZip
    ? await parsePackage(bytes, context)
    : parse(() => read(bytes, { ...options, type: 'buffer' }))
  if (book.vbaraw !== undefined)
    context.report.warn('macros-ignored', 'The workbook holds macros; they were not run or read.')
  const budget = { cells: 0, chars: 0, isSpent: false }
  return {
    sheets: book.SheetNames.map((name, index) => sheetOf(book, name, index, budget, context)),
    meta: metaOf(book),
  }
}

/** Parts are unpacked under our bounds first; the library is given what it needs and no archive. */
async function parsePackage(bytes: Uint8Array, context: ReadContext): Promise<WorkBook> {
  const zip = await openZip(bytes, context.limits)
  const files: Record<string, { name: string; content: Buffer; type: 2 }> = {}
  for (const name of zip.names) {
    if (
      !/\.(xml|rels|bin|vml)$/i.test(name) ||
      /^\/?xl\/(media|charts|diagrams|drawings\/drawing|externalLinks)/i.test(name)
    )
      continue
    const part = await zip.read(name)
    if (part)
      files[name.replace(/^\//, '')] = {
        name,
        type: 2,
        content: Buffer.from(part.buffer, part.byteOffset, part.byteLength),
      }
  }
  return parse(() => parse_zip({ files }, { ...options, sheetRows: context.limits.sheetCells }))
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

type Budget = { cells: number; chars: number; isSpent: boolean }

function sheetOf(book: WorkBook, name: string, index: number, budget: Budget, context: ReadContext): Sheet {
  const sheet = book.Sheets[name]
  const rows = sheet ? rowsOf(sheet, name, budget, context) : []
  return {
    name,
    isHidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0,
    rows,
    merges: (sheet?.['!merges'] ?? []).map(({ s, e }): Range => ({ r0: s.r, c0: s.c, r1: e.r, c1: e.c })),
    hiddenRows: hiddenOf(sheet?.['!rows']),
    hiddenColumns: hiddenOf(sheet?.['!cols']),
  }
}

const hiddenOf = (list: readonly ({ hidden?: boolean } | undefined)[] | undefined): number[] => {
  const out: number[] = []
  list?.forEach((info, at) => {
    if (info?.hidden) out.push(at)
  })
  return out
}

function rowsOf(sheet: WorkSheet, name: string, budget: Budget, { limits, report }: ReadContext): SheetRow[] {
  const data = sheet['!data'] ?? []
  const rows: SheetRow[] = []
  // `forEach` and `in` pass over holes: a cell in row 1048576 costs no more than one in row 1.
  data.forEach((line, row) => {
    if (!line || budget.isSpent) return
    const cells: (readonly [number, SheetCell])[] = []
    line.forEach((cell, column) => {
      const made = cell && !budget.isSpent ? cellOf(cell) : undefined
      if (!made) return
      budget.cells++
      budget.chars += made.text.length
      if (budget.cells > limits.sheetCells || budget.chars > limits.outputChars) {
        budget.isSpent = true
        report.warn(
          'sheet-truncated',
          `The workbook has more than ${limits.sheetCells} cells or ${limits.outputChars} characters; the rest was left out.`,
          { path: `${name}!${cellName(row, column)}` },
        )
        return
      }
      cells.push([column, made])
    })
    if (cells.length > 0) rows.push({ row, cells })
  })
  return rows
}

function cellOf(cell: CellObject): SheetCell | undefined {
  const text = shownText(cell)
  const comments = (cell.c ?? [])
    .map(({ a, t }) => ({ author: a && !/^tc=/.test(a) ? a : undefined, text: (t ?? '').trim() }))
    .filter((comment) => comment.text !== '')
  if (text.trim() === '' && comments.length === 0) return undefined
  const target = cell.l?.Target ? safeHref(cell.l.Target) : undefined
  return {
    text,
    kind:
      kinds[cell.t] === 'number' && isDate(cell) ? 'date' : text === '' ? 'empty' : (kinds[cell.t] ?? 'text'),
    ...(target ? { href: target } : {}),
    ...(comments.length > 0 ? { comments } : {}),
  }
}

const kinds: Readonly<Record<string, Kind>> = { n: 'number', b: 'boolean', d: 'date', s: 'text', e: 'text' }

/** The display text; a formula that was never calculated shows itself. */
function shownText(cell: CellObject): string {
  // "General" rounds to what fits a column; a long whole number is an account, a contract, a part: keep its digits.
  if (cell.t === 'n' && (cell.z ?? 'General') === 'General' && Number.isSafeInteger(cell.v))
    return String(cell.v)
  if (cell.w !== undefined && cell.t !== 'z') return cell.w.replace(/\r\n?/g, '\n').trim()
  if (cell.v !== undefined && cell.v !== null) return String(cell.v)
  return cell.f ? `=${cell.f}` : ''
}

const isDate = ({ w }: CellObject): boolean => w !== undefined && /\d[/:-]\d|\d-[A-Z][a-z]{2}/.test(w)

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
