/** Shaded cells that fill a table without a line between them: their edges are its lines. */
import type { Rect } from '../../doc/page.ts'
import { area, height, inside, overlapX, overlapY, union, width } from '../geometry.ts'

/** Edges this near (in points) are shared. */
const TOUCH = 1.5
/** Smaller ones are rules, bullets and bars. */
const MIN_HEIGHT = 9
const MIN_WIDTH = 12
const MIN_TILES = 4
/** Share of their common box that tiles fill; charts leave more white. */
const FILLED = 0.95
/** More areas than this are a drawing. */
const MOST = 600

/** The edges of tiles, as strokes; tables that have lines of their own need none. */
export function tileEdges(fills: readonly Rect[], strokes: readonly Rect[]): Rect[] {
  const tiles = distinct(fills.filter((fill) => height(fill) >= MIN_HEIGHT && width(fill) >= MIN_WIDTH))
  if (tiles.length < MIN_TILES || tiles.length > MOST) return []
  return groupsOf(tiles).flatMap((group) => {
    if (group.length < MIN_TILES) return []
    const box = union(group)
    const isRuled = strokes.some(
      (stroke) => width(stroke) + height(stroke) > 20 && inside(stroke, grown(box)) > 0.9,
    )
    const covered = group.reduce((sum, tile) => sum + area(tile), 0)
    const isGrid = placesOf(group, 'x0') >= 2 && placesOf(group, 'y0') >= 2
    return isRuled || !isGrid || covered < FILLED * area(box) || covered > (2 - FILLED) * area(box)
      ? []
      : group.flatMap(edgesOf)
  })
}

/** A cell that is painted twice is one tile. */
function distinct(tiles: readonly Rect[]): Rect[] {
  const seen = new Map<string, Rect>()
  for (const tile of tiles) seen.set([tile.x0, tile.y0, tile.x1, tile.y1].map(Math.round).join(), tile)
  return [...seen.values()]
}

const grown = ({ x0, y0, x1, y1 }: Rect): Rect => ({
  x0: x0 - TOUCH,
  y0: y0 - TOUCH,
  x1: x1 + TOUCH,
  y1: y1 + TOUCH,
})

const placesOf = (group: readonly Rect[], edge: 'x0' | 'y0'): number =>
  new Set(group.map((tile) => Math.round(tile[edge] / TOUCH))).size

function groupsOf(tiles: readonly Rect[]): Rect[][] {
  let groups: Rect[][] = []
  for (const tile of tiles) {
    const isNear = (group: readonly Rect[]) => group.some((one) => shareEdge(one, tile))
    const near = groups.filter(isNear)
    groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), tile]]
  }
  return groups
}

function shareEdge(one: Rect, other: Rect): boolean {
  const beside = Math.min(Math.abs(one.x1 - other.x0), Math.abs(other.x1 - one.x0)) < TOUCH
  const below = Math.min(Math.abs(one.y1 - other.y0), Math.abs(other.y1 - one.y0)) < TOUCH
  return (beside && overlapY(one, other) > MIN_HEIGHT / 2) || (below && overlapX(one, other) > MIN_WIDTH / 2)
}

const edgesOf = ({ x0, y0, x1, y1 }: Rect): Rect[] => [
  { x0, y0, x1, y1: y0 },
  { x0, y0: y1, x1, y1 },
  { x0, y0, x1: x0, y1 },
  { x0: x1, y0, x1, y1 },
]
