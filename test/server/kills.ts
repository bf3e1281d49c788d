/**
 * Two web and two worker processes on a real PostgreSQL, killed without warning in turn while files come in: a worker, a
 * web process, the database. Says what is there afterwards.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskBlobs } from '../../src/platform/blobs/disk.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDb } from '../../src/platform/db/open.ts'
import { startPostgres } from '../platform/db/postgres-server.ts'

export type Outcome = {
  readonly acknowledged: number
  readonly jobs: number
  readonly completed: number
  readonly conversions: number
  /** Entries of the ledger, and the pages they count. */
  readonly charged: number
  readonly pages: number
  /** Jobs whose first attempt did not live. */
  readonly retried: number
  /** Results that no row names: what killed attempts had written. */
  readonly leftovers: number
  readonly missing: number
  readonly kills: readonly string[]
  readonly seconds: number
}

/** Slow enough that every accident has files before, during and after it. */
const PACE_MS = 100

const many = '1000000 per minute'

export async function underKills(count: number, say: (line: string) => void = () => {}): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-kills-'))
  const postgres = await startPostgres()
  const url = await postgres.database()
  const open = () => openDb({ url, onError: () => {} })
  const first = await open()
  await migrate(first)
  await first.close()
  const env = {
    NODE_ENV: 'test',
    LOG_FORMAT: 'json',
    PATH: process.env.PATH ?? '',
    DATABASE_URL: url,
    DATA_DIR: folder,
    PORT: '0',
    JOB_HEARTBEAT_SECONDS: '10',
    JOB_RETRY_SECONDS: '1',
    WORKER_CONCURRENCY: '1',
    GLOBAL_RATE_LIMIT: many,
    UPLOAD_RATE_LIMIT: many,
  }
  const living = new Set<ChildProcess>()
  const start = (...args: string[]) =>
    new Promise<{ process: ChildProcess; said: string }>((resolve, reject) => {
      const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      living.add(child)
      let said = ''
      const hear = (text: Buffer) => {
        said += text
        if (/is ready/.test(said)) resolve({ process: child, said })
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', (code, signal) => {
        living.delete(child)
        if (signal !== 'SIGKILL') say(`${args[0]} ended by itself with ${code}: ${said.slice(-3_000)}`)
        reject(new Error(`${args[0]} ended with ${code}: ${said.slice(-2_000)}`))
      })
    })
  const web = async () => {
    const { process, said } = await start('serve')
    return { process, address: /ready at (http:\S+)/.exec(said)![1]! }
  }
  const kill = (child: ChildProcess) =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGKILL')
    })

  const began = performance.now()
  const kills: string[] = []
  try {
    const webs = [await web(), await web()]
    const workers = [await start('worker'), await start('worker')]
    const send = await sender(webs)
    const accidents: Record<number, () => Promise<void>> = {
      [Math.floor(count * 0.25)]: async () => {
        await kill(workers[0]!.process)
        kills.push('worker')
        workers[0] = await start('worker')
      },
      [Math.floor(count * 0.5)]: async () => {
        await kill(webs[0]!.process)
        kills.push('web')
        webs[0] = await web()
      },
      [Math.floor(count * 0.75)]: async () => {
        await postgres.crash()
        kills.push('database')
        await new Promise((resolve) => setTimeout(resolve, 500))
        await postgres.start()
      },
    }
    const ids = new Set<string>()
    let under = Promise.resolve()
    for (let n = 0; n < count; n++) {
      const accident = accidents[n]
      if (accident) {
        say(`${n} sent`)
        // One after the other, while files go on coming in.
        under = under.then(accident)
        under.catch(() => {})
      }
      ids.add(await send(n))
      await new Promise((resolve) => setTimeout(resolve, PACE_MS))
    }
    await under
    say(`${count} sent; killed: ${kills.join(', ')}`)
    const db = await open()
    try {
      const one = async (sql: string) => Number((await db.executeSql(sql)).rows[0]!.n)
      const deadline = Date.now() + 60_000 + count * 500
      while ((await one(`select count(*) n from jobs where status in ('queued', 'processing')`)) > 0) {
        if (Date.now() > deadline) break
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
      const { rows } = await db.executeSql('select output_uri from conversions')
      const named = new Set(rows.map(({ output_uri }) => String(output_uri)))
      const stored = new Set<string>()
      for await (const { key } of diskBlobs(join(folder, 'files')).list('outputs/'))
        stored.add(key.slice(0, key.lastIndexOf('/')))
      return {
        acknowledged: ids.size,
        jobs: await one('select count(*) n from jobs'),
        completed: await one(`select count(*) n from jobs where status = 'completed'`),
        conversions: rows.length,
        charged: await one('select count(*) n from usage_entries'),
        pages: await one('select coalesce(sum(quantity), 0) n from usage_entries'),
        retried: await one('select count(*) n from jobs where attempts > 1'),
        leftovers: [...stored].filter((key) => !named.has(key)).length,
        missing: [...named].filter((key) => !stored.has(key)).length,
        kills,
        seconds: Math.round((performance.now() - began) / 1000),
      }
    } finally {
      await db.close()
    }
  } finally {
    await Promise.all([...living].map(kill))
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A client as it should be: one cookie, and whatever was not answered is sent again, to whichever process answers. */
async function sender(webs: readonly { address: string }[]) {
  const session = await fetch(`${webs[0]!.address}/api/session`)
  const cookie = session.headers.get('set-cookie')!.split(';')[0]!
  return async (n: number): Promise<string> => {
    const body = () => {
      const form = new FormData()
      form.set('file', new Blob([`Document ${n}\n${'some text to read '.repeat(500)}`]), `${n}.txt`)
      return form
    }
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await fetch(`${webs[(n + attempt) % webs.length]!.address}/api/upload`, {
          method: 'POST',
          headers: { cookie },
          body: body(),
          signal: AbortSignal.timeout(10_000),
        })
        const { data } = (await answer.json()) as { data?: { job_id: string } }
        if (answer.ok && data) return data.job_id
        if (answer.status !== 503) throw new Error(`an upload was answered with ${answer.status}`)
      } catch (error) {
        if (attempt > 100) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}
