/** What strangers on the internet send: none of it ends the process, reads another's, or is our fault. */
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Uploaded } from '../../src/contract/documents.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

let house: TestHouse
let browser: Caller
let address: string
beforeAll(async () => {
  house = await testHouse({ PORT: '0' })
  browser = caller(house.app)
  address = await house.listen()
  await browser.post('/api/account/sign-up', { email: 'ann@example.com', password: 'correct horse battery' })
})
afterAll(() => house.close())

test('a file whose long name is cut inside an emoji is downloaded under a whole name', async () => {
  const { job_id } = await browser.data<Uploaded>(browser.upload('# Hello', `${'😀'.repeat(127)}x`))
  await expect
    .poll(async () => (await browser.data<{ status: string }>(browser.get(`/api/jobs/${job_id}`))).status)
    .toBe('completed')
  for (const format of ['source', 'markdown', 'chunks', 'json']) {
    const { status, headers } = await browser.get(`/api/jobs/${job_id}/download?format=${format}`)
    expect([format, status]).toEqual([format, 200])
    expect(decodeURIComponent(/UTF-8''(\S+)$/.exec(String(headers['content-disposition']))![1]!)).toMatch(
      /^😀+x?(\.\w+)*$/u,
    )
  }
})

test('a character with the code 0, and numbers and times beyond any use, are refused and not our fault', async () => {
  const { id } = await browser.data<{ id: string }>(browser.post('/api/proposals', { title: 'Mine' }))
  const key = { name: 'k\0', scopes: ['documents:read'] }
  const answers = [
    await browser.put('/api/account', { name: 'a\0b' }),
    await browser.post('/api/proposals', { title: 'a\0b' }),
    await browser.put(`/api/proposals/${id}`, { client: '\0' }),
    await browser.put(`/api/proposals/${id}`, { title: 'x', version: Number.MAX_SAFE_INTEGER }),
    await browser.put(`/api/proposals/${id}`, { due: { at: '0000-01-01T00:00:00Z', zone: 'UTC' } }),
    await browser.post(`/api/proposals/${id}/comments`, { body: 'x\0y' }),
    await browser.post('/api/keys', key),
    await browser.post('/api/teams', { name: 't\0' }),
    await browser.post('/api/agents', { name: 'mine', instructions: 'find\0all of the things' }),
    await browser.post('/api/account/reset', { token: '\0', password: 'long enough for all' }),
  ]
  expect(answers.map(({ status, json }) => [status, json.error])).toEqual(
    answers.map(() => [400, 'validation_error']),
  )
})

test('keys that are guessed at are counted as requests are', async () => {
  const strict = await testHouse({ GLOBAL_RATE_LIMIT: '5 per minute' })
  const stranger = caller(strict.app, '', '192.0.2.7')
  const statuses = []
  for (let n = 0; n < 7; n++)
    statuses.push((await stranger.get('/api/jobs', { authorization: `Bearer mdraft_${n}` })).status)
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
  await strict.close()
})

test('a page of another site does not act through what a browser knows for a proxy with a password', async () => {
  const { status } = await browser.post(
    '/api/proposals',
    { title: 'Forged' },
    { origin: 'https://evil.example', authorization: 'Basic dXNlcjpwYXNz' },
  )
  expect(status).toBe(403)
})

test('a page whose name was led to this machine sees nothing of operations', async () => {
  expect((await browser.get('/api/ops/metrics', { host: 'localhost:8080' })).status).toBe(200)
  expect((await browser.get('/api/ops/metrics', { host: 'evil.example:8080' })).status).toBe(401)
})

test('of the library for accounts only the way back from a provider is open', async () => {
  for (const path of ['get-session', 'list-sessions', 'list-accounts', 'error', 'ok', 'verify-email?token=x'])
    expect([path, (await browser.get(`/api/auth/${path}`)).status]).toEqual([path, 404])
})

