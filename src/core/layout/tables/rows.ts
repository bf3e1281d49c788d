/** Which lines of text are one row of a table: cells whose text wraps take several. */
import { overlap } from '../geometry.ts'
import type { CellLine } from './cell-lines.ts'
import type { Rule } from './rules.ts'
import { type Chunk, isFigure } from './text-rows.ts'

export type Around = {
  /** Ruling lines across most of the table. */
  readonly rules: readonly Rule[]
  /** Right limit of each column: how far its widest text reaches. */
  readonly limits: readonly number[]
  /** Baseline distance of lines inside a cell, in em, where the table shows one. */
  readonly leading: number
}

export function rowGroups(lines: readonly CellLine[], around: Around): CellLine[][] {
  const groups: CellLine[][] = []
  for (const line of lines) {
    const last = groups.at(-1)?.at(-1)
    if (last && !startsRow(last, line, groups.at(-1)!, around)) groups.at(-1)!.push(line)
    else groups.push([line])
  }
  return groups
}

function startsRow(last: CellLine, line: CellLine, group: readonly CellLine[], around: Around): boolean {
  const isRuled = around.rules.some(
    (rule) => rule.at > last.baseline - 0.3 * last.size && rule.at < line.baseline - 0.3 * line.size,
  )
  if (isRuled) return true
  // Figures set at the middle of a label of two lines stand between them.
  if (
    overlap(last.y0, last.y1, line.y0, line.y1) > 0.25 * Math.min(last.size, line.size) &&
    areApart(last, line)
  )
    return false
  const step = (line.baseline - last.baseline) / Math.max(last.size, line.size)
  if (step > around.leading * 1.28) return true
  if (line.spans.length > 0 || last.spans.length > 0) return true
  if (group.length === 1 && wrapsLabel(last, line, around)) return false
  return newness(last, line, around) > 0
}

const areApart = (one: CellLine, other: CellLine): boolean => {
  for (const col of one.cells.keys()) if (other.cells.has(col)) return false
  return true
}

/**
 * Weighs what the cells of a line say: above 0 it begins a row.
 * Cells hang from the top of their row, so a column that ended does not take up again inside it.
 */
function newness(last: CellLine, line: CellLine, { limits }: Around): number {
  let weight = 0
  for (const [col, chunk] of line.cells) {
    const above = last.cells.get(col)
    if (!above) weight += col === 0 ? 2.5 : 1.5
    else if (isFigure(chunk.text) || isFigure(above.text)) weight += 1.5
    else if (/[-\u2010/,]$/.test(above.text) || /^\p{Ll}/u.test(chunk.text)) weight -= 1.6
    else weight += fits(above, chunk, limits[col] ?? above.x1) ? 1 : -0.7
  }
  return weight
}

/** A line is broken where its next word does not fit: a word that would have fitted starts something new. */
function fits(above: Chunk, chunk: Chunk, limit: number): boolean {
  const first = chunk.words[0]!
  return above.x1 + 0.25 * first.size + (first.x1 - first.x0) <= limit + 0.5
}

/** A label over two lines whose figures stand on the second. */
function wrapsLabel(last: CellLine, line: CellLine, { limits }: Around): boolean {
  const above = last.cells.get(0)
  const label = line.cells.get(0)
  if (!above || !label || last.cells.size !== 1 || line.cells.size < 2) return false
  const isFull = !fits(above, label, limits[0] ?? above.x1)
  return (isFull || /^\p{Ll}/u.test(label.text)) && !/:$/.test(above.text) && label.x0 >= above.x0 - 1
}
