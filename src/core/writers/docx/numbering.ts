/** Labels that Word can count itself: then it does, so that a list goes on counting when people edit it. */
import { LevelFormat } from './library.ts'

export type Numbering = {
  readonly format: (typeof LevelFormat)[keyof typeof LevelFormat]
  /** Around the number: "(" and ")" of "(a)". */
  readonly before: string
  readonly after: string
  readonly start: number
}

const romans = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
] as const

function roman(value: number): string {
  let rest = value
  let out = ''
  for (const [sign, worth] of romans) for (; rest >= worth; rest -= worth) out += sign
  return out
}

/** Letters go on after z as Word has it: aa, bb (ECMA-376 17.18.59). */
const letters = (value: number): string =>
  String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26))

const upper = (spell: (value: number) => string) => (value: number) => spell(value).toUpperCase()

/** Rows: the first that counts all labels of a list in turn is taken. Roman before letters: "(i)" is a one. */
const spellings = [
  { format: LevelFormat.DECIMAL, spell: String },
  { format: LevelFormat.LOWER_ROMAN, spell: roman },
  { format: LevelFormat.UPPER_ROMAN, spell: upper(roman) },
  { format: LevelFormat.LOWER_LETTER, spell: letters },
  { format: LevelFormat.UPPER_LETTER, spell: upper(letters) },
] as const

/** How the labels are counted, or undefined when Word would count otherwise. */
export function numberingOf(labels: readonly string[]): Numbering | undefined {
  const parts = labels.map((label) => /^(\(?)([a-z]+|\d{1,5})([.)]|)$/i.exec(label))
  const [first] = parts
  if (!first) return undefined
  const [, before = '', word = '', after = ''] = first
  for (const { format, spell } of spellings) {
    const start = startOf(word, spell)
    const isCounted =
      start !== undefined &&
      parts.every((part, at) => part?.[1] === before && part[3] === after && part[2] === spell(start + at))
    // One Roman "c" or "v" is more likely a letter that goes on from elsewhere.
    if (isCounted && !(labels.length === 1 && spell !== String && start > 1 && word.length === 1))
      return { format, before, after, start }
  }
  return undefined
}

function startOf(word: string, spell: (value: number) => string): number | undefined {
  if (/^\d/.test(word)) return spell === String && String(Number(word)) === word ? Number(word) : undefined
  for (let value = 1; value <= 200; value++) if (spell(value) === word) return value
  return undefined
}
