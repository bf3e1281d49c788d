import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Proposal } from '../../src/contract/proposals.ts'
import { type Caller, caller, form, type TestHouse, testHouse } from './house.ts'

let house: TestHouse
let browser: Caller
beforeAll(async () => {
  house = await testHouse({ CORS_ORIGINS: 'https://app.example.com' })
  browser = caller(house.app)
  await browser.get('/api/session')
})
afterAll(() => house.close())

const create = (key: string, title = 'Once') =>
  browser.post('/api/proposals', { title }, { 'idempotency-key': key })
const titles = async () =>
  (await browser.data<{ items: Proposal[] }>(browser.get('/api/proposals?limit=100'))).items.map(
    ({ title }) => title,
  )

test('the same request again gets the same answer and does nothing', async () => {
  const first = await create('key-0000001')
  const second = await create('key-0000001')
  expect(second.status).toBe(201)
  expect(second.text).toBe(first.text)
  expect(second.headers['idempotency-replayed']).toBe('true')
  expect((await titles()).filter((title) => title === 'Once')).toHaveLength(1)
})

test('ten at once do it once', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => create('key-0000002', 'Ten')))
  expect(answers.map(({ status }) => status).every((status) => status === 201 || status === 409)).toBe(true)
  expect((await titles()).filter((title) => title === 'Ten')).toHaveLength(1)
})

test('another request under the same key is refused, and so is an odd key', async () => {
  await create('key-0000003', 'A')
  expect(await create('key-0000003', 'B')).toMatchObject({ status: 409, json: { error: 'conflict' } })
  expect((await create('short')).json.error).toBe('validation_error')
})

test('a refusal is kept too, another caller’s key is another key', async () => {
  const refused = await browser.post(
    '/api/rfp/compliance-matrix',
    { text: 'too short' },
    { 'idempotency-key': 'key-0000004' },
  )
  const again = await browser.post(
    '/api/rfp/compliance-matrix',
    { text: 'too short' },
    { 'idempotency-key': 'key-0000004' },
  )
  expect([again.status, again.text]).toEqual([refused.status, refused.text])
  const stranger = caller(house.app)
  await stranger.get('/api/session')
  expect(
    (await stranger.post('/api/proposals', { title: 'Mine' }, { 'idempotency-key': 'key-0000001' })).headers[
      'idempotency-replayed'
    ],
  ).toBeUndefined()
})

test('an upload is repeatable', async () => {
  const { body, headers } = form({ file: { content: 'once', name: 'once.txt' } })
  const send = () => browser.post('/api/upload', body, { ...headers, 'idempotency-key': 'key-upload-1' })
  const first = await send()
  expect((await send()).text).toBe(first.text)
})

test('another site is let in by name only', async () => {
  const ask = (origin: string) =>
    house.app.inject({
      method: 'OPTIONS',
      url: '/api/jobs',
      headers: { origin, 'access-control-request-method': 'GET' },
    })
  expect((await ask('https://app.example.com')).headers['access-control-allow-origin']).toBe(
    'https://app.example.com',
  )
  expect((await ask('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined()
})

test('a team is made once and its invitation is sent once, however often they are asked for', async () => {
  const person = caller(house.app, '', '10.4.0.1')
  await person.data(
    person.post('/api/account/sign-up', { email: 'repeats@example.com', password: 'correct horse battery' }),
  )
  const twice = async (url: string, body: unknown, key: string) => {
    const first = await person.post(url, body, { 'idempotency-key': key })
    const second = await person.post(url, body, { 'idempotency-key': key })
    expect([first.status, second.status, second.text]).toEqual([201, 201, first.text])
    return (first.json.data as { id: string } | undefined)?.id
  }
  const id = await twice('/api/teams', { name: 'Once' }, 'key-0000101')
  await twice(`/api/teams/${id}/invitations`, { email: 'x@example.com', role: 'viewer' }, 'key-0000102')
  expect(await person.data<unknown[]>(person.get('/api/teams'))).toHaveLength(1)
  expect(
    house.lines.filter((line) => line.includes('a letter') && line.includes('x@example.com')),
  ).toHaveLength(1)
})
