/** Pages of lists: newest first, by id, which sorts by time of creation. The cursor is the last id, wrapped. */
import { MdraftError } from '../core/index.ts'

export type Page<T> = { readonly items: T[]; readonly next: string | null }
type Asked = { readonly limit: number; readonly cursor?: string | undefined }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Asks for one row more than wanted, to know whether there is a next page. */
export const pageOf = <Row extends { id: string }, T>(
  asked: Asked,
  rowsOf: (page: { limit: number; before?: string }) => Promise<Row[]>,
  present: (row: Row) => T,
): Promise<Page<T>> =>
  pageBy(asked, {
    keyOf: ({ id }) => id,
    isKey: (text) => UUID.test(text),
    rowsOf: ({ limit, last }) => rowsOf({ limit, ...(last ? { before: last } : {}) }),
    present,
  })

type Order<Row, T> = {
  /** What the list goes by, of which no two rows have the same. */
  readonly keyOf: (row: Row) => string
  readonly isKey: (text: string) => boolean
  /** Rows behind the last one. */
  readonly rowsOf: (page: { limit: number; last?: string }) => Promise<Row[]>
  readonly present: (row: Row) => T
}

/** The same for a list in another order. */
export async function pageBy<Row, T>(
  { limit, cursor }: Asked,
  { keyOf, isKey, rowsOf, present }: Order<Row, T>,
): Promise<Page<T>> {
  const last = cursor === undefined ? undefined : keyIn(cursor, isKey)
  const rows = await rowsOf({ limit: limit + 1, ...(last ? { last } : {}) })
  const shown = rows.slice(0, limit)
  const next = rows.length > limit ? Buffer.from(keyOf(shown.at(-1)!)).toString('base64url') : null
  return { items: shown.map(present), next }
}

function keyIn(cursor: string, isKey: (text: string) => boolean): string {
  const key = Buffer.from(cursor, 'base64url').toString()
  if (isKey(key)) return key
  throw new MdraftError('bad_option', 'The cursor is not one that a list gave.', {
    fix: 'Start without a cursor.',
  })
}
