/** Deadlines and meetings. */
import { whensIn } from './dates.ts'
import {
  dated,
  type Facts,
  governed,
  offers,
  type Recipe,
  shorten,
  speaksOfOffer,
  type Told,
} from './recipe.ts'
import type { Statement } from './statements.ts'

const dueWords = new RegExp(
  [
    `\\b${offers}\\b[^.;]{0,120}\\b(?:due|received|submitted|delivered|e-?mailed|uploaded|close[sd]?|closing|accepted until)\\b`,
    `\\b(?:due|closing|response|reply|submission|receipt|last|final|deadline)\\b[^.;]{0,60}\\b(?:date|time|deadline|by|due)\\b`,
    `\\b(?:deadline|last date|closing (?:date|time)|due date)\\b[^.;]{0,60}\\b${offers}\\b`,
    `\\b${offers}\\b\\s*(?:are |is )?due\\b`,
    `\\b(?:submit|send|e-?mail|return|deliver|upload|forward)\\b[^.;]{0,120}\\b${offers}\\b[^;]{0,240}\\b(?:by|before|no later than|not later than|until|prior to)\\b`,
    '\\breply by\\b|\\brespond(?:ed)? by\\b|\\buntil\\b[^.;]{0,40}\\blocal time\\b|\\boffer due\\b',
  ].join('|'),
  'i',
)
const otherDates = new RegExp(
  `\\b(?:questions?|FAQs?|inquir(?:y|ies)|enquir(?:y|ies)|quer(?:y|ies)|clarifications?|comments|letters? of intent|intent to|notice of intent|conference|meeting|site visits?|walk-?through|opening|opened|interviews?|presentations?|notif\\w+|delays|demonstrations?|award(?:ed)? date|start date|protest|invoices?|payment|period of performance|samples? (?:are|must)|issue date|issued|effective|date of (?:this|the) (?:rfp|rfq)|acceptance period|valid(?:ity)?|withdraw\\w*|pre-?(?:bid|proposal)|notification|amendment \\d|projects? (?:submitted|completed)|inform us|whether (?:you|they) intend)\\b(?:\\s+(?:of|for|to)\\s+(?:the\\s+|all\\s+)?(?:\\w+\\s+){0,2}?${offers}\\b)?`,
  'i',
)
const offersNoun = new RegExp(`\\b(?:${offers}|reply|respon[ds]e?|closing|due date|offer due)\\b`, 'i')
const offersDue = new RegExp(`^.{0,40}\\b${offers}\\b[^.;]{0,30}\\b(?:are|is)?\\s*due\\b(?! to\\b)`, 'i')

/** A full sentence in the instructions with a clock tells more than a line of the cover page. */
const fullness = (value: string, { role, text, isHeading }: Statement): number =>
  (/\d{2}:\d{2}/.test(value) ? 4 : 0) +
  (/\d{2}:\d{2} \S/.test(value) ? 1 : 0) +
  (role === 'instructions' ? 2 : 0) +
  (/[.;]$/.test(text) ? 1 : 0) -
  (isHeading ? 2 : 0)

const byDate = ({ value }: Told): string => value.slice(0, 10)
const told = (value: string | undefined, statement: Statement): Told | undefined =>
  value === undefined ? undefined : { value, score: fullness(value, statement) }

/** The rest of a sentence that began above, or the address in it and then the rest. */
const continues =
  /^(?:(?!\b(?:questions?|inquir)).{0,160}\s)?(?:no later than|not later than|on or before|until|by|before)\s/i

function due(told: Statement, facts: Facts): Told | undefined {
  // "Proposals shall be delivered to:", an address, "no later than 2:00 p.m. on May 3": one sentence over several lines.
  const goesOn = told.lead !== '' && continues.test(told.text)
  const statement = goesOn ? { ...told, text: `${told.lead} ${told.text}` } : told
  const { text, isRow, role, columns } = statement
  if (!speaksOfOffer(statement) && role !== 'certification') return undefined
  if (/^\W*(?:FAQs?|questions?|quer(?:y|ies)|inquir(?:y|ies))\s+(?:submission|deadline|due)/i.test(text))
    return undefined
  if (!dueWords.test(`${columns} ${text}`) || (isRow && text.length > 240)) return undefined
  const found = governed(statement, facts, { mine: offersNoun, others: otherDates })
  return found && { ...found, score: fullness(found.value, statement) }
}

