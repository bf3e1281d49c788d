/** A recipe: how one kind of fact is told. Recipes are rows of tables; this file holds their shape and shared words. */
import type { ChecklistItem } from '../../findings.ts'
import type { Role } from '../../passages/roles.ts'
import { clocksIn, printWhen, type When, whensIn, type Years } from './dates.ts'
import type { Statement } from './statements.ts'

export type Kind = ChecklistItem['kind']

export type Found = {
  readonly kind: Kind
  readonly value: string
  readonly statement: Statement
  /** When the quote is longer or shorter than the statement. */
  readonly verbatim?: string
  readonly mandatory?: boolean
}

export type Facts = { readonly years: Years }

/** A fact read from a statement: its value, how well it is told, and the quote when it is not the whole statement. */
export type Told = { readonly value: string; readonly score?: number; readonly verbatim?: string }

export type Recipe = {
  readonly kind: Kind
  readonly why: string
  readonly read: (statement: Statement, facts: Facts) => Told | Told[] | undefined
  /** Different facts kept at most. */
  readonly most: number
  /** Facts with the same key are one fact told twice: the better told stays. */
  readonly same?: (told: Told) => string
  /** Whether a fact says nothing that another does not say better. */
  readonly idle?: (value: string, others: readonly string[]) => boolean
}

export const offers =
  '(?:proposals?|quot(?:e|ation)s?|bids?|offers?|tenders?|responses?|submissions?|submittals?|submittal packages?|applications?|SOQs?|statements? of (?:qualifications|interest)|packages?|expressions? of interest)'
export const offer = new RegExp(`\\b${offers}\\b`, 'i')

const unasked: ReadonlySet<Role> = new Set(['clauses', 'work', 'admin', 'definitions', 'qa', 'certification'])
/** In a part of the document that speaks of the offer rather than of the contract. */
export const speaksOfOffer = (statement: Statement): boolean =>
  !unasked.has(statement.role) && !isContract(statement)

/** In Sections B to J of the uniform contract format, which become the contract (FAR 15.204-1). */
export const isContract = ({ letter }: Statement): boolean => letter !== undefined && /[B-J]/.test(letter)

export const submits =
  /\b(?:submit(?:ted|tal|ting|s)?|deliver(?:ed)?|sen[dt]|e-?mail(?:ed)?|mail(?:ed)?|upload(?:ed)?|receiv(?:e|ed)|transmit(?:ted)?|address(?:ed)?|return(?:ed)?|due|lodged?|hand(?:ed)? in)\b/i

export const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/
// Not a clause number: 252.215-7008 has the shape of a telephone number (48 CFR chapters 1 and 2 ff.).
export const phone =
  /(?<![\d.])(?!\d{2,3}\.\d{3}-\d{4})(?:(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}|\d{3}\s\d{4}\s\d{4}|0\d{2,4}-\d{6,8}|\d{10})(?![\d-])/
export const street =
  /\b\d{1,6}\s+(?:[NSEW]\.?\s+)?(?:[A-Z0-9][\w.’'-]*\s+){1,4}(?:Street|St\.?|Avenue|Ave\.?|AVE\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Dr\.?|Lane|Ln\.?|Way|Court|Ct\.?|Place|Plaza|Highway|Hwy|Parkway|Pkwy|Floor|Building)\b|\bP\.?\s?O\.?\s+(?:Box|BOX)\s+\d+|\b(?:STREET|ROOM|SUITE)\b[^.]{0,40}\b[A-Z]{2}\s+\d{5}|\b(?:Plot|Sector|Bhavan|Marg|Nagar)\b/
export const postal = /\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b/

export const shorten = (text: string, most = 160): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
export const words = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** The date told behind a key word, with its time; else the one with a time, else the first. */
export function dated(text: string, { years }: Facts, key?: RegExp): string | undefined {
  const whens = whensIn(text)
  const from = key ? text.search(key) : -1
  const behind = whens.filter(({ at }) => at >= from)
  const pick =
    (from >= 0 ? (behind[0] ?? whens.at(-1)) : undefined) ?? whens.find(({ time }) => time) ?? whens[0]
  return pick && printWhen(pick, years)
}

type Keys = { readonly mine: RegExp; readonly others: RegExp }

/** The date whose nearest word in front (or, where none stands there, behind) is one of ours. */
export function governed(statement: Statement, { years }: Facts, keys: Keys): Told | undefined {
  const below = labelled(statement)
  if (below) {
    const [when] = whensIn(below)
    return when && { value: printWhen(when, years), verbatim: `${statement.text} ${below}` }
  }
  const { text } = statement
  const mine = whensIn(text).filter(({ at, length }) => {
    const [own, other] = [lastEnd(text.slice(0, at), keys.mine), lastEnd(text.slice(0, at), keys.others)]
    if (own !== other) return own > other
    const behind = text.slice(at + length)
    const [next, after] = [behind.search(keys.mine), behind.search(keys.others)]
    return next >= 0 && (after < 0 || next < after)
  })
  const pick = mine.find(({ time }) => time) ?? mine[0]
  return pick && { value: printWhen(pick.time ? pick : { ...pick, ...clockBelow(statement) }, years) }
}

/** The next line, when this one ends in a label and the next starts with a date: "Response Due Date" over "August 24, 2018". */
function labelled({ text, after, isRow, run }: Statement): string | undefined {
  const next = after[0]
  if (
    isRow ||
    run.cell ||
    !next ||
    !/\b(?:due date|closing date|deadline|due|date and time|closing)(?:\/time)?\s*:?$/i.test(text)
  )
    return undefined
  return next.text.length < 110 && (whensIn(next.text)[0]?.at ?? 99) < 12 ? next.text : undefined
}

/** Where the last match ends: what covers another noun ("opening of bids") counts behind it; -1 without any. */
function lastEnd(text: string, pattern: RegExp): number {
  let end = -1
  for (const match of text.matchAll(new RegExp(pattern.source, 'gi'))) end = match.index + match[0].length
  return end
}

/** "Time: 16:00 hours local time" printed after the date. */
function clockBelow({ after }: Statement): Partial<When> {
  const line = after
    .slice(0, 2)
    .find(
      ({ text }) => text.length < 90 && /^(?:[\w ]{0,30}\s)?time\b/i.test(text) && whensIn(text).length === 0,
    )
  const clock = line && clocksIn(line.text)[0]
  return clock ? { time: clock.time, zone: clock.zone } : {}
}

/** Short lines printed under a statement that ends open: an address, a label to copy. */
export function linesBelow(statement: Statement, most = 8): string {
  const lines: string[] = []
  for (const { text, kind, stem } of statement.after.slice(0, most)) {
    if (kind === 'contents' || kind === 'furniture') continue
    const until = text.search(/\s(?:no later than|not later than|on or before|until)\s/i)
    if (until > 0 && until <= 110) {
      lines.push(text.slice(0, until))
      break
    }
    if (text.length > 110 || (/[.;]$/.test(text) && text.split(' ').length > 12) || stem) break
    lines.push(text)
  }
  return lines.join(' ')
}
