/** The database port: one SQL dialect, two engines. `open.ts` alone knows which. */
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

export type Row = Record<string, unknown>
export type Query = Kysely<Tables>
export type Trx = Transaction<Tables>

export type Db = {
  readonly engine: 'postgres' | 'pglite'
  readonly query: Query
  /** One text, possibly of several statements, on one connection. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
  /** `onReady` runs after each (re)subscription: messages may have been missed before it. */
  listen(
    channel: string,
    onMessage: (payload: string) => void,
    onReady: () => void,
  ): Promise<{ close(): Promise<void> }>
  close(): Promise<void>
}

/**
 * A value that the database cannot keep: NUL in a text (22021, 22P05), a number or a time beyond its range (22003, 22008).
 * SQLSTATEs of class 22.
 */
export const isRefusedValue = (error: unknown): boolean =>
  error instanceof Error && /^22(003|008|021|P05)$/.test(String((error as { code?: unknown }).code))

/** The server or the network is away (SQLSTATE classes 08 and 57P, too many connections, or the socket itself). */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && /^(08|57P|53300|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT)/.test(code)) return true
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered/.test(
    error.message,
  )
}
