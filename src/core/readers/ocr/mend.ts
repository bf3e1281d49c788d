/** Letters that look alike: in sans-serif type "I" and "l" are one shape, and only the word tells which it is. */
import type { Found } from './place.ts'

/** Languages in whose words no "l" stands before these consonants at the start. */
const languages = ['eng', 'en', 'fra', 'fr', 'deu', 'de', 'spa', 'es', 'ita', 'it', 'por', 'pt', 'nld', 'nl']

type Mend = { readonly when: RegExp; readonly to: (text: string) => string; readonly after?: RegExp }

const capital = (text: string): string => text.replace(/[l|]/g, 'I')

/** First match wins. */
const mends: readonly Mend[] = [
  // Roman numerals: "Il", "Vll.", "XIl)". "Ill" alone is a word and an abbreviation.
  { when: /^\(?(?=[IVXl|]*[IVX])(?=[IVXl|]*[l|])(?!Ill\b)[IVX][IVXl|]+[.,:;)]*$/, to: capital },
  {
    when: /^\(?[Il|]{1,3}[.,:;)]*$/,
    after:
      /^(sections?|parts?|volumes?|vol\.?|phases?|titles?|articles?|chapters?|appendix|attachment|exhibit|levels?|tiers?|class|category|types?|grade|schedule|annex|factors?|subfactors?)$/i,
    to: capital,
  },
  { when: /^["'(]?l(?=[bcdfgmnpqrstvwxz][a-z]{2,})/, to: (text) => text.replace('l', 'I') },
]

export function mended(words: readonly Found[], wanted: readonly string[]): Found[] {
  if (!wanted.every((language) => languages.includes(language.toLowerCase()))) return [...words]
  return words.map((word, index) => {
    const before = words[index - 1]
    const previous = before?.line === word.line ? before.text : ''
    const mend = mends.find(({ when, after }) => when.test(word.text) && (!after || after.test(previous)))
    return mend ? { ...word, text: mend.to(word.text) } : word
  })
}
