/** Questions of bidders and answers of the buyer: who speaks in each passage. */
import type { Passage, Voice } from './passage.ts'
import { columnTitles } from './tables.ts'

const question =
  /^(?:vendor |offeror |bidder )?(?:Q|Question|Questions?\/Comments?|Query|Inquiry)\s*(?:no\.?\s*|#\s*)?\d{0,3}\s*[:.)–—-]/i
const answer =
  /^(?:(?:the )?(?:government|agency|city|county|state|buyer|owner)(?:[’']s)? )?(?:A|Ans|Answer|Response|Reply)\s*(?:no\.?\s*|#\s*)?(?:to (?:question|Q) )?\d{0,3}\s*[:.)–—-]/i
const asks =
  /\b(?:questions?|comments?|quer(?:y|ies)|inquir(?:y|ies)|clarifications? (?:sought|requested))\b/i
const answers = /\b(?:answers?|responses?|repl(?:y|ies)|clarifications?)\b/i

/** Fewer markers may be the headings of a form. */
const LEAST = 3

/** The voice of every passage of an exchange, in print ("Q1: ... A1: ...") or in a table with a column for each side. */
export function voicesOf(passages: readonly Passage[]): Map<Passage, Voice> {
  const voices = new Map<Passage, Voice>()
  const starts = passages.map((passage) => ({ passage, start: startOf(passage) }))
  const asked = starts.filter(({ start }) => question.test(start)).length
  const answered = starts.filter(({ start }) => answer.test(start)).length
  if (asked >= LEAST && answered >= LEAST) {
    let voice: Voice | undefined
    for (const { passage, start } of starts) {
      if (passage.kind === 'furniture' || passage.kind === 'contents') continue
      if (question.test(start)) voice = 'question'
      else if (answer.test(start)) voice = 'answer'
      else if (passage.kind === 'heading') voice = undefined
      if (voice) voices.set(passage, voice)
    }
  }
  const tables = exchangeTables(passages)
  for (const [passage, title] of columnTitles(passages)) {
    const voice = sideOf(title)
    if (voice && tables.has(passage.run.cell!.table)) voices.set(passage, voice)
  }
  return voices
}

const startOf = ({ run, text, range }: Passage): string =>
  range.start === 0 && run.label ? `${run.label.replace(/[:.]$/, '')}: ${text}` : text

const sideOf = (title: string): Voice | undefined =>
  title.length > 60 ? undefined : asks.test(title) ? 'question' : answers.test(title) ? 'answer' : undefined

/** Tables with a column of questions and one of answers. */
function exchangeTables(passages: readonly Passage[]): Set<string> {
  const heads = passages.filter(({ run: { cell } }) => cell && (cell.header || cell.row === 0))
  const tables = Map.groupBy(heads, ({ run }) => run.cell!.table)
  const isExchange = (cells: readonly Passage[]): boolean => {
    const sides = new Set(cells.map(({ text }) => sideOf(text)))
    return sides.has('question') && sides.has('answer')
  }
  return new Set([...tables].flatMap(([table, cells]) => (isExchange(cells) ? [table] : [])))
}
