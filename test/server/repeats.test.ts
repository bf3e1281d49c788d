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
