/** What SheetJS leaves out of XLS: texts of shapes, numbers behind charts, what is hidden ([MS-XLS] 2.4.329, 2.2.3.9). */
import { cell, figure, paragraph, row, table } from '../../doc/build.ts'
import type { Block } from '../../doc/model.ts'
import { openCompound } from '../../io/cfb.ts'
import type { Limits } from '../../limits.ts'

type Record = { readonly type: number; readonly data: Buffer }

const BOF = 0x0809
const EOF = 0x000a
const BOUND_SHEET = 0x0085
const OBJECT = 0x005d
const TEXT_OBJECT = 0x01b6
const CONTINUE = 0x003c
const CHART = 0x0020
const EXCEL_97 = 0x0600

export type BiffSheet = {
  readonly blocks: readonly Block[]
  readonly hiddenRows: readonly number[]
  readonly hiddenColumns: readonly number[]
}

/** By the name of the sheet. */
export function readBiffSheets(
  bytes: Uint8Array,
  limits: Pick<Limits, 'tableCells'>,
): Map<string, BiffSheet> {
  const out = new Map<string, BiffSheet>()
  const stream = openCompound(bytes)?.stream('Workbook')
  if (!stream || stream.length < 8 || stream.readUInt16LE(4) !== EXCEL_97) return out
  for (const { name, at } of sheetsOf(stream))
    out.set(name, { blocks: sheetBlocks(stream, at, name, limits), ...hiddenIn(stream, at) })
  return out
}

const ROW = 0x0208
const COLUMNS = 0x007d

/** Rows and columns that are not shown (2.4.221, 2.4.53). */
function hiddenIn(stream: Buffer, from: number): Pick<BiffSheet, 'hiddenRows' | 'hiddenColumns'> {
  const hiddenRows: number[] = []
  const hiddenColumns: number[] = []
  for (const { type, data } of records(stream, from)) {
    if (type === ROW && data.length >= 14 && (data.readUInt16LE(12) & 0x20) !== 0)
      hiddenRows.push(data.readUInt16LE(0))
    if (type !== COLUMNS || data.length < 10 || (data.readUInt16LE(8) & 1) === 0) continue
    const last = Math.min(255, data.readUInt16LE(2))
    for (let column = data.readUInt16LE(0); column <= last; column++) hiddenColumns.push(column)
  }
  return { hiddenRows, hiddenColumns }
}

/** Records from an offset to the end of the substream that starts there, inner substreams included. */
function* records(stream: Buffer, from: number): Generator<Record> {
  let depth = 0
  for (let at = from; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at)
    const size = stream.readUInt16LE(at + 2)
    const data = stream.subarray(at + 4, at + 4 + size)
    yield { type, data }
    if (type === BOF) depth++
    else if (type === EOF && --depth <= 0) return
    at += 4 + size
  }
}

function sheetsOf(stream: Buffer): { name: string; at: number }[] {
  const sheets: { name: string; at: number }[] = []
  for (const { type, data } of records(stream, 0))
    if (type === BOUND_SHEET && data.length >= 8)
      sheets.push({ at: data.readUInt32LE(0), name: shortText(data, 6) })
  return sheets
}

/** Characters after a length and a flag that tells one byte from two (2.5.293, 2.5.294). */
const shortText = (data: Buffer, at: number): string =>
  characters(data, at + 2, data[at] ?? 0, data[at + 1] ?? 0)
const longText = (data: Buffer, at: number): string =>
  at + 3 <= data.length ? characters(data, at + 3, data.readUInt16LE(at), data[at + 2]!) : ''

function characters(data: Buffer, at: number, count: number, flags: number): string {
  const isWide = (flags & 1) === 1
  const end = Math.min(data.length, at + count * (isWide ? 2 : 1))
  return data.toString(isWide ? 'utf16le' : 'latin1', Math.min(at, end), end)
}

