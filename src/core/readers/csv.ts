import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { cell, doc, paragraph, row, table } from '../doc/build.ts'
import { linesToInline } from '../doc/inline.ts'
import type { Block } from '../doc/model.ts'
import { decodeText } from '../io/text.ts'
import type { FlowReader, ReadContext } from '../reader.ts'
import { hasHeader, kindOf } from './sheet/header.ts'

type Rows = { readonly rows: readonly (readonly string[])[]; readonly isCut: boolean }

const delimiters: readonly string[] = [',', ';', '\t', '|']
/** A record longer than this is an unclosed quote or no CSV at all. */
const RECORD_CHARS = 2 ** 20
/** Excel's own bound. */
const COLUMNS = 16_384
const SNIFFED_LINES = 200

/** Comma- and tab-separated values: the delimiter, the encoding and the header row are found in the content. */
export const readCsv: FlowReader = async ({ bytes, name }, context) => {
  const text = decodeText(bytes, context.report)
  const stated = /^sep=(.)\n/.exec(text) // Excel's own hint
  const body = stated ? text.slice(stated[0].length) : text
  const delimiter = stated?.[1] ?? sniffDelimiter(body)
  const { rows, isCut } = await parseRows(body, delimiter, context)
  if (isCut)
    context.report.warn(
      'table-truncated',
      `Kept the first ${rows.length} rows: the table has more than ${context.limits.tableCells} cells or columns beyond ${COLUMNS}.`,
      { path: name ?? 'table' },
    )
  return doc('csv', tableBlocks(rows))
}

/** Lines without a delimiter above the table are its title and notes. */
function tableBlocks(rows: Rows['rows']): Block[] {
  const width = usualWidth(rows.map((cells) => cells.length))
  const first =
    width > 2
      ? Math.max(
          0,
          rows.findIndex((cells) => cells.length > 1),
        )
      : 0
  const titles = rows.slice(0, first).map(([text = '']) => paragraph(linesToInline(text)))
  const body = rows.slice(first)
  if (body.length === 0) return titles
  const wide = body.reduce((most, cells) => Math.max(most, cells.length), 0)
  const kinds = body.slice(0, 60).map((cells) => cells.map(kindOf))
  const filled = body.map((cells, at) => {
    const places = Array.from({ length: wide }, (_, column) => cells[column] ?? '')
    return row(
      places.map((value) =>
        value === ''
          ? cell([])
          : cell([paragraph(linesToInline(value), { at: { path: `row ${first + at + 1}` } })]),
      ),
    )
  })
  return [...titles, table(filled, { headerRows: hasHeader(kinds) ? 1 : 0 })]
}

/** The delimiter that cuts most lines into the same number of fields. */
function sniffDelimiter(text: string): string {
  const sample = text.slice(0, 2 ** 17)
  const scored = delimiters.map((delimiter) => {
    const widths = countFields(sample, delimiter)
    const width = usualWidth(widths)
    const share = widths.filter((other) => other === width).length / Math.max(1, widths.length)
    return { delimiter, score: width > 1 ? share * Math.min(4, 1 + Math.log2(width)) : 0 }
  })
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

/** Fields in each of the first lines; delimiters and line ends inside quotes do not count. */
function countFields(text: string, delimiter: string): number[] {
  const widths: number[] = []
  let width = 1
  let isQuoted = false
  let isStart = true
  let isBlank = true
  for (let at = 0; at < text.length && widths.length < SNIFFED_LINES; at++) {
    const character = text[at]!
    if (character === '"') {
      if (isQuoted || isStart) isQuoted = !isQuoted
      isBlank = false
    } else if (isQuoted) continue
    else if (character === '\n') {
      if (!isBlank) widths.push(width)
      width = 1
      isBlank = true
    } else if (character === delimiter) width++
    else isBlank = false
    isStart = character === delimiter || character === '\n'
  }
  if (!isBlank) widths.push(width)
  return widths
}

function usualWidth(widths: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [1, 0])[0]
}

async function parseRows(text: string, delimiter: string, context: ReadContext): Promise<Rows> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: RECORD_CHARS,
    record_delimiter: '\n',
  })
  const rows: string[][] = []
  let cells = 0
  try {
    for await (const record of Readable.from(pieces(text)).pipe(parser)) {
      const values = (record as string[]).slice(0, COLUMNS) // csv-parse yields lists of strings without `columns`
      cells += values.length
      if (cells > context.limits.tableCells) return { rows, isCut: true }
      rows.push(values)
      if (rows.length % 1000 === 0) context.progress({ stage: 'reading' })
    }
  } catch (error) {
    if (!isCsvError(error)) throw error
    context.report.warn(
      'part-damaged',
      'A quote is never closed or a record is endless; quotes were read as text.',
    )
    return splitRows(text, delimiter, context)
  } finally {
    parser.destroy()
  }
  return { rows, isCut: false }
}

const isCsvError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += SLICE) yield text.slice(at, at + SLICE)
}
const SLICE = 2 ** 16

/** Lines cut at each delimiter, quotes or not. */
function splitRows(text: string, delimiter: string, { limits }: ReadContext): Rows {
  const rows: string[][] = []
  let cells = 0
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    at = end < 0 ? text.length : end + 1
    if (line.trim() === '') continue
    const values = line.split(delimiter, COLUMNS + 1)
    cells += Math.min(COLUMNS, values.length)
    if (cells > limits.tableCells) return { rows, isCut: true }
    rows.push(values.slice(0, COLUMNS))
    if (values.length > COLUMNS) return { rows, isCut: true }
  }
  return { rows, isCut: false }
}
