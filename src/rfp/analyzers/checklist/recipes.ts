/** How each fact of the checklist is told. One row a wording family; `value` reads the fact, undefined when it is not one. */
import type { ChecklistItem } from '../../findings.ts'
import { clocksIn, printWhen, whensIn } from './dates.ts'
import type { Statement } from './statements.ts'

export type Kind = ChecklistItem['kind']
export type Found = {
  readonly kind: Kind
  readonly value: string
  readonly statement: Statement
  readonly verbatim?: string
  readonly mandatory?: boolean
}
export type Facts = { readonly years: ReadonlyMap<string, string> }

export type Recipe = {
  readonly kind: Kind
  readonly why: string
  readonly value: (statement: Statement, facts: Facts) => string | undefined
  /** Different values kept at most. */
  readonly most: number
  /** Statements that say more win when two tell the same. */
  readonly same?: (value: string) => string
}

const offers =
  '(?:proposals?|quot(?:e|ation)s?|bids?|offers?|tenders?|responses?|submissions?|submittals?|applications?|statements? of (?:qualifications|interest)|packages?)'
const offer = new RegExp(`\\b${offers}\\b`, 'i')

const early = (statement: Statement): boolean =>
  statement.role !== 'clauses' &&
  statement.role !== 'work' &&
  statement.role !== 'admin' &&
  statement.role !== 'definitions' &&
  statement.role !== 'qa'

const dated = (statement: Statement, { years }: Facts, text = statement.text): string | undefined => {
  const when = whensIn(text)
  if (when.length === 0) return undefined
  const best = when.find(({ time }) => time) ?? when[0]!
  return printWhen(best, years)
}

const byDate = (value: string): string => value.slice(0, 10)

const dueWords = new RegExp(
  [
    `\\b${offers}\\b[^.;]{0,120}\\b(?:due|received|submitted|delivered|e-?mailed|uploaded|close[sd]?|closing|accepted until)\\b`,
    `\\b(?:due|closing|response|reply|submission|receipt|last|final|deadline)\\b[^.;]{0,60}\\b(?:date|time|deadline|by|due)\\b`,
    `\\b(?:deadline|last date|closing (?:date|time)|due date)\\b[^.;]{0,60}\\b${offers}\\b`,
    `\\b${offers}\\b\\s*(?:are |is )?due\\b`,
    '\\breply by\\b|\\brespond(?:ed)? by\\b|\\buntil\\b[^.;]{0,40}\\blocal time\\b|\\boffer due\\b',
  ].join('|'),
  'i',
)
const notDue =
  /\b(?:questions?|inquir(?:y|ies)|quer(?:y|ies)|clarifications?|comments|letters? of intent|intent to|notice of intent|conference|meeting|site visit|walk-?through|opening|opened|interviews?|presentations?|award(?:ed)? date|start date|protest|invoices?|payment|period of performance|samples? (?:are|must)|issue date|issued|effective|date of (?:this|the) (?:rfp|rfq)|acceptance period|valid|withdraw\w*|pre-?(?:bid|proposal)|notification|amendment \d)\b/i

const pageCount =
  /\b(?:(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|twenty-five|thirty|forty|fifty)(?:\s*\((\d+)\))?|one half|half)[\s-]*(?:(?:single|double)[\s-](?:sided|spaced)[\s-]?|typed |typewritten |printed |letter-?size(?:d)? )*(?:pages?|sides? of one piece of paper|sheets?)\b/i

export const numberWords: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  'twenty-five': 25,
  thirty: 30,
  forty: 40,
  fifty: 50,
}

/** A limit in pages, as printed and as a number. */
export function pagesIn(text: string): { pages: number; printed: string; at: number } | undefined {
  const match = pageCount.exec(text)
  if (!match) return undefined
  const printed = match[1]?.toLowerCase()
  const pages =
    match[2] !== undefined
      ? Number(match[2])
      : printed === undefined
        ? /half/i.test(match[0])
          ? 0.5
          : 1
        : (numberWords[printed] ?? Number(printed))
  return Number.isFinite(pages) ? { pages, printed: match[0], at: match.index } : undefined
}

export const limits =
  /\b(?:not (?:to )?exceed|no more than|not be (?:more|longer) than|shall be no more|maximum|max\.?|limit(?:ed|ation|s)?|up to|or (?:fewer|less)|exceed(?:s|ing)?|at most|within|cannot exceed|on one side|page limit)\b/i

