/** An edited file meets the matrix: what the file changed, what both changed, and what cannot be taken. */
import { type MatrixRow, rowStateNames, rowStates } from '../../contract/proposals.ts'
import type { MatrixRowRow, RowChange } from './matrix-store.ts'
import { type EditedField, editedFields, type FileLine, nameIn, type Person, writtenIn } from './sheet.ts'

type Edit = {
  readonly row: MatrixRowRow
  readonly field: EditedField
  readonly current: string
  readonly file: string
  readonly change: RowChange
}
export type Merge = {
  readonly changes: readonly Edit[]
  readonly conflicts: readonly Edit[]
  readonly refused: readonly string[]
}
type Taken = { readonly change: RowChange } | { readonly refused: string }

/** Line ends and spaces at the ends are the spreadsheet's. */
const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trim()
const isSame = (a: string, b: string): boolean => plain(a) === plain(b)

const stateOf = (text: string): MatrixRow['status'] | undefined =>
  rowStates.find((state) =>
    [state, rowStateNames[state]].some((name) => name.toLowerCase() === text.toLowerCase()),
  )

function ownerOf(text: string, people: readonly Person[]): Taken {
  if (text === '') return { change: { owner_id: null } }
  const named = people.filter(({ id, name, email }) =>
    [name, email, nameIn(people, id)].some((one) => one?.toLowerCase() === text.toLowerCase()),
  )
  if (named.length === 1) return { change: { owner_id: named[0]!.id } }
  return {
    refused:
      named.length === 0
        ? `nobody here is called “${text}”`
        : `more than one is called “${text}”: write the mail address`,
  }
}

/** How each cell is read. */
const readers: { readonly [F in EditedField]: (text: string, people: readonly Person[]) => Taken } = {
  status: (text) => {
    const status = stateOf(text)
    return status ? { change: { status } } : { refused: `“${text}” is no status` }
  },
  owner: ownerOf,
  response_location: (text) =>
    text.length > 255
      ? { refused: 'the place in the response has more than 255 characters' }
      : { change: { response_location: text } },
  notes: (text) =>
    text.length > 20_000
      ? { refused: 'the notes have more than 20,000 characters' }
      : { change: { notes: text } },
}

/** Whether the row says so already, in whatever words. */
const says = (row: MatrixRowRow, change: RowChange): boolean =>
  Object.entries(change).every(([field, value]) => row[field as keyof RowChange] === value)

export function mergeFile(
  lines: readonly FileLine[],
  rows: readonly MatrixRowRow[],
  people: readonly Person[],
): Merge {
  const known = new Map(rows.map((row) => [row.id, row]))
  const seen = new Set<string>()
  const [changes, conflicts, refused]: [Edit[], Edit[], string[]] = [[], [], []]
  for (const { number, cells } of lines) {
    const id = cells.get('row_id') ?? ''
    const row = known.get(id)
    if (!row || seen.has(id)) {
      if ([...cells.values()].some((text) => text !== ''))
        refused.push(
          `Line ${number}: ${row ? 'the row stands in the file twice; the first is taken' : 'it is no row of this matrix'}.`,
        )
      continue
    }
    seen.add(id)
    const now = writtenIn(row, people)
    for (const field of editedFields) {
      const file = cells.get(field)
      const exported = cells.get(`exported_${field}`)
      if (
        file === undefined ||
        isSame(file, now[field]) ||
        (exported !== undefined && isSame(file, exported))
      )
        continue
      const taken = readers[field](plain(file), people)
      if ('refused' in taken) refused.push(`Line ${number}: ${taken.refused}.`)
      else if (!says(row, taken.change)) {
        const isBoth = exported !== undefined && !isSame(exported, now[field])
        ;(isBoth ? conflicts : changes).push({
          row,
          field,
          current: now[field],
          file: plain(file),
          change: taken.change,
        })
      }
    }
  }
  return { changes, conflicts, refused }
}
