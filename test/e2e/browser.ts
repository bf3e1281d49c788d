/** A real browser in front of a real server, as a user has them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { buildWeb } from '../../scripts/web.ts'

const root = resolve(import.meta.dirname, '../..')
const candidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const program = candidates.find((path) => path !== undefined && existsSync(path))

/** Without a browser these tests are skipped aloud; under CI that is a failure. */
export const skipsBrowser = (() => {
  if (program) return false
  if (process.env.CI)
    throw new Error('Chromium is not installed, and CI tests in it. Set CHROMIUM to its path.')
  console.warn('SKIPPED: Chromium is not installed, so nothing was tested in a browser.')
  return true
})()

export type Stage = {
  readonly url: string
  /** What the server has said so far: letters stand in its log when there is no mail server. */
  log(): string
  /** A page in a fresh profile of the same visitor; what its console and its policy complained of. */
  open(options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>
  close(): Promise<void>
}

export async function raiseStage(env: Record<string, string> = {}): Promise<Stage> {
  await buildWeb()
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-e2e-'))
  const server = spawn(process.execPath, [join(root, 'src/cli/main.ts'), 'serve'], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: folder,
      WORKER_CONCURRENCY: '1',
      GLOBAL_RATE_LIMIT: '100000 per minute',
      UPLOAD_RATE_LIMIT: '100000 per minute',
      ANALYSIS_RATE_LIMIT: '100000 per minute',
      ...env,
    },
  })
  let said = ''
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const url = await addressOf(server)
  const browser = await chromium.launch({ executablePath: program!, args: ['--no-sandbox', '--disable-gpu'] })
  // One visitor: what was converted once is there at once for the next test.
  const [cookie = ''] = (await fetch(`${url}/api/session`)).headers.getSetCookie()
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
  const visitor = { name, value }
  return {
    url,
    log: () => said,
    open: async (options) => {
      const opened = await openPage(browser, {
        baseURL: url,
        viewport: { width: 1440, height: 900 },
        ...options,
      })
      await opened.page.context().addCookies([{ ...visitor, url }])
      return opened
    },
    close: async () => {
      await browser.close()
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const address = /ready at (http:\/\/\S+)/.exec(said)?.[1]
      if (address) resolve(address)
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said}`)))
  })
}

async function openPage(browser: Browser, options: BrowserContextOptions) {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    dialog.dismiss()
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(options.baseURL!).origin)
      complaints.push(`request to ${request.url()}`)
  })
  return { page, complaints }
}

/** Hands files to the app as the file picker does. */
export const pick = (page: Page, files: readonly { name: string; bytes: Buffer | string }[]) =>
  page.locator('input[type=file]').setInputFiles(
    files.map(({ name, bytes }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes as string), // a copy of either kind
    })),
  )

/** The sample of the start page, converted and open. */
export async function openSample(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Try it with a sample RFP' }).click()
  await page.waitForURL(/\/documents\//)
  await page.getByRole('tab', { name: 'Preview' }).waitFor()
}

/** An account of one's own, made by the page for it. */
export async function signUp(page: Page, name: string, email: string): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill('first password')
  await page.getByRole('button', { name: 'Make an account' }).click()
  await page.getByRole('button', { name: /^Account of/ }).waitFor()
}

/** Asks the API as the page does, with its cookies; for what a test needs and is not about. */
export const call = <T = unknown>(page: Page, method: string, path: string, body?: object): Promise<T> =>
  page.evaluate(
    async ([how, where, what]) => {
      const headers = what ? { 'content-type': 'application/json' } : {}
      const answer = await fetch(where!, { method: how!, headers, body: what ?? null })
      const { data, message } = await answer.json()
      if (!answer.ok) throw new Error(`${how} ${where}: ${answer.status} ${message}`)
      return data
    },
    [method, path, body && JSON.stringify(body)] as (string | undefined)[],
  )
