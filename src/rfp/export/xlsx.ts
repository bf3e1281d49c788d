/** Workbooks by ExcelJS, which only writes: what users send back is read by another library, in a process of its own. */
import excel from 'exceljs'
import { rewriteZip } from '../../core/index.ts'
import type { Sheet, Value } from './tables.ts'

export type Book = {
  readonly sheets: readonly Sheet[]
  /** Where a page of the source can be seen. */
  readonly pageUrl?: ((page: number, file: string | null) => string | null) | undefined
  /** Columns in which users write, and what they may choose there. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
}

/** What a cell can hold (Excel specifications and limits). */
const MOST_CHARS = 32_767
const CUT = ' […]'
const EPOCH = new Date('1980-01-01T00:00:00Z')
/** Excel refuses these in the name of a sheet, and more than 31 characters. */
const sheetName = (title: string): string => title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31)

/** Text that XML 1.0 can hold. ExcelJS writes it as a string, so that nothing in it is a formula. */
function textOf(value: string): string {
  const clean = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ').toWellFormed()
  return clean.length <= MOST_CHARS ? clean : `${clean.slice(0, MOST_CHARS - CUT.length)}${CUT}`
}

export async function xlsxOf({ sheets, pageUrl, choices = {} }: Book): Promise<Uint8Array> {
  const book = new excel.Workbook()
  book.creator = 'mdraft'
  book.created = EPOCH
  book.modified = EPOCH
  for (const sheet of sheets) addSheet(book, sheet, { pageUrl, choices })
  const made = await book.xlsx.writeBuffer()
  return rewriteZip(new Uint8Array(made as ArrayBuffer), withGrowingRows)
}

/** Heights are first guesses: without this mark Excel fits a row again when somebody writes in it. */
const withGrowingRows = (xml: string): string => xml.replace(/(<row [^>]*?) customHeight="1"/g, '$1')

type How = {
  readonly pageUrl: Book['pageUrl']
  readonly choices: Readonly<Record<string, readonly string[]>>
}

function addSheet(book: excel.Workbook, { title, columns, rows }: Sheet, { pageUrl, choices }: How): void {
  const sheet = book.addWorksheet(sheetName(title), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: onPaper(columns, rows.length + 1),
    headerFooter: { oddFooter: '&L&A&R&P / &N' },
  })
  sheet.columns = columns.map(({ key, title: header, width, hidden }) => ({
    key,
    header,
    width,
    hidden: hidden === true,
    // '@' keeps text text also after somebody has edited the cell.
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' as const } },
  }))
  const at = (key: string) => columns.findIndex((column) => column.key === key)
  const [page, file] = [at('page'), at('file')]
  for (const values of rows) {
    const row = sheet.addRow(values.map(cellOf))
    row.height = heightOf(values, columns)
    for (const [index, value] of values.entries())
      if (typeof value === 'number') row.getCell(index + 1).numFmt = 'General'
    const number = page < 0 ? null : values[page]
    const url =
      typeof number === 'number' ? pageUrl?.(number, file < 0 ? null : (values[file] as string | null)) : null
    if (url) link(row.getCell(page + 1), String(number), url)
  }
  head(sheet, columns.length)
  for (const [key, allowed] of Object.entries(choices))
    if (at(key) >= 0) offer(sheet, at(key) + 1, rows.length, allowed)
}

const LINE = 15
/** Excel's tallest row, in points. */
const TALLEST = 409

function heightOf(values: readonly Value[], columns: Sheet['columns']): number {
  const lines = values.map((value, index) => {
    const { width, hidden } = columns[index]!
    if (hidden || typeof value !== 'string') return 1
    return value.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / width)), 0)
  })
  return Math.min(TALLEST, Math.max(...lines) * LINE)
}

/** Across the sheet, all columns a reader needs side by side, the head on every page. */
function onPaper(columns: Sheet['columns'], rows: number): Partial<excel.PageSetup> {
  const last = columns.findLastIndex(({ onlyWide, hidden }) => !onlyWide && !hidden)
  return {
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
    // The library itself makes only the columns absolute.
    printArea: `A$1:${letters(last + 1)}$${rows}`,
    margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
  }
}

/** 1 → A, 27 → AA. */
const letters = (column: number): string =>
  column <= 26
    ? String.fromCharCode(64 + column)
    : letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1)

const cellOf = (value: Value): string | number | null => (typeof value === 'string' ? textOf(value) : value)

function link(cell: excel.Cell, text: string, hyperlink: string): void {
  cell.value = { text, hyperlink }
  cell.font = { color: { argb: 'FF0563C1' }, underline: true }
}

function head(sheet: excel.Worksheet, columns: number): void {
  const row = sheet.getRow(1)
  row.font = { bold: true }
  row.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE7E6E6' } }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns } }
}

function offer(sheet: excel.Worksheet, column: number, rows: number, allowed: readonly string[]): void {
  for (let row = 2; row <= rows + 1; row++)
    sheet.getCell(row, column).dataValidation = {
      type: 'list',
      allowBlank: true,
      formulae: [`"${allowed.join(',')}"`],
    }
}