function sheetBlocks(
  stream: Buffer,
  from: number,
  name: string,
  limits: Pick<Limits, 'tableCells'>,
): Block[] {
  const blocks: Block[] = []
  const at = { path: name }
  let chart: Chart | undefined
  let isComment = false
  let text: { left: number; words: string } | undefined
  const endText = () => {
    const words = text?.words.replace(/\r\n?/g, '\n').trim() ?? ''
    if (words !== '' && !isComment)
      blocks.push(
        ...words
          .split('\n')
          .filter(Boolean)
          .map((line) => paragraph(line, { at })),
      )
    text = undefined
  }
  for (const { type, data } of records(stream, from)) {
    if (type !== CONTINUE || !text || text.left <= 0) endText()
    if (type === BOF) {
      if (data.length >= 4 && data.readUInt16LE(2) === CHART) chart = newChart()
    } else if (type === EOF) {
      if (chart) blocks.push(...chartBlocks(chart, at, limits))
      chart = undefined
    } else if (chart) addToChart(chart, type, data)
    else if (type === OBJECT) isComment = data.length >= 6 && data.readUInt16LE(4) === 0x19
    else if (type === TEXT_OBJECT && data.length >= 12) text = { left: data.readUInt16LE(10), words: '' }
    else if (type === CONTINUE && text) {
      const isWide = ((data[0] ?? 0) & 1) === 1
      const words = data.toString(isWide ? 'utf16le' : 'latin1', 1).slice(0, text.left)
      text = { left: text.left - words.length, words: text.words + words }
    }
  }
  endText()
  return blocks
}

type Chart = {
  title: string
  readonly series: string[]
  readonly categories: Map<number, string>
  /** By point, then by series. */
  readonly values: Map<number, Map<number, string>>
  /** What the cached cells that follow are: 1 values, 2 categories. */
  part: number
  /** The last text seen, until it is known what it names. */
  text: string
  isSeriesName: boolean
}

const newChart = (): Chart => ({
  title: '',
  series: [],
  categories: new Map(),
  values: new Map(),
  part: 0,
  text: '',
  isSeriesName: false,
})

type Add = (chart: Chart, data: Buffer) => void

const addValue = (chart: Chart, data: Buffer, value: string): void => {
  const [point, series] = [data.readUInt16LE(0), data.readUInt16LE(2)]
  if (chart.part === 2) {
    if (!chart.categories.has(point)) chart.categories.set(point, value)
    return
  }
  if (chart.part !== 1) return
  const line = chart.values.get(point) ?? new Map<number, string>()
  line.set(series, value)
  chart.values.set(point, line)
}

/** Records of a chart, by their number. */
const chartRecords: Readonly<{ [type: number]: Add }> = {
  4099: (chart) => {
    chart.series.push('')
    chart.isSeriesName = false
  },
  // BRAI: what the text after it is for; 0 is a name.
  4177: (chart, data) => {
    chart.isSeriesName = data[0] === 0 && chart.series.length > 0
  },
  // TEXT: words of its own, not of a series.
  4133: (chart) => {
    chart.isSeriesName = false
    chart.text = ''
  },
  4109: (chart, data) => {
    chart.text = shortText(data, 2)
    if (chart.isSeriesName && chart.series.at(-1) === '') chart.series[chart.series.length - 1] = chart.text
  },
  // OBJECTLINK: 1 is the chart's title.
  4135: (chart, data) => {
    if (data.length >= 2 && data.readUInt16LE(0) === 1 && chart.title === '') chart.title = chart.text
  },
  4197: (chart, data) => {
    chart.part = data.length >= 2 ? data.readUInt16LE(0) : 0
  },
  515: (chart, data) => {
    if (data.length >= 14) addValue(chart, data, String(Number(data.readDoubleLE(6).toPrecision(15))))
  },
  516: (chart, data) => {
    if (data.length >= 9) addValue(chart, data, longText(data, 6))
  },
}

const addToChart = (chart: Chart, type: number, data: Buffer): void => chartRecords[type]?.(chart, data)

function chartBlocks(
  { title, series, categories, values }: Chart,
  at: { path: string },
  { tableCells }: Pick<Limits, 'tableCells'>,
): Block[] {
  const points = [...new Set([...categories.keys(), ...values.keys()])].sort((one, other) => one - other)
  const columns = [...new Set([...values.values()].flatMap((line) => [...line.keys()]))].sort(
    (one, other) => one - other,
  )
  const picture = figure(title || 'Chart', { at })
  if (points.length === 0 || columns.length === 0) return [picture]
  const head = row([cell(''), ...columns.map((column) => cell(series[column] ?? ''))])
  const body = points
    .slice(0, Math.floor(tableCells / (columns.length + 1)))
    .map((point) =>
      row([
        cell(categories.get(point) ?? String(point + 1)),
        ...columns.map((column) => cell(values.get(point)?.get(column) ?? '')),
      ]),
    )
  return [
    picture,
    table([head, ...body], {
      headerRows: 1,
      at,
      caption: title === '' ? undefined : [{ type: 'text', text: title }],
    }),
  ]
}
