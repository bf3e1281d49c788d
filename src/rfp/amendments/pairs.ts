/** Statements of two versions that are one: the same words, or words that were changed. */

import type { Word } from './comparison.ts'
import { indexOf } from './similar.ts'
import type { Statement, Version } from './version.ts'
import { isChanged, marksIn, wordsOf } from './words.ts'

export type Pair = { readonly old: Statement; readonly new: Statement; readonly words: readonly Word[] }
/** Each list in the order of the document. */
export type Pairing = {
  readonly same: readonly (readonly [old: Statement, now: Statement])[]
  readonly changed: readonly Pair[]
  readonly old: readonly Statement[]
  readonly new: readonly Statement[]
}

/** As like as this, two statements are one that was changed; standing at the same number, less is enough. */
const LIKE = 0.55
const LIKE_IN_PLACE = 0.38

export function pairUp(before: Version, after: Version): Pairing {
  const same: [Statement, Statement][] = []
  const waiting = Map.groupBy(after.statements, ({ folded }) => folded)
  const left: Statement[] = []
  for (const old of before.statements) {
    const now = waiting.get(old.folded)?.shift()
    if (now) same.push([old, now])
    else left.push(old)
  }
  const rest = [...waiting.values()].flat()
  const index = indexOf(left, ({ plain }) => plain)
  const offers = rest
    .flatMap((now) =>
      index.nearest(now.plain, LIKE_IN_PLACE).flatMap(({ item: old, score }) => {
        const inPlace = old.rfp_reference !== '' && old.rfp_reference === now.rfp_reference
        return score >= LIKE || inPlace ? [{ old, now, score: score + (inPlace ? 0.1 : 0) }] : []
      }),
    )
    .toSorted((a, b) => b.score - a.score || (b.now.page ?? 0) - (a.now.page ?? 0))
  const taken = new Set<Statement>()
  const changed: Pair[] = []
  for (const { old, now } of offers) {
    if (taken.has(old) || taken.has(now)) continue
    taken.add(old).add(now)
    const words = trimmed(wordsOf(old.plain, now.plain), before, after)
    const isMoved = after.has(old.plain) && before.has(now.plain) && marksIn(old.plain) === marksIn(now.plain)
    if (isChanged(words) && !isMoved) changed.push({ old, new: now, words })
    else same.push([old, now])
  }
  // What is printed twice, in the summary of an amendment and in its place, is one statement.
  const order = new Map(after.statements.map((one, at) => [one, at]))
  const told = new Set(changed.map((pair) => pair.new.folded))
  const isLeft = (one: Statement): boolean => !taken.has(one) && !told.has(one.folded)
  return {
    same,
    changed: changed.toSorted((a, b) => order.get(a.new)! - order.get(b.new)!),
    old: left.filter((one) => isLeft(one) && !after.has(one.plain)),
    new: rest.filter((one) => isLeft(one) && !before.has(one.plain)),
  }
}

/**
 * One version begins a sentence with the heading before it, the other does not: words at either end that the other
 * version has too, in another sentence, are no change.
 */
function trimmed(words: readonly Word[], before: Version, after: Version): Word[] {
  const isElsewhere = ({ kind, text }: Word): boolean =>
    (kind === 'removed' && after.has(text)) || (kind === 'added' && before.has(text))
  const isEnd = (at: number): boolean =>
    (at === 0 && words[1]?.kind === 'same') || (at === words.length - 1 && words[at - 1]?.kind === 'same')
  return words.filter((word, at) => !(isEnd(at) && isElsewhere(word)))
}
