/** The server under load, on this machine's loopback address only: how many requests, how fast, and how much memory. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import autocannon from 'autocannon'
import { table } from './measure.ts'

const bin = resolve(import.meta.dirname, '../bin/mdraft.js')
const SECONDS = 5
const UPLOADS = 40
const AT_ONCE = 8
const BIG_MEGABYTES = 200

export async function serverLoad(sample: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-'))
  const { process: server, address } = await start(folder)
  try {
    const rows = [
      // First, while the process is small: memory once taken is used again.
      await bigUpload(address, server.pid!),
      await requests(address, '/livez'),
      await requests(address, '/health'),
      await requests(address, '/api/jobs'),
      await uploads(address, sample),
    ]
    return table(['what', 'result', 'p50', 'p99'], rows)
  } finally {
    server.kill('SIGTERM')
    await new Promise((done) => server.once('exit', done))
    rmSync(folder, { recursive: true, force: true })
  }
}

function start(folder: string): Promise<{ process: ChildProcess; address: string }> {
  const many = '1000000 per minute'
  const limits = {
    GLOBAL_RATE_LIMIT: many,
    UPLOAD_RATE_LIMIT: many,
    MAX_UPLOAD_MB: String(BIG_MEGABYTES + 50),
  }
  const env = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', ...limits }
  const child = spawn(process.execPath, [bin, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolveStart, reject) => {
    const hear = (chunk: Buffer) => {
      const address = /ready at (http:\S+)/.exec(chunk.toString())?.[1]
      if (address) resolveStart({ process: child, address })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready.`)))
  })
}

const ms = (value: number): string => `${Math.round(value)} ms`

async function requests(address: string, path: string): Promise<string[]> {
  const {
    requests: sent,
    latency,
    non2xx,
    errors,
  } = await autocannon({ url: address + path, connections: 20, duration: SECONDS })
  const bad = non2xx + errors > 0 ? `, ${non2xx + errors} refused` : ''
  return [
    `GET ${path}, 20 connections`,
    `${Math.round(sent.average)}/s${bad}`,
    ms(latency.p50),
    ms(latency.p99),
  ]
}

/** From the first byte of an upload to its finished conversion, all different so that none is answered from before. */
async function uploads(address: string, sample: string): Promise<string[]> {
  const bytes = readFileSync(sample)
  const times: number[] = []
  let next = 0
  const cookie = await visitor(address)
  const started = performance.now()
  const one = async () => {
    while (next < UPLOADS) {
      const begun = performance.now()
      const salt = Buffer.from(`\n%${next++}\n`)
      await finished(
        address,
        cookie,
        await send(address, cookie, new Blob([bytes, salt]), `sample-${next}.pdf`),
      )
      times.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  const rate = (UPLOADS * 1000) / (performance.now() - started)
  times.sort((a, b) => a - b)
  return [
    `upload and convert the sample (17 pages, one scanned), ${AT_ONCE} at once`,
    `${rate.toFixed(1)} documents/s`,
    ms(times[Math.floor(times.length / 2)]!),
    ms(times[Math.floor(times.length * 0.99)]!),
  ]
}

async function visitor(address: string): Promise<string> {
  const response = await fetch(`${address}/api/jobs`)
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

async function send(address: string, cookie: string, file: Blob, name: string): Promise<string> {
  const form = new FormData()
  form.set('file', file, name)
  const response = await fetch(`${address}/api/upload`, {
    method: 'POST',
    headers: { cookie, origin: address },
    body: form,
  })
  const answer = (await response.json()) as {
    data?: { id?: string; job_id?: string; job?: { id: string } }
    message?: string
  }
  const id = answer.data?.job_id ?? answer.data?.job?.id ?? answer.data?.id
  if (!response.ok || !id) throw new Error(`Upload answered ${response.status}: ${answer.message}`)
  return id
}

async function finished(address: string, cookie: string, id: string): Promise<void> {
  for (;;) {
    const answer = (await (await fetch(`${address}/api/jobs/${id}`, { headers: { cookie } })).json()) as {
      data: { status?: string; job?: { status: string } }
    }
    const status = answer.data.status ?? answer.data.job?.status
    if (status === 'failed' || status === 'cancelled') throw new Error(`The job is ${status}.`)
    if (status === 'completed') return
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function bigUpload(address: string, pid: number): Promise<string[]> {
  const what = `upload of ${BIG_MEGABYTES} MB, growth of the server process`
  const before = resident(pid)
  if (before === undefined) return [what, 'not known on this system', '', '']
  const cookie = await visitor(address)
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, resident(pid) ?? 0)
  }, 20)
  const boundary = 'mdraft-bench'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="big.txt"\r\nContent-Type: text/plain\r\n\r\n`
  const body = new ReadableStream({ start: (out) => fill(out, head, `\r\n--${boundary}--\r\n`) })
  const headers = { cookie, origin: address, 'content-type': `multipart/form-data; boundary=${boundary}` }
  const response = await fetch(`${address}/api/upload`, {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  } as RequestInit)
  clearInterval(watch)
  return [what, `+${Math.round((most - before) / 2 ** 20)} MB (answer ${response.status})`, '', '']
}

async function fill(out: ReadableStreamDefaultController, head: string, tail: string): Promise<void> {
  const megabyte = new TextEncoder()
    .encode('The contractor shall deliver a report every month.\n'.repeat(20_561))
    .subarray(0, 2 ** 20)
  out.enqueue(new TextEncoder().encode(head))
  for (let count = 0; count < BIG_MEGABYTES; count++) {
    out.enqueue(megabyte)
    await new Promise((done) => setImmediate(done))
  }
  out.enqueue(new TextEncoder().encode(tail))
  out.close()
}

function resident(pid: number): number | undefined {
  try {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kib === undefined ? undefined : Number(kib) * 1024
  } catch {
    return undefined
  }
}
