import type { Rect } from '../doc/page.ts'

export const width = (rect: Rect): number => rect.x1 - rect.x0
export const height = (rect: Rect): number => rect.y1 - rect.y0
export const center = (rect: Rect): number => (rect.y0 + rect.y1) / 2

/** Length that two intervals share; negative: the gap between them. */
export const overlap = (a0: number, a1: number, b0: number, b1: number): number =>
  Math.min(a1, b1) - Math.max(a0, b0)

export const overlapX = (one: Rect, other: Rect): number => overlap(one.x0, one.x1, other.x0, other.x1)
export const overlapY = (one: Rect, other: Rect): number => overlap(one.y0, one.y1, other.y0, other.y1)

export const area = (rect: Rect): number => Math.max(0, width(rect)) * Math.max(0, height(rect))

/** Share of `inner` that lies inside `outer`. */
export function inside(inner: Rect, outer: Rect): number {
  const w = overlapX(inner, outer)
  const h = overlapY(inner, outer)
  if (w <= 0 || h <= 0) return 0
  return (w * h) / (area(inner) || 1)
}

export function union(rects: readonly Rect[]): Rect {
  let { x0, y0, x1, y1 } = rects[0]!
  for (const rect of rects) {
    if (rect.x0 < x0) x0 = rect.x0
    if (rect.y0 < y0) y0 = rect.y0
    if (rect.x1 > x1) x1 = rect.x1
    if (rect.y1 > y1) y1 = rect.y1
  }
  return { x0, y0, x1, y1 }
}
