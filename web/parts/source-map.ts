/** From Markdown to places in the source and back. Pure; built once for each document. */
import type { SourceRangeRow } from '../../src/contract/documents.ts'

export type Box = SourceRangeRow['boxes'][number]

/** A piece of the Markdown that can be rendered alone: one block of the top level. */
export type Chunk = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly block: string | null
  readonly page: number | null
}

export type SourceMap = {
  readonly chunks: readonly Chunk[]
  /** Ranges in the order of the Markdown, parents before children. */
  readonly ranges: readonly SourceRangeRow[]
  range(block: string): SourceRangeRow | undefined
  /** Index of the chunk that holds a block; -1 when there is none. */
  chunkOf(block: string): number
  /** The innermost block that prints the character at `offset`. */
  blockAt(offset: number): SourceRangeRow | undefined
  /** Ranges inside `[start, end)`. */
  within(start: number, end: number): readonly SourceRangeRow[]
  /** The smallest block under a point of a page, in points. */
  blockUnder(page: number, x: number, y: number): string | undefined
  /** The first block that stands on a page. */
  firstOn(page: number): string | undefined
}

export function createSourceMap(markdown: string, rows: readonly SourceRangeRow[]): SourceMap {
  const ranges = rows.toSorted((one, other) => one.start - other.start || other.end - one.end)
  const chunks = cut(markdown, ranges)
  const byBlock = new Map(ranges.map((range) => [range.block, range]))
  const chunkAt = (offset: number) => lastIndex(chunks, (chunk) => chunk.start <= offset)
  const boxesByPage = Map.groupBy(
    ranges.flatMap(({ block, boxes }) => boxes.map((box) => ({ block, box, area: areaOf(box) }))),
    ({ box }) => box.page,
  )
  const lastStarting = (offset: number) => lastIndex(ranges, (range) => range.start <= offset)
  return {
    chunks,
    ranges,
    range: (block) => byBlock.get(block),
    chunkOf: (block) => {
      const range = byBlock.get(block)
      return range ? chunkAt(range.start) : -1
    },
    blockAt: (offset) => {
      const chunk = chunks[chunkAt(offset)]
      for (let index = lastStarting(offset); index >= 0; index--) {
        const range = ranges[index]!
        if (range.end > offset) return range
        // Ranges nest inside a chunk: none that starts before it can reach here.
        if (!chunk || range.start < chunk.start) return undefined
      }
      return undefined
    },
    within: (start, end) =>
      ranges
        .slice(lastStarting(start - 1) + 1, lastStarting(end - 1) + 1)
        .filter((range) => range.end <= end),
    blockUnder: (page, x, y) =>
      boxesByPage
        .get(page)
        ?.filter(({ box }) => x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1)
        .reduce<{ block: string; area: number } | undefined>(
          (best, one) => (best && best.area <= one.area ? best : one),
          undefined,
        )?.block,
    firstOn: (page) => ranges.find((range) => range.page === page)?.block,
  }
}

const areaOf = ({ x0, y0, x1, y1 }: Box): number => (x1 - x0) * (y1 - y0)

/** The last index of a sorted list for which `holds`; -1 when it holds for none. */
function lastIndex<T>(sorted: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle]!)) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Splits at the blocks of the top level; what lies between them (page marks, front matter) is a chunk of its own. */
function cut(markdown: string, ranges: readonly SourceRangeRow[]): Chunk[] {
  const chunks: Chunk[] = []
  let at = 0
  const between = (end: number) => {
    const text = markdown.slice(at, end)
    if (text.trim() !== '') chunks.push({ start: at, end, text, block: null, page: null })
  }
  for (const { start, end, block, page } of ranges) {
    if (start < at || end <= start) continue
    between(start)
    chunks.push({ start, end, text: markdown.slice(start, end), block, page })
    at = end
  }
  between(markdown.length)
  return chunks
}

/** Boxes that follow one another on a line are drawn as one. */
export function mergeBoxes(boxes: readonly Box[]): Box[] {
  const merged: Box[] = []
  for (const box of boxes.toSorted(
    (one, other) => one.page - other.page || one.y0 - other.y0 || one.x0 - other.x0,
  )) {
    const last = merged.at(-1)
    const isLine =
      last && last.page === box.page && Math.abs(last.y0 - box.y0) < 2 && Math.abs(last.y1 - box.y1) < 2
    if (isLine && box.x0 - last.x1 < 12)
      merged[merged.length - 1] = { ...last, x0: Math.min(last.x0, box.x0), x1: Math.max(last.x1, box.x1) }
    else merged.push(box)
  }
  return merged
}
