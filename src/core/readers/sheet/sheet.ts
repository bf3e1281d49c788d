import { doc, heading, note, paragraph } from '../../doc/build.ts'
import type { Block, Note } from '../../doc/model.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import { readExcel } from './excel.ts'
import { splitRegions } from './regions.ts'
import { cellsOf, regionTable } from './tables.ts'
import { cellName, columnName, type Sheet, type SheetCell } from './workbook.ts'

/** Spreadsheets: each sheet a heading, each region of cells a table, values as displayed. */
export const readSheet: FlowReader = async ({ bytes }, context) => {
  const book = await readExcel(bytes, context)
  const notes: Note[] = []
  const blocks = book.sheets.flatMap((sheet) => sheetBlocks(sheet, notes, context))
  return doc('xlsx', [...blocks, ...notes], { meta: book.meta })
}

function sheetBlocks(sheet: Sheet, notes: Note[], context: ReadContext): Block[] {
  context.progress({ stage: 'reading' })
  const { isHidden, name } = sheet
  const title = heading(2, isHidden ? `${name} (hidden sheet)` : name, { at: { path: name } })
  tellHidden(sheet, context)
  const names = commentNotes(sheet, notes, context)
  const cells = cellsOf(sheet)
  return [title, ...splitRegions(sheet).map((region) => regionTable(sheet, cells, region, names))]
}

function commentNotes(
  sheet: Sheet,
  notes: Note[],
  { options }: ReadContext,
): Map<SheetCell, readonly string[]> {
  const names = new Map<SheetCell, readonly string[]>()
  if (options.comments === 'omit') return names
  for (const { row, cells } of sheet.rows)
    for (const [column, value] of cells) {
      if (!value.comments) continue
      const made = value.comments.map(({ author, text, date }) => {
        const at = { path: `${sheet.name}!${cellName(row, column)}` }
        const made = note(
          'comment',
          `c${notes.length + 1}`,
          text.split('\n').map((line) => paragraph(line)),
          { author, date, at },
        )
        notes.push(made)
        return made.name
      })
      names.set(value, made)
    }
  return names
}

/** Hidden sheets, rows and columns are read, and said to be hidden. */
function tellHidden(
  { name, isHidden, rows, hiddenRows, hiddenColumns }: Sheet,
  { report }: ReadContext,
): void {
  if (isHidden) report.warn('hidden-content', `The sheet "${name}" is hidden in Excel.`, { path: name })
  const filledRows = new Set(rows.map(({ row }) => row))
  const filledColumns = new Set(rows.flatMap(({ cells }) => cells.map(([column]) => column)))
  const hidden = [
    ...ranges(hiddenRows.filter((row) => filledRows.has(row))).map(([from, to]) =>
      from === to ? `row ${from + 1}` : `rows ${from + 1}–${to + 1}`,
    ),
    ...ranges(hiddenColumns.filter((column) => filledColumns.has(column))).map(([from, to]) =>
      from === to ? `column ${columnName(from)}` : `columns ${columnName(from)}–${columnName(to)}`,
    ),
  ]
  if (hidden.length > 0)
    report.warn(
      'hidden-content',
      `Hidden in the sheet "${name}": ${hidden.slice(0, 20).join(', ')}${hidden.length > 20 ? ' and more' : ''}.`,
      { path: name },
    )
}

function ranges(numbers: readonly number[]): [number, number][] {
  const out: [number, number][] = []
  for (const number of numbers) {
    const last = out.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else out.push([number, number])
  }
  return out
}
