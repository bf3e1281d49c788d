/** Where a solicitation tells what the response holds: volumes, content lists, file tables, format sections. */

import { tidy } from '../../passages/headings.ts'
import { headingsOf, type Passage, type Reading } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { titleFrom, topicOf, wordCount } from './titles.ts'

/** A part of the response before levels and limits are settled. */
export type Part = {
  readonly number: string
  readonly title: string
  readonly level: number
  readonly volume: string | null
  readonly passage: Passage
  /** Section whose text instructs this part. */
  readonly node: Node
  /** Printed beside it: "Limit 5 pages". */
  readonly note: string
}

const asks = (passage: Passage): boolean =>
  passage.role === 'instructions' ||
  passage.role === 'other' ||
  passage.role === 'form' ||
  passage.role === 'evaluation'

const offers =
  '(?:proposals?|quot(?:e|ation)s?|bids?|offers?|tenders?|responses?|submissions?|submittals?|applications?|packages?|volumes?|envelopes?|narratives?|statements? of qualifications)'
const contentStem = new RegExp(
  [
    `\\b${offers}\\b[^.]{0,80}\\b(?:contain|include|consist|comprise|address|be organized|be arranged|be composed|be structured|be submitted|provide|cover)\\w*\\b[^.]{0,90}(?::|following|below|order)\\s*:?$`,
    `\\b(?:submit|provide|include|furnish)\\b[^.]{0,60}\\b(?:following|below)\\b[^.]{0,60}:?$`,
    `\\b(?:content|contents) (?:for|of) (?:this|the|your) ${offers}\\b[^.]*:?$`,
    `\\b${offers}\\b[^.]{0,40}\\b(?:must|shall|should) (?:show|contain|include)\\b\\s*[-–—:]*$`,
  ].join('|'),
  'i',
)

/** Items under "Your proposal should contain the following items, in this order:". */
export function contentLists(reading: Reading): { stem: Passage; items: Passage[] }[] {
  const lists = new Map<Passage, Passage[]>()
  for (const passage of reading.passages) {
    const { stem } = passage
    if (!passage.leads || !stem || !asks(passage) || !contentStem.test(stem.text)) continue
    lists.set(stem, [...(lists.get(stem) ?? []), passage])
  }
  return [...lists].map(([stem, items]) => ({ stem, items })).filter(({ items }) => items.length >= 2)
}

