/** SheetJS: number formats as Excel displays them, and the binary formats (XLS, XLSB) and XML Spreadsheet 2003. */

import type { ParsingOptions, WorkBook } from '@e965/xlsx'
import * as sheetjs from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'

export type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx'

/** A part as the library's own container holds it; 2 marks a stream. */
export type BinaryPart = { readonly name: string; readonly type: 2; readonly content: Buffer }

const { read, set_cptable, SSF } = sheetjs
// Exported and documented, but missing from the package's types.
const { parse_zip, parse_xlscfb, CFB } = sheetjs as unknown as {
  CFB: { utils: { prep_blob(blob: Buffer, at: number): void } }
  parse_zip(archive: { files: Record<string, BinaryPart> }, options: ParsingOptions): WorkBook
  parse_xlscfb(file: { FullPaths: string[]; FileIndex: BinaryPart[] }, options: ParsingOptions): WorkBook
}
set_cptable(codePages)

// The US short date, number format 14, with the year in full (Excel follows the reader's settings).
const SHORT_DATE = 'm/d/yyyy'

const options = {
  dense: true,
  cellNF: true,
  cellHTML: false,
  cellStyles: false, // widths of columns in damaged files make it loop without end
  cellDates: false,
  sheetStubs: true,
  dateNF: SHORT_DATE,
} as const

/** Bare records of Excel 2 to 4, XML Spreadsheet 2003. */
export const readBinary = (bytes: Uint8Array): WorkBook =>
  quietly(() => read(bytes, { ...options, type: 'buffer' }))

/** The streams of a compound file; its own reader of compound files follows rings of sectors without end. */
export const readStreams = (streams: readonly BinaryPart[], password: string | undefined): WorkBook =>
  quietly(() => {
    for (const { content } of streams) CFB.utils.prep_blob(content, 0)
    return parse_xlscfb(
      {
        FullPaths: ['Root Entry/', ...streams.map(({ name }) => `Root Entry/${name}`)],
        FileIndex: [root, ...streams],
      },
      { ...options, ...(password === undefined ? {} : { password }) },
    )
  })

const root: BinaryPart = { name: 'Root Entry', type: 2, content: Buffer.alloc(0) }

/** The library writes what it does not know to the console, which is not ours to write to. */
function quietly<T>(run: () => T): T {
  const { error } = console
  console.error = () => {}
  try {
    return run()
  } finally {
    console.error = error
  }
}

/** A package whose parts were unpacked before. */
export const readParts = (files: Record<string, BinaryPart>, rows: number): WorkBook =>
  quietly(() => parse_zip({ files }, { ...options, sheetRows: rows }))

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
