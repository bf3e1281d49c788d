/** Where a solicitation tells what the response holds: volumes, content lists, file tables, format sections. */

import { tidy } from '../../passages/headings.ts'
import { labelOf } from '../../passages/labels.ts'
import { headingsOf, type Passage, type Reading } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { shorter, titleFrom, topicOf, wordCount } from './titles.ts'

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
  /** Its limit, where a table has a column for it. */
  readonly limit?: string | null
}

/** In the uniform contract format the response is told in Section L. */
const asks = (reading: Reading, passage: Passage): boolean =>
  (reading.letterOf(passage.node) ?? 'L') === 'L' &&
  (passage.role === 'instructions' ||
    passage.role === 'other' ||
    passage.role === 'form' ||
    passage.role === 'evaluation')

const offers =
  '(?:proposals?|quot(?:e|ation)s?|bids?|offers?|tenders?|responses?|submissions?|submittals?|applications?|packages?|volumes?|envelopes?|covers? [A-Z0-9]|narratives?|statements? of qualifications)'
const contentStem = new RegExp(
  [
    `\\b${offers}\\b[^.]{0,80}\\b(?:contain|include|consist|comprise|address|be organized|be arranged|be composed|be structured|be submitted|provide|cover)\\w*\\b[^.]{0,90}(?::|following|below|order)\\s*:?$`,
    `\\b(?:submit|send|e-?mail)\\s+(?:us\\s+)?the following (?:documents?|items?|information)\\b.{0,240}:$`,
    `\\b(?:submit|provide|include|furnish)\\s+(?:[\\w’']+\\s){0,6}?(?:the )?following(?:\\s(?:documents?|information|items?|sections?|parts?|materials?|data|components?|forms?|attachments?|documentation|content|volumes?|files?))?\\b[^.]{0,60}:?$`,
    `\\b(?:content|contents) (?:for|of) (?:this|the|your) ${offers}\\b[^.]*:?$`,
    `\\b${offers}\\b[^.]{0,40}\\b(?:must|shall|should) (?:show|contain|include)\\b\\s*[-–—:]*$`,
    '\\b(?:offerors?|bidders?|tenderers?|quoters?|proposers?|proponents?|respondents?|applicants?|vendors?|contractors?|consultants?)\\s+(?:shall|must|should|are to|is to)\\s+(?:complete and return|complete and submit|submit|provide|include|furnish)\\s*:$',
    '\\b(?:complete|return|submit|attach|enclose|include|sign)(?:\\s+and\\s+(?:return|submit|include))?\\s+(?:(?:with|in) [\\w ]{3,30} )?(?:all )?(?:of )?the following\\b[^.]{0,60}:?$',
    '\\bfollowing\\b[^.]{0,40}\\b(?:shall|must|should|is to|are to)\\s+be\\s+(?:submitted|included|returned|attached|enclosed|completed|provided|furnished)\\b[^.]{0,60}:?$',
    `\\b(?:documentation|documents|information|items)\\b[^.]{0,40}\\b(?:listed|identified|described|specified|set forth|shown)? ?below:?$`,
  ].join('|'),
  'i',
)

