/** Deadlines and meetings. */
import { whensIn } from './dates.ts'
import { dated, type Facts, offers, type Recipe, shorten, speaksOfOffer, type Told } from './recipe.ts'
import type { Statement } from './statements.ts'

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
const otherDates =
  /\b(?:questions?|inquir(?:y|ies)|quer(?:y|ies)|clarifications?|comments|letters? of intent|intent to|notice of intent|conference|meeting|site visit|walk-?through|opening|opened|interviews?|presentations?|award(?:ed)? date|start date|protest|invoices?|payment|period of performance|samples? (?:are|must)|issue date|issued|effective|date of (?:this|the) (?:rfp|rfq)|acceptance period|valid|withdraw\w*|pre-?(?:bid|proposal)|notification|amendment \d|projects? (?:submitted|completed))\b/i
const offersDue = new RegExp(`\\b${offers}\\b[^.;]{0,30}\\b(?:are|is)?\\s*due\\b(?! to\\b)`, 'i')

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

function due(statement: Statement, facts: Facts): Told | undefined {
  const { text, isRow, role } = statement
  if (!speaksOfOffer(statement) && role !== 'certification') return undefined
  if (!dueWords.test(text) || (otherDates.test(text) && !offersDue.test(text))) return undefined
  if (isRow && text.length > 160) return undefined
  return told(dated(text, facts, otherDates.test(text) ? offersDue : undefined), statement)
}

const asking =
  /\b(?:questions?|inquir(?:y|ies)|quer(?:y|ies)|clarifications?|requests? for information|RFIs?)\b/i
const until =
  /\b(?:due|deadline|no later than|not later than|on or before|prior to|by|before|last date|until|ends?|cut-?off|received after|submitted)\b/i
const relative =
  /\b(?:no|not) later than\b[^.;]{0,60}\b(?:days?|hours)\b|\b\d+\)? (?:business |calendar |working )?days? (?:before|prior to|from|after)\b/i

function questions(statement: Statement, facts: Facts): Told | undefined {
  const { text, role } = statement
  if (!asking.test(text) || !until.test(text) || role === 'qa' || role === 'clauses' || role === 'work')
    return undefined
  if (
    /\b(?:responses? to (?:the )?questions|answers (?:will|to)|interview|evaluation question)\b/i.test(text)
  )
    return undefined
  const when = dated(text, facts, asking)
  if (when) return told(when, statement)
  return relative.test(text) && /\b(?:submit|receiv|due)/i.test(text) ? { value: shorten(text) } : undefined
}

const meeting =
  /\b(?:pre-?(?:bid|proposal|submittal|tender|quote|application)(?:ders?[’']?)? (?:conference|meeting|webinar)|(?:bidders?|offerors?|proposers?|vendors?|applicants?)[’']? conference|site (?:visit|walk|tour)|industry day|walk-?through|information(?:al)? (?:session|meeting))\b/i

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

export const whenRecipes: readonly Recipe[] = [
  { kind: 'due_date', why: 'offers, a word of deadline and a date', most: 4, same: byDate, read: due },
  {
    kind: 'due_date',
    why: 'the date stands elsewhere: "due no later than the date in the posting"',
    most: 1,
    read: ({ text, role }) =>
      (role === 'instructions' || role === 'other') &&
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
