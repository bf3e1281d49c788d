/** What operators and load balancers ask. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDb } from '../../src/platform/db/open.ts'
import { type PostgresServer, startPostgres } from '../platform/db/postgres-server.ts'
import { caller, convert, type TestHouse, testHouse } from './house.ts'

describe('on the embedded database', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await testHouse()
  })
  afterAll(() => house.close())
  const ask = async (url: string, headers: Record<string, string> = {}) => caller(house.app).get(url, headers)

  test('health, liveness and readiness', async () => {
    expect((await ask('/health')).json).toEqual({ status: 'ok' })
    expect((await ask('/livez')).json).toEqual({ status: 'ok' })
    expect((await ask('/readyz')).json).toEqual({
      status: 'ok',
      checks: { database: 'ok', storage: 'ok', migrations: 'ok', accepting: 'ok' },
    })
  })

  test('the migration status is whole', async () => {
    const { json } = await ask('/api/ops/migration_status')
    expect(json).toMatchObject({ migrated: true, pending: [], problems: [], ahead: false })
    expect(json.current).toBe(json.expected)
  })

  test('metrics count requests, jobs, pages and the queue', async () => {
    const browser = caller(house.app)
    await convert(browser, 'count me', 'count.txt')
    const { text, headers } = await ask('/api/ops/metrics')
    expect(headers['content-type']).toContain('text/plain')
    for (const line of [
      /http_request_duration_seconds_count\{method="POST",route="\/api\/upload",status="200"\} [1-9]/,
      /jobs_total\{queue="conversion",outcome="completed"\} [1-9]/,
      /job_duration_seconds_count\{queue="conversion",format="txt"\} [1-9]/,
      /queue_depth\{queue="conversion",state="ready"\} 0/,
      /upload_bytes_total [1-9]/,
      /process_resident_memory_bytes \d+/,
    ])
      expect(text).toMatch(line)
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/)
  })

  test('what has expired goes with its files; what has not, and what is new, stays', async () => {
    const browser = caller(house.app)
    const old = await convert(browser, 'old', 'old.txt')
    const fresh = await convert(browser, 'fresh', 'fresh.txt')
    const { db, blobs } = await partsOf(house)
    await db(
      `update conversions set expires_at = now() - interval '1 minute' where id = '${old.conversion_id}'`,
    )
    await blobs.write('originals/aa/orphan', [Buffer.from('x')])
    await blobs.write('outputs/aa/new-orphan/claim/markdown.gz', [Buffer.from('x')])
    await blobs.age('originals/aa/orphan', 25)
    const stored = (await blobs.keys()).length
    const { json } = await caller(house.app).post('/api/ops/cleanup', undefined)
    expect(json.data).toMatchObject({ documents: 1, files: 1 })
    expect((await browser.get(`/api/conversions/${old.conversion_id}`)).status).toBe(404)
    expect((await browser.get(`/api/jobs/${old.job_id}`)).status).toBe(404)
    expect((await browser.get(`/api/jobs/${fresh.job_id}/download`)).text).toContain('fresh')
    const left = await blobs.keys()
    expect(left).not.toContain('originals/aa/orphan')
    expect(left).toContain('outputs/aa/new-orphan/claim/markdown.gz')
    expect(left.length).toBeLessThan(stored - 4)
  })

  test('every hour a part of the storage is swept, and in a day all of it', async () => {
    const { blobs } = await partsOf(house)
    const keys = ['00', '7f', 'ff'].map((folder) => `originals/${folder}/orphan`)
    for (const key of keys) {
      await blobs.write(key, [Buffer.from('x')])
      await blobs.age(key, 25)
    }
    const removed: number[] = []
    for (let hour = 0; hour < 24; hour++) removed.push((await house.cleanup(hour)).files)
    expect(removed.filter((count) => count > 0)).toEqual([1, 1, 1])
    expect((await blobs.keys()).filter((key) => keys.includes(key))).toEqual([])
  })
})

describe('who may ask', () => {
  test('with a token only its bearer; without one only this machine', async () => {
    const closed = await testHouse({ OPS_TOKEN: 'operators-only-token' }, { serve: true, work: false })
    const ask = async (house: TestHouse, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
      (await house.app.inject({ url: '/api/ops/metrics', headers, remoteAddress })).statusCode
    expect(await ask(closed)).toBe(401)
    expect(await ask(closed, { authorization: 'Bearer operators-only-tokem' })).toBe(401)
    expect(await ask(closed, { authorization: 'Bearer operators-only-token' })).toBe(200)
    await closed.close()
    const open = await testHouse({}, { serve: true, work: false })
    expect(await ask(open)).toBe(200)
    expect(await ask(open, {}, '203.0.113.7')).toBe(401)
    expect(await ask(open, { 'x-forwarded-for': '203.0.113.7' })).toBe(401)
    await open.close()
  })
})

describe('when the database goes away', () => {
  let server: PostgresServer
  let house: TestHouse
  beforeAll(async () => {
    server = await startPostgres()
    const url = await server.database()
    const db = await openDb({ url })
    await migrate(db)
    await db.close()
    house = await testHouse({ DATABASE_URL: url })
  })
  afterAll(async () => {
    await house.close()
    await server.stop()
  })

  test('requests get 503 with Retry-After, the process lives on, and work resumes when it is back', async () => {
    const browser = caller(house.app)
    await convert(browser, 'before', 'before.txt')
    await server.crash()
    const answer = await browser.get('/api/jobs')
    expect(answer).toMatchObject({ status: 503, json: { error: 'unavailable' } })
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(2)
    expect(await browser.get('/health')).toMatchObject({ status: 503, json: { status: 'database_error' } })
    expect((await browser.get('/livez')).status).toBe(200)
    expect(await browser.get('/readyz')).toMatchObject({ status: 503, json: { status: 'not_ready' } })
    expect(answer.text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/)
    await server.start()
    await expect.poll(async () => (await browser.get('/readyz')).status, { timeout: 15_000 }).toBe(200)
    const { job } = await convert(browser, 'after', 'after.txt')
    expect(job.status).toBe('completed')
  })
})

async function partsOf({ folder, sql }: TestHouse) {
  const { diskBlobs } = await import('../../src/platform/blobs/disk.ts')
  const { utimesSync } = await import('node:fs')
  const stored = diskBlobs(`${folder}/files`)
  return {
    db: sql,
    blobs: {
      write: (key: string, content: Buffer[]) =>
        stored.write(
          key,
          (async function* () {
            yield* content
          })(),
        ),
      age: async (key: string, hours: number) => {
        const then = new Date(Date.now() - hours * 3_600_000)
        utimesSync(`${folder}/files/${key}`, then, then)
      },
      keys: async () => {
        const found: string[] = []
        for await (const { key } of stored.list('')) found.push(key)
        return found
      },
    },
  }
}
