/** Spaces the engine overlooked ("itis", "Adual"): the gap on the picture decides. */
import type { Bitmap } from '../../raster/ink.ts'
import { type Found, median } from './place.ts'

/** A gap inside a word that is this share of the line's own word spaces is one of them. */
const LIKE_A_SPACE = 0.7
/** Heights of small letters; narrower gaps part letters. */
const NARROWEST = 0.3

export function withSpaces(words: readonly Found[], bitmap: Bitmap, typeHeight: number): Found[] {
  const lines = Map.groupBy(words, ({ line }) => line)
  const spaces = new Map([...lines].map(([line, own]) => [line, spaceOf(own)]))
  return words.flatMap((word) => {
    const space = spaces.get(word.line)
    if (space === undefined || word.edges === undefined || word.edges.length < 3) return [word]
    return split(word, word.edges, bitmap, Math.max(space * LIKE_A_SPACE, typeHeight * NARROWEST))
  })
}

/** The usual gap between neighbours; a line of two words has none that can be trusted. */
function spaceOf(words: readonly Found[]): number | undefined {
  const gaps = words.slice(1).map((word, index) => word.x0 - words[index]!.x1)
  return gaps.length >= 3 ? median(gaps) : undefined
}

function split(word: Found, edges: readonly number[], bitmap: Bitmap, least: number): Found[] {
  const letters = [...word.text]
  const gap = widestGap(word, bitmap)
  if (letters.length !== edges.length || gap.width < least) return [word]
  const middle = gap.x0 + gap.width / 2
  // The edge of a letter as the engine sees it lies near the gap, not in it.
  let cut = 1
  for (let index = 1; index < edges.length; index++)
    if (Math.abs(edges[index - 1]! - middle) < Math.abs(edges[cut - 1]! - middle)) cut = index
  const head = letters.slice(0, cut).join('')
  const tail = letters.slice(cut).join('')
  if (!/[\p{L}\p{N}]/u.test(head) || !/[\p{L}\p{N}]/u.test(tail)) return [word]
  return [
    { ...word, text: head, x1: gap.x0, edges: edges.slice(0, cut) },
    { ...word, text: tail, x0: gap.x0 + gap.width, edges: edges.slice(cut) },
  ]
}

function widestGap(
  { x0, x1, y0, y1 }: Found,
  { width, height, bits }: Bitmap,
): { x0: number; width: number } {
  let widest = { x0: 0, width: 0 }
  let start = -1
  for (let x = Math.max(0, Math.round(x0)); x < Math.min(width, Math.round(x1)); x++) {
    let hasInk = false
    for (let y = Math.max(0, Math.round(y0)); y < Math.min(height, Math.round(y1)) && !hasInk; y++)
      hasInk = bits[y * width + x] === 1
    if (!hasInk && start < 0) start = x
    if (hasInk && start >= 0) {
      // Paper before the first letter is no gap.
      if (start > Math.round(x0) && x - start > widest.width) widest = { x0: start, width: x - start }
      start = -1
    }
  }
  return widest
}
