/** Which rows of a huge table will be shown, known while they come: what will not be is not held in memory. */
import type { SheetCell } from '../workbook.ts'

type Cells = readonly (readonly [column: number, cell: SheetCell])[]

export type KeptRows = {
  /** The cells of the next row that can be shown: all of them, but in tables that are full. */
  keep(row: number, cells: Cells): Cells
  /** Tables of which rows were left out: where they begin and how many rows were kept and seen. */
  cut(): readonly CutTable[]
}
type CutTable = {
  readonly row: number
  readonly column: number
  readonly kept: number
  readonly rows: number
}

/** A table that has reached the row above; every column between its ends holds a cell, as its cells touch. */
type Open = { r0: number; c0: number; c1: number; kept: number; last: number }
type Run = { readonly c0: number; c1: number; table: Open | undefined }

/** `most` is how many cells a table may have. */
export function createKeptRows(most: number): KeptRows {
  const cut = new Set<Open>()
  let above: Run[] = []
  let rowAbove = -2

  /** Tables only grow together, and a wider one shows fewer rows: what is left out here could never be shown. */
  const tableOf = (run: Run, row: number): Open => {
    const touching = above.filter(({ c0, c1 }) => c0 <= run.c1 && run.c0 <= c1)
    const [first = { r0: row, c0: run.c0, c1: run.c1, kept: row, last: row }, ...others] = new Set(
      touching.map(({ table }) => table!),
    )
    for (const other of others) {
      first.r0 = Math.min(first.r0, other.r0)
      first.c0 = Math.min(first.c0, other.c0)
      first.c1 = Math.max(first.c1, other.c1)
      cut.delete(other)
      for (const one of above) if (one.table === other) one.table = first
    }
    first.c0 = Math.min(first.c0, run.c0)
    first.c1 = Math.max(first.c1, run.c1)
    first.last = row
    return first
  }
  const isFull = ({ r0, c0, c1 }: Open, row: number): boolean =>
    row - r0 >= Math.max(1, Math.floor(most / (c1 - c0 + 1)))

  return {
    keep: (row, cells) => {
      const runs = runsOf(cells)
      if (row !== rowAbove + 1) above = []
      for (const run of runs) run.table = tableOf(run, row)
      above = runs
      rowAbove = row
      const full = runs.filter(({ table }) => isFull(table!, row))
      for (const { table } of runs)
        if (isFull(table!, row)) cut.add(table!)
        else table!.kept = row
      if (full.length === 0) return cells
      return full.length === runs.length
        ? []
        : cells.filter(([column]) => !full.some(({ c0, c1 }) => column >= c0 && column <= c1))
    },
    cut: () =>
      [...cut].map(({ r0, c0, kept, last }) => ({
        row: r0,
        column: c0,
        kept: kept - r0 + 1,
        rows: last - r0 + 1,
      })),
  }
}

/** Cells side by side. */
function runsOf(cells: Cells): Run[] {
  const runs: Run[] = []
  for (const [column] of cells) {
    const last = runs.at(-1)
    if (last && column === last.c1 + 1) last.c1 = column
    else runs.push({ c0: column, c1: column, table: undefined })
  }
  return runs
}
