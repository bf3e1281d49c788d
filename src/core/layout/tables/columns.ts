/** Where the columns of a table part: strips that its rows leave white. */
import { quantile } from '../numbers.ts'
import type { Chunk, TextRow } from './text-rows.ts'

/** A strip of white between two columns. */
export type Gap = { readonly x0: number; readonly x1: number }

/** The least width of such a strip, in em. */
const MIN_GAP_EM = 0.5
/** Share of the rows whose text may run across it (headings, totals, notes inside the table). */
const MAX_CROSSED = 0.12

/** The strips between columns, from left to right; none: the rows show no columns. */
export function columnGaps(rows: readonly TextRow[]): Gap[] {
  const most = Math.max(0, ...rows.map((row) => row.chunks.length))
  if (most < 2) return []
  // Rows with few chunks (headings over several columns, section titles) say little about columns.
  const telling = rows.filter((row) => row.chunks.length >= Math.max(2, 0.6 * most))
  const size = quantile(
    telling.map((row) => row.size),
    0.5,
  )
  const chunks = telling.map((row) => row.chunks)
  const limit = Math.floor(MAX_CROSSED * telling.length)
  return whiteStrips(chunks, limit).flatMap((strip) => partedBy(strip, chunks.flat(), MIN_GAP_EM * size))
}

/** Maximal strips that at most `limit` rows run across. */
function whiteStrips(rows: readonly (readonly Chunk[])[], limit: number): Gap[] {
  const events: { x: number; step: 1 | -1 }[] = []
  for (const { x0, x1 } of rows.flat()) events.push({ x: x0, step: 1 }, { x: x1, step: -1 })
  events.sort((one, other) => one.x - other.x || one.step - other.step)
  const out: Gap[] = []
  let covered = 0
  let from: number | undefined
  for (const { x, step } of events) {
    const before = covered
    covered += step
    if (before > limit && covered <= limit) from = x
    else if (before <= limit && covered > limit) {
      if (from !== undefined && x > from) out.push({ x0: from, x1: x })
      from = undefined
    }
  }
  return out
}

/** Text that stands wholly inside a strip is a sparse column of its own and parts the strip. */
function partedBy(strip: Gap, chunks: readonly Chunk[], minWidth: number): Gap[] {
  const inside = chunks
    .filter((chunk) => chunk.x0 >= strip.x0 - 0.5 && chunk.x1 <= strip.x1 + 0.5)
    .toSorted((one, other) => one.x0 - other.x0)
  const out: Gap[] = []
  let end = strip.x0
  for (const { x0, x1 } of [...inside, { x0: strip.x1, x1: strip.x1 }]) {
    if (x0 - end >= minWidth) out.push({ x0: end, x1: x0 })
    end = Math.max(end, x1)
  }
  return out
}

/** The columns that a stretch of text stands in, first and last. */
export function columnsUnder({ x0, x1 }: { x0: number; x1: number }, gaps: readonly Gap[]): [number, number] {
  // Text that only leans over the edge of a strip does not stand in the column beyond it.
  const first = gaps.filter((gap) => x0 > (gap.x0 + gap.x1) / 2 || gap.x1 <= x0 + 1).length
  const last = gaps.filter((gap) => x1 > (gap.x0 + gap.x1) / 2 && x1 > gap.x0 + 1).length
  return [Math.min(first, last), Math.max(first, last)]
}

/** Lines drawn down part columns wherever they stand, white strip or not. */
export function withWalls(gaps: readonly Gap[], walls: readonly number[]): Gap[] {
  const bare = walls.filter((wall) => !gaps.some((gap) => wall > gap.x0 - 2 && wall < gap.x1 + 2))
  return [...gaps, ...bare.map((wall) => ({ x0: wall - 0.5, x1: wall + 0.5 }))].sort(
    (one, other) => one.x0 - other.x0,
  )
}
