/** Printed tables of contents: lines that end in page numbers which never fall. */
import type { Rect, Word } from '../doc/page.ts'
import { width } from './geometry.ts'
import { type Segment, segment } from './lines.ts'
import { type Line, lineOf } from './text.ts'

export type ContentsLine = {
  readonly line: Line
  readonly number?: string
  readonly leader?: string
  /** Left edge of the title. */
  readonly indent: number
}
export type ContentsBlock = Rect & {
  readonly kind: 'contents'
  readonly page: number
  readonly lines: readonly ContentsLine[]
}

/** Dots or dashes between title and number. */
const LEADER = /^[.…·_]+$/
const NUMBER = /^(\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,2}[-–]\d{1,3}|\d{1,2}[-–]\d{1,3})$/i
const ENDS_IN_NUMBER = /(^|[.…_])(\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,2}[-–]\d{1,3}|\d{1,2}[-–]\d{1,3})$/i
/** Entries needed when dots lead to the numbers, and when only a gap does. */
const WITH_LEADERS = 3
const WITHOUT_LEADERS = 5

type Entry = { readonly title: Segment; readonly number: string; readonly leader: string }

/** Splits the lines of a region: runs that are contents, and the rest. */
export function findContents(lines: readonly Segment[]): { from: number; to: number }[] {
  const entries = lines.map(entryOf)
  const runs: { from: number; to: number }[] = []
  for (let from = 0; from < lines.length; from++) {
    if (!entries[from]) continue
    const to = runEnd(entries, from)
    const found = entries.slice(from, to).filter((entry) => entry !== undefined)
    const leaders = found.filter((entry) => entry.leader !== '').length
    if ((leaders >= WITH_LEADERS || found.length >= WITHOUT_LEADERS) && neverFall(found)) {
      runs.push({ from, to })
      from = to - 1
    }
  }
  return runs
}

/** Up to two lines in a row may lack a number: titles that wrap, parts without a page. */
function runEnd(entries: readonly (Entry | undefined)[], from: number): number {
  let end = from + 1
  for (let at = from + 1; at < entries.length && at - end < 3; at++) if (entries[at]) end = at + 1
  return end
}

function neverFall(entries: readonly Entry[]): boolean {
  const pages = entries.map(({ number }) => Number(number)).filter((page) => !Number.isNaN(page))
  const falls = pages.filter((page, at) => at > 0 && page < pages[at - 1]!).length
  return pages.length >= 0.5 * entries.length
    ? falls <= 0.1 * pages.length
    : entries.every((one) => one.leader !== '')
}

/** A line with a title, and a number at its end that dots or a wide gap lead to. */
function entryOf(line: Segment): Entry | undefined {
  if (!ENDS_IN_NUMBER.test(line.words.at(-1)!.text)) return undefined
  const words = unglued(line.words)
  const last = words.pop()
  if (!last || !NUMBER.test(last.text)) return undefined
  let leader = ''
  let start = last.x0
  while (words.length > 0 && LEADER.test(words.at(-1)!.text)) {
    const dots = words.pop()!
    leader = dots.text + leader
    start = dots.x0
  }
  let title = words.at(-1)
  if (!title || !words.some((word) => /\p{L}/u.test(word.text))) return undefined
  if (leader === '' && last.x0 - title.x1 < 2 * last.size) return undefined
  // Dots set apart from one another: the first may have stuck to the title.
  if (leader.length > 2 && /\p{L}\.$/u.test(title.text)) {
    title = { ...title, text: title.text.slice(0, -1) }
    words[words.length - 1] = title
    leader = `.${leader}`
  }
  const space = start - title.x1 > 0.1 * last.size ? ' ' : ''
  return { title: segment(words), number: last.text, leader: leader === '' ? '' : space + leader }
}

/** Dots set in one word with the title's end or with the number, as words of their own. */
function unglued(words: readonly Word[]): Word[] {
  return words.flatMap((word) => {
    const parts = /^(.*?)([.…_]{3,}|…)([\w-]*)$/.exec(word.text)
    if (!parts || (parts[1] === '' && parts[3] === '')) return [word]
    const step = width(word) / word.text.length
    let at = word.x0
    return parts.slice(1).flatMap((text) => {
      const x0 = at
      at += step * text.length
      return text === '' ? [] : [{ ...word, text, x0, x1: at }]
    })
  })
}

export function contentsLines(lines: readonly Segment[], page: number): ContentsLine[] {
  return lines.map((line) => {
    const entry = entryOf(line)
    if (!entry) return { line: lineOf(line, page), indent: line.x0 }
    const { number, leader } = entry
    return { line: { ...lineOf(entry.title, page), x1: line.x1 }, number, leader, indent: line.x0 }
  })
}
