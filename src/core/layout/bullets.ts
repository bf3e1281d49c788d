/** Bullets that are drawn rather than written: small round or square shapes in front of a line. */
import type { Page, Rect, Word } from '../doc/page.ts'
import { height, width } from './geometry.ts'

/** Sides of the shape and its distance to the text, in em of the line. */
const [LEAST, MOST] = [0.18, 0.6]
const [NEAR, FAR] = [0.2, 2.5]
/** A list has at least two items; a shape alone is an ornament. */
const MIN_BULLETS = 2
/** More shapes than this are a drawing. */
const MOST_SHAPES = 400

export function drawnBullets(page: Page, words: readonly Word[]): Word[] {
  const shapes = [...(page.drawings ?? []), ...page.fills].filter(isDot)
  if (shapes.length < MIN_BULLETS || shapes.length > MOST_SHAPES) return []
  const found = shapes.flatMap((shape) => {
    const row = words.filter((word) => isLevel(shape, word))
    const next = row.find((word) => isBefore(shape, word))
    // In front of the line, with nothing else on it: not the mark of a legend or of a chart.
    return next && row.every((word) => word.x0 >= next.x0 - 1) ? [bullet(shape, next)] : []
  })
  return found.length < MIN_BULLETS ? [] : found
}

function isDot(shape: Rect): boolean {
  const [w, h] = [width(shape), height(shape)]
  return w > 1.5 && h > 1.5 && w < 9 && h < 9 && w / h > 0.75 && w / h < 1.33
}

function isLevel(shape: Rect, { baseline, size }: Word): boolean {
  const middle = (shape.y0 + shape.y1) / 2
  const side = height(shape) / size
  return side >= LEAST && side <= MOST && middle < baseline && middle > baseline - 0.6 * size
}

function isBefore(shape: Rect, { x0, size }: Word): boolean {
  const gap = (x0 - shape.x1) / size
  return gap >= NEAR && gap <= FAR
}

const bullet = ({ x0, x1 }: Rect, { y0, y1, baseline, size, font }: Word): Word => ({
  ...{ text: '•', x0, x1, y0, y1, baseline, size, font },
  ...{ bold: false, italic: false },
})
