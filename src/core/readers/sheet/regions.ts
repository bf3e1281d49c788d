/** Several tables lie on one sheet: which filled cells belong together. */
import type { Range, Sheet, SheetRow } from './workbook.ts'

/** Beyond this many loose groups a sheet is scattered notes; it is shown as one. */
const MOST_REGIONS = 2_000

type Run = { readonly row: number; readonly c0: number; readonly c1: number }

/** Bounding ranges of cells that touch by an edge, in reading order; none of them overlap. */
export function splitRegions(sheet: Sheet): readonly Range[] {
  const runs = filledRuns(sheet)
  const boxes = mergeOverlapping(connect(runs))
  return boxes.sort((one, other) => one.r0 - other.r0 || one.c0 - other.c0)
}

/** Filled cells side by side, row by row; a merged range fills its whole place within the used range. */
function filledRuns({ rows, merges }: Sheet): Run[] {
  const used = usedRange(rows)
  if (!used) return []
  const covered = coveredColumns(rows, merges, used)
  const runs: Run[] = []
  for (const { row, cells } of rows) {
    const more = covered.get(row)
    const columns = cells.map(([column]) => column)
    runs.push(...runsOf(row, more ? sorted([...columns, ...more]) : columns))
    covered.delete(row)
  }
  if (covered.size === 0) return runs
  // Rows that hold nothing of their own but lie under a merged cell.
  for (const [row, columns] of covered) runs.push(...runsOf(row, sorted(columns)))
  return runs.sort((one, other) => one.row - other.row || one.c0 - other.c0)
}

const sorted = (columns: readonly number[]): number[] =>
  [...new Set(columns)].sort((one, other) => one - other)

/** By row: the columns under merged cells, within the used range. */
function coveredColumns(
  rows: readonly SheetRow[],
  merges: readonly Range[],
  used: Range,
): Map<number, number[]> {
  const out = new Map<number, number[]>()
  if (merges.length === 0) return out
  const starts = new Set(rows.flatMap(({ row, cells }) => cells.map(([column]) => row * COLUMNS + column)))
  let filled = 0
  for (const { r0, c0, ...merge } of merges) {
    const r1 = Math.min(merge.r1, used.r1)
    const c1 = Math.min(merge.c1, used.c1)
    filled += Math.max(0, r1 - r0 + 1) * Math.max(0, c1 - c0 + 1)
    if (filled > MERGED_CELLS) break
    if (!starts.has(r0 * COLUMNS + c0)) continue
    for (let row = r0; row <= r1; row++) {
      const line = out.get(row) ?? []
      for (let column = c0; column <= c1; column++) line.push(column)
      out.set(row, line)
    }
  }
  return out
}

const MERGED_CELLS = 1_000_000
/** More than any sheet has columns. */
const COLUMNS = 2 ** 15

function runsOf(row: number, columns: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const column of columns) {
    const last = runs.at(-1)
    if (last && last.c1 === column - 1) runs[runs.length - 1] = { ...last, c1: column }
    else runs.push({ row, c0: column, c1: column })
  }
  return runs
}

function usedRange(rows: readonly SheetRow[]): Range | undefined {
  const [first] = rows
  if (!first) return undefined
  let c0 = Number.POSITIVE_INFINITY
  let c1 = 0
  for (const { cells } of rows) {
    c0 = Math.min(c0, cells[0]![0])
    c1 = Math.max(c1, cells.at(-1)![0])
  }
  return { r0: first.row, c0, r1: rows.at(-1)!.row, c1 }
}

/** Bounding ranges of runs that touch the run above (disjoint sets over runs). */
function connect(runs: readonly Run[]): Range[] {
  const parent = runs.map((_, at) => at)
  const find = (at: number): number => {
    let root = at
    while (parent[root] !== root) root = parent[root]!
    while (parent[at] !== root) [parent[at], at] = [root, parent[at]!]
    return root
  }
  let above = 0
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]!
    while (
      above < at &&
      (runs[above]!.row < run.row - 1 || (runs[above]!.row === run.row - 1 && runs[above]!.c1 < run.c0))
    )
      above++
    for (
      let other = above;
      other < at && runs[other]!.row === run.row - 1 && runs[other]!.c0 <= run.c1;
      other++
    )
      parent[find(other)] = find(at)
  }
  const boxes = new Map<number, Range>()
  for (const [at, run] of runs.entries()) {
    const root = find(at)
    const box = boxes.get(root) ?? { r0: run.row, c0: run.c0, r1: run.row, c1: run.c1 }
    boxes.set(root, around(box, { r0: run.row, c0: run.c0, r1: run.row, c1: run.c1 }))
  }
  return [...boxes.values()]
}

const around = (one: Range, other: Range): Range => ({
  r0: Math.min(one.r0, other.r0),
  c0: Math.min(one.c0, other.c0),
  r1: Math.max(one.r1, other.r1),
  c1: Math.max(one.c1, other.c1),
})

const overlap = (one: Range, other: Range): boolean =>
  one.r0 <= other.r1 && other.r0 <= one.r1 && one.c0 <= other.c1 && other.c0 <= one.c1

/** Ranges that overlap become one, until none do. */
function mergeOverlapping(boxes: readonly Range[]): Range[] {
  if (boxes.length > MOST_REGIONS) return [boxes.reduce(around)]
  const out: Range[] = []
  for (const box of boxes) {
    let grown = box
    for (let at = 0; at < out.length; at++)
      if (overlap(out[at]!, grown)) {
        grown = around(out[at]!, grown)
        out.splice(at, 1)
        at = -1
      }
    out.push(grown)
  }
  return out
}
