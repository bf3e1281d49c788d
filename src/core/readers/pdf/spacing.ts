/** Letters set far apart ("H O W  C A N") are words again: their own even spacing tells where words part. */
import type { TextWord } from './words.ts'

/** Fewer single letters in a row are initials or list labels. */
const MIN_LETTERS = 4
/** Letters further apart than this (in em) are not one word in any case. */
const MAX_GAP_EM = 1.2
/** A gap this many times the usual one parts words. */
const WORD_GAP = 1.45

export function joinSpacedLetters(words: readonly TextWord[]): TextWord[] {
  const out: TextWord[] = []
  for (let from = 0; from < words.length; ) {
    const to = runEnd(words, from)
    const run = words.slice(from, to)
    if (isSpaced(run)) out.push(...rejoined(run))
    else out.push(...run)
    from = to
  }
  return out
}

/** Words that follow one another on a line in one style. */
function runEnd(words: readonly TextWord[], from: number): number {
  let to = from + 1
  while (to < words.length && follows(words[to - 1]!, words[to]!)) to++
  return to
}

function follows(last: TextWord, word: TextWord): boolean {
  const gap = word.x0 - last.x1
  return (
    word.rotation === last.rotation &&
    Math.abs(word.baseline - last.baseline) < 0.1 * word.size &&
    Math.abs(word.size - last.size) < 0.1 * word.size &&
    gap > 0 &&
    gap < MAX_GAP_EM * word.size
  )
}

function isSpaced(run: readonly TextWord[]): boolean {
  const single = run.filter((word) => word.text.length === 1 && /\p{L}/u.test(word.text)).length
  return single >= MIN_LETTERS && single >= 0.75 * run.length
}

function rejoined(run: readonly TextWord[]): TextWord[] {
  const gaps = run.slice(1).map((word, at) => word.x0 - run[at]!.x1)
  const usual = gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)]!
  const out: TextWord[] = []
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
