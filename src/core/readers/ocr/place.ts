/** Words found by eye or engine, in pixels, while they are being sorted out. */
import type { OcrWord } from '../../ocr.ts'
import type { Bitmap } from '../../raster/ink.ts'
import type { PixelBox } from '../../raster/picture.ts'

export type Found = OcrWord & { readonly baseline: number }

/** Letters that hang below the baseline. */
export const HANGING = /[gjpqyQ,;()[\]{}|/]/

/** Words with a baseline: the engine's own, else the foot of the words on the line that have nothing below it. */
export function withBaselines(words: readonly OcrWord[]): Found[] {
  const feet = new Map<number, number>()
  for (const [line, own] of Map.groupBy(words, (word) => word.line)) {
    const standing = own.filter(({ text }) => !HANGING.test(text))
    feet.set(line, median((standing.length > 0 ? standing : own).map(({ y1 }) => y1)))
  }
  return words.map((word) => ({ ...word, baseline: word.baseline ?? feet.get(word.line)! }))
}

export const heightOf = ({ y0, y1 }: PixelBox): number => y1 - y0
export const widthOf = ({ x0, x1 }: PixelBox): number => x1 - x0

/** Share of `inner` that lies in `outer`. */
export function shareInside(inner: PixelBox, outer: PixelBox): number {
  const width = Math.min(inner.x1, outer.x1) - Math.max(inner.x0, outer.x0)
  const height = Math.min(inner.y1, outer.y1) - Math.max(inner.y0, outer.y0)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / Math.max(1, widthOf(inner) * heightOf(inner))
}

/** How much of the lower of two heights they share. */
export function sameRow(one: PixelBox, other: PixelBox): number {
  const shared = Math.min(one.y1, other.y1) - Math.max(one.y0, other.y0)
  return shared / Math.max(1, Math.min(heightOf(one), heightOf(other)))
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

export const around = (boxes: readonly PixelBox[]): PixelBox => ({
  x0: Math.min(...boxes.map(({ x0 }) => x0)),
  y0: Math.min(...boxes.map(({ y0 }) => y0)),
  x1: Math.max(...boxes.map(({ x1 }) => x1)),
  y1: Math.max(...boxes.map(({ y1 }) => y1)),
})

/** A row that is inked nearly across the word is a rule or an edge, not letters. */
const RULE = 0.85

/** The word's box drawn in to its ink from above and below: engines now and then give boxes of half as much again. */
export function tightened(word: Found, { width, height, bits }: Bitmap): Found {
  const x0 = Math.max(0, Math.floor(word.x0))
  const x1 = Math.min(width, Math.ceil(word.x1))
  const isType = (y: number): boolean => {
    let count = 0
    for (let x = x0; x < x1; x++) count += bits[y * width + x]!
    return count > 0 && count < (x1 - x0) * RULE
  }
  let y0 = Math.max(0, Math.round(word.y0))
  let y1 = Math.min(height, Math.round(word.y1))
  while (y0 < y1 && !isType(y0)) y0++
  while (y1 > y0 && !isType(y1 - 1)) y1--
  return y1 - y0 >= 2 ? { ...word, y0, y1 } : word
}
