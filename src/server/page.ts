/** Pages of lists: newest first, by id, which sorts by time of creation. The cursor is the last id, wrapped. */
import { MdraftError } from '../core/index.ts'

export type Page<T> = { readonly items: T[]; readonly next: string | null }
type Asked = { readonly limit: number; readonly cursor?: string | undefined }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Asks for one row more than wanted, to know whether there is a next page. */
export async function pageOf<Row extends { id: string }, T>(
  { limit, cursor }: Asked,
  rowsOf: (page: { limit: number; before?: string }) => Promise<Row[]>,
  present: (row: Row) => T,
): Promise<Page<T>> {
  const before = cursor === undefined ? undefined : idOf(cursor)
  const rows = await rowsOf({ limit: limit + 1, ...(before ? { before } : {}) })
  const shown = rows.slice(0, limit)
  const next = rows.length > limit ? Buffer.from(shown.at(-1)!.id).toString('base64url') : null
  return { items: shown.map(present), next }
}

function idOf(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString()
  if (UUID.test(id)) return id
  throw new MdraftError('bad_option', 'The cursor is not one that a list gave.', {
    fix: 'Start without a cursor.',
  })
}
