/** Rows of every table as JSON lines and back, in one transaction each way; the same text for either engine. */
import { sql } from 'kysely'
import type { Db, Query, Trx } from '../db/db.ts'
import { readSchema } from '../db/schema.ts'

/** Counts of the last minutes: nobody misses them. */
const passing = new Set(['rate_counters', 'idempotency_keys', 'schema_migrations'])
const AT_ONCE = 500

/** Tables so that each comes after those it refers to. */
async function tablesInOrder(db: Db): Promise<string[]> {
  const schema = await readSchema(db)
  const refersTo = (table: string) =>
    Object.values(schema[table]!.constraints).flatMap((text) => /REFERENCES (\w+)/.exec(text)?.[1] ?? [])
  const order = new Set<string>()
  const visit = (table: string, above: readonly string[]): void => {
    if (order.has(table) || above.includes(table)) return
    for (const other of refersTo(table)) visit(other, [...above, table])
    order.add(table)
  }
  for (const table of Object.keys(schema).sort()) visit(table, [])
  return [...order].filter((table) => !passing.has(table))
}

type Sink = (table: string, lines: AsyncIterable<string>) => Promise<void>

/** One snapshot of all tables. */
export async function readRows(db: Db, sink: Sink): Promise<void> {
  const tables = await tablesInOrder(db)
  await db.query
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      for (const table of tables) await sink(table, linesOf(trx, table))
    })
}

async function* linesOf(trx: Query, table: string): AsyncGenerator<string> {
  await sql`declare backup no scroll cursor for
    select row_to_json(t)::text as line from ${sql.table(table)} t`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(AT_ONCE)} from backup`.execute(trx)
    if (rows.length === 0) break
    for (const { line } of rows) yield line
  }
  await sql`close backup`.execute(trx)
}

/** Names the first table that holds something. */
export async function firstFilled(db: Db): Promise<string | undefined> {
  for (const table of await tablesInOrder(db)) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db.query)
    if (rows.length > 0) return table
  }
  return undefined
}

/** All rows or none. `after` belongs to the same transaction. */
export async function writeRows(
  db: Db,
  source: (table: string) => AsyncIterable<string>,
  after: (trx: Trx) => Promise<void>,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const tables = await tablesInOrder(db)
  await db.query.transaction().execute(async (trx) => {
    for (const table of tables) {
      let heap: string[] = []
      const flush = async () => {
        if (heap.length === 0) return
        await sql`insert into ${sql.table(table)}
          select * from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${heap.join(',')}]`}::jsonb)`.execute(
          trx,
        )
        counts.set(table, (counts.get(table) ?? 0) + heap.length)
        heap = []
      }
      for await (const line of source(table)) {
        heap.push(line)
        if (heap.length >= AT_ONCE) await flush()
      }
      await flush()
    }
    await after(trx)
  })
  return counts
}
