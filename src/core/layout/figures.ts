/** Pictures of the page that are part of what it says, not its paper. */
import type { Page, PageImage, Rect } from '../doc/page.ts'
import { area, height, inside, width } from './geometry.ts'

export type FigureBlock = Rect & {
  readonly kind: 'figure'
  readonly page: number
  readonly name?: string
  readonly alt?: string
}

/** Smaller ones are rules, bullets and icons (points). */
const MIN_SIDE = 24
/** Larger ones are the paper itself: a scan or a background (share of the page). */
const MAX_SHARE = 0.85

export function figuresOf(page: Page, tables: readonly Rect[]): FigureBlock[] {
  const whole = { x0: 0, y0: 0, x1: page.width, y1: page.height }
  const shown = page.images
    .map((image) => clipped(image, whole))
    .filter((image) => Math.min(width(image), height(image)) >= MIN_SIDE)
    .filter((image) => area(image) < MAX_SHARE * area(whole))
    .filter((image) => !tables.some((table) => inside(image, table) > 0.8 || inside(table, image) > 0.8))
  // A picture cut into strips, or drawn twice, is one.
  const out: FigureBlock[] = []
  for (const image of shown.sort((one, other) => area(other) - area(one))) {
    if (out.some((bigger) => inside(image, bigger) > 0.8)) continue
    if (page.words.filter((word) => inside(word, image) > 0.5).length > 30) continue
    const { x0, y0, x1, y1, name, alt } = image
    out.push({
      kind: 'figure',
      page: page.number,
      x0,
      y0,
      x1,
      y1,
      ...(name ? { name } : {}),
      ...(alt ? { alt } : {}),
    })
  }
  return out
}

const clipped = (image: PageImage, { x0, y0, x1, y1 }: Rect): PageImage => ({
  ...image,
  x0: Math.max(image.x0, x0),
  y0: Math.max(image.y0, y0),
  x1: Math.min(image.x1, x1),
  y1: Math.min(image.y1, y1),
})
