/** The matrix as a file that people edit in a spreadsheet and bring back. */
import { type MatrixRow, rowStates } from '../../../src/contract/proposals.ts'
import type { RowChange } from '../../api/proposals.ts'
import { csvRows, csvText } from '../csv.ts'
import type { People } from './people.ts'
import { rowStateNames } from './states.ts'

const heads = [
  'Id',
  'Reference',
  'Page',
  'Requirement',
  'Binding',
  'Category',
  'Status',
  'Owner',
  'Response',
  'Notes',
] as const

export const matrixCsv = (rows: readonly MatrixRow[], people: Pick<People, 'name'>): string =>
  csvText(
    heads,
    rows.map((row) => [
      row.requirement_id,
      row.rfp_reference,
      row.page,
      row.requirement_text,
      row.obligation,
      row.category,
      rowStateNames[row.status],
      row.owner_id ? people.name(row.owner_id) : '',
      row.response_location,
      row.notes,
    ]),
  )

export type Import = {
  readonly changes: readonly { readonly row: MatrixRow; readonly change: RowChange }[]
  /** What the file says that cannot be taken over, in words. */
  readonly refused: readonly string[]
}

type Taken = { readonly change: RowChange; readonly refused?: string }
const stateOf = (text: string) =>
  rowStates.find((state) =>
    [state, rowStateNames[state]].some((name) => name.toLowerCase() === text.toLowerCase()),
  )

/** How each column that may be edited is read; others are the solicitation's. */
const columns: Partial<Record<(typeof heads)[number], (text: string, people: People) => Taken>> = {
  Status: (text) => {
    const status = stateOf(text)
    return status ? { change: { status } } : { change: {}, refused: `“${text}” is no status` }
  },
  Owner: (text, people) => {
    if (text === '') return { change: { owner_id: null } }
    const owner = people.all.find(({ name }) => name.toLowerCase() === text.toLowerCase())
    return owner
      ? { change: { owner_id: owner.id } }
      : { change: {}, refused: `nobody here is called “${text}”` }
  },
  Response: (text) =>
    text.length > 255
      ? { change: {}, refused: 'the place in the response has more than 255 characters' }
      : { change: { response_location: text } },
  Notes: (text) => ({ change: { notes: text.slice(0, 20_000) } }),
}

/** What a file changes in the matrix; rows are known by their id. */
export function readMatrix(file: string, rows: readonly MatrixRow[], people: People): Import {
  const [first = [], ...lines] = csvRows(file)
  const titles = first.map((title) => title.trim().toLowerCase())
  const at = (head: string) => titles.indexOf(head.toLowerCase())
  if (at('Id') < 0)
    return { changes: [], refused: ['The file has no column “Id”: start from the file that Export makes.'] }
  const known = new Map(rows.map((row) => [row.requirement_id, row]))
  const refused: string[] = []
  const changes = lines.flatMap((line, index) => {
    const id = line[at('Id')]?.trim() ?? ''
    const row = known.get(id)
    if (!row) {
      refused.push(`Line ${index + 2}: the matrix has no row “${id}”.`)
      return []
    }
    const change: RowChange = {}
    for (const [head, read] of Object.entries(columns)) {
      const text = line[at(head)]?.trim()
      if (at(head) < 0 || text === undefined) continue
      const taken = read(text, people)
      if (taken.refused) refused.push(`${id}: ${taken.refused}.`)
      for (const [field, value] of Object.entries(taken.change))
        if (row[field as keyof RowChange] !== value) Object.assign(change, { [field]: value }) // a field of the row
    }
    return Object.keys(change).length > 0 ? [{ row, change }] : []
  })
  return { changes, refused }
}
