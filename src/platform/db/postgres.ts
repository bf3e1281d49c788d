import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Db, Row } from './db.ts'
import type { Tables } from './tables.ts'

/** int8 as a number: every bigint of ours is a size or a counter far below 2^53. */
const types = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format as 'text'),
}

export function openPostgres(url: string, poolSize: number, onError: (error: unknown) => void): Db {
  const settings = {
    connectionString: url,
    types: types as pg.CustomTypesConfig,
    application_name: 'mdraft',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  }
  const pool = new pg.Pool({ ...settings, max: poolSize, statement_timeout: 60_000 })
  // An idle connection that the server ends must not end the process.
  pool.on('error', onError)
  // Nor one that a transaction holds, in the moment between two of its queries.
  pool.on('connect', (client) => client.on('error', onError))
  return {
    engine: 'postgres',
    query: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    executeSql: async (text, values) => {
      // A text of several statements gives an array of results.
      const result = (await pool.query(text, values)) as pg.QueryResult<Row> | pg.QueryResult<Row>[]
      return { rows: Array.isArray(result) ? result.flatMap(({ rows }) => rows ?? []) : result.rows }
    },
    listen: (channel, onMessage, onReady) =>
      listen(() => new pg.Client(settings), channel, { onMessage, onReady, onError }),
    close: () => pool.end(),
  }
}

type Listener = {
  readonly onMessage: (payload: string) => void
  readonly onReady: () => void
  readonly onError: (error: unknown) => void
}

const HEARTBEAT_MS = 10_000

/** A connection of its own for LISTEN, opened again with back-off whenever it is lost. */
async function listen(connect: () => pg.Client, channel: string, on: Listener) {
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let failures = 0

  const lose = (lost: pg.Client, error: unknown) => {
    if (client !== lost) return
    client = undefined
    clearTimeout(timer)
    lost.end().catch(() => {})
    if (closed) return
    on.onError(error)
    timer = setTimeout(retry, Math.min(30_000, 500 * 2 ** Math.min(failures++, 6)))
  }
  const open = async () => {
    const next = connect()
    client = next
    next.on('error', (error) => lose(next, error))
    next.on('end', () => lose(next, new Error('The listening connection ended.')))
    next.on('notification', ({ payload }) => on.onMessage(payload ?? ''))
    await next.connect()
    await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    failures = 0
    beat(next)
    on.onReady()
  }
  // A peer that vanished without closing is only noticed by talking to it.
  const beat = (current: pg.Client) => {
    timer = setTimeout(() => {
      const late = setTimeout(() => lose(current, new Error('The listening connection went silent.')), 5_000)
      current.query('select 1').then(
        () => {
          clearTimeout(late)
          if (client === current && !closed) beat(current)
        },
        (error) => {
          clearTimeout(late)
          lose(current, error)
        },
      )
    }, HEARTBEAT_MS)
  }
  const retry = () => {
    open().catch((error) => client && lose(client, error))
  }

  try {
    await open()
  } catch (error) {
    closed = true
    clearTimeout(timer)
    client?.end().catch(() => {})
    throw error
  }
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
