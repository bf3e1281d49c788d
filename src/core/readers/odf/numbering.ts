/** Numbers of lists and headings as the program prints them (OpenDocument 1.3 part 3, 19.500 and 19.880). */
import { repeatedLetters, roman } from '../numerals.ts'
import type { ListLevel } from './styles.ts'

export type Counter = { readonly counts: number[] }

export const newCounter = (): Counter => ({ counts: [] })

/** Counts one item on the level (from 0); levels below start again. */
export function countUp(counter: Counter, level: number, levels: readonly ListLevel[], start?: number): void {
  for (let above = 0; above < level; above++) counter.counts[above] ??= levels[above]?.start ?? 1
  const last = counter.counts[level]
  counter.counts[level] = start ?? (last === undefined ? (levels[level]?.start ?? 1) : last + 1)
  counter.counts.length = level + 1
}

/** The number printed before the item: "2.1", "(a)"; '' when the level prints none. */
export function label(counter: Counter, level: number, levels: readonly ListLevel[]): string {
  const style = levels[level]
  if (!style?.format) return ''
  const part = (at: number): string => printed(counter.counts[at] ?? 1, levels[at]?.format ?? '1')
  if (style.pattern !== undefined)
    return style.pattern.replace(/%(\d+)%/g, (_, digits: string) => part(Number(digits) - 1))
  const first = Math.max(0, level + 1 - style.shown)
  const parts: string[] = []
  for (let at = first; at <= level; at++) if (at === level || levels[at]?.format) parts.push(part(at))
  return style.prefix + parts.join('.') + style.suffix
}

const formats: Readonly<Record<string, (number: number) => string>> = {
  '1': String,
  a: repeatedLetters,
  A: (number) => repeatedLetters(number).toUpperCase(),
  i: roman,
  I: (number) => roman(number).toUpperCase(),
}

const printed = (number: number, format: string): string => (formats[format] ?? String)(number)
