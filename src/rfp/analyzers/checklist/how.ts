/** How the offer travels and looks: channel, address, copies, limits, type, files, names, validity, money. */

import { pageLimits } from './pages.ts'
import {
  dated,
  email,
  type Facts,
  linesBelow,
  offer,
  offers,
  postal,
  type Recipe,
  shorten,
  speaksOfOffer,
  street,
  submits,
  type Told,
  words,
} from './recipe.ts'
import type { Statement } from './statements.ts'

const channels: readonly RegExp[] = [
  /\b(?:electronic(?:ally)?|on-?line)\b/i,
  /\be-?mail(?:ed|s)?\b|[\w.+-]+@[\w-]+\.\w/i,
  /\b(?:via|through|using)\b/i,
  /\b(?:portal|web ?site|web page|module|system|upload(?:ed)?|eBuy|e-Buy|PIEE|SAM\.gov|grants\.gov|self[- ]service|exchange)\b/i,
  /\b(?:fax(?:ed|es)?|facsimile|oral)\b/i,
  /\b(?:hard ?cop(?:y|ies)|paper (?:submissions?|copies)|sealed|envelopes?|hand[- ](?:deliver\w+|carried)|courier|in person|by mail|postal|registered post)\b/i,
]
const strays =
  /\bclassified\b|\bpoint type\b|\bfont\b|^(?:if|in the event|after|when|once)\b|\b(?:(?:government|contracting officer|court|agency|city|county|state) will|responsibility to learn|subject lines?|confirmation|separate attachment|registered|registration|CMMC|subcontractors?|unique identifiers?|verified by|questions?|inquir\w+|invoices?|payments?|withdraw\w*|protests?|size limit\w*|notif\w+|by virtue of this amendment|whether you intend|if approved|correspondence|unique entity|cover page that|not submit|no quote|encourage\w*|preferred|late responses?|demo\b|for instructions|(?:sufficient|enough|adequate|ample) time|phone|telephone)\b/i

/** Offers and the verb that moves them in one clause. */
const near = new RegExp(
  `\\b${offers}\\b[^.;]{0,70}\\b(?:submitted|sent|delivered|received|e-?mailed|mailed|uploaded|returned|accept\\w*|considered|lodged|provided|loaded|must be in (?:two|three|\\d|writing|separate)|shall be in (?:two|three|\\d|writing|separate))\\b|\\b(?:submit|send|deliver|e-?mail|mail|upload|return|lodge|provide)\\w*\\b[^.;]{0,90}\\b${offers}\\b|\\b(?:submit|send|e-?mail)\\w*\\b[^.;]{0,30}\\bfollowing documents\\b`,
  'i',
)

function method(statement: Statement): Told | undefined {
  const { text, full, role } = statement
  if (!speaksOfOffer(statement) && role !== 'evaluation') return undefined
  if (!near.test(full) || strays.test(text) || text.length > 420) return undefined
  const used = channels.filter((channel) => channel.test(text)).length
  const refuses =
    /\b(?:not (?:be )?(?:accepted|acceptable|considered|permitted|allowed)|unacceptable)\b/i.test(text)
  if (used === 0 || !(submits.test(text) || refuses)) return undefined
  if (/\bin accordance with (?:provision|section|the instructions)\b/i.test(text) && used < 3)
    return undefined
  // What bids in a section on how to submit is surer than the same words elsewhere.
  const binds =
    /\b(?:shall|must|should|will|are to|is to|may be|only|due|preferred|please)\b|^(?:submit|send|deliver|upload|mail|e-?mail|return)\b/i
  if (!refuses && !binds.test(text)) return undefined
  const firm =
    (/\b(?:shall|must|will|are to|only)\b/i.test(text) ? 3 : 0) +
    (/\b(?:submission|submittal|submit|return|delivery|receipt|due)\b/i.test(statement.titles) ? 2 : 0)
  return { value: shorten(text), score: used * 2 + firm + (refuses ? -4 : 0) + (email.test(text) ? 1 : 0) }
}

