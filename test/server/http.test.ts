/** What holds for every request, whoever asks and for what. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, caller, form, type TestHouse, testHouse } from './house.ts'

describe('the server', () => {
  let house: TestHouse
  let browser: Caller
  beforeAll(async () => {
    house = await testHouse()
    browser = caller(house.app)
  })
  afterAll(() => house.close())

  test('answers carry strict headers', async () => {
    const { headers } = await browser.get('/api/session')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
      'cross-origin-opener-policy': 'same-origin',
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';worker-src 'self';style-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  test('a visitor’s cookie is of no use to scripts or to other sites', async () => {
    const { headers } = await caller(house.app).get('/api/session')
    expect(headers['set-cookie']).toMatch(/HttpOnly.*SameSite=Lax/)
    expect(headers['set-cookie']).not.toContain('Secure')
  })

  test('a known visitor gets no new cookie for reading, and a renewed one for changing', async () => {
    await browser.get('/api/session')
    const { cookie } = browser
    expect((await browser.get('/api/session')).headers['set-cookie']).toBeUndefined()
    expect((await browser.post('/api/proposals', { title: 'x' })).headers['set-cookie']).toContain(cookie)
  })

  test.each<[string, Record<string, string>, number]>([
    ['this site', { origin: 'http://localhost:80', host: 'localhost:80' }, 201],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['another site that hides its name', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling', { 'sec-fetch-site': 'same-site' }, 403],
    ['this site, by the browser’s word', { 'sec-fetch-site': 'same-origin' }, 201],
    ['a program', {}, 201],
  ])('a change asked for by %s', async (_, headers, status) => {
    expect((await browser.post('/api/proposals', { title: 'x' }, headers)).status).toBe(status)
  })

  test('request ids are taken when they are harmless, and stand in answers and logs', async () => {
    const good = await browser.get('/api/nothing', { 'x-request-id': 'trace-12345678' })
    expect(good.headers['x-request-id']).toBe('trace-12345678')
    expect(good.json).toMatchObject({ status: 'error', error: 'not_found', request_id: 'trace-12345678' })
    for (const bad of ['short', 'a'.repeat(65), 'line\u2028break-long', '{"json":"injection"}']) {
      const answer = await browser.get('/api/session', {
        'x-request-id': encodeURIComponent(bad) === bad ? bad : `${bad.slice(0, 4)}<>`,
      })
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    }
    const logged = house.lines
      .map((line) => JSON.parse(line))
      .find(({ request }) => request === 'trace-12345678')
    expect(logged).toMatchObject({ message: 'request', status: 404 })
  })

  test('every line of the log is JSON, and none holds a cookie or a document', async () => {
    const canary = 'canary-6f1d9c'
    await browser.upload(`secret ${canary}`, `${canary}.txt`)
    await browser.get(`/api/jobs?cursor=${canary}`)
    await browser.post('/api/rfp/compliance-matrix', { text: `shall ${canary} `.repeat(20) })
    const text = house.lines.join('')
    for (const line of house.lines) JSON.parse(line)
    expect(text).not.toContain(canary)
    expect(text).not.toContain(browser.cookie!.split('=')[1]!)
  })

  test.each<[string, () => Promise<{ status: number; json: { error?: string } }>, number, string]>([
    ['an unknown address', () => browser.get('/api/nothing'), 404, 'not_found'],
    ['an unknown method', () => browser.put('/api/jobs', {}), 404, 'not_found'],
    [
      'a broken body',
      () => browser.post('/api/proposals', '{"title":', { 'content-type': 'application/json' }),
      400,
      'bad_request',
    ],
    [
      'a strange content type',
      () => browser.post('/api/proposals', 'x', { 'content-type': 'text/csv' }),
      415,
      'unsupported_media_type',
    ],
    [
      'a body that is too large',
      () => browser.post('/api/proposals', { title: 'x'.repeat(2 ** 21) }),
      413,
      'too_large',
    ],
    ['an id that is none', () => browser.get('/api/jobs/1'), 400, 'validation_error'],
    [
      'prototype pollution',
      () =>
        browser.post('/api/proposals', '{"__proto__":{"a":1},"title":"x"}', {
          'content-type': 'application/json',
        }),
      400,
      'bad_request',
    ],
  ])('%s is answered in the envelope', async (_, call, status, error) => {
    const answer = await call()
    expect({ status: answer.status, error: answer.json.error }).toEqual({ status, error })
    expect(answer.json).toMatchObject({
      status: 'error',
      message: expect.any(String),
      request_id: expect.any(String),
    })
  })

  test('no answer tells of internals', async () => {
    const { body, headers } = form({ file: { content: 'x', name: 'a.txt' }, fields: { ocr: '1' } })
    const answers = [
      await browser.get('/api/jobs/1'),
      await browser.post('/api/upload', body, headers),
      await browser.post('/api/proposals', '{', { 'content-type': 'application/json' }),
    ]
    for (const { text } of answers)
      expect(text).not.toMatch(/node_modules|\.ts|\/src\/|FST_|select |ZodError|stack/i)
  })

  test('the session says what may be sent', async () => {
    const session = await browser.data(browser.get('/api/session'))
    expect(session).toMatchObject({
      kind: 'visitor',
      limits: { upload_bytes: 100 * 2 ** 20, retention_days: 7 },
      formats: expect.arrayContaining([expect.objectContaining({ format: 'pdf', extensions: ['pdf'] })]),
    })
  })

  test('OpenAPI 3.1 names every address, and its page is served', async () => {
    const { json } = await browser.get('/api/docs/json')
    expect(json.openapi).toBe('3.1.0')
    const documented = Object.entries(json.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(documented).toContain('POST /api/upload')
    expect(documented.length).toBeGreaterThan(40)
    // Every route that answers is described, but for those that only browsers on their way back from a provider see.
    const routes = house.app.printRoutes({ commonPrefix: false, includeHooks: false })
    for (const route of documented) {
      const last = route
        .split(' ')[1]!
        .replaceAll(/\{(\w+)\}/g, ':$1')
        .split('/')
        .at(-1)!
      expect(routes).toContain(last)
    }
    const page = await browser.get('/api/docs')
    expect(page.status).toBe(200)
    expect(page.text).toContain('swagger')
  })

  test('where a page is asked for and none is built, it says how', async () => {
    const answer = await browser.get('/documents/1', { accept: 'text/html' })
    expect(answer).toMatchObject({ status: 404, text: expect.stringContaining('npm run build') })
  })
})

describe('limits', () => {
  test('hold for all routes together, and for uploads on their own', async () => {
    const house = await testHouse(
      { GLOBAL_RATE_LIMIT: '7 per minute', UPLOAD_RATE_LIMIT: '2 per minute' },
      { serve: true, work: false },
    )
    const browser = caller(house.app)
    for (let n = 0; n < 2; n++) expect((await browser.upload(`${n}`, 'a.txt')).status).toBe(200)
    const upload = await browser.upload('3', 'a.txt')
    expect(upload).toMatchObject({ status: 429, json: { status: 'error', error: 'rate_limited' } })
    expect(Number(upload.headers['retry-after'])).toBeGreaterThan(0)
    const statuses = []
    for (let n = 0; n < 6; n++)
      statuses.push((await browser.get(n % 2 ? '/api/jobs' : '/api/session')).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    // Another cookie is no way around it; health is not counted.
    expect((await caller(house.app).get('/api/session')).status).toBe(429)
    expect((await browser.get('/health')).status).toBe(200)
    const first = await testAddress(house, '203.0.113.9')
    expect(first).toBe(429)
    await house.close()
  })

  test('believe a proxy exactly as far as TRUST_PROXY says', async () => {
    const house = await testHouse(
      { GLOBAL_RATE_LIMIT: '1 per minute', TRUST_PROXY: '1' },
      { serve: true, work: false },
    )
    expect(await testAddress(house, '203.0.113.9')).toBe(200)
    expect(await testAddress(house, '203.0.113.9')).toBe(429)
    expect(await testAddress(house, '203.0.113.10')).toBe(200)
    // What the client wrote itself stands before what our proxy added.
    expect(await testAddress(house, '198.51.100.1, 203.0.113.9')).toBe(429)
    await house.close()
  })
})

const testAddress = async ({ app }: TestHouse, forwarded: string) =>
  (await app.inject({ url: '/api/session', headers: { 'x-forwarded-for': forwarded } })).statusCode

test('in production cookies need HTTPS and are bound to the host', async () => {
  const house = await testHouse(
    { NODE_ENV: 'production', SECRET_KEY: 's'.repeat(40) },
    { serve: true, work: false },
  )
  const { headers } = await house.app.inject({ url: '/api/session' })
  expect(headers['set-cookie']).toMatch(/^__Host-mdraft_visitor=.*Secure/)
  expect(headers['strict-transport-security']).toContain('max-age=')
  await house.close()
})
