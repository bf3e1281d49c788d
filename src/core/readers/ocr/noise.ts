/** What an engine reads into rules, specks, bullets and pictures: thrown out or put right by geometry. */
import type { Component } from '../../raster/components.ts'
import type { PixelBox } from '../../raster/picture.ts'
import { type Found, heightOf, sameRow, shareInside, widthOf } from './place.ts'
import type { Sheet } from './sheet.ts'

export const BULLET = '•'
/** Arrow-headed bullets come out as these. */
export const ARROW = /^[»›>➢➤]$/

/** Rows: what makes a word no word. */
const noises: readonly ((word: Found, sheet: Sheet) => boolean)[] = [
  // A rule read as bars, dashes or underscores.
  ({ text, confidence }) => /^[|_\-—–=~.'`‘’"°:;,!\\/()[\]{}<>]+$/.test(text) && confidence < 0.5,
  (word, { lines }) =>
    !/[\p{L}\p{N}]{2}/u.test(word.text) &&
    lines.some(
      (line) => shareInside({ ...line, x1: line.x1 + 1, y1: line.y1 + 1 }, word) > 0.5 || within(word, line),
    ),
  // Letters far smaller than the page's type are specks.
  (word, { typeHeight }) =>
    /[\p{L}\p{N}]/u.test(word.text) && heightOf(word) < typeHeight * 0.5 && word.confidence < 0.8,
  // A few letters, hardly believed. Longer words are kept: one odd apostrophe makes the engine doubt a right word.
  ({ text, confidence }) => text.length <= 3 && confidence < 0.25,
  ({ text, confidence }) => !/[\p{L}\p{N}]{3}/u.test(text) && confidence < 0.1,
  // The engine took a column of numerals or bullets for text running down the page: its baseline is elsewhere.
  ({ y0, y1, baseline }) => baseline < y0 || baseline > y1 + (y1 - y0),
  // One or two letters as high as a picture.
  (word, { typeHeight }) => word.text.length <= 2 && heightOf(word) > typeHeight * 6 && word.confidence < 0.9,
]

const within = (word: PixelBox, line: PixelBox): boolean =>
  shareInside(word, { x0: line.x0 - 3, y0: line.y0 - 3, x1: line.x1 + 3, y1: line.y1 + 3 }) > 0.6

export const withoutNoise = (words: readonly Found[], sheet: Sheet): Found[] =>
  words.filter((word) => !noises.some((isNoise) => isNoise(word, sheet)))

/**
 * A bullet is a solid dot or square about as high as half a small letter, alone at the start of its line. Engines
 * read it as "e", "o", "®" or nothing.
 */
export function withBullets(words: readonly Found[], sheet: Sheet): Found[] {
  const dots = sheet.pieces.filter((piece) => isDot(piece, sheet.typeHeight))
  const result = words.map((word) =>
    ARROW.test(word.text) && following(words, word, sheet.typeHeight) ? { ...word, text: BULLET } : word,
  )
  for (const dot of dots) {
    const read = result.findIndex((word) => shareInside(dot, word) > 0.8)
    const own = result[read]
    if (own && (own.text.length > 1 || widthOf(own) > widthOf(dot) * 1.6)) continue
    const next = following(own ? result.filter((word) => word !== own) : result, dot, sheet.typeHeight)
    if (!next) continue
    const bullet = { ...next, x0: dot.x0, y0: dot.y0, x1: dot.x1, y1: dot.y1, text: BULLET }
    if (own) result[read] = { ...bullet, confidence: Math.max(own.confidence, 0.9) }
    else result.splice(result.indexOf(next), 0, { ...bullet, confidence: 0.9 })
  }
  return result
}

function isDot(piece: Component, typeHeight: number): boolean {
  const width = widthOf(piece)
  const height = heightOf(piece)
  return (
    height >= typeHeight * 0.35 &&
    height <= typeHeight * 0.9 &&
    Math.abs(width - height) <= Math.max(2, height * 0.25) &&
    // A disc fills π/4 of its square; an "o" or "e" has a hole.
    piece.area >= width * height * 0.68
  )
}

/** The first word right of the dot, when nothing stands left of it nearby and it sits at half the height of the type. */
function following(words: readonly Found[], dot: PixelBox, typeHeight: number): Found | undefined {
  const row = words.filter((word) => word !== dot && sameRow(word, dot) > 0.7)
  if (row.some((word) => word.x1 <= dot.x0 + 2 && dot.x0 - word.x1 < typeHeight * 8)) return undefined
  const next = row.filter((word) => word.x0 >= dot.x1 - 1).sort((a, b) => a.x0 - b.x0)[0]
  if (!next || next.x0 - dot.x1 > typeHeight * 5 || next.x0 - dot.x1 < typeHeight * 0.4) return undefined
  const middle = (dot.y0 + dot.y1) / 2
  const isMidHigh = middle < next.baseline - typeHeight * 0.2 && middle > next.baseline - typeHeight * 1.2
  return isMidHigh ? next : undefined
}
