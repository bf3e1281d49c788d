import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import type { Db, Row } from './db.ts'
import { lockFolder } from './folder-lock.ts'
import type { Tables } from './tables.ts'

export async function openPglite(folder?: string): Promise<Db> {
  if (!folder) return wrap(await PGlite.create())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = lockFolder(folder)
  try {
    const pglite = await PGlite.create(join(folder, 'postgres'))
    return wrap(pglite, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}

function wrap(pglite: PGlite, onClose = () => {}): Db {
  let closing: Promise<void> | undefined
  return {
    engine: 'pglite',
    query: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }),
    executeSql: async (text, values) => {
      try {
        if (values?.length) return { rows: (await pglite.query<Row>(text, values)).rows }
        // Only `exec` takes several statements.
        return { rows: (await pglite.exec(text)).flatMap(({ rows }) => rows as Row[]) }
      } catch (error) {
        // There is one session: a failed BEGIN … COMMIT text would leave it in an aborted transaction.
        await pglite.exec('rollback').catch(() => {})
        throw error
      }
    },
    listen: async (channel, onMessage, onReady) => {
      const unsubscribe = await pglite.listen(channel, onMessage)
      onReady()
      return { close: async () => unsubscribe() }
    },
    close: () => {
      closing ??= pglite.close().finally(onClose)
      return closing
    },
  }
}
