/** How wide the columns of a table are, since Word's own fitting is not what every program shows. */
import type { Cell, Row } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'

/** Between the margins of a letter or A4 page that stands, and of one that lies, in twentieths of a point. */
const STANDING = 9000
const LYING = 12_900
/** A character of the text in a cell, and what a cell keeps free at its sides. */
const CHAR = 110
const SIDES = 300
/** Longer words are broken where others need the room. */
const WORD = 14
/** A cell of this many characters is a text, and a text is not read in a column narrower than that. */
const TEXT = 80
const NARROW = 34

/** Whether a column of texts has too little room on a page that stands. */
export const isWide = (rows: readonly Row[]): boolean => areWide(measured(rows))

function areWide(columns: readonly Column[]): boolean {
  const widths = fitted(columns, STANDING)
  return columns.some(({ chars, cells }, at) => chars / cells > TEXT && widths[at]! < NARROW * CHAR)
}

/** Twips by column. */
export function columnWidths(rows: readonly Row[]): number[] {
  const columns = measured(rows)
  return fitted(columns, areWide(columns) ? LYING : STANDING)
}

type Column = { readonly least: number; readonly chars: number; readonly cells: number }

function measured(rows: readonly Row[]): Column[] {
  const columns: Column[] = []
  for (const { cell, column } of placed(rows)) {
    const text = cell.blocks.map(plainText).join('\n')
    const word = Math.max(1, ...text.split(/\s+/).map(({ length }) => length))
    const { least, chars, cells } = columns[column] ?? empty
    columns[column] = {
      least: Math.max(least, Math.min(WORD, word)),
      chars: chars + text.length,
      cells: cells + 1,
    }
  }
  return Array.from(columns, (column) => column ?? { ...empty, cells: 1 })
}
const empty: Column = { least: 1, chars: 0, cells: 0 }

/** None narrower than its words while there is room, the rest to the columns with most to say. */
function fitted(columns: readonly Column[], page: number): number[] {
  const floors = columns.map(({ least }) => least * CHAR + SIDES)
  const room = Math.max(0, page - sum(floors))
  const more = columns.map(({ chars, cells }, at) =>
    Math.max(1, (chars / cells) * CHAR + SIDES - floors[at]!),
  )
  const widths = floors.map((floor, at) => floor + (more[at]! * room) / sum(more))
  return widths.map((width) => Math.round((width * page) / sum(widths)))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Cells with the column they start in; those over several columns say nothing of one. */
function* placed(rows: readonly Row[]): Generator<{ cell: Cell; column: number }> {
  /** By column: the rows that a cell begun there still reaches over, this one included. */
  const held: number[] = []
  for (const { cells } of rows) {
    let column = 0
    for (const cell of cells) {
      while ((held[column] ?? 0) > 0) column++
      const { colSpan = 1, rowSpan = 1 } = cell
      if (colSpan === 1) yield { cell, column }
      held.length = Math.max(held.length, column + colSpan)
      held.fill(rowSpan, column, column + colSpan)
      column += colSpan
    }
    for (const at of held.keys()) held[at] = Math.max(0, (held[at] ?? 0) - 1)
  }
}
