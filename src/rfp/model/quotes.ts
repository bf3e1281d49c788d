/** Finds where a model's quote stands. A quote that stands nowhere is a claim without ground. */
import { fold } from '../analyzers/requirements/ids.ts'
import { boxesOf, type Passage, referenceOf } from '../passages/passages.ts'
import type { Window } from './windows.ts'

export type Quoted = { readonly line: number; readonly quote: string }

/** Fewer letters and digits than this are found anywhere. */
const LEAST = 4
/** A sentence of the author's may have been cut into so many lines. */
const LINES = 3

/** The passage that holds the quote: the line named, else any other of the window, else a few lines together. */
export function passageOf({ lines }: Window, { line, quote }: Quoted): Passage | undefined {
  const wanted = fold(quote)
  if (wanted.length < LEAST) return undefined
  const named = lines.get(line)
  if (named && holds(named, wanted)) return named
  const all = [...lines.values()]
  return (
    all.find((passage) => holds(passage, wanted)) ??
    all.find((_, index) => {
      const together = fold(
        all
          .slice(index, index + LINES)
          .map(({ text }) => text)
          .join(' '),
      )
      return together.includes(wanted) && !fold(all[index + 1]?.text ?? '').includes(wanted)
    })
  )
}

// A model may copy the label with the item: "(a) Submit two copies."
const holds = ({ text, run }: Passage, wanted: string): boolean => {
  const folded = fold(text)
  return folded.includes(wanted) || (run.label !== undefined && fold(`${run.label} ${text}`).includes(wanted))
}

/** What every finding says of its place. */
export const placeOf = (passage: Passage) => ({
  rfp_reference: referenceOf(passage.node),
  page: passage.page,
  boxes: boxesOf(passage.run, passage.range),
  block_ids: [...passage.run.blocks],
})

/** Every number of a text, without thousands separators. */
const numbersIn = (text: string): string[] =>
  (text.replace(/(\d),(?=\d{3}\b)/g, '$1').match(/\d+(?:\.\d+)?/g) ?? []).map((one) => String(Number(one)))

/** Whether every number of `value` is printed in `source`: a model may not work one out. */
export function saysNumbers(source: string, value: string): boolean {
  const printed = new Set(numbersIn(source))
  return numbersIn(value).every((one) => printed.has(one))
}
