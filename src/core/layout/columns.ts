/** Reading order: blocks of columns side by side, and what stands above, below and between them. */
import type { Rect } from '../doc/page.ts'
import type { FigureBlock } from './figures.ts'
import { height, overlap, overlapY, union } from './geometry.ts'
import { type Segment, segment } from './lines.ts'
import { median } from './numbers.ts'
import type { TableBlock } from './tables/table.ts'

/** A thing to be put in order: a run of words, or a table or figure as a whole. */
export type Item = Rect & {
  /** What stands in a frame or chart, in order among itself. */
  readonly group?: readonly Item[]
  readonly kind?: string
  readonly size: number
  readonly segment?: Segment
  readonly block?: TableBlock | FigureBlock
}

/** Items that read on from top to bottom without a column between them. */
export type Region = readonly Item[]

/** A gutter is at least this wide, in em of the text beside it. */
const MIN_GUTTER_EM = 0.7
/** Each column holds at least this many lines. */
const MIN_LINES = 3
/** Lines of running text fill at least this share of their column: cells of a table do not. */
const MIN_FILL = 0.55
/** A line of running text has at least this many words; numbers and names in cells have fewer. */
const MIN_WORDS = 3
/** Lines of a column follow one another: they take at least this share of its height. */
const MIN_DENSITY = 0.5
/** White across all columns this much higher than between lines (in em) parts rows. */
const ROW_GAP_EM = 0.45
const MAX_DEPTH = 8

/** The regions of the page in reading order. */
export function regionsOf(items: readonly Item[], depth = 0): Region[] {
  if (items.length === 0) return []
  const block = depth < MAX_DEPTH ? columnBlock(items, depth) : undefined
  if (!block) return [items]
  return [
    ...regionsOf(block.above, depth + 1),
    ...regionsOf(block.left, depth + 1),
    ...regionsOf(block.right, depth + 1),
    ...regionsOf(block.below, depth + 1),
  ]
}

type ColumnBlock = {
  readonly above: Item[]
  readonly left: Item[]
  readonly right: Item[]
  readonly below: Item[]
}

/** The largest run of items, from top to bottom, that one gutter parts into columns. */
function columnBlock(items: readonly Item[], depth: number): ColumnBlock | undefined {
  if (items.length < 2 * MIN_LINES) return undefined
  const sorted = items.toSorted((one, other) => one.y0 + one.y1 - other.y0 - other.y1)
  const minWidth = MIN_GUTTER_EM * median(items.map((item) => item.size))
  let best: ColumnBlock | undefined
  let most = 0
  for (const start of columnStarts(items, minWidth)) {
    for (const [from, to] of runsBeside(sorted, start, minWidth)) {
      if (to - from <= most) continue
      const run = sorted.slice(from, to).flatMap((item) => partAt(item, start, minWidth))
      const left = run.filter((item) => item.x1 < start)
      const right = run.filter((item) => item.x1 >= start)
      if (!areColumns(left, right, depth)) continue
      most = to - from
      best = { above: sorted.slice(0, from), left, right, below: sorted.slice(to) }
    }
  }
  return best
}

/** Places where several lines begin, at an item's start or after a gap in it: left edges of columns. */
function columnStarts(items: readonly Item[], minWidth: number): number[] {
  const starts = items
    .flatMap((item) => [
      ...Array<number>(linesIn(item)).fill(item.x0),
      ...(item.segment ? startsWithin(item.segment, minWidth) : []),
    ])
    .sort((one, other) => one - other)
  const out: number[] = []
  for (let at = 0; at < starts.length; ) {
    let end = at
    while (end < starts.length && starts[end]! - starts[at]! < 3) end++
    if (end - at >= MIN_LINES) out.push(starts[at]!)
    at = end
  }
  return out
}

/** A panel beside the text is a column by itself. */
const linesIn = ({ kind, group }: Item): number => (kind === 'panel' && group ? Math.max(1, group.length) : 1)
const countLines = (items: readonly Item[]): number => items.reduce((sum, item) => sum + linesIn(item), 0)

const startsWithin = ({ words }: Segment, minWidth: number): number[] =>
  words.flatMap((word, at) => (at > 0 && word.x0 - words[at - 1]!.x1 >= minWidth ? [word.x0] : []))

/** Stretches of the sorted items in which none runs across the strip left of `start`. */
function runsBeside(sorted: readonly Item[], start: number, minWidth: number): [number, number][] {
  const runs: [number, number][] = []
  let from = 0
  for (let at = 0; at <= sorted.length; at++) {
    const item = sorted[at]
    if (item && isClear(item, start, minWidth)) continue
    if (at - from >= 2 * MIN_LINES) runs.push([from, at])
    from = at + 1
  }
  return runs
}

/** Beside the strip, or words on both sides of it and none in it. */
function isClear(item: Item, start: number, minWidth: number): boolean {
  if (item.x1 <= start - minWidth || item.x0 >= start - 0.5) return true
  return gapAt(item, start, minWidth) > 0
}

/** Index of the word that begins right of the strip, when the strip itself is free; else 0. */
function gapAt({ segment: run }: Item, start: number, minWidth: number): number {
  if (!run) return 0
  const at = run.words.findIndex((word) => word.x0 >= start - 0.5)
  return at > 0 && run.words[at - 1]!.x1 <= start - minWidth ? at : 0
}

