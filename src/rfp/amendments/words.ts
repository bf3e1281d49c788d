/** Two statements word by word. The one file that knows the library for differences. */
import { diffArrays } from 'diff'
import { fold } from '../analyzers/requirements/ids.ts'
import type { Word } from './comparison.ts'

/** Words with the space after them; compared without case, quotes and punctuation around them. */
const tokensOf = (text: string): string[] => text.match(/\S+\s*/g) ?? []
const isSame = (a: string, b: string): boolean =>
  (fold(a) || a.trim()) === (fold(b) || b.trim()) && marksIn(a) === marksIn(b)

/** Stars behind words: a limit of "50 pages*" that loses its footnote is another limit. */
export const marksIn = (text: string): number => text.match(/[\p{L}\p{N}]\*/gu)?.length ?? 0

export function wordsOf(before: string, after: string): Word[] {
  const parts = diffArrays(tokensOf(before), tokensOf(after), { comparator: isSame })
  return parts.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join('').trim(),
  }))
}

/** Anything but punctuation differs. */
export const isChanged = (words: readonly Word[]): boolean =>
  words.some(({ kind, text }) => kind !== 'same' && fold(text) !== '')