function address({ text, full, role, after, ...rest }: Statement): Told | undefined {
  if (!speaksOfOffer({ text, full, role, after, ...rest })) return undefined
  if (
    !(offer.test(full) || copy.test(text)) ||
    !submits.test(full) ||
    /\b(?:questions?|inquir\w+|quer(?:y|ies)|invoices?|protests?|contact(?:ed|ing)?|notify|withdraw\w*)\b/i.test(
      text,
    )
  )
    return undefined
  const to =
    /\b(?:receiv|submi|deliver|address|sen[dt]|mail|return|upload)\w*\b[^.]{0,160}?\b(?:to|at|by(?= the\b)|address(?:ed)?(?: is)?)\b:?\s*/i.exec(
      text,
    )
  if (!to) return undefined
  const mail = email.exec(text)
  if (mail) return { value: mail[0], score: 3 }
  const place = text.slice(to.index + to[0].length)
  const named = /\baddress\b[^.:]{0,20}(?: is|:)[\s:]*$/i.test(text.slice(0, to.index + to[0].length))
  if (named && place.length >= 12) return { value: shorten(place), score: 4 }
  if (street.test(place) || postal.test(place))
    return { value: shorten(place.replace(/\s+(?:until|no later than|by|on or before)\b.*$/i, '')), score: 4 }
  const below =
    /:?\s*$/.test(place) && place.length < 40 ? linesBelow({ text, full, role, after, ...rest }, 6) : ''
  return street.test(below) || postal.test(below)
    ? { value: shorten(`${place} ${below}`.trim()), verbatim: `${text} ${below}`, score: 4 }
    : undefined
}

const count = '(?:one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,2})'
const copy = new RegExp(
  `\\b${count}\\s*(?:\\(\\d+\\)\\s*)?(?:(?:signed|hard|original|printed|paper|electronic|bound|unbound|additional|identical|complete|duplicate|digital|full|soft|USB|CD|PDF|copy)\\s*)*(?:cop(?:y|ies)|originals?)\\b|\\bin (?:duplicate|triplicate|quadruplicate)\\b|\\breturn\\b[^.;]{0,40}\\b(?:one|\\d)\\b[^.;]{0,20}\\bcopies\\b`,
  'i',
)

const fontWords =
  /\b(?:\d{1,2}[- ]?(?:point|pt\.?)|(?:font )?size \d{1,2}|(?:ten|eleven|twelve)[- ]point)\b(?:(?! with\b| and (?:one|\d)|,? margins?)[^.;]){0,40}|\b(?:Times New Roman|Arial|Calibri|Helvetica|Aptos|Courier|Verdana|Georgia|Garamond|Cambria)\b(?:(?! with\b| and (?:one|\d)|,? margins?)[^.;]){0,40}/i

/** A match that was cut for its length, back to its last whole word, and without a bracket that only closes. */
function wholeWords({ 0: found, index, input }: RegExpExecArray): string {
  const isCut = /\w$/.test(found) && /^\w/.test(input.slice(index + found.length))
  return (isCut ? found.replace(/\s+\S*$/, '') : found)
    .replace(/^([^()]*)\).*$/, '$1')
    .replace(/[\s,:(–-]+$/, '')
}
const marginWords =
  /\b(?:\d+(?:\.\d+)?|one|one-half)(?:[- ]?inch(?:es)?|["”″]|\s?cm)[^.;]{0,20}\bmargins?\b|\bmargins?\b[^.;]{0,50}(?:\d+(?:\.\d+)?|one)(?:[- ]?inch(?:es)?|["”″]|\s?cm)/i

const formats: readonly RegExp[] = [
  /\b(?:PDF|portable document|Adobe|searchable)\b/i,
  /\b(?:MS ?(?:Word|Excel|Office)|Microsoft (?:Word|Excel|Office)|excel files?|\.docx?|\.xlsx?)\b/i,
  /\b(?:\.?zip|compressed|password[- ]protected|encrypt\w+|functional spreadsheets?)\b/i,
  /\b(?:megabytes?|\d+\s?MB|file sizes?|excessive large files|size limitation)\b/i,
  /\b(?:8\.5|8 ?½|letter[- ]size|A4|single[- ]sided|double[- ]sided|paper size)\b/i,
  /\bseparate(?:ly)? (?:files?|attachments?|sealed|documents?)\b|\b(?:two|2|three) (?:\(\d\) )?separate (?:files|attachments|emails)\b/i,
]

