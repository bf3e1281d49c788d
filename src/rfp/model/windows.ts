/**
 * The whole document in overlapping windows for a model: cut where sections begin, each line numbered, withthe headings
 * above the first line. The same text gives the same window, so that what did not change is not asked twice.
 */
import { hash } from '../analyzers/requirements/ids.ts'
import { headingsOf, type Passage, type Reading, referenceOf } from '../passages/passages.ts'

export type Window = {
  /** Passages by the number of their line. */
  readonly lines: ReadonlyMap<number, Passage>
  readonly text: string
  /** Occurs nowhere in the text. */
  readonly mark: string
  readonly pages: readonly number[]
}

/** Of a window, how much is read again in the next one, at most. */
const OVERLAP = 0.1
/** A section that begins after this much of a window begins the next one. */
const FULL_ENOUGH = 0.6

/** Contents and what repeats on pages say nothing that the running text does not. */
const isRead = ({ kind }: Passage): boolean => kind !== 'contents' && kind !== 'furniture'

export function windowsOf({ passages }: Pick<Reading, 'passages'>, chars: number): Window[] {
  const read = visible(passages).filter((passage) => isRead(passage) && passage.text.trim() !== '')
  const windows: Window[] = []
  for (let from = 0; from < read.length; ) {
    const to = endOf(read, from, chars)
    windows.push(windowOf(read.slice(from, to), chars))
    if (to >= read.length) break
    from = stepBack(read, from, to, chars)
  }
  return windows
}

function endOf(read: readonly Passage[], from: number, chars: number): number {
  let size = 0
  let section = -1
  for (let at = from; at < read.length; at++) {
    const passage = read[at]!
    if (at > from && opensSection(passage) && size > chars * FULL_ENOUGH) section = at
    size += Math.min(passage.text.length, chars)
    if (size > chars && at > from) return withoutTitles(read, from, section > 0 ? section : at)
  }
  return read.length
}

/** A heading goes with what it is the heading of. */
function withoutTitles(read: readonly Passage[], from: number, to: number): number {
  let end = to
  while (end - 1 > from && opensSection(read[end - 1]!)) end--
  return end
}

const opensSection = ({ titles, kind }: Passage): boolean => titles || kind === 'heading'

/** A section that starts with its own heading needs nothing from before; a cut inside one repeats what led to it. */
function stepBack(read: readonly Passage[], from: number, to: number, chars: number): number {
  if (opensSection(read[to]!)) return to
  let start = to
  for (let size = 0; start - 1 > from; start--) {
    size += read[start - 1]!.text.length
    if (size > chars * OVERLAP) break
  }
  return start
}

function windowOf(passages: readonly Passage[], chars: number): Window {
  const lines = new Map(passages.map((passage, index) => [index + 1, passage]))
  const path = headingsOf(passages[0]!.node).map(({ number, title }) =>
    [number, title].filter(Boolean).join(' '),
  )
  const above = path.length > 0 ? [`(Under: ${path.join(' > ')})`] : []
  const text = [...above, ...[...lines].map(([number, one]) => lineOf(number, one, chars))].join('\n')
  return {
    lines,
    text,
    mark: markFor(text),
    pages: [...new Set(passages.flatMap(({ page }) => page ?? []))],
  }
}

function lineOf(number: number, passage: Passage, chars: number): string {
  const { kind, run, range, text, node } = passage
  const label = range.start === 0 && run.label ? `${run.label} ` : ''
  const cell = run.cell ? `| row ${run.cell.row + 1}, column ${run.cell.column + 1} | ` : ''
  const title = kind === 'heading' ? `# ${label === '' && node.number ? `${referenceOf(node)} ` : ''}` : ''
  const bullet = run.bullet && passage.leads ? '- ' : ''
  return `[${number}] ${title}${cell}${label}${bullet}${oneLine(text).slice(0, chars)}`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

export function markFor(text: string): string {
  let mark = hash(text)
  for (let turn = 1; text.includes(mark); turn++) mark = hash(`${turn} ${text}`)
  return mark
}

// How the reader of workbooks titles a sheet that Excel does not show.
export const HIDDEN_SHEET = '(hidden sheet)'

/** What a person who opens the document sees: no hidden sheets, nothing that was struck out by a tracked change. */
function visible(passages: readonly Passage[]): readonly Passage[] {
  return passages.filter(({ node }) => !headingsOf(node).some(({ title }) => title?.endsWith(HIDDEN_SHEET)))
}
