/** Language models that npm packages ship. Nothing is downloaded. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'
import { MdraftError } from '../../core/errors.ts'

const require = createRequire(import.meta.url)

/** ISO 639-1 codes people type, and the codes Tesseract knows them by (ISO 639-2/T, with its own for Chinese). */
const aliases: Readonly<Record<string, string>> = {
  en: 'eng', de: 'deu', fr: 'fra', es: 'spa', it: 'ita', pt: 'por', nl: 'nld', pl: 'pol', sv: 'swe', da: 'dan',
  no: 'nor', nb: 'nor', fi: 'fin', cs: 'ces', sk: 'slk', hu: 'hun', ro: 'ron', el: 'ell', tr: 'tur', ru: 'rus',
  uk: 'ukr', ar: 'ara', he: 'heb', hi: 'hin', ja: 'jpn', ko: 'kor', vi: 'vie', th: 'tha', zh: 'chi_sim',
} // biome-ignore format: one row of pairs

/** @throws MdraftError `bad_option`: codes become file names and arguments, so nothing else may pass */
export function tesseractCode(language: string): string {
  const code = aliases[language.toLowerCase()] ?? language
  if (/^[a-z]{3}(_[a-z]{3,4}){0,2}$/i.test(code)) return code
  throw new MdraftError('bad_option', `"${language}" is not a language code.`, {
    fix: 'Use Tesseract codes such as eng, deu, fra, chi_sim.',
  })
}

/** As BCP 47 has it, for engines that take hints; undefined where we know no name. */
export function languageTag(language: string): string | undefined {
  const code = tesseractCode(language)
  return Object.keys(aliases).find((tag) => aliases[tag] === code)
}

/** @throws MdraftError `missing_package` when the model is not installed, `bad_option` */
export function modelOf(language: string): Uint8Array {
  const code = tesseractCode(language)
  let path: string
  try {
    path = require.resolve(`@tesseract.js-data/${code}/4.0.0_best_int/${code}.traineddata.gz`)
  } catch (cause) {
    throw new MdraftError('missing_package', `Text recognition has no model for "${language}".`, {
      fix: `npm install @tesseract.js-data/${code}`,
      cause,
    })
  }
  return gunzipSync(readFileSync(path))
}