test('who knew a visitor’s cookie knows nothing of what comes after signing in', async () => {
  const victim = caller(house.app, '', '192.0.2.8')
  await victim.get('/api/session')
  const planted = caller(house.app, victim.cookie)
  await victim.post('/api/account/sign-up', { email: 'bea@example.com', password: 'correct horse battery' })
  await victim.post('/api/account/sign-out', {})
  const { id } = await victim.data<{ id: string }>(victim.post('/api/proposals', { title: 'After' }))
  expect((await victim.get(`/api/proposals/${id}`)).status).toBe(200)
  expect((await planted.get(`/api/proposals/${id}`)).status).toBe(404)
})

test('guesses from one place do not lock the owner of an account out', async () => {
  const account = { email: 'cat@example.com', password: 'correct horse battery' }
  await caller(house.app, '', '192.0.2.9').post('/api/account/sign-up', account)
  const guesser = caller(house.app, '', '192.0.2.10')
  for (let n = 0; n < 6; n++)
    await guesser.post('/api/account/sign-in', { email: account.email, password: `guess ${n}` })
  expect((await guesser.post('/api/account/sign-in', account)).status).toBe(429)
  expect((await caller(house.app, '', '192.0.2.11').post('/api/account/sign-in', account)).status).toBe(200)
})

test('whoever has an open session cannot find out its password by trying', async () => {
  const statuses = []
  for (let n = 0; n < 11; n++)
    statuses.push((await browser.delete('/api/account', { password: `guess ${n}` })).status)
  expect(statuses.slice(-2)).toEqual([401, 429])
})

test('invitations are letters to strangers and are bounded', async () => {
  const { id } = await browser.data<{ id: string }>(browser.post('/api/teams', { name: 'Team' }))
  const statuses = []
  for (let n = 0; n < 21; n++)
    statuses.push(
      (await browser.post(`/api/teams/${id}/invitations`, { email: 'stranger@example.com', role: 'viewer' }))
        .status,
    )
  expect(statuses.slice(-2)).toEqual([201, 429])
})

test('a client that goes away in the middle of its upload is no failure of ours', async () => {
  const { port } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    'POST /api/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\nhalf',
  )
  await new Promise((resolve) => setTimeout(resolve, 300))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(house.lines.filter((line) => line.includes('request failed'))).toEqual([])
})

test('nobody holds open more streams than a browser needs', async () => {
  const { job_id } = await convert(browser, '# Streamed', 'streamed.md')
  // One that waits for ever.
  await house.sql(
    `update jobs set status = 'queued', completed_at = null, claim = null where id = '${job_id}'`,
  )
  const follow = (signal: AbortSignal) =>
    fetch(`${address}/api/jobs/${job_id}/events`, { headers: { cookie: browser.cookie }, signal })
  const streams = Array.from({ length: 50 }, () => new AbortController())
  // Answers that nobody holds any longer are closed by the client.
  const held = []
  for (const { signal } of streams) held.push(await follow(signal))
  expect(held.every(({ status }) => status === 200)).toBe(true)
  expect((await follow(AbortSignal.timeout(5_000))).status).toBe(429)
  streams[0]!.abort()
  await expect.poll(async () => (await follow(AbortSignal.timeout(1_000))).status).toBe(200)
  for (const stream of streams) stream.abort()
})

test('a body of a million brackets is refused before it is parsed; a long text is not', async () => {
  const json = { 'content-type': 'application/json' }
  const ask = (body: string) => browser.post('/api/rfp/compliance-matrix', body, json)
  for (const body of [
    '['.repeat(2_000_000) + ']'.repeat(2_000_000),
    `{${Array.from({ length: 300_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
  ])
    expect(await ask(body)).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('parts') },
    })
  const text = 'The offeror said: "[{,:\\\\" and must submit a plan. '.repeat(3_000)
  expect((await ask(JSON.stringify({ text }))).status).toBeLessThan(300)
})