/** How surely a list names the parts of the whole response. */
export function listScore({ stem, items }: { stem: Passage; items: readonly Passage[] }): number {
  const whole =
    /\b(?:your|the|each|all|offeror[’']?s?) (?:proposal|quote|quotation|bid|offer|response|submission|application|tender)s?\b/i.test(
      stem.text,
    )
      ? 4
      : 0
  const order = /\b(?:order|organized|format|sections?|parts?|volumes?|items|documents?)\b/i.test(stem.text)
    ? 3
    : 0
  const short = items.filter(({ text }) => wordCount(text) <= 14).length / items.length
  return whole + order + (stem.role === 'instructions' ? 2 : 0) + short * 3 + Math.min(items.length, 12) / 4
}

const volumeWord = /^(?:volume|vol\.?|envelope|tab|file|binder|package|part)\b/i

/** Headings and items named Volume 1, Envelope 2, Tab A. */
export function volumes(reading: Reading): Passage[] {
  const seen = new Set<string>()
  return reading.passages.filter((passage) => {
    const number = passage.run.label ?? ''
    if (passage.range.start !== 0 || !volumeWord.test(number) || !asks(passage) || passage.run.cell)
      return false
    if (
      /^part\b/i.test(number) &&
      !/\b(?:proposal|bid|quote|offer|technical|price|cost|financial)\b/i.test(passage.text)
    )
      return false
    const key = number
      .toLowerCase()
      .replace(/\W+/g, ' ')
      .replace(/^vol\b/, 'volume')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const fileHeader =
  /\b(?:file ?names?|volume|file|title|document|section|content|proposal (?:section|volume|element)|description|tab|submission)\b/i
const limitHeader = /\b(?:page|limit|pages|length|format|file ?names?|naming)\b/i

/** Rows of a table of files or volumes, with a column of limits or file names. */
export function fileTable(reading: Reading): { title: Passage; cells: Passage[] }[] {
  const tables = new Map<string, Passage[]>()
  for (const passage of reading.passages)
    if (passage.run.cell && (passage.role === 'instructions' || passage.role === 'other'))
      tables.set(passage.run.cell.table, [...(tables.get(passage.run.cell.table) ?? []), passage])
  const best: { title: Passage; cells: Passage[] }[][] = []
  for (const cells of tables.values()) {
    const header = cells.filter(({ run }) => run.cell!.header || run.cell!.row === 0)
    const text = header.map((one) => one.text).join(' | ')
    const limits = cells.filter(
      (one) => /\b(?:limit|page|pages)\b/i.test(one.text) && /\b(?:\d+|no|one)\b/i.test(one.text),
    ).length
    if (!fileHeader.test(text) || (!limitHeader.test(text) && limits < 2)) continue
    const titled = header.find(
      (one) =>
        /\b(?:title|content|document|description|section|volume|proposal|file)\b/i.test(one.text) &&
        !/\b(?:name|naming|page|limit)\b/i.test(one.text),
    )
    const column = titled?.run.cell?.column ?? 0
    const rows = new Map<number, Passage[]>()
    for (const one of cells)
      if (!header.includes(one)) rows.set(one.run.cell!.row, [...(rows.get(one.run.cell!.row) ?? []), one])
    const read = [...rows.values()].flatMap((row) => {
      const title = row.find((one) => one.run.cell!.column === column && /\p{L}{3}/u.test(one.text))
      return title ? [{ title, cells: row }] : []
    })
    if (read.length >= 2) best.push(read)
  }
  return best.toSorted((a, b) => b.length - a.length)[0] ?? []
}

const formatTitle =
  /\b(?:(?:proposal|quot(?:e|ation)|bid|offer|response|submission|tender|application|submittal)s?(?:['’]s)? (?:format|contents?|guidelines|outline|organization|structure|preparation|instructions|requirements|package|narrative|submittal)|technical (?:proposal|quotation|submission|volume)s?|price (?:proposal|quotation|submission|volume)s?|cost proposal|proposal (?:format and content|contents?)|(?:technical|price) submissions?|required documentation|instructions)\b/i

const noPart =
  /\b(?:general|format(?:ting)?|page limits?|due date|deadline|inquir\w+|questions?|modifications?|withdrawals?|revisions?|evaluation|definitions?|amendments?|communications?|late|restriction|disclosure|submission (?:of|details|instructions)|how to|method of|where to|electronic submission|conference|eligibility|protests?|award|notice|validity|costs? of|reservation|copies|delivery|contacts?|schedule of events|instructions?|multiple|product samples|period for acceptance|unique entity|availability of|naming|links|introduction to|signature|ownership|confidential\w*|offer expiration|interviews?|similar size)\b/i

/** Titled subsections of a section on the format or content of the response. */
export function formatSections(reading: Reading): Part[] {
  const commanded = new Map<Node, number>()
  for (const passage of reading.passages)
    if (passage.kind !== 'heading' && passage.kind !== 'contents' && passage.kind !== 'furniture')
      for (const node of headingsOf(passage.node)) commanded.set(node, (commanded.get(node) ?? 0) + 1)
  const parts: Part[] = []
  for (const passage of reading.passages) {
    const { node } = passage
    if (
      passage.kind !== 'heading' ||
      node.title === null ||
      passage.role !== 'instructions' ||
      (commanded.get(node) ?? 0) === 0
    )
      continue
    const above = headingsOf(node).slice(0, -1)
    const holder = above.findIndex(
      (one) =>
        formatTitle.test(one.title!) &&
        !/\b(?:general instructions|instructions to|notices to)\b/i.test(one.title!),
    )
    if (holder < 0 || noPart.test(node.title) || node.style === 'clause' || node.style === 'dashed') continue
    parts.push({
      number: node.number ?? '',
      title: tidy(node.title),
      level: above.length - holder,
      volume: null,
      passage,
      node,
      note: '',
    })
  }
  return parts
}

export const itemPart = (passage: Passage, level: number, volume: string | null): Part => ({
  number: passage.run.label?.replace(/[().]/g, '') ?? '',
  title:
    wordCount(titleFrom(passage.text)) > 14 || /\b(?:shall|must|should|will)\b/i.test(titleFrom(passage.text))
      ? topicOf(passage.text)
      : titleFrom(passage.text),
  level,
  volume,
  passage,
  node: passage.node,
  note: passage.text,
})