/** An item whose words stand on both sides of a gutter as two. */
function partAt(item: Item, start: number, minWidth: number): Item[] {
  const at = item.x0 < start - 0.5 && item.x1 > start ? gapAt(item, start, minWidth) : 0
  if (at === 0) return [item]
  const words = item.segment!.words
  return [words.slice(0, at), words.slice(at)].map((part) => {
    const run = segment(part)
    return { ...run, segment: run }
  })
}

function areColumns(left: readonly Item[], right: readonly Item[], depth: number): boolean {
  if (countLines(left) < MIN_LINES || countLines(right) < MIN_LINES) return false
  const [a, b] = [union(left), union(right)]
  if (overlapY(a, b) < 0.4 * Math.min(height(a), height(b))) return false
  const white = commonGaps([...left, ...right])
  if (density(left, a, white) < MIN_DENSITY || density(right, b, white) < MIN_DENSITY) return false
  if (standInRows(left, right)) return false
  return isColumn(left, a, depth) && isColumn(right, b, depth)
}

/** Lines of running text, one below the other, or columns side by side themselves. */
function isColumn(items: readonly Item[], box: Rect, depth: number): boolean {
  if (isRunningText(items, box)) return true
  const inner = depth < 3 ? columnBlock(items, depth + 1) : undefined
  return inner !== undefined && inner.left.length + inner.right.length > 0.6 * items.length
}

function isRunningText(items: readonly Item[], { x0, x1 }: Rect): boolean {
  const text = items.filter((item) => item.segment !== undefined)
  if (text.length < MIN_LINES) return items.length > text.length
  const full = items.filter((item) => overlap(item.x0, item.x1, x0, x1) > MIN_FILL * (x1 - x0)).length
  const wordy = text.filter((item) => item.segment!.words.length >= MIN_WORDS).length
  return full >= 0.5 * items.length && wordy >= 0.5 * text.length && beside(text) < 0.3 * text.length
}

/** How many of the lines have another beside them: cells, not lines. */
function beside(text: readonly Item[]): number {
  const sorted = text.toSorted((one, other) => one.y0 - other.y0)
  return sorted.filter((item, at) => {
    const next = sorted[at + 1]
    return next !== undefined && overlapY(item, next) > 0.6 * Math.min(height(item), height(next))
  }).length
}

/** Share of the column's height that its lines take: labels beside the cells of a table leave most of it white. */
function density(items: readonly Item[], { y0, y1 }: Rect, white: readonly Interval[]): number {
  const shared = white.reduce((sum, gap) => sum + Math.max(0, overlap(gap[0], gap[1], y0, y1)), 0)
  const covered = intervalsOf(items).reduce((sum, [from, to]) => sum + to - from, 0)
  return covered / (y1 - y0 - shared || 1)
}

type Interval = readonly [number, number]

/** Heights that items take, merged, from top to bottom. */
function intervalsOf(items: readonly Item[]): Interval[] {
  const out: [number, number][] = []
  for (const { y0, y1 } of items.toSorted((one, other) => one.y0 - other.y0)) {
    const last = out.at(-1)
    if (last && y0 <= last[1]) last[1] = Math.max(last[1], y1)
    else out.push([y0, y1])
  }
  return out
}

/** White strips across both sides that are higher than two lines. */
function commonGaps(items: readonly Item[]): Interval[] {
  const size = median(items.map((item) => item.size))
  const taken = intervalsOf(items)
  return taken
    .slice(1)
    .map(([from], at): Interval => [taken[at]![1], from])
    .filter(([from, to]) => to - from > 2 * size)
}

/** White strips across both sides that part them into rows which begin at one height: a table without lines. */
function standInRows(left: readonly Item[], right: readonly Item[]): boolean {
  const size = median([...left, ...right].map((item) => item.size))
  const usual = median([...gapsWithin(left), ...gapsWithin(right)])
  const bands: Item[][] = []
  let end = -Infinity
  for (const item of [...left, ...right].sort((one, other) => one.y0 - other.y0)) {
    if (item.y0 - end > Math.max(0, usual) + ROW_GAP_EM * size) bands.push([])
    bands.at(-1)!.push(item)
    end = Math.max(end, item.y1)
  }
  if (bands.length < 3) return false
  // A long band is running text below figures or headings, not a row.
  if (bands.some((band) => band.length >= 16 && band.length > 0.5 * (left.length + right.length)))
    return false
  const lefts = new Set(left)
  const aligned = bands.filter((band) => {
    const top = (items: readonly Item[]) => Math.min(...items.map((item) => item.y0))
    const [a, b] = [band.filter((item) => lefts.has(item)), band.filter((item) => !lefts.has(item))]
    return a.length > 0 && b.length > 0 && Math.abs(top(a) - top(b)) < 0.35 * size
  })
  return aligned.length >= 0.7 * bands.length
}

/** White between the lines of one column. */
function gapsWithin(items: readonly Item[]): number[] {
  const sorted = items.toSorted((one, other) => one.y0 - other.y0)
  return sorted.slice(1).map((item, at) => item.y0 - sorted[at]!.y1)
}