const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/
const phone = /(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]?\d{4}\b|\b\d{3}\s\d{4}\s\d{4}\b/
const street =
  /\b\d{1,6}\s+(?:[NSEW]\.?\s+)?(?:[A-Z0-9][\w.’'-]*\s+){1,4}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Dr\.?|Lane|Ln\.?|Way|Court|Ct\.?|Place|Plaza|Highway|Hwy|Parkway|Pkwy|Floor|Building)\b|\bP\.?\s?O\.?\s+Box\s+\d+|\b(?:STREET|AVE\.?|ROOM|SUITE)\b[^.]{0,40}\b[A-Z]{2}\s+\d{5}|\b(?:Plot|Sector|Bhavan|Marg|Nagar)\b/i
const postal =
  /\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b|\b\d{3}\s?\d{3}\b(?=[.\s]*$)|\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b/

const submits =
  /\b(?:submit(?:ted|tal|ting|s)?|deliver(?:ed)?|sen[dt]|e-?mail(?:ed)?|mail(?:ed)?|upload(?:ed)?|receiv(?:e|ed)|transmit(?:ted)?|address(?:ed)?|return(?:ed)?|due)\b/i
const channel =
  /\b(?:electronic(?:ally)?|e-?mail(?:ed|s)?|portal|website|web ?site|on-?line|via|upload(?:ed)?|fax(?:ed|es)?|facsimile|hard ?cop(?:y|ies)|sealed|hand[- ](?:deliver\w+|carried)|courier|in person|by mail|postal|paper (?:submissions?|copies)|envelopes?|eBuy|e-Buy|PIEE|SAM\.gov|grants\.gov|vendor self[- ]service|procurement integrated)\b/i

const count = '(?:one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,2})'
const copies = new RegExp(
  `\\b${count}\\s*(?:\\(\\d+\\)\\s*)?(?:(?:signed|hard|original|printed|paper|electronic|bound|unbound|additional|identical|complete|duplicate|digital|full|soft|USB|CD|PDF|copy)\\s*)*(?:cop(?:y|ies)|originals?)\\b|\\boriginal\\b[^.;]{0,40}\\bcop(?:y|ies)\\b|\\bin (?:duplicate|triplicate|quadruplicate)\\b|\\breturn\\b[^.;]{0,40}\\bcopies\\b`,
  'i',
)

const shorten = (text: string, most = 160): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
const words = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

export const recipes: readonly Recipe[] = [
  {
    kind: 'due_date',
    why: 'offers, a word of deadline and a date',
    most: 4,
    same: byDate,
    value: (statement, facts) => {
      const { text, isRow } = statement
      if (!early(statement) && statement.role !== 'form') return undefined
      if (
        !dueWords.test(text) ||
        (notDue.test(text) &&
          !new RegExp(`\\b${offers}\\b[^.;]{0,30}\\b(?:are|is)?\\s*due\\b`, 'i').test(text))
      )
        return undefined
      if (isRow && text.length > 160) return undefined
      return dated(statement, facts)
    },
  },
  {
    kind: 'due_date',
    why: 'the date stands elsewhere: "due no later than the date in the posting"',
    most: 1,
    value: ({ text, role }) =>
      (role === 'instructions' || role === 'other') &&
      new RegExp(`\\b${offers}\\b (?:are|is) due\\b`, 'i').test(text) &&
      whensIn(text).length === 0 &&
      !notDue.test(text) &&
      text.length < 200
        ? shorten(text)
        : undefined,
  },
  {
    kind: 'qa_deadline',
    why: 'questions and a deadline',
    most: 2,
    same: byDate,
    value: (statement, facts) => {
      const { text } = statement
      if (
        !/\b(?:questions?|inquir(?:y|ies)|quer(?:y|ies)|clarifications?|requests? for information|RFIs?)\b/i.test(
          text,
        )
      )
        return undefined
      if (
        !/\b(?:due|deadline|no later than|not later than|on or before|prior to|by|before|last date|until|ends?|cut-?off|received after|submitted)\b/i.test(
          text,
        ) ||
        statement.role === 'qa' ||
        statement.role === 'clauses'
      )
        return undefined
      if (
        /\b(?:responses? to (?:the )?questions|answers (?:will|to)|interview|evaluation question)\b/i.test(
          text,
        )
      )
        return undefined
      const when = dated(statement, facts)
      if (when) return when
      return /\b(?:no|not) later than\b[^.;]{0,60}\b(?:days?|hours)\b|\b\d+\)? (?:business |calendar |working )?days? (?:before|prior to|from|after)\b/i.test(
        text,
      ) && /\b(?:submit|receiv|due)/i.test(text)
        ? shorten(text)
        : undefined
    },
  },
  {
    kind: 'conference',
    why: 'a meeting before offers, with a date or a place',
    most: 2,
    same: byDate,
    value: (statement, facts) => {
      const { text } = statement
      if (
        !/\b(?:pre-?(?:bid|proposal|submittal|tender|quote|application)(?:ders?[’']?)? (?:conference|meeting)|bidders?[’']? conference|offerors?[’']? conference|proposers?[’']? conference|vendors?[’']? conference|site (?:visit|walk|tour)|industry day|walk-?through|information(?:al)? (?:session|meeting))\b/i.test(
          text,
        )
      )
        return undefined
      if (/\b(?:monitor|compliance|conduct site visits)\b/i.test(text)) return undefined
      return dated(statement, facts)
    },
  },
  {
    kind: 'address',
    why: 'where offers go: a street, a box or an e-mail beside a word of submission',
    most: 3,
    same: (value) => words(value).slice(0, 24),
    value: ({ text, full, role, after }) => {
      if (role === 'clauses' || role === 'admin' || role === 'work' || role === 'qa') return undefined
      if (
        !offer.test(full) ||
        !submits.test(full) ||
        /\b(?:question|inquir|quer(?:y|ies)|invoice|protest|contact)\w*/i.test(text)
      )
        return undefined
      if (
        /\b(?:receiv|submit|deliver|address|sen[dt]|mail|return|upload)\w*\b[^.]{0,120}\b(?:to|at)\b/i.test(
          text,
        )
      ) {
        const mail = email.exec(text)
        if (mail) return mail[0]
        const place = street.exec(text) ?? postal.exec(text)
        if (place)
          return shorten(
            text
              .slice(Math.max(0, text.search(/\b(?:to|at|address(?:ed)?:?)\b/i)))
              .replace(/^(?:to|at)\b:?\s*/i, ''),
          )
        if (/(?::|\bto|\baddress)$/i.test(text.trim())) {
          const lines = after.slice(0, 6).map((one) => one.text)
          if (street.test(lines.join(' ')) || postal.test(lines.join(' ')))
            return shorten(lines.join(' ').slice(0, 160))
        }
      }
      return undefined
    },
  },
  {
    kind: 'method',
    why: 'how offers travel, and how not',
    most: 2,
    same: (value) => (/\bnot\b/i.test(value) ? 'not' : 'how'),
    value: ({ text, full, role }) =>
      role !== 'clauses' &&
      role !== 'work' &&
      role !== 'admin' &&
      role !== 'qa' &&
      offer.test(full) &&
      channel.test(text) &&
      (submits.test(text) || /\b(?:acceptable|accepted|considered)\b/i.test(text)) &&
      !/\b(?:questions?|inquir\w+|invoices?|payment|withdraw\w*|protests?|size limit\w*|notif\w+|if approved|may be withdrawn|correspondence)\b/i.test(
        text,
      )
        ? shorten(text)
        : undefined,
  },
  {
    kind: 'copies',
    why: 'how many copies or originals',
    most: 3,
    value: ({ text, role }) => {
      const match = copies.exec(text)
      return match &&
        role !== 'clauses' &&
        role !== 'work' &&
        role !== 'admin' &&
        role !== 'definitions' &&
        /\b(?:submit|provide|proposal|quote|bid|offer|original|return|must|shall|issuing)\w*/i.test(text)
        ? shorten(text)
        : undefined
    },
  },
  {
    kind: 'page_limit',
    why: 'a number of pages and a word of limit',
    most: 8,
    value: ({ text, role }) => {
      const found = pagesIn(text)
      if (
        !found ||
        role === 'clauses' ||
        role === 'admin' ||
        role === 'qa' ||
        !limits.test(text) ||
        /\bpage \d+ of \d+\b/i.test(text)
      )
        return undefined
      return `${found.printed}: ${shorten(text, 120)}`
    },
  },
  {
    kind: 'font',
    why: 'type size or face',
    most: 2,
    value: ({ text, role }) => {
      const match =
        /\b(?:\d{1,2}[- ]?(?:point|pt\.?)|size \d{1,2}|(?:ten|eleven|twelve)[- ]point)\b[^.;]{0,40}|\b(?:Times New Roman|Arial|Calibri|Helvetica|Aptos|Courier)\b[^.;]{0,40}/i.exec(
          text,
        )
      return match && role !== 'work' && role !== 'clauses' && /\b(?:font|type|point|pt|size)\b/i.test(text)
        ? match[0].trim()
        : undefined
    },
  },
  {
    kind: 'margin',
    why: 'margins in inches or centimetres',
    most: 1,
    value: ({ text, role }) => {
      const match =
        /\b(?:\d+(?:\.\d+)?|one|one-half)(?:[- ]?inch(?:es)?|["”″]|\s?cm)[^.;]{0,20}\bmargins?\b|\bmargins?\b[^.;]{0,50}(?:\d+(?:\.\d+)?|one)(?:[- ]?inch(?:es)?|["”″]|\s?cm)/i.exec(
          text,
        )
      return match && role !== 'work' ? match[0] : undefined
    },
  },
  {
    kind: 'file_format',
    why: 'formats, sizes and separate files of the offer',
    most: 4,
    value: ({ text, role, full }) => {
      if (role === 'work' || role === 'clauses' || role === 'admin' || role === 'qa') return undefined
      const format =
        /\b(?:PDF|portable document|MS ?(?:Word|Excel|Office)|Microsoft (?:Word|Excel|Office)|\.docx?|\.xlsx?|\.zip|searchable|Adobe|password[- ]protected|megabytes?|\d+\s?MB|8\.5|8 ?½|letter[- ]size|A4|single[- ]sided|separate(?:ly)? (?:files?|attachments?|sealed)|one file|file size|file format)\b/i
      return format.test(text) &&
        (offer.test(full) || /\b(?:files?|pages?|submi\w+|cost)\b/i.test(full)) &&
        /\b(?:shall|must|should|submit\w*|provided|formatted|please|required|in)\b/i.test(text)
        ? shorten(text)
        : undefined
    },
  },
  {
    kind: 'naming',
    why: 'names of files, subject lines and labels of envelopes',
    most: 4,
    value: ({ text, role }) =>
      role !== 'work' &&
      role !== 'clauses' &&
      role !== 'admin' &&
      /\b(?:file ?names?|naming convention|shall be (?:clearly )?(?:named|labell?ed|titled|marked)|must be (?:clearly )?(?:named|labell?ed|marked|identified)|subject line|super-?scrib\w+|(?:plainly|clearly) (?:marked|labell?ed)|labell?ed as follows|entitled ["“])/i.test(
        text,
      ) &&
      !/\b(?:restrict|legend|confidential|proprietary|data)\b/i.test(text)
        ? shorten(text)
        : undefined,
  },
  {
    kind: 'validity',
    why: 'how long the offer binds',
    most: 2,
    same: (value) => /\d+/.exec(value)?.[0] ?? value,
    value: ({ text, role }) => {
      const match =
        /\b(?:\w+(?:-\w+)?\s*\(\d+\)|\d+)[- ]?(?:calendar |business |working )?(?:days?|months?|years?)\b|\bone \(1\) year\b|\bone year\b/i.exec(
          text,
        )
      return match &&
        role !== 'clauses' &&
        role !== 'work' &&
        role !== 'admin' &&
        offer.test(text) &&
        /\b(?:valid|firm|binding|remain open|acceptance period|hold (?:the|its|their) prices?|irrevocable|remain in (?:effect|force)|good for|expire)\b/i.test(
          text,
        )
        ? `${match[0]}: ${shorten(text, 120)}`
        : undefined
    },
  },
  {
    kind: 'bid_security',
    why: 'bid bond, earnest money',
    most: 1,
    value: ({ text, role }) =>
      role !== 'clauses' &&
      /\b(?:bid (?:bond|security|guarantee)|earnest money|EMD|proposal (?:bond|guarantee)|tender security)\b/i.test(
        text,
      ) &&
      /\d|percent|%/.test(text) &&
      /\b(?:shall|must|should|required|form of|amount)\b/i.test(text)
        ? shorten(text)
        : undefined,
  },
  {
    kind: 'fee',
    why: 'what it costs to take part',
    most: 1,
    value: ({ text, role }) =>
      role !== 'clauses' &&
      role !== 'work' &&
      /\b(?:non-?refundable|tender fee|processing fee|application fee|document fee|cost of (?:tender|bid) documents?)\b/i.test(
        text,
      ) &&
      /\d/.test(text)
        ? shorten(text)
        : undefined,
  },
]

export { email, offer, phone, postal, shorten, street, submits, words }
export const hasClock = (text: string): boolean => clocksIn(text).length > 0
