import type { Db } from './db.ts'

export type OpenDb = {
  /** PostgreSQL to connect to; absent: the embedded one in `folder`. */
  readonly url?: string | undefined
  /** Where the embedded database keeps its files; absent: in memory. */
  readonly folder?: string | undefined
  readonly poolSize?: number
  readonly onError?: (error: unknown) => void
}

/** @throws MdraftError `conflict` when another process has the embedded database open */
export async function openDb({ url, folder, poolSize = 10, onError = () => {} }: OpenDb): Promise<Db> {
  return url
    ? (await import('./postgres.ts')).openPostgres(url, poolSize, onError)
    : (await import('./pglite.ts')).openPglite(folder)
}
