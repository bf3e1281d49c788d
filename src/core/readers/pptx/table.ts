/** Tables on slides (ECMA-376 part 1, 21.1.3). */
import { cell, row, table } from '../../doc/build.ts'
import type { Block, Cell, Table } from '../../doc/model.ts'
import { attribute, child, elements, type Xml } from '../../io/xml.ts'
import type { ReadContext } from '../../reader.ts'
import { type TextScope, textBlocks } from './text.ts'

const isOn = (value: string | undefined): boolean => value !== undefined && /^(1|true|on)$/i.test(value)

export function readTable(element: Xml, scope: TextScope, { limits, report }: ReadContext): Table {
  const rows: Cell[][] = []
  let count = 0
  for (const tr of elements(element, 'tr')) {
    const cells = elements(tr, 'tc')
    count += cells.length
    if (count > limits.tableCells) {
      report.warn('table-truncated', `Kept the first ${rows.length} rows of a table.`, scope.at)
      break
    }
    // A place that another cell spans is written as a cell of its own that says so.
    rows.push(
      cells
        .filter((tc) => !isOn(attribute(tc, 'hMerge')) && !isOn(attribute(tc, 'vMerge')))
        .map((tc) => cellOf(tc, scope, limits.columnSpan, limits.tableCells)),
    )
  }
  const hasHead = isOn(attribute(child(element, 'tblPr'), 'firstRow'))
  return table(rows.map(row), { at: scope.at, headerRows: hasHead && rows.length > 1 ? 1 : 0 })
}

function cellOf(tc: Xml, scope: TextScope, mostColumns: number, mostRows: number): Cell {
  const span = (name: string, most: number) =>
    Math.min(most, Math.max(1, Number(attribute(tc, name) ?? 1) || 1))
  const [columns, rows] = [span('gridSpan', mostColumns), span('rowSpan', mostRows)]
  const blocks: Block[] = textBlocks(child(tc, 'txBody'), scope)
  return cell(blocks, {
    ...(columns > 1 ? { colSpan: columns } : {}),
    ...(rows > 1 ? { rowSpan: rows } : {}),
  })
}
