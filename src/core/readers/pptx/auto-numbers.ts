/** Numbers of DrawingML lists (ST_TextAutonumberScheme, ECMA-376 part 1, 20.1.10.61). */
import { formatNumber } from '../ooxml/number-formats.ts'

/** The start of a scheme's name → the number format that WordprocessingML has for it. */
const counters: readonly { readonly start: RegExp; readonly format: string }[] = [
  { start: /^alphaLc/, format: 'lowerLetter' },
  { start: /^alphaUc/, format: 'upperLetter' },
  { start: /^romanLc/, format: 'lowerRoman' },
  { start: /^romanUc/, format: 'upperRoman' },
  { start: /^arabicDb/, format: 'decimalFullWidth' },
  { start: /^arabic[12]Minus/, format: 'arabicAlpha' },
  { start: /^arabic/, format: 'decimal' },
  { start: /^circleNum/, format: 'decimalEnclosedCircle' },
  { start: /^ea1Chs/, format: 'chineseCounting' },
  { start: /^ea1Cht/, format: 'taiwaneseCounting' },
  { start: /^ea1Jpn/, format: 'japaneseCounting' },
  { start: /^hebrew2/, format: 'hebrew2' },
  { start: /^thaiAlpha/, format: 'thaiLetters' },
  { start: /^thaiNum/, format: 'thaiNumbers' },
  { start: /^hindiAlpha1/, format: 'hindiConsonants' },
  { start: /^hindiAlpha/, format: 'hindiVowels' },
  { start: /^hindiNum/, format: 'hindiNumbers' },
]

/** `arabicPeriod` and 3 → "3." */
export function autoNumber(scheme: string, value: number): string {
  const sign = formatNumber(value, counters.find(({ start }) => start.test(scheme))?.format ?? 'decimal')
  if (/ParenBoth$/.test(scheme)) return `(${sign})`
  if (/ParenR$/.test(scheme)) return `${sign})`
  if (/Period$/.test(scheme)) return `${sign}.`
  if (/Minus$/.test(scheme)) return `${sign}-`
  return sign
}
