/** Every promise of the database port, kept by both engines. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import schema from '../../../migrations/schema.json' with { type: 'json' }
import type { Db } from '../../../src/platform/db/db.ts'
import { applyAll, migrate, migrationStatus } from '../../../src/platform/db/migrate.ts'
import { openDb } from '../../../src/platform/db/open.ts'
import { readSchema } from '../../../src/platform/db/schema.ts'
import type { Tables } from '../../../src/platform/db/tables.ts'
import { newId } from '../../../src/platform/ids.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const engines = {
  pglite: () => openDb({}),
  postgres: async () => openDb({ url: await server.database() }),
}

describe.each(Object.keys(engines) as (keyof typeof engines)[])('%s', (engine) => {
  let db: Db
  const visitor = async () => {
    const id = newId()
    await db.query.insertInto('visitor_sessions').values({ id, expires_at: new Date() }).execute()
    return id
  }
  beforeAll(async () => {
    db = await engines[engine]()
    await migrate(db)
  })
  afterAll(() => db.close())

  test('migrating ends in the expected schema, and again changes nothing', async () => {
    const status = await migrate(db)
    expect(status).toMatchObject({ pending: [], problems: [], ahead: false })
    expect(status.current).toBe(status.expected)
    expect(await readSchema(db)).toMatchObject(schema)
  })

  test('sizes come back as numbers and times as dates', async () => {
    const owner = await visitor()
    await db.query
      .insertInto('conversions')
      .values({
        id: newId(),
        visitor_session_id: owner,
        filename: 'a.pdf',
        format: 'pdf',
        sha256: 'a'.repeat(64),
        original_mime: 'application/pdf',
        original_size: 5_000_000_000,
        stored_uri: 'x',
        options: JSON.stringify({ pages: '1-2' }),
      })
      .execute()
    const row = await db.query
      .selectFrom('conversions')
      .selectAll()
      .where('visitor_session_id', '=', owner)
      .executeTakeFirstOrThrow()
    expect(row.original_size).toBe(5_000_000_000)
    expect(row.created_at).toBeInstanceOf(Date)
    expect(row.options).toEqual({ pages: '1-2' })
  })

  const bad: [string, () => Promise<unknown>][] = [
    [
      'a proposal without an owner',
      () => db.query.insertInto('proposals').values({ id: newId(), title: 'x' }).execute(),
    ],
    [
      'a state that does not exist',
      async () =>
        db.query
          .insertInto('proposals')
          .values({
            id: newId(),
            title: 'x',
            visitor_session_id: await visitor(),
            status: 'lovely' as 'draft',
          })
          .execute(),
    ],
    [
      'an e-mail address in capitals',
      () => db.query.insertInto('users').values({ id: newId(), email: 'A@example.com' }).execute(),
    ],
    [
      'a conversion born completed',
      async () =>
        db.query
          .insertInto('conversions')
          .values({
            id: newId(),
            visitor_session_id: await visitor(),
            filename: 'a',
            format: 'pdf',
            sha256: 'a'.repeat(64),
            original_mime: 'x',
            original_size: 1,
            stored_uri: 'x',
            status: 'completed',
          } as Tables['conversions'] & { status: 'completed' } as never)
          .execute(),
    ],
  ]
  test.each(bad)('refuses %s', async (_, insert) => {
    await expect(insert()).rejects.toMatchObject({ code: '23514' })
  })

  test('a transaction that fails leaves nothing, and the next one works', async () => {
    const id = newId()
    await expect(
      db.query.transaction().execute(async (trx) => {
        await trx.insertInto('users').values({ id, email: 'gone@example.com' }).execute()
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await db.query.selectFrom('users').select('id').where('id', '=', id).execute()).toEqual([])
    await expect(db.executeSql('begin; select 1/0; commit')).rejects.toThrow()
    expect((await db.executeSql('select 1 as one; select 2 as two')).rows).toEqual([{ one: 1 }, { two: 2 }])
  })

  test('a listener hears what is notified after commit', async () => {
    const heard: string[] = []
    let ready = 0
    const listener = await db.listen(
      'mdraft_test',
      (payload) => heard.push(payload),
      () => ready++,
    )
    await db.executeSql(`select pg_notify('mdraft_test', $1)`, ['hello'])
    await expect.poll(() => heard).toEqual(['hello'])
    expect(ready).toBe(1)
    await listener.close()
  })
})

describe('migrations fail closed', () => {
  const fresh = async () => {
    const db = await openDb({ url: await server.database() })
    await migrate(db)
    return db
  }
  const refusal = (db: Db) =>
    migrate(db).then(
      () => '',
      (error: Error) => error.message,
    )

  test('on a file changed after it was applied', async () => {
    const db = await fresh()
    await db.executeSql(`update schema_migrations set checksum = repeat('0', 64) where version = 1`)
    expect(await refusal(db)).toContain('was changed after it was applied')
    await db.close()
  })

  test.each([
    ['alter table jobs drop column revision', 'column jobs.revision is missing'],
    ['alter table jobs alter column page type bigint', 'column jobs.page is "bigint", expected "integer"'],
    ['drop index idx_conversions_sha256', 'index conversions.idx_conversions_sha256 is missing'],
    [
      'alter table proposals drop constraint ck_proposals_owner_present',
      'ck_proposals_owner_present is missing',
    ],
    ['drop table analyses cascade', 'table analyses is missing'],
  ])('on %s', async (statement, problem) => {
    const db = await fresh()
    await db.executeSql(statement)
    expect(await refusal(db)).toContain(problem)
    expect((await migrationStatus(db)).problems.join()).toContain(problem)
    await db.close()
  })

  test('a newer database is told apart from a broken one', async () => {
    const db = await fresh()
    const { expected } = await migrationStatus(db)
    await db.executeSql(
      `insert into schema_migrations (version, name, checksum) values (${expected + 1}, 'later', repeat('0', 64));
       alter table jobs add column later text`,
    )
    expect(await migrationStatus(db)).toMatchObject({ ahead: true, problems: [], pending: [] })
    await db.close()
  })

  test('a database never migrated is behind', async () => {
    const db = await openDb({ url: await server.database() })
    expect(await migrationStatus(db)).toMatchObject({ current: 0, problems: [] })
    expect((await migrationStatus(db)).pending).toContain('0001_initial')
    await db.close()
  })

  test('ten at once apply each migration once', async () => {
    const url = await server.database()
    const dbs = await Promise.all(Array.from({ length: 10 }, () => openDb({ url, poolSize: 3 })))
    const applied: string[] = []
    await Promise.all(dbs.map((db) => applyAll(db, { onApplied: (name) => applied.push(name) })))
    expect(new Set(applied).size).toBe(applied.length)
    expect(await migrationStatus(dbs[0]!)).toMatchObject({ pending: [], problems: [] })
    await Promise.all(dbs.map((db) => db.close()))
  })
})

describe('the embedded database', () => {
  test('refuses a second process and is free again after a crash', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mdraft-data-'))
    const module = resolve('src/platform/db/folder-lock.ts')
    const run = (then: string) =>
      promisify(execFile)(process.execPath, [
        '--input-type=module',
        '-e',
        `import { lockFolder } from ${JSON.stringify(module)}; lockFolder(${JSON.stringify(folder)}); ${then}`,
      ])
    const db = await openDb({ folder })
    await expect(run('')).rejects.toThrow(/Another mdraft process has the data/)
    await expect(openDb({ folder })).rejects.toMatchObject({ code: 'conflict' })
    await db.close()
    await expect(run('process.kill(process.pid, "SIGKILL")')).rejects.toMatchObject({ signal: 'SIGKILL' })
    const again = await openDb({ folder })
    expect((await again.executeSql('select 1 as one')).rows).toEqual([{ one: 1 }])
    await again.close()
    rmSync(folder, { recursive: true })
  })
})
