/** Unit costs, measured on this machine: real reading, real PostgreSQL, real jobs. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { convert, type Format } from '../../src/core/index.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDb } from '../../src/platform/db/open.ts'
import { openLocalOcr } from '../../src/platform/ocr/local.ts'
import { startPostgres } from '../../test/platform/db/postgres-server.ts'
import { caller, ended, testHouse } from '../../test/server/house.ts'
import { bigDocx, bigPdf } from '../generate.ts'
import type { Costs } from './model.ts'

const PAGES = 300
const JOBS = 150
const samples = resolve(import.meta.dirname, '../../samples')

export async function measureCosts(): Promise<Costs> {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-scale-'))
  try {
    bigPdf(join(folder, 'x.pdf'), PAGES)
    await bigDocx(join(folder, 'x.docx'), PAGES)
    const text = await pageCost(join(folder, 'x.pdf'), 'pdf', PAGES)
    const word = await pageCost(join(folder, 'x.docx'), 'docx', PAGES)
    const scan = await scanCost(join(samples, 'sample-rfp.pdf'))
    return {
      pageMs: { text: text.ms, word: word.ms, scan },
      tokensPerPage: text.chars / 4,
      ...(await jobCosts()),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function pageCost(path: string, format: Format, pages: number): Promise<{ ms: number; chars: number }> {
  const bytes = readFileSync(path)
  const run = () => convert(bytes, { name: `x.${format}`, ocr: 'never' })
  await run()
  const before = process.cpuUsage()
  const { output } = await run()
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000 / pages, chars: output.length / pages }
}

/** The sample's last page is a scan. */
async function scanCost(path: string): Promise<number> {
  const bytes = readFileSync(path)
  const { doc } = await convert(bytes, { name: 'x.pdf', ocr: 'never' })
  const last = doc.pages.length
  const ocr = openLocalOcr()
  const run = () => convert(bytes, { name: 'x.pdf', pages: [{ from: last, to: last }] }, { ocr })
  await run()
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** One-page jobs through the whole house, so that what is left beside the page is the job. */
async function jobCosts(): Promise<Omit<Costs, 'pageMs' | 'tokensPerPage'>> {
  const server = await startPostgres()
  try {
    const url = await server.database()
    const db = await openDb({ url })
    await migrate(db)
    await db.close()
    const house = await testHouse({ DATABASE_URL: url, WORKER_CONCURRENCY: '2' })
    const admin = new pg.Client(url)
    await admin.connect()
    const counters = async () => {
      const { rows } = await admin.query(
        `select xact_commit::float8 as commits, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal
         from pg_stat_database where datname = current_database()`,
      )
      return rows[0] as { commits: number; wal: number }
    }
    const browser = caller(house.app)
    await browser.get('/api/jobs')
    const before = await counters()
    const cpu = process.cpuUsage()
    const ids: string[] = []
    for (let job = 0; job < JOBS; job++) {
      const text = `# Part ${job}\n\n${'The contractor shall report each month. '.repeat(60)}`
      const { job_id } = await browser.data<{ job_id: string }>(browser.upload(text, `${job}.md`))
      ids.push(job_id)
    }
    for (const id of ids) await ended(browser, id)
    const { user, system } = process.cpuUsage(cpu)
    // The statistics of the server are written at the end of a second.
    await new Promise((done) => setTimeout(done, 1500))
    const after = await counters()
    const commitsPerSecond = await commitRate(url)
    const bytesPerPage = await storedPerPage()
    await admin.end()
    await house.close()
    return {
      jobMs: (user + system) / 1000 / JOBS,
      commitsPerJob: (after.commits - before.commits) / JOBS,
      walBytesPerJob: (after.wal - before.wal) / JOBS,
      bytesPerPage,
      commitsPerSecond,
    }
  } finally {
    await server.stop()
  }
}

/** Small writes on several connections, as claims and progress are. */
async function commitRate(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  await pool.query('create table if not exists scale_probe (id int primary key, n int)')
  await pool.query('insert into scale_probe select i, 0 from generate_series(1, 64) i on conflict do nothing')
  let done = 0
  const until = Date.now() + 4_000
  const one = async (lane: number) => {
    for (; Date.now() < until; done++)
      await pool.query('update scale_probe set n = n + 1 where id = $1', [lane * 8 + (done % 8) + 1])
  }
  await Promise.all(Array.from({ length: 8 }, (_, lane) => one(lane)))
  await pool.query('drop table scale_probe')
  await pool.end()
  return done / 4
}

/** The original and every output of the sample. */
async function storedPerPage(): Promise<number> {
  const house = await testHouse()
  const copy = mkdtempSync(join(tmpdir(), 'mdraft-scale-'))
  try {
    const browser = caller(house.app)
    const pdf = readFileSync(join(samples, 'sample-rfp.pdf'))
    const { job_id } = await browser.data<{ job_id: string }>(browser.upload(pdf, 'x.pdf', { ocr: 'never' }))
    await ended(browser, job_id)
    const { rows } = (await house.sql('select pages from conversions')) as { rows: { pages: number }[] }
    await house.backup(join(copy, 'all'))
    const bytes = readdirSync(join(copy, 'all/files'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
    return bytes / rows[0]!.pages
  } finally {
    await house.close()
    rmSync(copy, { recursive: true, force: true })
  }
}
