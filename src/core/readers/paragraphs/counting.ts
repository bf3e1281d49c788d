/** Definitions of lists and counting, as RTF ("List Tables") and Word 97 ([MS-DOC] 2.9.131) share them. */
import { formatNumber } from '../ooxml/number-formats.ts'

export type LevelDefinition = {
  /** MSO number format: 0 decimal, 1 I, 2 i, 3 A, 4 a, 23 bullet, 255 none. */
  format: number
  start: number
  /** The label with the number of each level as a character 0 to 8. */
  text: string
}

export type Lists = {
  readonly levels: Map<number, LevelDefinition[]>
  /** Override number → list id. */
  readonly overrides: Map<number, number>
  readonly counters: Map<number, number[]>
}

export const newLists = (): Lists => ({ levels: new Map(), overrides: new Map(), counters: new Map() })

export const BULLET = 23
const NONE = 255

/** MSO number formats ([MS-OSHARED] 2.2.1.3) by the names that ECMA-376 gives them. */
export const numberFormats: Readonly<Record<string, string>> = {
  0: 'decimal',
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  5: 'ordinal',
  6: 'cardinalText',
  7: 'ordinalText',
  8: 'hex',
  9: 'chicago',
  22: 'decimalZero',
  57: 'numberInDash',
  58: 'russianLower',
  59: 'russianUpper',
}

const printed = (number: number, format: number): string =>
  formatNumber(number, numberFormats[format] ?? 'decimal')

/** Counts a paragraph of the list on this level and gives its label; undefined for bullets. */
export function countLabel(lists: Lists, override: number, level: number): string | undefined {
  const id = lists.overrides.get(override) ?? override
  const levels = lists.levels.get(id)
  const definition = levels?.[level]
  const counter = lists.counters.get(id) ?? []
  lists.counters.set(id, counter)
  const last = counter[level]
  counter[level] = last === undefined ? (definition?.start ?? 1) : last + 1
  counter.length = level + 1
  if (!definition || definition.format === BULLET) return undefined
  if (definition.format === NONE) return ''
  const label = [...definition.text]
    .map((character) => {
      const code = character.charCodeAt(0)
      return code < 9
        ? printed(counter[code] ?? levels?.[code]?.start ?? 1, levels?.[code]?.format ?? 0)
        : character
    })
    .join('')
  return label === '' ? `${printed(counter[level]!, definition.format)}.` : label
}
