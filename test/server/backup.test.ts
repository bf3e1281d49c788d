/** A house saved, and brought up again elsewhere: on another database, with the same people and their work. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Uploaded } from '../../src/contract/documents.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDb } from '../../src/platform/db/open.ts'
import { type PostgresServer, startPostgres } from '../platform/db/postgres-server.ts'
import { caller, convert, ended, testHouse } from './house.ts'

const SECRET_KEY = 'a secret that both houses know, long enough'
let server: PostgresServer
let folder: string
beforeAll(async () => {
  server = await startPostgres()
  folder = mkdtempSync(join(tmpdir(), 'mdraft-backup-'))
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const emptyHouse = async (roles = { serve: true, work: true }) => {
  const url = await server.database()
  const db = await openDb({ url })
  await migrate(db)
  await db.close()
  return testHouse({ DATABASE_URL: url, SECRET_KEY }, roles)
}

test('moves from the embedded database to PostgreSQL; what was queued is done there', async () => {
  const old = await testHouse({ SECRET_KEY })
  const browser = caller(old.app)
  const done = await convert(browser, '# Kept\n\nNaïve “quotes” and 漢字\n', 'kept.md')
  const address = `/api/jobs/${done.job_id}/download`
  const { text } = await browser.get(address)
  expect(text).toContain('漢字')
  await old.stop()

  const idle = await testHouse({ SECRET_KEY, DATA_DIR: old.folder }, { serve: true, work: false })
  const again = caller(idle.app, browser.cookie)
  const { job_id: waiting } = await again.data<Uploaded>(again.upload('still waiting', 'waiting.txt'))
  const saved = await idle.backup(join(folder, 'moved'))
  expect(saved.rows.conversions?.count).toBe(2)
  await idle.close()

  const fresh = await emptyHouse()
  await fresh.restore(join(folder, 'moved'))
  const same = caller(fresh.app, browser.cookie)
  expect((await same.get(address)).text).toBe(text)
  expect((await ended(same, waiting)).status).toBe('completed')

  await expect(fresh.restore(join(folder, 'moved'))).rejects.toMatchObject({ code: 'conflict' })
  await expect(fresh.backup(join(folder, 'moved'))).rejects.toMatchObject({ code: 'conflict' })
  await fresh.close()
})

test('a backup that was changed or cut off restores nothing', async () => {
  const old = await emptyHouse()
  await convert(caller(old.app), 'some text', 'some.txt')
  const path = join(folder, 'damaged')
  await old.backup(path)
  await old.close()
  const rows = join(path, 'rows/jobs.jsonl.gz')
  writeFileSync(rows, readFileSync(rows).subarray(0, 40))

  const fresh = await emptyHouse({ serve: true, work: false })
  await expect(fresh.restore(path)).rejects.toMatchObject({ code: 'malformed' })
  expect(await fresh.sql('select id from visitor_sessions')).toMatchObject({ rows: [] })
  rmSync(join(path, 'manifest.json'))
  await expect(fresh.restore(path)).rejects.toMatchObject({ code: 'malformed' })
  await fresh.close()
})
