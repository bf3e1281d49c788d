/** Frames, shaded panels and charts: what stands in one is read as a whole. */
import type { Page, Rect, Word } from '../doc/page.ts'
import { area, height, inside, overlapX, overlapY, union, width } from './geometry.ts'

export type Panel = Rect & { readonly kind: 'panel' | 'chart' }

/** Share of the page a panel takes: less is a cell or a mark, more is the page itself. */
const MIN_SHARE = 0.02
const MAX_SHARE = 0.6
/** Share of all words a panel may hold. */
const MAX_WORDS = 0.6
/** Drawn parts this near are one drawing (points). */
const NEAR = 6

/** The panels of the page that hold text, none inside another. */
/** `boxes`: drawn cells in a row that make no table. */
export function panelsOf(
  page: Page,
  words: readonly Word[],
  { tables, boxes }: { tables: readonly Rect[]; boxes: readonly Rect[] },
): Panel[] {
  const charts = chartsOf(page, words, tables)
  const framed = [...page.fills.filter((fill) => fill.color !== '#ffffff'), ...framesOf(page)]
    .filter((box) => isPanel(box, page, words))
    .filter((box) => !tables.some((table) => touches(box, table)))
    .filter((box) => !charts.some((chart) => touches(box, chart)))
    .sort((one, other) => area(other) - area(one))
  const cells = boxes
    .filter((box) => words.some((word) => inside(word, box) > 0.5))
    .filter((box) => !charts.some((chart) => touches(box, chart)))
    .map(({ x0, y0, x1, y1 }): Panel => ({ kind: 'panel', x0, y0, x1, y1 }))
  const out: Panel[] = [...charts, ...cells]
  for (const { x0, y0, x1, y1 } of framed) {
    const box = { x0, y0, x1, y1 }
    if (!out.some((bigger) => touches(box, bigger))) out.push({ kind: 'panel', ...box })
  }
  return out
}

const touches = (one: Rect, other: Rect): boolean => overlapX(one, other) > 2 && overlapY(one, other) > 2

function isPanel(box: Rect, page: Page, words: readonly Word[]): boolean {
  const share = area(box) / (page.width * page.height)
  if (share < MIN_SHARE || share > MAX_SHARE || width(box) < 60 || height(box) < 36) return false
  const held = words.filter((word) => inside(word, box) > 0.5)
  const rows = new Set(held.map((word) => Math.round(word.baseline)))
  // Words on the edge: the box is a backdrop, not a container.
  const cut = words.filter((word) => inside(word, box) > 0.05 && inside(word, box) <= 0.5).length
  return rows.size >= 3 && held.length <= MAX_WORDS * words.length && cut <= 0.05 * held.length
}

/** Rectangles drawn as four strokes that meet. */
function framesOf({ strokes }: Page): Rect[] {
  const flat = strokes.filter((one) => height(one) < 2 && width(one) > 60)
  const upright = strokes.filter((one) => width(one) < 2 && height(one) > 36)
  const near = (a: number, b: number) => Math.abs(a - b) < 3
  const out: Rect[] = []
  for (const top of flat.slice(0, 400))
    for (const bottom of flat.slice(0, 400)) {
      if (bottom.y0 - top.y0 < 36 || !near(top.x0, bottom.x0) || !near(top.x1, bottom.x1)) continue
      const side = (x: number) =>
        upright.some((one) => near(one.x0, x) && one.y0 < top.y0 + 3 && one.y1 > bottom.y1 - 3)
      if (side(top.x0) && side(top.x1)) out.push({ x0: top.x0, y0: top.y0, x1: top.x1, y1: bottom.y1 })
    }
  return out
}

/** Clusters of drawn parts (bars, curves, slanted lines) with little text in them. */
function chartsOf(page: Page, words: readonly Word[], tables: readonly Rect[]): Panel[] {
  const free = (box: Rect) => !tables.some((table) => inside(box, table) > 0.5)
  const drawings = (page.drawings ?? []).filter(free)
  const bars = page.fills.filter(
    (fill) => fill.color !== '#ffffff' && area(fill) < 0.05 * page.width * page.height && free(fill),
  )
  const grid = page.strokes.filter(free)
  if (drawings.length + bars.length < 3 || drawings.length + bars.length + grid.length > 4_000) return []
  const clusters = cluster([
    ...drawings.map((box) => ({ box, weight: 1 })),
    ...bars.map((box) => ({ box, weight: 1 })),
    ...grid.map((box) => ({ box, weight: 0 })),
  ])
  return clusters
    .filter(({ weight, box }) => weight >= 3 && width(box) > 80 && height(box) > 60)
    .filter(({ box }) => area(box) < MAX_SHARE * page.width * page.height)
    .map(({ box }) => withLabels(box, words))
    .filter((box) => isChart(box, words))
    .map((box) => ({ kind: 'chart', ...box }))
}

type Cluster = { box: Rect; weight: number }

function cluster(parts: readonly Cluster[]): Cluster[] {
  let clusters: Cluster[] = []
  for (const part of parts) {
    const grown = {
      x0: part.box.x0 - NEAR,
      y0: part.box.y0 - NEAR,
      x1: part.box.x1 + NEAR,
      y1: part.box.y1 + NEAR,
    }
    const isNear = (one: Cluster) => overlapX(one.box, grown) > 0 && overlapY(one.box, grown) > 0
    const near = clusters.filter(isNear)
    const rest = clusters.filter((one) => !isNear(one))
    clusters = [
      ...rest,
      {
        box: union([part.box, ...near.map((one) => one.box)]),
        weight: near.reduce((sum, one) => sum + one.weight, part.weight),
      },
    ]
  }
  return clusters
}

/** Labels along the axes stand just outside what is drawn. */
function withLabels(box: Rect, words: readonly Word[]): Rect {
  const reach = { x0: box.x0 - 3 * NEAR, y0: box.y0 - NEAR, x1: box.x1 + 2 * NEAR, y1: box.y1 + 3 * NEAR }
  const labels = words.filter(
    (word) => inside(word, reach) > 0.5 && inside(word, box) <= 0.5 && word.text.length < 12,
  )
  return labels.length > 0 ? union([box, ...labels]) : box
}

/** Text in a chart is sparse, short, and mostly figures. */
function isChart(box: Rect, words: readonly Word[]): boolean {
  const held = words.filter((word) => inside(word, box) > 0.5)
  if (held.length === 0) return false
  const covered = held.reduce((sum, word) => sum + area(word), 0)
  const figures = held.filter((word) => /\d/.test(word.text)).length
  return covered < 0.25 * area(box) && (figures > 0.25 * held.length || held.length < 15)
}
