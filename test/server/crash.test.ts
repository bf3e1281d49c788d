/** Workers as processes of their own on a real PostgreSQL, and what becomes of their jobs when they are killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Job, Uploaded } from '../../src/contract/documents.ts'
import { diskBlobs } from '../../src/platform/blobs/disk.ts'
import type { Db } from '../../src/platform/db/db.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDb } from '../../src/platform/db/open.ts'
import { writePdf } from '../pdf/write.ts'
import { type PostgresServer, startPostgres } from '../platform/db/postgres-server.ts'
import { caller, type TestHouse, testHouse } from './house.ts'

const JOBS = 200

let server: PostgresServer
let house: TestHouse
let db: Db
let env: Record<string, string>
const workers = new Set<ChildProcess>()

beforeAll(async () => {
  server = await startPostgres()
  const url = await server.database()
  db = await openDb({ url })
  await migrate(db)
  const settings = {
    DATABASE_URL: url,
    JOB_HEARTBEAT_SECONDS: '10',
    JOB_RETRY_SECONDS: '1',
    WORKER_CONCURRENCY: '2',
  }
  house = await testHouse(settings, { serve: true, work: false })
  env = {
    ...settings,
    DATA_DIR: house.folder,
    NODE_ENV: 'test',
    LOG_FORMAT: 'json',
    PATH: process.env.PATH ?? '',
  }
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await house.close()
  await db.close()
  await server.stop()
})

const startWorker = async (): Promise<ChildProcess> => {
  const worker = spawn(process.execPath, ['src/cli/main.ts', 'worker'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  workers.add(worker)
  await new Promise<void>((resolve, reject) => {
    worker.stdout!.on('data', (text: Buffer) => text.includes('worker is ready') && resolve())
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)))
  })
  return worker
}
const kill = (worker: ChildProcess, signal: NodeJS.Signals) =>
  new Promise<void>((resolve) => {
    if (worker.exitCode !== null || worker.signalCode !== null) return resolve()
    worker.once('exit', () => resolve())
    worker.kill(signal)
  })
const count = async (status: string) => {
  const { rows } = await db.executeSql('select count(*)::int as count from jobs where status = $1', [status])
  return Number(rows[0]!.count)
}

test(`kill -9 in the midst of ${JOBS} jobs: each is completed once, none lost, none doubled`, async () => {
  const browser = caller(house.app)
  await browser.get('/api/session')
  const ids: string[] = []
  for (let n = 0; n < JOBS; n++) {
    // The first take long enough that a worker is always within one.
    const [content, name] =
      n < 40 ? [pdfOf(n), `${n}.pdf`] : [`Document ${n}\n${'text '.repeat(2_000)}`, `${n}.txt`]
    ids.push((await browser.data<Uploaded>(browser.upload(content, name))).job_id)
  }

  const [first] = await Promise.all([startWorker(), startWorker()])
  await expect.poll(() => count('completed'), { timeout: 30_000, interval: 20 }).toBeGreaterThan(5)
  await kill(first, 'SIGKILL')
  expect(await count('completed')).toBeLessThan(JOBS)
  await startWorker()
  await expect.poll(() => count('completed'), { timeout: 55_000, interval: 250 }).toBe(JOBS)

  const jobs = await db.query.selectFrom('jobs').selectAll().execute()
  expect(jobs.map(({ id }) => id).sort()).toEqual(ids.sort())
  expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['completed']))
  const conversions = await db.query.selectFrom('conversions').selectAll().execute()
  expect(conversions).toHaveLength(JOBS)
  const blobs = diskBlobs(`${house.folder}/files`)
  const outputs = new Set<string>()
  for await (const { key } of blobs.list('outputs/')) outputs.add(key.slice(0, key.lastIndexOf('/')))
  for (const { output_uri } of conversions) expect(outputs).toContain(output_uri)
  // Beyond the results there is at most what the killed attempts were writing.
  expect(outputs.size - JOBS).toBeLessThanOrEqual(2)
  const retried = jobs.filter(({ attempts }) => attempts > 1)
  expect(retried.length).toBeGreaterThanOrEqual(1)
  expect(retried.length).toBeLessThanOrEqual(2)
  expect(jobs.every(({ attempts }) => attempts <= 2)).toBe(true)
}, 120_000)

test('a job whose worker dies each time becomes a dead letter with a reason', async () => {
  const { job_id } = await enqueue()
  // As after the last of several kills: the queue gives up, and no handler lived to say so.
  await db.executeSql(
    `update pgboss.job set state = 'active', started_on = now(), retry_count = retry_limit,
    heartbeat_on = now() - interval '1 hour' where id = $1`,
    [job_id],
  )
  await db.executeSql(`update jobs set status = 'processing', claim = gen_random_uuid() where id = $1`, [
    job_id,
  ])
  await startWorker()
  const row = () => db.query.selectFrom('jobs').selectAll().where('id', '=', job_id).executeTakeFirstOrThrow()
  await expect.poll(async () => (await row()).dead_lettered_at, { timeout: 40_000 }).toBeTruthy()
  expect(await row()).toMatchObject({
    status: 'failed',
    error_code: 'crashed',
    error_detail: expect.stringContaining('heartbeat'),
  })
}, 90_000)

test('when a worker is asked to stop, it ends what it has and exits well', async () => {
  const [worker] = await Promise.all([startWorker()])
  const exit = new Promise<number | null>((resolve) => worker.once('exit', resolve))
  worker.kill('SIGTERM')
  expect(await exit).toBe(0)
})

test('serve and worker refuse a database that was never migrated', async () => {
  const url = await server.database()
  const worker = spawn(process.execPath, ['src/cli/main.ts', 'worker'], {
    env: { ...env, DATABASE_URL: url },
  })
  let said = ''
  worker.stderr.on('data', (text: Buffer) => {
    said += text
  })
  expect(await new Promise((resolve) => worker.once('exit', resolve))).toBe(1)
  expect(said).toContain('mdraft migrate')
})

const pdfOf = (seed: number): Buffer => {
  const draw = Array.from({ length: 50 }, (_, line) => ({
    text: `Document ${seed}, line ${line}`,
    x: 72,
    y: 40 + line * 12,
  }))
  return Buffer.from(writePdf({ pages: Array.from({ length: 80 }, () => ({ draw })) }))
}

/** A job that no worker takes: written as an upload writes it, while no worker runs. */
async function enqueue(): Promise<Job & { job_id: string }> {
  for (const worker of workers) await kill(worker, 'SIGKILL').catch(() => {})
  workers.clear()
  const browser = caller(house.app)
  const uploaded = await browser.data<Uploaded>(browser.upload('poison', 'poison.txt'))
  return {
    ...(await browser.data<Job>(browser.get(`/api/jobs/${uploaded.job_id}`))),
    job_id: uploaded.job_id,
  }
}
