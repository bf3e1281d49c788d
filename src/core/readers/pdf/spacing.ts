/** Letters set far apart ("H O W  C A N") are words again: their own even spacing tells where words part. */
import type { Word } from '../../doc/page.ts'

/** Fewer single letters in a row are initials or list labels. */
const MIN_LETTERS = 4
/** Letters further apart than this (in em) are not one word in any case. */
const MAX_GAP_EM = 1.2
/** A gap this many times the usual one parts words. */
const WORD_GAP = 1.45

export function joinSpacedLetters(words: readonly Word[]): readonly Word[] {
  const out: Word[] = []
  let done = 0
  for (let at = 0; at + 1 < words.length; at++) {
    if (at < done || words[at]!.text.length !== 1 || words[at + 1]!.text.length !== 1) continue
    const [from, to] = [runStart(words, at, done), runEnd(words, at)]
    const run = words.slice(from, to)
    if (isSpaced(run)) {
      for (; done < from; done++) out.push(words[done]!)
      out.push(...rejoined(run))
      done = to
    }
    at = to - 1
  }
  if (done === 0) return words
  for (; done < words.length; done++) out.push(words[done]!)
  return out
}

function runStart(words: readonly Word[], at: number, least: number): number {
  let from = at
  while (from > least && follows(words[from - 1]!, words[from]!)) from--
  return from
}

/** Words that follow one another on a line in one style. */
function runEnd(words: readonly Word[], from: number): number {
  let to = from + 1
  while (to < words.length && follows(words[to - 1]!, words[to]!)) to++
  return to
}

function follows(last: Word, word: Word): boolean {
  const gap = word.x0 - last.x1
  return (
    word.rotation === last.rotation &&
    Math.abs(word.baseline - last.baseline) < 0.1 * word.size &&
    Math.abs(word.size - last.size) < 0.1 * word.size &&
    gap > 0 &&
    gap < MAX_GAP_EM * word.size
  )
}

function isSpaced(run: readonly Word[]): boolean {
  const single = run.filter((word) => word.text.length === 1 && /\p{L}/u.test(word.text)).length
  return single >= MIN_LETTERS && single >= 0.75 * run.length
}

function rejoined(run: readonly Word[]): Word[] {
  const gaps = run.slice(1).map((word, at) => word.x0 - run[at]!.x1)
  const usual = gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)]!
  const out: Word[] = []
  for (const [at, word] of run.entries()) {
    const last = out.at(-1)
    if (!last || gaps[at - 1]! > WORD_GAP * usual) out.push(word)
    else
      out[out.length - 1] = {
        ...last,
        text: last.text + word.text,
        x1: word.x1,
        y0: Math.min(last.y0, word.y0),
        y1: Math.max(last.y1, word.y1),
      }
  }
  return out
}
