/** Does text read as words, or do its codes stand for other letters than the page shows? */
import type { Word } from '../../doc/page.ts'

/** More characters without a meaning than this share, and the rest is not to be trusted. */
const MOST_STRANGE = 0.1
/** Fewer words tell nothing. */
const ENOUGH = 30
/** Words of every language written in Latin letters have vowels, but for some abbreviations. */
const WITH_VOWEL = 0.5

export type TextLooks = {
  readonly words: readonly Pick<Word, 'text'>[]
  readonly chars: number
  /** Characters whose code has no meaning. */
  readonly strange: number
}

export const looksGarbled = ({ words, chars, strange }: TextLooks): boolean =>
  strange > MOST_STRANGE * Math.max(10, chars) || lacksVowels(words)

function lacksVowels(words: TextLooks['words']): boolean {
  let [all, sound] = [0, 0]
  for (const { text } of words) {
    if (!/^[a-z]{3,}$/i.test(text)) continue
    all++
    if (/[aeiouy]/i.test(text)) sound++
  }
  return all >= ENOUGH && sound < WITH_VOWEL * all
}

/** Codes that no one reads: replacement characters, controls, and private ones beside those of symbol fonts. */
export const isStrange = (code: number): boolean =>
  code === 0 ||
  code >= 0xfffd ||
  (code >= 0xe000 && code < 0xf020) ||
  (code > 0xf0ff && code <= 0xf8ff) ||
  (code < 0x20 && code !== 2 && (code < 9 || code > 13))

export const looksOf = (words: readonly Pick<Word, 'text'>[]): TextLooks => {
  let [chars, strange] = [0, 0]
  for (const { text } of words)
    for (const char of text) {
      chars++
      if (isStrange(char.codePointAt(0)!)) strange++
    }
  return { words, chars, strange }
}
