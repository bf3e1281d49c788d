import { doc, heading, note, paragraph } from '../../doc/build.ts'
import type { Block, Doc, Note } from '../../doc/model.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import { readExcel } from './excel.ts'
import { readOds } from './ods.ts'
import { splitRegions } from './regions.ts'
import { regionTable } from './tables.ts'
import { cellName, columnName, type Sheet, type SheetCell, type Workbook } from './workbook.ts'
import { readXlsx } from './xlsx/xlsx.ts'

/** Spreadsheets: each sheet a heading, each region of cells a table, values as displayed. */
export const readSheet: FlowReader = async ({ bytes }, context) =>
  sheetDoc('xlsx', await readXlsx(bytes, context), context)

/** Excel 97–2003, older binary files, XML Spreadsheet 2003. */
export const readXls: FlowReader = async ({ bytes }, context) =>
  sheetDoc('xls', await readExcel(bytes, context), context)

export const readOdsSheet: FlowReader = async (input, context) =>
  sheetDoc('ods', await readOds(input, context), context)

function sheetDoc(format: string, book: Workbook, context: ReadContext): Doc {
  const notes: Note[] = []
  const blocks = book.sheets.flatMap((sheet) => sheetBlocks(sheet, notes, context))
  return doc(format, [...blocks, ...notes], { meta: book.meta })
}

function sheetBlocks(sheet: Sheet, notes: Note[], context: ReadContext): Block[] {
  context.progress({ stage: 'reading' })
  const { isHidden, name } = sheet
  const title = heading(2, isHidden ? `${name} (hidden sheet)` : name, { at: { path: name } })
  tellHidden(sheet, context)
  const { limits, report } = context
  const needs = { limits, report, names: commentNotes(sheet, notes, context) }
  return [
    ...(sheet.isUnnamed ? [] : [title]),
    ...inOrder(
      splitRegions(sheet).map((region) => ({
        row: region.r0,
        blocks: [regionTable(sheet, region, needs)],
      })),
      sheet.floats,
    ),
  ]
}

type Placed = { readonly row: number; readonly blocks: readonly Block[] }

/** From top to bottom; what floats beside a table comes after it. */
const inOrder = (tables: readonly Placed[], floats: readonly Placed[]): Block[] =>
  [...tables, ...floats].sort((one, other) => one.row - other.row).flatMap(({ blocks }) => blocks)

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
  if (hiddenRows.length === 0 && hiddenColumns.length === 0) return
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
