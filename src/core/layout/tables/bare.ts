/** Tables without any line: rows of short pieces of text that stand in columns. */
import type { Word } from '../../doc/page.ts'
import { overlap, union } from '../geometry.ts'
import { columnGaps, type Gap } from './columns.ts'
import { mayBeBare, sureOfBare } from './judge.ts'
import type { Rule } from './rules.ts'
import { type StreamTable, streamTable } from './stream.ts'
import { chunkStarts, partAtStarts, type TextRow, textRowsOf } from './text-rows.ts'

/** Rows further apart than this (in em) are not of one table. */
const MAX_STEP = 3.4

/** The tables among the words of one region of the page. */
export function bareTables(
  words: readonly Word[],
  across: readonly Rule[],
  page: number,
): { tables: StreamTable[]; taken: Set<Word> } {
  const rows = textRowsOf(words)
  const taken = new Set<Word>()
  const tables: StreamTable[] = []
  for (let from = 0; from < rows.length; from++) {
    if (rows[from]!.chunks.length < 2) continue
    const below = runFrom(rows, from)
    const run = [...lead(rows.slice(0, from), below), ...below]
    if (run.length < 2) continue
    const table = streamTable(run, rulesBeside(run, across), {
      page,
      evidence: ['aligned-columns'],
      isLikely: mayBeBare,
    })
    const confidence = table ? sureOfBare(table) : 0
    if (!table || confidence === 0) continue
    tables.push({ ...table, confidence })
    for (const row of run) for (const chunk of row.chunks) for (const word of chunk.words) taken.add(word)
    from += below.length - 1
  }
  return { tables, taken }
}

function rulesBeside(run: readonly TextRow[], across: readonly Rule[]): Rule[] {
  const { x0, y0, x1, y1 } = union(run)
  return across.filter(
    ({ at, from, to }) =>
      at > y0 - 4 && at < y1 + 4 && overlap(from, to, x0 - 20, x1 + 20) > 0.5 * (to - from),
  )
}

/** The rows from here on that keep to one set of columns. */
function runFrom(rows: readonly TextRow[], from: number): TextRow[] {
  const run = [rows[from]!]
  let gaps = columnGaps(run)
  let complete = 1
  for (let at = from + 1; at < rows.length; at++) {
    const last = rows[at - 1]!
    const row = partedToFit(rows[at]!, run, gaps)
    if ((row.baseline - last.baseline) / Math.max(row.size, last.size) > MAX_STEP) break
    if (row.chunks.length < 2) {
      // A single piece: the next line of a wrapped cell, as long as it keeps to its column.
      if (crosses(row, gaps)) break
      run.push(row)
      continue
    }
    const next = columnGaps([...run, row])
    if (next.length === 0 || (next.length < gaps.length && next.length < row.chunks.length - 1)) break
    gaps = next
    run.push(row)
    complete = run.length
  }
  return [...run.slice(0, complete), ...tail(run.slice(complete), run[complete - 1]!, gaps)]
}

/** Cells that nearly fill their column leave less than a gap: look for words that begin where columns do. */
function partedToFit(row: TextRow, run: readonly TextRow[], gaps: readonly Gap[]): TextRow {
  if (!crosses(row, gaps)) return row
  const parted = partAtStarts(row, chunkStarts(run, Math.max(2, 0.3 * run.length)))
  return crosses(parted, gaps) ? row : parted
}

const crosses = (row: TextRow, gaps: readonly Gap[]): boolean =>
  row.chunks.some((chunk) => gaps.some((gap) => chunk.x0 < gap.x0 && chunk.x1 > gap.x1))

/** Lines above that only name columns further right: heads hang from their last line. */
function lead(above: readonly TextRow[], run: readonly TextRow[]): TextRow[] {
  const out: TextRow[] = []
  const gaps = columnGaps(run)
  let next = run[0]!
  for (const row of above.toReversed()) {
    const isTight = (next.baseline - row.baseline) / Math.max(row.size, next.size) < 1.45
    if (!isTight || row.chunks.length !== 1 || gaps.length === 0) break
    if (row.chunks[0]!.x0 < gaps[0]!.x1 - 1 || crosses(row, gaps)) break
    out.unshift(row)
    next = row
  }
  return out
}

/** Single pieces at the end belong to the table when they go on with a cell that is not the first. */
function tail(rows: readonly TextRow[], before: TextRow, gaps: readonly Gap[]): TextRow[] {
  const out: TextRow[] = []
  let last = before
  for (const row of rows) {
    if ((row.baseline - last.baseline) / row.size > 1.45) break
    if (gaps.length === 0 || row.chunks[0]!.x0 < gaps[0]!.x1 - 1) break
    out.push(row)
    last = row
  }
  return out
}
