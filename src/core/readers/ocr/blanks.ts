/** Dots and lines that stand for text in a line: leaders, and blanks to be filled in. */
import type { Line } from '../../raster/strokes.ts'
import { type Found, heightOf, sameRow, widthOf } from './place.ts'
import type { Sheet } from './sheet.ts'

/** Half an em: the width of an underscore in common text faces, in heights of small letters. */
const UNDERSCORE = 1.05

export type Filled = { readonly words: readonly Found[]; readonly lines: readonly Line[] }

/** Adds leaders and blanks to the words of their lines; a line that became a blank is a ruling line no more. */
export function withBlanks(words: readonly Found[], sheet: Sheet): Filled {
  const blanks = sheet.lines.filter((line) => isBlank(line, words, sheet))
  const signs = [
    ...sheet.leaders.map((box) => ({ ...box, text: '.'.repeat(box.dots), isLeader: true })),
    ...blanks.map((box) => ({
      ...box,
      text: '_'.repeat(Math.max(3, Math.round(widthOf(box) / (sheet.typeHeight * UNDERSCORE)))),
      isLeader: false,
    })),
  ]
  const result = [...words]
  let line = words.reduce((most, word) => Math.max(most, word.line), 0)
  for (const { text, x0, y0, x1, y1, isLeader } of signs) {
    const row = result.filter((word) => sameRow(word, { x0, x1, y0: y0 - sheet.typeHeight, y1 }) > 0.5)
    const before = row.filter((word) => word.x1 <= x0 + 2).sort((a, b) => b.x1 - a.x1)[0]
    // Dots that lead from nothing are grain of a picture.
    if (isLeader && !before) continue
    const sign = { text, x0, y0, x1, y1, baseline: before?.baseline ?? y1, confidence: 1 }
    result.splice(before ? result.indexOf(before) + 1 : result.length, 0, {
      ...sign,
      line: before?.line ?? ++line,
    })
  }
  return { words: result, lines: sheet.lines.filter((one) => !blanks.includes(one)) }
}

/** Not a side of a cell, not an underline, and either after a label or one of several empty lines. */
function isBlank(line: Line, words: readonly Found[], { lines, typeHeight }: Sheet): boolean {
  if (line.vertical || lines.some((other) => other.vertical && touch(line, other, typeHeight / 2)))
    return false
  const above = words.filter(
    (word) =>
      word.x0 < line.x1 &&
      word.x1 > line.x0 &&
      word.baseline <= line.y1 + 2 &&
      line.y0 - word.baseline < typeHeight,
  )
  const under = above.reduce((sum, word) => sum + Math.min(word.x1, line.x1) - Math.max(word.x0, line.x0), 0)
  if (under > widthOf(line) * 0.15) return false
  return hasLabel(line, words, typeHeight) || isOneOfMany(line, lines, words, typeHeight)
}

const touch = (one: Line, other: Line, by: number): boolean =>
  one.x0 <= other.x1 + by && other.x0 <= one.x1 + by && one.y0 <= other.y1 + by && other.y0 <= one.y1 + by

const hasLabel = (line: Line, words: readonly Found[], typeHeight: number): boolean =>
  words.some(
    (word) =>
      word.x1 <= line.x0 + typeHeight &&
      line.x0 - word.x1 < typeHeight * 20 &&
      line.y0 - word.baseline > typeHeight * -0.5 &&
      line.y0 - word.baseline < typeHeight * 0.7,
  )

/** Lines to write on: a like one next above or below, and nothing printed between them. */
const isOneOfMany = (
  line: Line,
  lines: readonly Line[],
  words: readonly Found[],
  typeHeight: number,
): boolean =>
  lines.some((other) => {
    const distance = Math.abs(other.y0 - line.y0)
    const isLike =
      other !== line &&
      !other.vertical &&
      Math.abs(other.x0 - line.x0) < typeHeight &&
      Math.abs(other.x1 - line.x1) < typeHeight * 2 &&
      distance > typeHeight &&
      distance < typeHeight * 8
    if (!isLike) return false
    const [top, bottom] = [Math.min(other.y0, line.y0), Math.max(other.y0, line.y0)]
    return !words.some(
      (word) =>
        word.x0 < line.x1 && word.x1 > line.x0 && word.y0 + heightOf(word) / 2 > top && word.y0 < bottom,
    )
  })
