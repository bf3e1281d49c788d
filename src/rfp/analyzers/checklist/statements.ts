/** What checklist recipes read: sentences, items, and table rows as one line ("Last date for queries | 18 February"). */
import type { Box } from '../../../core/index.ts'
import { boxesOf, headingsOf, type Passage, type Reading, referenceOf } from '../../passages/passages.ts'
import type { Role } from '../../passages/roles.ts'
import { columnTitles } from '../../passages/tables.ts'

export type Statement = {
  readonly text: string
  /** The text with the lead-in of the item in front. */
  readonly full: string
  readonly role: Role
  /** The Section of the uniform contract format it stands in. */
  readonly letter: string | undefined
  readonly run: Passage['run']
  readonly passage: Passage
  readonly titles: string
  readonly page: number | null
  readonly boxes: readonly Box[]
  readonly blocks: readonly string[]
  readonly reference: string
  readonly isRow: boolean
  /** What the columns of a row are called: "Item | Date responses due". */
  readonly columns: string
  readonly isItem: boolean
  readonly isHeading: boolean
  /** The sentence above that ends in a colon and goes on here: "... shall be delivered to:". */
  readonly lead: string
  /** Texts printed right after it: an address or a name may stand on the next lines. */
  readonly after: readonly Passage[]
  readonly order: number
}

export function statementsOf({ passages, letterOf }: Reading): Statement[] {
  const shown = passages.filter(({ kind }) => kind !== 'furniture' && kind !== 'contents')
  const titles = columnTitles(shown)
  const rows = new Map<string, Passage[]>()
  for (const passage of shown) {
    const cell = passage.run.cell
    if (cell) push(rows, `${cell.table} ${cell.row}`, passage)
  }
  const done = new Set<string>()
  return shown.flatMap((passage, index): Statement[] => {
    const cell = passage.run.cell
    const own = {
      ...statement([passage], shown.slice(index + 1, index + 9), index, letterOf),
      lead: leadOf(shown, index),
    }
    if (!cell)
      return labelledParts(own.text).map((text) => ({ ...own, text, full: own.full.replace(own.text, text) }))
    const key = `${cell.table} ${cell.row}`
    const row = rows.get(key)!
    if (done.has(key) || row.length < 2 || row.length > 12) return [own]
    done.add(key)
    const valid = row.filter((one) => !replaced.test(titles.get(one) ?? ''))
    const text = valid.map((one) => one.text).join(' ')
    const columns = row.map((one) => titles.get(one) ?? '').join(' | ')
    return text.length > 400 || valid.length < 2
      ? [own]
      : [{ ...statement(valid, [], index, letterOf), isRow: true, columns }, own]
  })
}

/** "BIDDERS' CONFERENCE: June 26 LETTER OF INTENT DUE: July 7": lines of a cover page that were read as one text. */
function labelledParts(text: string): string[] {
  const at = (pattern: RegExp): number[] => [...text.matchAll(pattern)].map(({ index }) => index)
  const capitals = at(capitalLabel)
  const starts = capitals.length >= 2 ? capitals : at(label)
  if (starts[0] !== 0 || starts.length < (capitals.length >= 2 ? 2 : 3)) return [text]
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length).trim())
}
// "Mountain Time Total Funding:": the zone belongs to the line before.
const label =
  /(?<!\S)(?!(?:Eastern|Central|Mountain|Pacific|Standard|Daylight|Local|Time)\b)(?:[A-Z][\w’'/&-]*\s){0,4}[A-Z][\w’'/&-]*:(?=\s)/g
const capitalLabel = /(?<!\S)(?:[A-Z][A-Z’'/&-]+\s){0,4}[A-Z][A-Z’'/&-]+:(?=\s)/g

/** How far below its colon a sentence goes on: an address may stand between. */
const LINES = 6

function leadOf(shown: readonly Passage[], index: number): string {
  const passage = shown[index]!
  if (passage.kind === 'heading' || passage.run.cell) return ''
  for (let at = index - 1; at >= 0 && at >= index - LINES; at--) {
    const { text, kind, node, run } = shown[at]!
    if (kind === 'heading' || node !== passage.node || run.cell) return ''
    if (/:$/.test(text)) return text
    if (/[.;?!]$/.test(text) && text.split(' ').length > 8) return ''
  }
  return ''
}

/** A column of values that an amendment replaces. */
const replaced = /^(?:from|was|old|previous(?:ly)?|current(?:ly)?(?: reads?)?|delete|changed from)\b/i

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function statement(
  parts: readonly Passage[],
  after: readonly Passage[],
  order: number,
  letterOf: Reading['letterOf'],
): Statement {
  const first = parts[0]!
  const text = parts
    .map(({ run, text, range }) =>
      parts.length > 1 && range.start === 0 && run.label ? `${run.label} ${text}`.trim() : text,
    )
    .join(' ')
  return {
    text,
    full: first.stem ? `${first.stem.text} ${text}` : text,
    role: first.role,
    letter: letterOf(first.node),
    run: first.run,
    passage: first,
    titles: headingsOf(first.node)
      .map((node) => node.title)
      .join(' / '),
    page: first.page,
    boxes: parts.flatMap(({ run, range }) => boxesOf(run, range)),
    blocks: [...new Set(parts.flatMap(({ run }) => run.blocks))],
    reference: referenceOf(first.node),
    isRow: false,
    columns: '',
    isItem: first.leads,
    isHeading: first.kind === 'heading',
    lead: '',
    after,
    order,
  }
}
