/** Changes as the comparison tells them: made from statements of the two versions. */
import type { Change, Side, Word } from './comparison.ts'
import type { Pair } from './pairs.ts'
import { indexOf } from './similar.ts'
import type { Statement, Version } from './version.ts'
import { isChanged, wordsOf } from './words.ts'

const sideOf = ({ requirement_id, text, rfp_reference, page }: Statement): Side => ({
  requirement_id,
  text,
  rfp_reference,
  page,
})
export type Unnumbered = Omit<Change, 'change_id'>
const whole = (kind: Word['kind'], { plain }: Statement): Word[] => [{ kind, text: plain }]
export const removed = (one: Statement): Unnumbered => ({
  kind: 'removed',
  old: sideOf(one),
  new: null,
  words: whole('removed', one),
  answer: null,
})
export const added = (one: Statement, answer: string | null = null): Unnumbered => ({
  kind: 'added',
  old: null,
  new: sideOf(one),
  words: whole('added', one),
  answer,
})

export const altered = ({ old, new: now, words }: Pair, answer: string | null): Unnumbered => ({
  kind: 'changed',
  old: sideOf(old),
  new: sideOf(now),
  words: [...words],
  answer,
})

/** As like as this, the new words of an answer are those of a sentence of the solicitation. */
const LIKE_SENTENCE = 0.35

export type Spoken = {
  readonly reference: string
  readonly page: number | null
  readonly answer: string | null
}

/** What a sentence reads from now on, beside the sentence of the old version that is most like it. */
export function quoting(before: Version): (words: string, spoken: Spoken) => Unnumbered[] {
  const index = indexOf(before.sentences(), ({ plain }) => plain)
  return (words, { reference, page, answer }) => {
    if (before.has(words)) return []
    const [nearest] = index.nearest(words, LIKE_SENTENCE)
    const side: Side = { requirement_id: null, text: words, rfp_reference: reference, page }
    if (!nearest)
      return [{ kind: 'added', old: null, new: side, words: [{ kind: 'added', text: words }], answer }]
    const old = rowOf(before, nearest.item) ?? nearest.item
    const difference = wordsOf(old.plain, words)
    return isChanged(difference)
      ? [{ kind: 'changed', old: sideOf(old), new: side, words: difference, answer }]
      : []
  }
}

/** The requirement a sentence is, when it is one. */
const rowOf = (version: Version, { folded }: Statement): Statement | undefined =>
  version.statements.find((one) => one.folded === folded)
