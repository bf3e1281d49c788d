/** From a page's own space (y up, before /Rotate and CropBox) to the page as displayed (y down, origin top left). */
import type { Rect } from '../../doc/page.ts'

/** `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f (PDF 32000-1, 8.3.3). */
export type Matrix = readonly [number, number, number, number, number, number]

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** First `inner`, then `outer`. */
export function multiply(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner
  const [A, B, C, D, E, F] = outer
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F]
}

/** The rectangle that holds the transformed corners. */
export function transformRect(m: Matrix, x0: number, y0: number, x1: number, y1: number): Rect {
  const [a, b, c, d, e, f] = m
  const xs = [a * x0 + c * y0, a * x1 + c * y1, a * x0 + c * y1, a * x1 + c * y0]
  const ys = [b * x0 + d * y0, b * x1 + d * y1, b * x0 + d * y1, b * x1 + d * y0]
  return {
    x0: Math.min(...xs) + e,
    y0: Math.min(...ys) + f,
    x1: Math.max(...xs) + e,
    y1: Math.max(...ys) + f,
  }
}

/** `box` is the visible page box in page space; `turns` is /Rotate in quarter turns clockwise. */
export function displayMatrix(box: Rect, turns: number): Matrix {
  switch (((turns % 4) + 4) % 4) {
    case 1:
      return [0, 1, 1, 0, -box.y0, -box.x0]
    case 2:
      return [-1, 0, 0, 1, box.x1, -box.y0]
    case 3:
      return [0, -1, -1, 0, box.y1, box.x1]
    default:
      return [1, 0, 0, -1, -box.x0, box.y1]
  }
}
