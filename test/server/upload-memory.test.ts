/** Uploads stream: what the server holds does not grow with the file. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Uploaded } from '../../src/contract/documents.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDb } from '../../src/platform/db/open.ts'
import { type PostgresServer, startPostgres } from '../platform/db/postgres-server.ts'

const MB = 2 ** 20

let database: PostgresServer
let server: ChildProcess
let folder: string
let address: string

beforeAll(async () => {
  database = await startPostgres()
  const url = await database.database()
  const db = await openDb({ url })
  await migrate(db)
  await db.close()
  folder = mkdtempSync(join(tmpdir(), 'mdraft-memory-'))
  server = spawn(process.execPath, ['src/cli/main.ts', 'serve'], {
    env: {
      DATABASE_URL: url,
      DATA_DIR: folder,
      PORT: '0',
      MAX_UPLOAD_MB: '256',
      UPLOAD_RATE_LIMIT: '1000 per minute',
      PATH: process.env.PATH ?? '',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  address = await new Promise<string>((resolve, reject) => {
    let said = ''
    server.stderr!.on('data', (text: Buffer) => {
      said += text
      const found = /ready at (\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    server.once('exit', () => reject(new Error(said)))
  })
})
afterAll(async () => {
  server.kill('SIGKILL')
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Resident bytes of the server process. */
const resident = (): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))![1]) * 1024

/** The most the server held beyond what it held before. */
async function growth(work: () => Promise<unknown>): Promise<number> {
  const before = resident()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, resident())
  }, 10)
  await work().finally(() => clearInterval(timer))
  return most - before
}

function upload(size: number, seed: number): Promise<{ status: number; body: string }> {
  const boundary = 'mdraft-boundary'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${seed}.txt"\r\nContent-Type: text/plain\r\n\r\n`
  const tail = `\r\n--${boundary}--\r\n`
  const chunk = Buffer.alloc(MB, `some text of document ${seed}\n`)
  return new Promise((resolve, reject) => {
    const sending = request(`${address}/api/upload`, {
      method: 'POST',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': head.length + size + tail.length,
      },
    })
    sending.on('error', reject).on('response', async (response) => {
      let body = ''
      for await (const text of response) body += text
      resolve({ status: response.statusCode!, body })
    })
    const send = async () => {
      sending.write(head)
      for (let sent = 0; sent < size; sent += chunk.length)
        if (!sending.write(chunk)) await new Promise((ready) => sending.once('drain', ready))
      sending.end(tail)
    }
    void send()
  })
}

test.skipIf(process.platform !== 'linux')(
  'a file of 200 MB grows the server by less than 60 MB',
  async () => {
    await upload(20 * MB, 0)
    const grown = await growth(async () => {
      const { status, body } = await upload(200 * MB, 1)
      expect(status, body).toBe(200)
      expect((JSON.parse(body) as { data: Uploaded }).data.status).toBe('queued')
    })
    console.log(`200 MB upload: +${Math.round(grown / MB)} MB`)
    expect(grown).toBeLessThan(60 * MB)
  },
)

test.skipIf(process.platform !== 'linux')(
  'fifty files of 20 MB at once grow it by less than 150 MB',
  async () => {
    const grown = await growth(async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => upload(20 * MB, 100 + n)))
      for (const { status, body } of answers) expect(status, body).toBe(200)
    })
    console.log(`50 × 20 MB uploads: +${Math.round(grown / MB)} MB`)
    expect(grown).toBeLessThan(150 * MB)
  },
)
