/** Charts: the numbers behind the picture, as a table (ECMA-376 part 1, 21.2; Office 2016's chartex alike). */
import { cell, paragraph, row, table } from '../../doc/build.ts'
import type { At, Block, Cell } from '../../doc/model.ts'
import { attribute, child, descend, descendants, elements, type Xml, xmlText } from '../../io/xml.ts'
import type { ReadContext } from '../../reader.ts'

type Series = {
  readonly name: string
  readonly categories: ReadonlyMap<number, string>
  readonly values: ReadonlyMap<number, string>
  /** Third dimension of bubbles. */
  readonly sizes: ReadonlyMap<number, string>
}
type Needs = Pick<ReadContext, 'limits' | 'report'>

/** The chart as a captioned table; nothing when it caches no data. */
export function chartBlocks(root: Xml, at: At, { limits, report }: Needs): Block[] {
  const axes = axisTitles(root)
  const title = [titleOf(child(root, 'chart')), axes.values && `(${axes.values})`].filter(Boolean).join(' ')
  const all = [...descendants(root, 'ser')].map(readSeries)
  const series = all.length > 0 ? all : chartexSeries(root)
  if (series.length === 0) return title ? [paragraph(title, { at })] : []
  const places = [...new Set(series.flatMap((one) => [...one.categories.keys(), ...one.values.keys()]))].sort(
    (one, other) => one - other,
  )
  const most = Math.max(1, Math.floor(limits.tableCells / (series.length + 1)))
  if (places.length > most)
    report.warn('table-truncated', `Kept ${most} of ${places.length} points of a chart.`, at)
  const columns = columnsOf(series)
  const head = row([cell(axes.categories), ...columns.map((column) => cell(column.name))])
  const body = places
    .slice(0, most)
    .map((place) =>
      row([categoryCell(place, series), ...columns.map((column) => cell(column.values.get(place) ?? ''))]),
    )
  return [
    table([head, ...body], {
      at,
      headerRows: 1,
      ...(title ? { caption: [{ type: 'text', text: title }] } : {}),
    }),
  ]
}

const columnsOf = (series: readonly Series[]): { name: string; values: ReadonlyMap<number, string> }[] =>
  series.flatMap(({ name, values, sizes }) => [
    { name, values },
    ...(sizes.size > 0 ? [{ name: `${name} (size)`, values: sizes }] : []),
  ])

function categoryCell(place: number, series: readonly Series[]): Cell {
  const named = series.find((one) => one.categories.has(place))
  return cell(named?.categories.get(place) ?? String(place + 1))
}

/** What the axes are called (21.2.2.25): the one along the bottom or side that counts categories, and the others. */
function axisTitles(root: Xml): { categories: string; values: string } {
  const axes = elements(descend(root, 'chart', 'plotArea')).filter(({ local }) => local.endsWith('Ax'))
  const along = axes.find(({ local }) => local !== 'valAx' && local !== 'serAx') ?? axes[0]
  const others = axes.filter((axis) => axis !== along).map(titleOf)
  return { categories: titleOf(along), values: [...new Set(others.filter(Boolean))].join('; ') }
}

function titleOf(parent: Xml | undefined): string {
  const title = child(parent, 'title')
  if (!title) return ''
  const rich = [...descendants(title, 'p')].map((line) => [...descendants(line, 't')].map(xmlText).join(''))
  const cached = [...descendants(title, 'v')].map(xmlText)
  return (rich.length > 0 ? rich : cached).join(' ').replace(/\s+/g, ' ').trim()
}

function readSeries(ser: Xml, index: number): Series {
  const name = [...points(child(ser, 'tx')).values()].join(' ') || textIn(child(ser, 'tx'))
  return {
    name: name || `Series ${index + 1}`,
    categories: points(child(ser, 'cat') ?? child(ser, 'xVal')),
    values: points(child(ser, 'val') ?? child(ser, 'yVal')),
    sizes: points(child(ser, 'bubbleSize')),
  }
}

const textIn = (element: Xml | undefined): string => {
  const value = child(element, 'v')
  return value ? xmlText(value).trim() : ''
}

/** Cached points by index; a category of several levels is its levels from the outermost (21.2.2.102). */
function points(source: Xml | undefined): Map<number, string> {
  const found = new Map<number, string>()
  if (!source) return found
  const levels = [...descendants(source, 'lvl')]
  if (levels.length > 0) return multiLevel(levels)
  const format = firstText(source, 'formatCode')
  for (const point of descendants(source, 'pt')) {
    const index = Number(attribute(point, 'idx'))
    const value = child(point, 'v')
    if (Number.isInteger(index) && value) found.set(index, printed(xmlText(value), format))
  }
  return found
}

/** An outer level names its first category; the others under it repeat the name. */
function multiLevel(levels: readonly Xml[]): Map<number, string> {
  const byLevel = levels.map((level) => {
    const names = new Map<number, string>()
    for (const point of elements(level, 'pt')) {
      const value = child(point, 'v')
      if (value) names.set(Number(attribute(point, 'idx')), xmlText(value).trim())
    }
    return names
  })
  const found = new Map<number, string>()
  for (const index of byLevel[0]?.keys() ?? []) {
    const names = byLevel.map((level, depth) => (depth === 0 ? level.get(index) : lastUpTo(level, index)))
    found.set(index, names.toReversed().filter(Boolean).join(' '))
  }
  return found
}

function lastUpTo(names: ReadonlyMap<number, string>, index: number): string | undefined {
  let best = -1
  for (const at of names.keys()) if (at <= index && at > best) best = at
  return names.get(best)
}

const firstText = (source: Xml, local: string): string | undefined => {
  const found = descendants(source, local).next().value
  return found ? xmlText(found) : undefined
}

/** Cached numbers are raw: dates count days, and binary fractions show (45292, 0.30000000000000004). */
function printed(raw: string, format: string | undefined): string {
  const value = raw.trim()
  if (!/^-?\d*\.?\d+(e[-+]?\d+)?$/i.test(value)) return value
  const number = Number(value)
  if (format && /[ymd]/i.test(format.replace(/\[[^\]]*\]|"[^"]*"/g, '')) && number > 0 && number < 2_958_466)
    return isoDate(number)
  if (format && /%/.test(format)) return `${trimmed(number * 100)}%`
  return trimmed(number)
}

const trimmed = (number: number): string => String(Number(number.toPrecision(12)))

/** Days since 1899-12-30 (SpreadsheetML's serial dates, 18.17.4.1). */
const isoDate = (days: number): string =>
  new Date(Date.UTC(1899, 11, 30) + Math.floor(days) * 86_400_000).toISOString().slice(0, 10)

/** Charts of Office 2016 (waterfall, sunburst, …): series point to columns of `chartData`. */
function chartexSeries(root: Xml): Series[] {
  const data = new Map(
    elements(descend(root, 'chartData'), 'data').map((one) => [attribute(one, 'id') ?? '', one] as const),
  )
  return [...descendants(root, 'series')].map((series, index) => {
    const source = data.get(attribute(child(series, 'dataId'), 'val') ?? '')
    return {
      name: textIn(descend(series, 'tx', 'txData')) || `Series ${index + 1}`,
      categories: columnOf(child(source, 'strDim')),
      values: columnOf(child(source, 'numDim')),
      sizes: new Map(),
    }
  })
}

function columnOf(dimension: Xml | undefined): Map<number, string> {
  const found = new Map<number, string>()
  for (const point of elements(child(dimension, 'lvl'), 'pt'))
    found.set(Number(attribute(point, 'idx')), xmlText(point).trim())
  return found
}
