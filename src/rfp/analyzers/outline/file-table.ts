/** Tables that list the files or volumes of the response, with their limits and names. */
import type { Passage, Reading } from '../../passages/passages.ts'
import { shorter, titleFrom } from './titles.ts'

const fileHeader =
  /\b(?:file ?names?|volume|file|title|document|section|content|proposal (?:section|volume|element)|description|tab|submission)\b/i
const limitHeader = /\b(?:page|limit|pages|length|format|file ?names?|naming)\b/i

/** A column that counts the parts of the response. */
const tabs = /^(?:tab|volume|envelope|binder)(?: ?(?:no\.?|number|#))?$/i

/** A row of a table of files or volumes. */
export type FileRow = {
  readonly title: string
  readonly number: string
  /** As printed in a column of limits; with its unit. */
  readonly limit: string | null
  readonly passage: Passage
  readonly note: string
}

/** Rows of a table of files or volumes, with a column of limits or file names: the longest such table. */
export function fileTable(reading: Reading): FileRow[] {
  const tables = new Map<string, Passage[]>()
  for (const passage of reading.passages)
    if (passage.run.cell && (passage.role === 'instructions' || passage.role === 'other'))
      tables.set(passage.run.cell.table, [...(tables.get(passage.run.cell.table) ?? []), passage])
  return [...tables.values()].map(fileRows).toSorted((a, b) => b.length - a.length)[0] ?? []
}

function fileRows(cells: readonly Passage[]): FileRow[] {
  const header = cells.filter(({ run }) => run.cell!.header || run.cell!.row === 0)
  const text = header.map((one) => one.text).join(' | ')
  const limits = cells.filter(
    (one) => /\b(?:limit|page|pages)\b/i.test(one.text) && /\b(?:\d+|no|one)\b/i.test(one.text),
  ).length
  const tabbed = header.some((one) => tabs.test(one.text))
  if (!fileHeader.test(text) || (!limitHeader.test(text) && limits < 2 && !tabbed)) return []
  const columns = columnsOf(header)
  // A first row taken for a second head: it already tells a limit.
  const isHead = (one: Passage): boolean =>
    header.includes(one) &&
    (one.run.cell!.row === 0 ||
      !header.some(
        ({ run, text }) =>
          run.cell!.row === one.run.cell!.row && run.cell!.column === columns.limit && limitCell(text),
      ))
  const rows = Map.groupBy(
    cells.filter((one) => !isHead(one)),
    (one) => one.run.cell!.row,
  )
  let group = ''
  const read = [...rows.values()].flatMap((row) => {
    const cell = (column: number | undefined): string =>
      row
        .filter((one) => one.run.cell!.column === column)
        .map(({ run, text, range }) =>
          range.start === 0 && named.test(run.label ?? '') ? `${run.label}: ${text}` : text,
        )
        .join(' ')
    const own = cell(columns.title)
    group = own || group
    const about = cell(columns.about)
    const passage = row.find((one) => /\p{L}{3}/u.test(one.text))
    return passage && /\p{L}{3}/u.test(group)
      ? [
          {
            own: own !== '',
            group,
            about,
            number: cell(columns.number),
            limit: limitCell(cell(columns.limit)),
            passage,
            note: row.map((one) => one.text).join(' '),
          },
        ]
      : []
  })
  if (read.length < 2) return []
  // One name over several rows: what each of them holds tells them apart.
  return read.map(({ own, group: name, about, ...rest }, index) => {
    const shared = !own || (read[index + 1] !== undefined && !read[index + 1]!.own)
    const more = about === '' ? '' : shorter(titleFrom(about).replace(/\s*\((?:\S+\s+){3,}[^)]*\)?/g, ''))
    return { ...rest, title: shared && more !== '' ? `${part(name)}: ${more}` : shorter(part(name)) }
  })
}

/** A label that belongs to the name, not to the list: "Factor A". */
const named = /^[A-Za-z]{3}/

/** "Factor A: Technical Understanding" is one name. */
const part = (name: string): string => {
  const label = /^(?:factor|volume|part|section|tab|attachment)\s+[\w.-]{1,4}:\s+/i.exec(name)?.[0] ?? ''
  return `${label}${titleFrom(name.slice(label.length))}`
}

type Columns = {
  readonly title: number
  readonly number: number | undefined
  readonly limit: number | undefined
  readonly about: number | undefined
}

/** What the columns hold, by their heads: the name of a part, its number or file name, its limit, what goes into it. */
function columnsOf(header: readonly Passage[]): Columns {
  const find = (pattern: RegExp, not: RegExp): number | undefined =>
    header.find((one) => pattern.test(one.text) && !not.test(one.text))?.run.cell?.column
  const naming = /\b(?:name|naming|page|limit|format|number|no\.?)(?!\w)/i
  const title =
    find(/\b(?:title|document|section|part|component)\b/i, naming) ??
    find(/\b(?:volume|file|tab|proposal|description|content)\b/i, naming) ??
    0
  const limit = find(/\bpages?\b|\blimit|\blength\b/i, /\bformat\b/i)
  const number = find(/\b(?:volume|vol\.?|file name|tab|no\.|number|#)/i, /\b(?:limit|pages?|title)\b/i)
  const about = find(/\b(?:contents?|submission|description|includes?|information|requirements?)\b/i, naming)
  return {
    title,
    limit,
    number: number === title ? undefined : number,
    about: about === title ? undefined : about,
  }
}

/** "15 (excluding resumes)" under "Page limit" counts pages. */
function limitCell(text: string): string | null {
  const count = /^(\d{1,3})(?=\s*$|\s*[(*†,;])/.exec(text)?.[1]
  if (count) return `${count} ${count === '1' ? 'page' : 'pages'}${text.slice(count.length)}`
  return /\d|\bno(?:ne)?\b|\bunlimited\b|\bone\b/i.test(text) ? text : null
}