function fileFormat(statement: Statement): Told | undefined {
  const { text, full } = statement
  if (!speaksOfOffer(statement) || statement.isHeading || statement.isRow || text.length > 380)
    return undefined
  const used = formats.filter((format) => format.test(text)).length
  const aboutOffer = offer.test(full) || /\b(?:files?|pages?|cost|queries|e-?mails?)\b/i.test(full)
  if (
    used === 0 ||
    !aboutOffer ||
    !/\b(?:shall|must|should|submit\w*|formatted|please|only|maximum|has a)\b/i.test(text) ||
    /\b(?:instructions on how|margins?|envelopes?)\b/i.test(text)
  )
    return undefined
  const files = /\b(?:two|three|\d) (?:\(\d\) )?separate (?:files|attachments)\b/i.test(text) ? 3 : 0
  return { value: shorten(text), score: used * 2 + files + (/\b(?:shall|must)\b/i.test(text) ? 1 : 0) }
}

const namingWords =
  /\bnaming convention|\b(?:shall|must|should|will) be (?:clearly |plainly )?(?:named|labell?ed|titled|marked|identified)\b|\bsubject line\b|\bwith the subject\b|\bmust clearly (?:denote|show|state|bear)\b|\bsuper-?scrib\w+|\b(?:plainly|clearly) (?:marked|labell?ed)\b|\blabell?ed as follows\b|\bfiles? as delineated\b|\bfile names?\b/i

function naming(statement: Statement): Told | undefined {
  const { text } = statement
  if (!speaksOfOffer(statement) || statement.isHeading || statement.isRow || !namingWords.test(text))
    return undefined
  const named = namingWords.exec(text)!
  if (
    !/\b(?:files?|envelopes?|packages?|e-?mails?|subject lines?|exterior|documents|cover|volumes?|proposals?|bids?|quot\w+|submissions?|attachments?|documents?|box(?:es)?)\b/i.test(
      text.slice(Math.max(0, named.index - 90), named.index + named[0].length),
    )
  )
    return undefined
  if (
    /\b(?:restrict|legend|confidential|proprietary|data|trade secret|in accordance with|provision)\b/i.test(
      text,
    ) ||
    text.split(' ').length < 5
  )
    return undefined
  const below = /:\s*$/.test(text) ? linesBelow(statement, 9) : ''
  return {
    value: shorten(`${text} ${below}`.trim(), 240),
    ...(below ? { verbatim: `${text} ${below}` } : {}),
    score: below ? 2 : 1,
  }
}

const offered = /\boffer|\b(?:proposals?|quot\w+|bids?|tenders?|prices?|pricing)\b/i
const money = /(?:\$|INR|Rs|%|percent|\d[\d,]{3,})/i

const span =
  /\b(?:\w+(?:-\w+)?\s*\(\d+\)|\d+)[- ]?(?:calendar |business |working )?(?:days?|months?|years?)\b|\bone year\b/i

/** "Pricing should be good through December 31": held until a day. */
const heldUntil = /\b(?:good|valid|firm|held|open for acceptance|binding) (?:through|until|till)\b/i

function validity(statement: Statement, facts: Facts): Told | undefined {
  const { text } = statement
  if (heldUntil.test(text) && offered.test(text) && speaksOfOffer(statement)) {
    const value = dated(text, facts, heldUntil)
    if (value) return { value: `until ${value}`, score: 1 }
  }
  const match = span.exec(text)
  if (
    !match ||
    statement.role === 'clauses' ||
    statement.role === 'work' ||
    statement.role === 'admin' ||
    statement.isHeading
  )
    return undefined
  if (!offered.test(text)) return undefined
  if (
    !/\b(?:valid(?:ity)?|firm for|binding|remain open|acceptance period|hold (?:the|its|their) prices?|irrevocable|remain in (?:effect|force)|good for)\b/i.test(
      text,
    )
  )
    return undefined
  // "one hundred twenty (120) days": the number in brackets is the whole one.
  const printed = match[0].replace(/^.*\((\d+)\)\s*/, '$1 ')
  return {
    value: `${printed}: ${shorten(text, 120)}`,
    score: (/\b(?:shall|must|will|agrees?|requested)\b/i.test(text) ? 2 : 0) + (/[.;]$/.test(text) ? 1 : 0),
  }
}

const stop = new Set(
  'this but cannot it each have has include section within fall these those only also welcomed response responses the a an of and or for to in on by with your our its their be must shall should may not no than more exceed page pages limit limited total portion section proposal'.split(
    ' ',
  ),
)
const subjectKey = (text: string): string =>
  words(text)
    .split(' ')
    .filter((word) => word !== '' && !stop.has(word) && !/^\d+$/.test(word))
    .slice(-3)
    .join(' ')

