import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultLimits } from '../../../src/core/limits.ts'
import { splitRegions } from '../../../src/core/readers/sheet/regions.ts'
import { regionTable } from '../../../src/core/readers/sheet/tables.ts'
import type { Sheet, SheetRow } from '../../../src/core/readers/sheet/workbook.ts'
import { createKeptRows } from '../../../src/core/readers/sheet/xlsx/kept-rows.ts'
import { createReport } from '../../../src/core/report.ts'

const MOST = 12

const rowsOf = (grid: readonly (readonly boolean[])[]): SheetRow[] =>
  grid.flatMap((line, row) => {
    const cells = line.flatMap((isFilled, column) =>
      isFilled ? [[column, { text: `${row},${column}`, kind: 'text' }] as const] : [],
    )
    return cells.length > 0 ? [{ row, cells }] : []
  })

/** What the tables of the rows show. */
function shown(rows: readonly SheetRow[]): Set<string> {
  const sheet: Sheet = {
    ...{ name: 'S', isHidden: false, rows, merges: [] },
    ...{ hiddenRows: [], hiddenColumns: [], floats: [] },
  }
  const needs = { limits: { ...defaultLimits, tableCells: MOST }, report: createReport(), names: new Map() }
  const tables = splitRegions(sheet).map((region) => regionTable(sheet, region, needs))
  return new Set([...JSON.stringify(tables).matchAll(/"text":"(\d+,\d+)"/g)].map((match) => match[1]!))
}

test('rows that are not held are rows that no table would show', () => {
  const line = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (grid) => {
      const rows = rowsOf(grid)
      const kept = createKeptRows(MOST)
      const held = rows.flatMap(({ row, cells }) => {
        const some = kept.keep(row, cells)
        return some.length > 0 ? [{ row, cells: some }] : []
      })
      const now = shown(held)
      expect([...shown(rows)].filter((text) => !now.has(text))).toEqual([])
    }),
  )
})

test('a table that is cut says how many of its rows are kept; the one beside it goes on', () => {
  const kept = createKeptRows(MOST)
  const wide = [0, 1, 2].map((column) => [column, { text: 'x', kind: 'text' }] as const)
  const narrow = [[5, { text: 'y', kind: 'text' }] as const]
  const counts = Array.from({ length: 8 }, (_, row) => kept.keep(row, [...wide, ...narrow]).length)
  expect(counts).toEqual([4, 4, 4, 4, 1, 1, 1, 1])
  expect(kept.cut()).toEqual([{ row: 0, column: 0, kept: 4, rows: 8 }])
})
