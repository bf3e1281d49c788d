/** A whole server for tests: real database, real storage, real reader processes; requests by injection. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import type { Job, Uploaded } from '../../src/contract/documents.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { type House, openHouse, type Roles } from '../../src/server/house.ts'
import type { App } from '../../src/server/http.ts'

export type TestHouse = House & {
  readonly app: App
  readonly folder: string
  readonly sql: (text: string) => Promise<unknown>
  /** What was logged. */
  readonly lines: string[]
  /** Closes, and leaves the folder to another house. */
  readonly stop: () => Promise<void>
}

const generous = {
  GLOBAL_RATE_LIMIT: '100000 per minute',
  UPLOAD_RATE_LIMIT: '100000 per minute',
  ANALYSIS_RATE_LIMIT: '100000 per minute',
}

export async function testHouse(
  env: Record<string, string> = {},
  roles: Roles = { serve: true, work: true },
): Promise<TestHouse> {
  const folder = env.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'mdraft-server-'))
  if (!env.DATABASE_URL && !env.DATA_DIR) cpSync(await template(), folder, { recursive: true })
  const config = readConfig({
    NODE_ENV: 'test',
    WORKER_CONCURRENCY: '1',
    ...generous,
    DATA_DIR: folder,
    ...env,
  })
  const lines: string[] = []
  const log = createLog({ level: 'debug', format: 'json' }, (line) => lines.push(line) > 0)
  const house = await openHouse(config, roles, { log, site: join(folder, 'no-site') })
  return {
    ...house,
    app: house.app!,
    folder,
    lines,
    stop: house.close,
    sql: (text) => house.db.executeSql(text),
    close: async () => {
      await house.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A data folder with the embedded database made and migrated: making one takes seconds, copying it does not. */
async function template(): Promise<string> {
  const migrations = readFileSync('migrations/schema.json')
  const code = readFileSync('src/platform/queue.ts')
  const name = createHash('sha256').update(migrations).update(code).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `mdraft-template-${name}`)
  if (existsSync(folder)) return folder
  const own = mkdtempSync(join(tmpdir(), 'mdraft-template-'))
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: own })
  await (await openHouse(config, { serve: false, work: false })).close()
  rmSync(join(own, 'lock'), { force: true })
  try {
    renameSync(own, folder)
  } catch {
    // Another test was first.
    rmSync(own, { recursive: true, force: true })
  }
  return folder
}

export type Answer = {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly text: string
  readonly bytes: Buffer
  /** The body as JSON. */
  readonly json: { status?: string; data?: never; error?: string; message?: string } & Record<string, unknown>
}
type Call = { readonly body?: unknown; readonly headers?: Record<string, string> }

/** A browser of its own: keeps its cookies. */
export function caller(app: App, cookie = '', remoteAddress = '127.0.0.1') {
  const jar = new Map(
    cookie
      .split('; ')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]),
  )
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (method: InjectOptions['method'], url: string, call: Call = {}): Promise<Answer> => {
    const { body, headers = {} } = call
    const response = await app.inject({
      method: method!,
      url,
      remoteAddress,
      headers: { ...(jar.size > 0 ? { cookie: cookies() } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body as string }),
    })
    for (const { name, value, maxAge } of response.cookies)
      if (maxAge === 0 || value === '') jar.delete(name)
      else jar.set(name, value)
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      bytes: response.rawPayload,
      get json() {
        return JSON.parse(response.body)
      },
    }
  }
  const data = async <T>(answer: Promise<Answer>): Promise<T> => {
    const { status, text, json } = await answer
    if (json.status !== 'success') throw new Error(`${status}: ${text}`)
    return json.data as T
  }
  return {
    get: (url: string, headers?: Record<string, string>) => send('GET', url, headers ? { headers } : {}),
    post: (url: string, body: unknown, headers?: Record<string, string>) =>
      send('POST', url, { body, ...(headers ? { headers } : {}) }),
    put: (url: string, body: unknown) => send('PUT', url, { body }),
    delete: (url: string, body?: unknown) => send('DELETE', url, { body }),
    send,
    upload: (content: Buffer | string, name: string, fields: Record<string, string> = {}) => {
      const { body, headers } = form({ file: { content, name }, fields })
      return send('POST', '/api/upload', { body, headers })
    },
    data,
    get cookie() {
      return cookies()
    },
  }
}
export type Caller = ReturnType<typeof caller>

const BOUNDARY = 'mdraft-test-boundary'

export function form({
  file,
  fields = {},
}: {
  file?: { content: Buffer | string; name: string; field?: string }
  fields?: Record<string, string>
}): { body: Buffer; headers: Record<string, string> } {
  const part = (disposition: string, content: Buffer | string, type = '') =>
    Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n`),
      Buffer.from(content as string),
      Buffer.from('\r\n'),
    ])
  const parts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value))
  if (file)
    parts.push(
      part(
        `name="${file.field ?? 'file'}"; filename="${file.name}"`,
        file.content,
        'Content-Type: application/octet-stream\r\n',
      ),
    )
  return {
    body: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  }
}

/** Uploads and waits for the end of the job. */
export async function convert(browser: Caller, content: Buffer | string, name: string) {
  const uploaded = await browser.data<Uploaded>(browser.upload(content, name))
  return { ...uploaded, job: await ended(browser, uploaded.job_id) }
}

export async function ended(browser: Caller, jobId: string, ms = 60_000): Promise<Job> {
  for (const deadline = Date.now() + ms; ; ) {
    const job = await browser.data<Job>(browser.get(`/api/jobs/${jobId}`))
    if (['completed', 'failed', 'cancelled'].includes(job.status)) return job
    if (Date.now() > deadline) throw new Error(`job ${jobId} is still ${job.status}: ${job.progress.stage}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