export const howRecipes: readonly Recipe[] = [
  {
    kind: 'method',
    why: 'offers, a verb of submission and a channel',
    most: 2,
    same: ({ value }) => words(value).slice(0, 40),
    read: method,
  },
  {
    kind: 'address',
    why: 'where offers go: a street, a box or an e-mail',
    most: 2,
    same: ({ value }) => words(value).slice(0, 24),
    read: address,
  },
  {
    kind: 'copies',
    why: 'how many copies or originals',
    most: 3,
    read: (statement) =>
      copy.test(statement.text) &&
      speaksOfOffer(statement) &&
      !(statement.run.cell && statement.text.split(' ').length < 8) &&
      /\b(?:submit|provide|proposal|quote|bid|offer|original|return|must|shall|issuing)\w*/i.test(
        statement.text,
      ) &&
      !/\b(?:work order|references?|contract documents|invoices?)\b/i.test(statement.text)
        ? { value: shorten(statement.text), score: /\b(?:submit|must|shall)\b/i.test(statement.text) ? 1 : 0 }
        : undefined,
  },
  {
    kind: 'page_limit',
    why: 'a number of pages and a word of limit',
    most: 8,
    same: ({ value }) => value,
    // "your 9-page limitation" beside "technical volume: 9 pages".
    idle: (value, others) =>
      value.startsWith('proposal: ') && others.some((other) => other.endsWith(value.slice(9))),
    read: (statement) =>
      speaksOfOffer(statement) && !statement.isHeading
        ? pageLimits(statement.text).map(({ pages, printed, subject, from, to, weak }, _, all) => ({
            value: `${(weak ? 'proposal' : subjectKey(subject)) || statement.titles.split(' / ').at(-1) || 'proposal'}: ${pages} ${pages === 1 ? 'page' : 'pages'}`,
            verbatim: all.length > 1 ? statement.text.slice(from, to) : statement.text,
            score: weak
              ? -2
              : /\b(?:shall|must|may not|no more|not exceed)\b/i.test(statement.text)
                ? 1
                : printed.length > 0
                  ? 0
                  : -1,
          }))
        : undefined,
  },
  {
    kind: 'font',
    why: 'type size or face',
    most: 1,
    read: (statement) => {
      const match = fontWords.exec(statement.text)
      return match &&
        speaksOfOffer(statement) &&
        (/\b(?:font|type|point|pt|size)\b/i.test(statement.text) ||
          /^[A-Z][A-Za-z ]+,? \d{1,2}\b/.test(match[0]))
        ? {
            value: wholeWords(match),
            score: /\b(?:shall|must|minimum|using)\b/i.test(statement.text) ? 1 : 0,
          }
        : undefined
    },
  },
  {
    kind: 'margin',
    why: 'margins in inches or centimetres',
    most: 1,
    read: (statement) => {
      const match = marginWords.exec(statement.text)
      return match && speaksOfOffer(statement) ? { value: match[0] } : undefined
    },
  },
  { kind: 'file_format', why: 'formats, sizes and separate files of the offer', most: 2, read: fileFormat },
  { kind: 'naming', why: 'names of files, subject lines and labels of envelopes', most: 2, read: naming },
  {
    kind: 'validity',
    why: 'how long the offer binds',
    most: 2,
    same: ({ value }) => /\d+/.exec(value)?.[0] ?? (/\bone year/i.test(value) ? '1' : value),
    read: validity,
  },
  {
    kind: 'bid_security',
    why: 'bid bond, earnest money',
    most: 1,
    read: ({ text, role }) =>
      role !== 'clauses' &&
      /\b(?:bid (?:bond|security|guarantee)|earnest money|EMD|proposal (?:bond|guarantee)|tender security)\b/i.test(
        text,
      ) &&
      (/\b(?:shall|must|should|required|amount)\b/i.test(text) || money.test(text))
        ? {
            value: shorten(text),
            score: (money.test(text) ? 3 : 0) + (/\bform of\b/i.test(text) ? 1 : 0),
          }
        : undefined,
  },
  {
    kind: 'fee',
    why: 'what it costs to take part',
    most: 1,
    read: ({ text, role }) =>
      role !== 'clauses' &&
      role !== 'work' &&
      /\b(?:non-?refundable|tender fee|processing fee|application fee|document fee|cost of (?:tender|bid) documents?)\b/i.test(
        text,
      ) &&
      /\d/.test(text)
        ? { value: shorten(text) }
        : undefined,
  },
]
