import { expect, test } from 'vitest'
import { headerRowsOf } from '../../../src/core/layout/tables/headers.ts'
import type { TableCell } from '../../../src/core/layout/tables/table.ts'

/** A table of rows of texts; `**` before a row: it is bold. */
const table = (...rows: string[][]): TableCell[] =>
  rows.flatMap((texts, row) => {
    const isBold = texts[0]!.startsWith('**')
    return texts.map((text, col) => {
      const place = { x0: 0, y0: 0, x1: 1, y1: 1, row, col, rowSpan: 1, colSpan: 1 }
      return { ...place, lines: [{ text: text.replace('**', ''), isBold }] } as unknown as TableCell // what the head is told by
    })
  })

test.each([
  [
    1,
    'a total or group in bold below the names is data',
    table(['**Factor', 'Title', 'Points'], ['**1', 'Approach', '400'], ['1.1', 'Methods', '200']),
  ],
  [
    2,
    'two rows of names are both the head',
    table(['**Year', 'Costs', ''], ['**', 'Labour', 'Travel'], ['2027', '12', '3']),
  ],
  [2, 'years name columns', table(['**Site', 'Costs', ''], ['**', '2026', '2027'], ['North', '12', '3'])],
] as const)('%i rows: %s', (count, _what, cells) => {
  expect(headerRowsOf(cells)).toBe(count)
})
