/** Numbers that fields print in the middle of a text and whose results Word does not store (17.16.5.31, 17.16.5.6). */
import { formatNumber } from '../ooxml/number-formats.ts'
import { integer } from './properties.ts'

export type FieldNumbers = {
  /** The next number for an instruction such as `LISTNUM LegalDefault \\l 2`, cut into words. */
  next(words: readonly string[]): string
}

type Level = { readonly format: string; readonly before?: string; readonly after: string }

const level = (format: string, after: string, before = ''): Level => ({ format, after, before })
const numberDefault = [
  level('decimal', ')'),
  level('lowerLetter', ')'),
  level('lowerRoman', ')'),
  level('decimal', ')', '('),
  level('lowerLetter', ')', '('),
  level('lowerRoman', ')', '('),
  level('decimal', '.'),
  level('lowerLetter', '.'),
  level('lowerRoman', '.'),
]
const outlineDefault = [
  level('upperRoman', '.'),
  level('upperLetter', '.'),
  level('decimal', '.'),
  level('lowerLetter', ')'),
  level('decimal', ')', '('),
  level('lowerLetter', ')', '('),
  level('lowerRoman', ')', '('),
  level('lowerLetter', ')', '('),
  level('lowerRoman', ')', '('),
]
const lists: Readonly<Record<string, readonly Level[] | 'legal'>> = {
  NUMBERDEFAULT: numberDefault,
  OUTLINEDEFAULT: outlineDefault,
  LEGALDEFAULT: 'legal',
  AUTONUM: [level('decimal', '.')],
  AUTONUMLGL: 'legal',
  AUTONUMOUT: outlineDefault,
}

export function createFieldNumbers(): FieldNumbers {
  const counters = new Map<string, number[]>()
  return {
    next: (words) => {
      const field = words[0]?.toUpperCase() ?? ''
      const named = words[1] !== undefined && !words[1].startsWith('\\') ? words[1].toUpperCase() : undefined
      const list = field === 'LISTNUM' ? (named ?? 'NUMBERDEFAULT') : field
      const at = Math.min(9, Math.max(1, argument(words, '\\l') ?? 1))
      const counts = counters.get(list) ?? []
      counters.set(list, counts)
      for (let above = 0; above < at - 1; above++) counts[above] ??= 1
      counts[at - 1] = argument(words, '\\s') ?? (counts[at - 1] ?? 0) + 1
      counts.length = at
      return printed(lists[list] ?? numberDefault, counts)
    },
  }
}

function argument(words: readonly string[], name: string): number | undefined {
  const at = words.findIndex((word) => word.toLowerCase() === name)
  return at < 0 ? undefined : integer(words[at + 1])
}

function printed(list: readonly Level[] | 'legal', counts: readonly number[]): string {
  if (list === 'legal') return `${counts.join('.')}.`
  const { format, before = '', after } = list[Math.min(counts.length, list.length) - 1]!
  return before + formatNumber(counts.at(-1)!, format) + after
}
