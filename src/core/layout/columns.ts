/** Reading order: columns side by side, parted into bands by whatever spans them. */
import { height, overlap, overlapY, union, width } from './geometry.ts'
import type { Segment } from './lines.ts'
import { median } from './numbers.ts'

/** Segments that read on from top to bottom without a column between them. */
export type Region = readonly Segment[]

/** A gutter is at least this wide, in em of the text beside it. */
const MIN_GUTTER_EM = 0.7
/** Each side of a gutter holds at least this many lines. */
const MIN_LINES = 3
/** A column's lines fill at least this share of its width: cells of a table do not. */
const MIN_FILL = 0.55
const MAX_DEPTH = 6

/** The regions of the page in reading order. */
export function regionsOf(segments: readonly Segment[], depth = 0): Region[] {
  if (segments.length < 2 * MIN_LINES || depth > MAX_DEPTH) return segments.length > 0 ? [segments] : []
  const gutter = findGutter(segments)
  if (!gutter) return [segments]
  const out: Region[] = []
  for (const band of bandsOf(segments, gutter)) {
    if (band.isSpanning) out.push(band.segments)
    else {
      const left = band.segments.filter((one) => one.x1 <= gutter.x1)
      const right = band.segments.filter((one) => one.x1 > gutter.x1)
      out.push(...regionsOf(left, depth + 1), ...regionsOf(right, depth + 1))
    }
  }
  return out
}

type Gutter = { readonly x0: number; readonly x1: number }

function crosses(one: Segment, { x0, x1 }: Gutter): boolean {
  return one.x0 < x0 - 0.5 && one.x1 > x1 + 0.5
}

/** The widest strip that few segments cross and that has columns of text on both sides. */
function findGutter(segments: readonly Segment[]): Gutter | undefined {
  const size = median(segments.map((one) => one.size))
  let best: Gutter | undefined
  let bestScore = 0
  for (const gutter of strips(segments, size * MIN_GUTTER_EM)) {
    const score = judge(segments, gutter)
    if (score > bestScore) {
      best = gutter
      bestScore = score
    }
  }
  return best
}

/** Strips between a right edge and a left edge that at most a third of the segments cross. */
function strips(segments: readonly Segment[], minWidth: number): Gutter[] {
  const step = 2
  const box = union(segments)
  const cells = Math.ceil(width(box) / step)
  if (cells < 4) return []
  const cover = new Float64Array(cells + 1)
  for (const one of segments) {
    const from = Math.max(0, Math.ceil((one.x0 - box.x0) / step))
    const to = Math.min(cells, Math.floor((one.x1 - box.x0) / step))
    for (let at = from; at < to; at++) cover[at]! += 1
  }
  const found: Gutter[] = []
  const limit = segments.length / 3
  for (let at = 1; at < cells; at++) {
    if (cover[at]! > limit) continue
    // A local low: as long as no more segments begin to cover it.
    const low = cover[at]!
    let end = at
    while (end < cells && cover[end]! <= low) end++
    if (cover[at - 1]! > low && end < cells) {
      const gutter = { x0: box.x0 + at * step, x1: box.x0 + end * step }
      if (gutter.x1 - gutter.x0 >= minWidth) found.push(gutter)
    }
  }
  return found
}

/** How much text stands in columns beside this strip; 0: it is no gutter. */
function judge(segments: readonly Segment[], gutter: Gutter): number {
  let score = 0
  for (const band of bandsOf(segments, gutter)) {
    if (band.isSpanning) continue
    const left = band.segments.filter((one) => one.x1 <= gutter.x1)
    const right = band.segments.filter((one) => one.x1 > gutter.x1)
    if (left.length < MIN_LINES || right.length < MIN_LINES) continue
    const a = union(left)
    const b = union(right)
    if (overlapY(a, b) < 0.4 * Math.min(height(a), height(b))) continue
    if (!isColumn(left, a.x0, gutter.x0) || !isColumn(right, gutter.x1, b.x1)) continue
    score += left.length + right.length
  }
  return score >= 0.4 * segments.length ? score * (1 + (gutter.x1 - gutter.x0) / 1000) : 0
}

/** Lines of running text: most reach across the column. */
function isColumn(segments: readonly Segment[], x0: number, x1: number): boolean {
  const fills = segments.map((one) => overlap(one.x0, one.x1, x0, x1) / (x1 - x0))
  return fills.filter((fill) => fill > MIN_FILL).length >= 0.5 * fills.length
}

type Band = { readonly isSpanning: boolean; readonly segments: Segment[] }

/** Runs of segments from top to bottom: beside the gutter, or across it. */
function bandsOf(segments: readonly Segment[], gutter: Gutter): Band[] {
  const sorted = segments.toSorted((one, other) => one.y0 - other.y0)
  const bands: Band[] = []
  for (const one of sorted) {
    const isSpanning = crosses(one, gutter)
    const last = bands.at(-1)
    if (last && last.isSpanning === isSpanning) last.segments.push(one)
    else bands.push({ isSpanning, segments: [one] })
  }
  return bands
}
