/** Chunks of a line into columns: those that run over a column's edge are parted at it or span. */
import { columnsUnder, type Gap } from './columns.ts'
import { type Chunk, chunk, type TextRow } from './text-rows.ts'

type Span = { readonly from: number; readonly to: number; readonly chunk: Chunk }
/** A line of the table with its chunks by column, and those that span several. */
export type CellLine = TextRow & {
  readonly cells: ReadonlyMap<number, Chunk>
  readonly spans: readonly Span[]
}

/** A gap between words this many times the line's usual one may part cells. */
const WIDER = 1.25

export function cellLine(row: TextRow, gaps: readonly Gap[]): CellLine {
  const cells = new Map<number, Chunk>()
  const spans: Span[] = []
  for (const whole of row.chunks) {
    for (const part of partAt(whole, gaps)) {
      const [from, to] = columnsUnder(part, gaps)
      if (from < to) {
        spans.push({ from, to, chunk: part })
        continue
      }
      const there = cells.get(from)
      cells.set(from, there ? chunk([...there.words, ...part.words]) : part)
    }
  }
  return { ...row, cells, spans }
}

/** Cuts a chunk at every column edge that falls on a gap wider than its own word spaces. */
function partAt(whole: Chunk, gaps: readonly Gap[]): Chunk[] {
  const crossed = gaps.filter((gap) => gap.x0 < whole.x1 - 1 && gap.x1 > whole.x0 + 1)
  if (crossed.length === 0 || whole.words.length < 2) return [whole]
  const spaces = whole.words.slice(1).map((word, at) => word.x0 - whole.words[at]!.x1)
  const usual = spaces.toSorted((one, other) => one - other)[Math.floor(spaces.length / 3)]!
  const parts: Chunk[] = []
  let from = 0
  for (const [at, space] of spaces.entries()) {
    const [left, right] = [whole.words[at]!.x1, whole.words[at + 1]!.x0]
    const edge = crossed.find((gap) => left < gap.x1 + 0.5 && right > gap.x0 - 0.5 && right - left > 0)
    // A word that begins right where the next column does begins a cell, however narrow the gap.
    const isAligned = edge !== undefined && Math.abs(right - edge.x1) < 1.5
    if (edge && (space > WIDER * usual || isAligned || crossed.length >= spaces.length)) {
      parts.push(chunk(whole.words.slice(from, at + 1)))
      from = at + 1
    }
  }
  parts.push(chunk(whole.words.slice(from)))
  return parts
}
