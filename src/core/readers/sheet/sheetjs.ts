/** SheetJS: number formats as Excel displays them, and the binary formats (XLS, XLSB) and XML Spreadsheet 2003. */

import type { ParsingOptions, WorkBook } from '@e965/xlsx'
import * as sheetjs from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'

export type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx'

/** A part as the library's own container holds it; 2 marks a stream. */
export type BinaryPart = { readonly name: string; readonly type: 2; readonly content: Buffer }

const { read, set_cptable, SSF } = sheetjs
// Exported and documented, but missing from the package's types.
const { parse_zip } = sheetjs as unknown as {
  parse_zip(archive: { files: Record<string, BinaryPart> }, options: ParsingOptions): WorkBook
}
set_cptable(codePages)

// The US short date, number format 14, with the year in full (Excel follows the reader's settings).
const SHORT_DATE = 'm/d/yyyy'

const options = {
  dense: true,
  cellNF: true,
  cellHTML: false,
  cellStyles: true, // hidden rows and columns come with the styles
  cellDates: false,
  sheetStubs: true,
  dateNF: SHORT_DATE,
} as const

export const readBinary = (bytes: Uint8Array): WorkBook => read(bytes, { ...options, type: 'buffer' })

/** A package whose parts were unpacked before. */
export const readParts = (files: Record<string, BinaryPart>, rows: number): WorkBook =>
  parse_zip({ files }, { ...options, sheetRows: rows })

/** The value as Excel displays it in this format: a code, or the number of a format that is built in. */
export function displayed(value: number | string, format: string | number, isMac: boolean): string {
  const code = format === 14 ? SHORT_DATE : format
  try {
    return String(SSF.format(code, value, { date1904: isMac, dateNF: SHORT_DATE }))
  } catch {
    return String(value) // a format that makes no sense leaves the value as it is
  }
}

/** Does the format show a moment? */
export const isDateFormat = (format: string): boolean => SSF.is_date(format)

/** The code of a built-in format. */
export const builtInFormat = (id: number): string | undefined =>
  (SSF.get_table() as Record<number, string>)[id]