/** Items under "Your proposal should contain the following items, in this order:". */
export function contentLists(reading: Reading): { stem: Passage; items: Passage[] }[] {
  const lists = new Map<Passage, Passage[]>()
  for (const passage of reading.passages) {
    const { stem } = passage
    if (!passage.leads || !stem || !asks(reading, passage) || !contentStem.test(stem.text)) continue
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

/** The label of a volume, also behind the number of its section: "3.3 Volume I - Technical Approach". */
export function volumeLabel({ run, titles, text }: Passage): string {
  const own = run.label ?? ''
  if (volumeWord.test(own) || !titles) return own
  const inner = labelOf(text)
  return inner && volumeWord.test(inner.printed) ? inner.printed : own
}

/** "The quote shall consist of three parts:" stands above it. */
const announced = (reading: Reading, { node }: Passage): boolean =>
  reading.passages.some((one) => one.node === node.parent && /\bparts\s*:?$/.test(one.text))

/** Headings and items named Volume 1, Envelope 2, Tab A. */
export function volumes(reading: Reading): Passage[] {
  const seen = new Set<string>()
  return reading.passages.filter((passage) => {
    const number = volumeLabel(passage)
    if (passage.range.start !== 0 || !volumeWord.test(number) || !asks(reading, passage) || passage.run.cell)
      return false
    if (
      /^part\b/i.test(number) &&
      !/\b(?:proposal|bid|quote|quotation|offer|submission|volume)\b/i.test(passage.text) &&
      !announced(reading, passage)
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

const formatTitle =
  /\b(?:(?:proposal|quot(?:e|ation)|bid|offer|response|submission|tender|application|submittal)s?(?:['’]s)? (?:format|contents?|guidelines|outline|organization|structure|preparation|instructions|requirements|package|narrative|submittal)|technical (?:proposal|quotation|submission|volume)s?|price (?:proposal|quotation|submission|volume)s?|cost proposal|proposal (?:format and content|contents?)|(?:technical|price) submissions?|required documentation|(?:response|returnable|tender) (?:schedules?|documents?)|how to (?:respond|apply)|instructions)\b/i

const noPart =
  /\b(?:general|format(?:ting)?|page limits?|due date|deadline|inquir\w+|questions?|modifications?|withdrawals?|revisions?|evaluation|definitions?|amendments?|communications?|late|restriction|disclosure|submission (?:of|details|instructions)|how to|method of|where to|electronic submission|conference|eligibility|protests?|award|notice|validity|costs? of|reservation|copies|delivery|contacts?|schedule of events|instructions?|multiple|product samples|period for acceptance|unique entity|availability of|naming|links|introduction to|signature|ownership|confidential\w*|offer expiration|interviews?|similar size)\b/i

/** A section that asks for a part of the response, rather than telling how to send it. */
export const isPart = (node: Node): boolean =>
  node.title !== null &&
  !noPart.test(node.title) &&
  !/[#<>@]|\d{5}|\bnote\b|^table\b|documents to be/i.test(node.title) &&
  node.style !== 'clause' &&
  node.style !== 'dashed'

/** How surely a title announces the make-up of the response; 0 when it does not. */
function formatRank(title: string): number {
  if (/\b(?:general|special) instructions|instructions to|notices to\b/i.test(title)) return 1
  if (
    /\b(?:format|contents?|guidelines|outline|organi[sz]ation|structure|preparation|narrative)\b/i.test(
      title,
    ) &&
    formatTitle.test(title)
  )
    return 4
  return formatTitle.test(title) ? (/^instructions$/i.test(title) ? 1 : 3) : 0
}

const isSchedule = ({ number }: Node): boolean => /^schedule\b/i.test(number ?? '')

/** Titled subsections of the section that says how the response is built: the best such section of the document. */
export function formatSections(reading: Reading): Part[] {
  const filled = new Set(
    reading.passages
      .filter(({ kind, titles }) => !titles && kind !== 'contents' && kind !== 'furniture')
      .flatMap(({ node }) => headingsOf(node)),
  )
  const groups = new Map<Node, Part[]>()
  for (const passage of reading.passages) {
    const { node } = passage
    if (
      !passage.titles ||
      node.title === null ||
      !(passage.role === 'instructions' || (passage.role === 'certification' && isSchedule(node))) ||
      // A schedule to fill in may hold nothing but its title.
      !(filled.has(node) || isSchedule(node))
    )
      continue
    const above = headingsOf(node).slice(0, -1)
    const at = above.findLastIndex((one) => formatRank(one.title!) >= 3)
    const holder = above.findIndex((one) => formatRank(one.title!) > 0)
    const from = at >= 0 ? above.findIndex((one) => formatRank(one.title!) >= 3) : holder
    if (from < 0 || noPart.test(node.title) || node.style === 'clause' || node.style === 'dashed') continue
    const part = {
      number: node.number ?? '',
      title: tidy(node.title),
      level: above.length - from,
      volume: null,
      passage,
      node,
      note: '',
    }
    groups.set(above[from]!, [...(groups.get(above[from]!) ?? []), part])
  }
  const score = ([node, parts]: [Node, Part[]]): number =>
    formatRank(node.title!) * 3 + Math.min(parts.length, 8)
  return (
    [...groups]
      .filter(([node, parts]) => formatRank(node.title!) >= 3 || parts.length >= 3)
      .toSorted((x, y) => score(y) - score(x))[0]?.[1] ?? []
  )
}

const bundle =
  /^(?:(?:phase|step|part|section)\s+\w+\s*[-–—:]\s*)?((?:technical|price|pricing|cost|management|business|past performance|financial|administrative|staffing|commercial|qualifications?)(?:\s*(?:\/|and)\s*\w+)? (?:submission|proposal|volume|quot(?:e|ation)|bid|offer))s?$/i

/** Headings that name one of the files or parts handed in: "Technical Submissions", "Phase 3 - Price Submissions". */
export function bundles(reading: Reading): Passage[] {
  const seen = new Set<string>()
  return reading.passages.filter((passage) => {
    const name = passage.titles ? bundle.exec(passage.node.title ?? '')?.[1]?.toLowerCase() : undefined
    if (!name || seen.has(name) || (passage.role !== 'instructions' && passage.role !== 'other')) return false
    return seen.add(name)
  })
}

/** The name of a bundle in the singular, without the phase it is handed in. */
export const bundleTitle = (text: string): string | undefined => bundle.exec(tidy(text))?.[1]

const composed =
  /\b(?:submissions?|proposals?|quot(?:e|ation)s?|bids?|offers?|volumes?|packages?|responses?)\b[^.;:]{0,30}\b(?:must|shall|should|will|may)\b (?:also )?(?:consist of|include|contain|comprise|be comprised of)\s+(.{10,600})/i

/** Parts named inside one sentence: "must consist of a technical proposal of no more than four pages, a staffing plan ...". */
export function composedOf(passage: Passage, level: number, volume: string | null): Part[] {
  const told = composed.exec(passage.text)?.[1]
  if (!told || /:\s*$/.test(passage.text)) return []
  return told
    .replace(/\.\s*$/, '')
    .split(
      /,\s+(?:and\s+)?|\s+(?:plus|and)\s+(?=(?:an?|the|signed|completed|references?|resumes?|user|samples?)\b)/i,
    )
    .flatMap((piece): Part[] => {
      const title = tidy(
        piece
          .replace(/^(?:and|or)\s+/i, '')
          .replace(/^(?:an?|the|one|its|their)\s+/i, '')
          .split(
            /\s+(?:of no more than|of not more than|not to exceed|that|which|for|containing|describing|including|\()\b/i,
          )[0]!
          .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
      )
      return wordCount(title) >= 1 &&
        wordCount(title) <= 9 &&
        /\b(?:proposal|plan|letters?|r[eé]sum[eé]s?|narrative|references?|form|schedule|samples?|statement|approach|list|page|sheet|summary|budget|certificat\w+|workbook|artifacts?|experience|volume|quot\w+|model|agreement|attachments?)\b/i.test(
          title,
        )
        ? [{ number: '', title, level, volume, passage, node: passage.node, note: piece }]
        : []
    })
}

const bids =
  /\b(?:offerors?|quoters?|bidders?|proposers?|respondents?|applicants?|vendors?|tenderers?|quot(?:e|ation)s?|proposals?|bids?|submissions?|responses?)\s+(?:shall|must|should|will|are to)\s+(?:submit|include|provide|contain|consist of|furnish)\b[^(]{0,60}\((?:1|a|i)\)\s+(.+)$/i

/** "Offerors shall submit: (1) a price schedule; (2) a statement, not to exceed 8 pages; and (3) two references." */
export function enumerated(reading: Reading): Part[] {
  for (const passage of reading.passages) {
    const told = asks(reading, passage) && !passage.titles ? bids.exec(passage.text)?.[1] : undefined
    const pieces = told?.split(/[;,]\s*(?:and\s+|or\s+)?\((?:\d|[a-h]|[ivx]{1,4})\)\s+/) ?? []
    if (pieces.length < 3) continue
    return pieces.map((piece) => ({
      number: '',
      title: shorter(
        tidy(
          piece
            .replace(/\.\s*$/, '')
            .split(/,?\s+(?:not to exceed|of no more than|no more than|limited to)\b/i)[0]!
            .replace(/^(?:an?|the|one|its|their)\s+/i, '')
            .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
        ),
      ),
      level: 1,
      volume: null,
      passage,
      node: passage.node,
      note: piece,
    }))
  }
  return []
}

/** "a technical offer" → "Technical offer". */
const named = (title: string): string =>
  title.replace(/^(?:an?|the)\s+(?=\p{Ll})/u, '').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

export const itemPart = (passage: Passage, level: number, volume: string | null): Part => ({
  number: passage.run.label?.replace(/[().]/g, '') ?? '',
  title: /\b(?:shall|must|should|will)\b/i.test(titleFrom(passage.text))
    ? topicOf(passage.text)
    : named(shorter(titleFrom(passage.text))),
  level,
  volume,
  passage,
  node: passage.node,
  note: passage.text,
})