const asking =
  /\b(?:questions?|inquir(?:y|ies)|enquir(?:y|ies)|quer(?:y|ies)|clarifications?|requests? for information|RFIs?|FAQs?)\b/i
const until =
  /\b(?:due|deadline|no later than|not later than|on or before|prior to|by|before|last (?:date|time|day)|until|up to|through|ends?|cut-?off|received after|submitted)\b/i
const relative =
  /\b(?:no|not) later than\b[^.;]{0,60}\b(?:days?|hours)\b|\b\d+\)? (?:business |calendar |working )?days? (?:before|prior to|from|after)\b/i

function questions(statement: Statement, facts: Facts): Told | undefined {
  const { text, role, columns } = statement
  if (
    !asking.test(text) ||
    !until.test(`${columns} ${text}`) ||
    role === 'qa' ||
    role === 'clauses' ||
    role === 'work'
  )
    return undefined
  if (
    /\b(?:responses? to (?:the )?questions|answers (?:will|to)|interview|evaluation question)\b/i.test(text)
  )
    return undefined
  const when = dated(text, facts, asking)
  if (when) return told(when, statement)
  return relative.test(text) && /\b(?:submit|receiv|due|request|rais|sen[dt]|direct)/i.test(text)
    ? { value: shorten(text), score: statement.isRow ? -1 : 0 }
    : undefined
}

const meeting =
  /\b(?:pre-?(?:bid|proposal|submittal|tender|quote|application)(?:ders?[’']?)? (?:conference|meeting|webinar|briefing)s?|(?:bidders?|offerors?|proposers?|vendors?|applicants?)[’']? conference|site (?:visit|walk|tour|inspection)s?|industry day|walk-?through|information(?:al)? (?:session|meeting)s?|(?:industry|tender|supplier|bidders?|vendor) briefings?|briefing (?:session|meeting)s?|proposers?[’']? day|job walks?)\b/i

function conference(statement: Statement, facts: Facts): Told | undefined {
  const { text } = statement
  if (
    !meeting.test(text) ||
    /\b(?:monitor|compliance|conduct site visits)\b/i.test(text) ||
    statement.role === 'work'
  )
    return undefined
  return told(dated(text, facts, meeting), statement)
}

/** A sentence that tells it, not the label of a field. */
const dueSentence = /\b(?:are|is|be|must|shall|will)\b/i

/** Sealed offers are opened when the time to hand them in is over (ABA Model Procurement Code 3-202(5)). */
export const openingRecipe: Recipe = {
  kind: 'due_date',
  why: 'no date but that of the opening',
  most: 1,
  same: byDate,
  read: (statement, facts) =>
    (speaksOfOffer(statement) || statement.isHeading) && opening.test(statement.text)
      ? told(dated(statement.text, facts, opening), statement)
      : undefined,
}
const opening = new RegExp(`\\b${offers} opening\\b|\\bopening of (?:the )?${offers}\\b`, 'i')

export const whenRecipes: readonly Recipe[] = [
  { kind: 'due_date', why: 'offers, a word of deadline and a date', most: 4, same: byDate, read: due },
  {
    kind: 'due_date',
    why: 'the date stands elsewhere: "due no later than the date in the posting"',
    most: 1,
    read: ({ text, role, isHeading, run }) =>
      (role === 'instructions' || role === 'other') &&
      !isHeading &&
      !run.cell &&
      dueSentence.test(text) &&
      offersDue.test(text) &&
      whensIn(text).length === 0 &&
      !otherDates.test(text) &&
      !/^if\b/i.test(text) &&
      text.length < 200
        ? { value: shorten(text) }
        : undefined,
  },
  { kind: 'qa_deadline', why: 'questions and a deadline', most: 2, same: byDate, read: questions },
  {
    kind: 'conference',
    why: 'a meeting before offers, with its date',
    most: 2,
    same: byDate,
    read: conference,
  },
]
