/** The matrix as a table that people edit in a spreadsheet, and the table that comes back. */
import { rowStateNames, rowStates } from '../../contract/proposals.ts'
import { type Cell, type Doc, plainText, type Table, walk } from '../../core/index.ts'
import type { MatrixRowRow } from './matrix-store.ts'

export type Person = { readonly id: string; readonly name: string | null; readonly email: string | null }
/** What people write in a row. */
export const editedFields = ['status', 'owner', 'response_location', 'notes'] as const
export type EditedField = (typeof editedFields)[number]
export type Written = { readonly [F in EditedField]: string }

type Head = { readonly key: string; readonly title: string; readonly width: number; readonly hidden?: true }
const written: { readonly [F in EditedField]: Head } = {
  status: { key: 'status', title: 'Status', width: 15 },
  owner: { key: 'owner', title: 'Owner', width: 20 },
  response_location: { key: 'response_location', title: 'Response', width: 24 },
  notes: { key: 'notes', title: 'Notes', width: 50 },
}
const asExported = (field: EditedField): Head => ({
  key: `exported_${field}`,
  title: `${written[field].title} as exported`,
  width: 15,
  hidden: true,
})
const columns: readonly Head[] = [
  { key: 'row_id', title: 'Row', width: 14, hidden: true },
  { key: 'rfp_reference', title: 'Reference', width: 18 },
  { key: 'page', title: 'Page', width: 7 },
  { key: 'requirement_text', title: 'Requirement', width: 80 },
  { key: 'obligation', title: 'Obligation', width: 11 },
  { key: 'category', title: 'Category', width: 16 },
  ...editedFields.map((field) => written[field]),
  // Without these nobody could tell who changed a cell: the file, or somebody here meanwhile.
  ...editedFields.map(asExported),
]

/** A name that only one of them has, else the address. */
export const nameIn = (people: readonly Person[], id: string | null): string => {
  const person = people.find((one) => one.id === id)
  if (!person) return id ?? ''
  const isAlone = people.filter(({ name }) => name === person.name).length === 1
  return (isAlone && person.name) || (person.email ?? '')
}

export const writtenIn = (row: MatrixRowRow, people: readonly Person[]): Written => ({
  status: rowStateNames[row.status],
  owner: nameIn(people, row.owner_id),
  response_location: row.response_location,
  notes: row.notes,
})

export const matrixSheet = (rows: readonly MatrixRowRow[], people: readonly Person[]) => ({
  name: 'matrix',
  title: 'Compliance matrix',
  columns,
  rows: rows.map((row) => {
    const values = editedFields.map((field) => writtenIn(row, people)[field])
    return [
      row.id,
      row.rfp_reference,
      row.page,
      row.requirement_text,
      row.obligation,
      row.category,
      ...values,
      ...values,
    ]
  }),
})

export const statusChoices = { status: rowStates.map((state) => rowStateNames[state]) }

/** A line of the file: its number there, and its cells by the key of the column. */
export type FileLine = { readonly number: number; readonly cells: ReadonlyMap<string, string> }

/** The lines below the heads, wherever the table stands; undefined: nothing in the file has a column of rows. */
export function linesOf(doc: Doc): FileLine[] | undefined {
  let heads: Map<number, string> | undefined
  const lines: FileLine[] = []
  let number = 0
  for (const block of walk(doc)) {
    if (block.type !== 'table') continue
    for (const cells of placesOf(block)) {
      number = cells[0]?.line ?? number + 1
      if (heads) lines.push({ number, cells: byHead(cells, heads) })
      else heads = headsIn(cells)
    }
  }
  return heads && lines
}

type Placed = { readonly column: number; readonly line: number | undefined; readonly text: string }

/** Blank lines cut a sheet into several tables; a cell's own address says where it stands. */
const placesOf = ({ rows }: Table): Placed[][] =>
  rows.map(({ cells }) =>
    cells.map((cell, index) => {
      const [, letters, line] = /!([A-Z]{1,3})(\d+)$/.exec(cell.blocks[0]?.at?.path ?? '') ?? []
      return {
        column: letters ? columnOf(letters) : index,
        line: line ? Number(line) : undefined,
        text: textOf(cell),
      }
    }),
  )

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
const textOf = ({ blocks }: Cell): string => blocks.map(plainText).join('\n')

function headsIn(cells: readonly Placed[]): Map<number, string> | undefined {
  const found = new Map<number, string>()
  for (const { column, text } of cells) {
    const known = columns.find(({ key, title }) =>
      [key, title.toLowerCase()].includes(text.trim().toLowerCase()),
    )
    if (known) found.set(column, known.key)
  }
  return [...found.values()].includes('row_id') ? found : undefined
}

const byHead = (cells: readonly Placed[], heads: ReadonlyMap<number, string>): Map<string, string> =>
  new Map(
    [...heads].map(([column, key]) => {
      const text = cells.find((cell) => cell.column === column)?.text.trim() ?? ''
      // The quote that keeps a cell of a CSV from being a formula.
      return [key, text.replace(/^'(?=\s*[=+\-@])/, '')]
    }),
  )
