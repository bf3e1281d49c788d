/** Sentences and tables by which an amendment says what it changes. */
import { type Doc, plainText, type Table, walk } from '../../core/index.ts'
import type { Passage } from '../passages/passages.ts'
import { referenceOf } from '../passages/passages.ts'
import type { Answered } from './answers.ts'
import type { Directive } from './comparison.ts'
import { fromToOf, isDirective, isOrder, withPart } from './says.ts'
import { isForm, type Version } from './version.ts'

export function directivesOf(
  after: Version,
  before: Version,
  doc: Doc,
  answers: readonly Answered[],
): Directive[] {
  const answerOf = new Map(answers.map(({ passage, answer }) => [passage, answer]))
  const { passages } = after
  const spoken = passages.flatMap((passage, index): Directive[] => {
    const { kind, role } = passage
    const own = withPart(passage)
    if (
      kind === 'furniture' ||
      kind === 'contents' ||
      kind === 'cell' ||
      (role === 'clauses' && !isOrder(own)) ||
      isQuestion(passage, answers, answerOf)
    )
      return []
    if (!isDirective(own) || isForm(own) || (before.has(own) && !isOrder(own))) return []
    const text = withList(passage, passages.slice(index + 1, index + 1 + LIST))
    const { from, to } = fromToOf(text)
    return [
      {
        text,
        rfp_reference: referenceOf(passage.node),
        page: passage.page,
        from,
        to,
        answer: answerOf.get(passage) ?? null,
      },
    ]
  })
  return [...spoken, ...[...walk(doc)].flatMap((block) => (block.type === 'table' ? tabled(block) : []))]
}

/** An order printed as a heading of what follows goes on in it; "the following were added:" names what stands below. */
function withList(passage: Passage, next: readonly Passage[]): string {
  const text = withPart(passage)
  if (/[–—-]$/.test(text) && next[0]) return `${text} ${next[0].text}`
  if (!/\bfollowing\b.*\b(?:added|deleted|removed|replaced|incorporated)\W*$/i.test(text)) return text
  const end = next.findIndex(
    (one) =>
      one.page !== passage.page || isDirective(one.text) || one.text.length > 120 || /\.$/.test(one.text),
  )
  const items = next.slice(0, end < 0 ? LIST : end).filter(({ kind }) => kind !== 'furniture')
  return items.length === 0 ? text : `${text} ${items.map((one) => one.text).join('; ')}`
}

/** Lines of a list that an order names at most. */
const LIST = 20

/** In a document of answers, what is no answer is a question or a preface. */
const isQuestion = (
  passage: Passage,
  answers: readonly Answered[],
  answerOf: ReadonlyMap<Passage, string>,
): boolean => answers.length > 0 && passage.text.endsWith('?') && !answerOf.has(passage)

/** Columns "FROM" and "TO", as contract writing systems print changes. */
function tabled({ rows, at }: Table): Directive[] {
  const texts = rows.map(({ cells }) => cells.map(({ blocks }) => blocks.map(plainText).join(' ').trim()))
  const head = texts.findIndex(
    (cells) => cells.some((text) => /^from$/i.test(text)) && cells.some((text) => /^to$/i.test(text)),
  )
  if (head < 0) return []
  const column = (name: RegExp): number => texts[head]!.findIndex((text) => name.test(text))
  const [from, to] = [column(/^from$/i), column(/^to$/i)]
  return texts.slice(head + 1).flatMap((cells): Directive[] => {
    const what = cells
      .filter((_, index) => index !== from && index !== to)
      .join(' ')
      .trim()
    if (!cells[from] && !cells[to]) return []
    return [
      {
        text: `${what}: ${cells[from]} → ${cells[to]}`,
        rfp_reference: '',
        page: at.page ?? null,
        from: cells[from] ?? '',
        to: cells[to] ?? '',
        answer: null,
      },
    ]
  })
}
