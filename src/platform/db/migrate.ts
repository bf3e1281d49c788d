/**
 * Forward-only migrations: `migrations/NNNN_name.sql`, each once, in order, in a transaction of its own. Fails closed:
 * a changed file, one that was skipped, a newer database or a schema that is not the expected one stops everything and repairs nothing.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { MdraftError } from '../../core/index.ts'
import type { Db } from './db.ts'
import { drift, readSchema, type Schema } from './schema.ts'

/** Beside `src` in the checkout and beside `dist` in the package. */
const bundled = fileURLToPath(new URL('../../../migrations/', import.meta.url))

type Migration = {
  readonly version: number
  readonly name: string
  readonly checksum: string
  readonly text: string
}
type Applied = Pick<Migration, 'version' | 'name' | 'checksum'>

export type MigrationStatus = {
  readonly current: number
  readonly expected: number
  readonly pending: readonly string[]
  /** The database is newer than this program: fine while a release rolls out, as changes only add. */
  readonly ahead: boolean
  /** Why this database must not be touched; empty when all is well. */
  readonly problems: readonly string[]
}

export type MigrateOptions = {
  readonly folder?: string
  /** How long to wait for another migration to end. */
  readonly waitMs?: number
  readonly onApplied?: (name: string) => void
}

// Any number that no other program takes in this database.
const ADVISORY_LOCK = 5_283_640_219
const TABLE = `create table if not exists schema_migrations (
  version integer primary key, name varchar(255) not null, checksum char(64) not null,
  applied_at timestamptz not null default now())`

export const isBehind = (status: MigrationStatus): boolean => status.pending.length > 0

/** @throws MdraftError `conflict` when the database is not one that these migrations may continue, or ends as none */
export async function migrate(db: Db, options: MigrateOptions = {}): Promise<MigrationStatus> {
  await applyAll(db, options)
  const status = await migrationStatus(db, options.folder)
  refuse(status.problems)
  return status
}

export async function applyAll(db: Db, options: MigrateOptions = {}): Promise<void> {
  const { folder = bundled, waitMs = 60_000, onApplied = () => {} } = options
  const migrations = readMigrations(folder)
  await withLock(db, waitMs, async () => {
    await db.executeSql(TABLE)
    const { pending, problems } = compare(migrations, await readApplied(db))
    refuse(problems)
    for (const migration of pending) {
      await apply(db, migration)
      onApplied(migration.name)
    }
  })
}

/** Where the database stands, without changing it. */
export async function migrationStatus(db: Db, folder = bundled): Promise<MigrationStatus> {
  const migrations = readMigrations(folder)
  const applied = await readApplied(db)
  const { pending, problems, ahead } = compare(migrations, applied)
  const isWhole = pending.length === 0
  return {
    current: applied.at(-1)?.version ?? 0,
    expected: migrations.at(-1)?.version ?? 0,
    pending: pending.map(({ name }) => name),
    ahead,
    problems: isWhole ? [...problems, ...drift(readExpected(folder), await readSchema(db))] : problems,
  }
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((file, index, all) => {
      const version = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1])
      if (!(version > 0) || all[index - 1]?.startsWith(file.slice(0, 4)))
        throw new Error(`migrations/${file}: expected a number of its own.`)
      // Line ends may differ between checkouts; the text may not.
      const text = readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n')
      return {
        version,
        name: file.replace(/\.sql$/, ''),
        checksum: createHash('sha256').update(text).digest('hex'),
        text,
      }
    })
}

const readExpected = (folder: string): Schema => JSON.parse(readFileSync(`${folder}/schema.json`, 'utf8'))

async function readApplied(db: Db): Promise<Applied[]> {
  const exists = await db.executeSql(`select to_regclass('schema_migrations') is not null as yes`)
  if (!exists.rows[0]?.yes) return []
  const { rows } = await db.executeSql(
    'select version, name, checksum from schema_migrations order by version',
  )
  return rows as Applied[]
}

/** Numbers rise but may leave gaps; what a database skipped while it took a later one is never made up for. */
function compare(migrations: readonly Migration[], applied: readonly Applied[]) {
  const last = applied.at(-1)?.version ?? 0
  const problems = migrations.flatMap((migration) => {
    const row = applied.find(({ version }) => version === migration.version)
    if (!row)
      return migration.version < last
        ? [`migration ${migration.version} is missing from the database's record`]
        : []
    if (migration.name !== row.name)
      return [`migration ${row.version} was ${row.name}, here it is ${migration.name}`]
    return migration.checksum === row.checksum ? [] : [`${row.name} was changed after it was applied`]
  })
  const known = new Set(migrations.map(({ version }) => version))
  return {
    problems,
    pending: migrations.filter(({ version }) => version > last),
    ahead: applied.some(({ version }) => !known.has(version)),
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0)
    throw new MdraftError('conflict', `The database is not as expected: ${problems.join('; ')}.`, {
      fix: 'Nothing was changed. Restore the expected schema, or point DATABASE_URL at the right database.',
    })
}

async function withLock(db: Db, waitMs: number, work: () => Promise<void>): Promise<void> {
  // The embedded database has one session, and its folder is locked already.
  if (db.engine === 'pglite') return work()
  await db.query.connection().execute(async (session) => {
    const deadline = Date.now() + waitMs
    for (;;) {
      const { rows } = await sql<{
        got: boolean
      }>`select pg_try_advisory_lock(${ADVISORY_LOCK}) as got`.execute(session)
      if (rows[0]?.got) break
      if (Date.now() > deadline)
        throw new MdraftError(
          'conflict',
          'Another process is migrating this database and did not end in time.',
          {
            fix: 'Wait for it to end and run mdraft migrate again.',
          },
        )
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    try {
      await work()
    } finally {
      await sql`select pg_advisory_unlock(${ADVISORY_LOCK})`.execute(session)
    }
  })
}

/** PostgreSQL's code for a statement that gave up waiting for a lock. */
const LOCK_NOT_AVAILABLE = '55P03'

/** A short wait for locks, tried again: a migration that waits long blocks every query queued behind it. */
async function apply(db: Db, { version, name, checksum, text }: Migration): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await db.executeSql(
        `begin; set local lock_timeout = '2s'; set local statement_timeout = 0;
        ${text}
        ;insert into schema_migrations (version, name, checksum) values (${version}, '${name}', '${checksum}'); commit`,
      )
      return
    } catch (error) {
      const isBusy = (error as { code?: string }).code === LOCK_NOT_AVAILABLE
      if (!isBusy || attempt === 5)
        throw new MdraftError('conflict', `Migration ${name} failed and was rolled back.`, {
          fix: isBusy
            ? 'The tables are busy: end long transactions and run it again.'
            : 'See the log for the cause.',
          cause: error,
        })
      await new Promise((resolve) => setTimeout(resolve, 1000 * attempt))
    }
  }
}
