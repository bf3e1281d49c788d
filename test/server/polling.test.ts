/** Programs that ask again and again: tags, pages, and turns in the queue. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job, Uploaded } from '../../src/contract/documents.ts'
import { type Caller, caller, convert, ended, type TestHouse, testHouse } from './house.ts'

describe('asking again', () => {
  let house: TestHouse
  let browser: Caller
  beforeAll(async () => {
    house = await testHouse()
    browser = caller(house.app)
  })
  afterAll(() => house.close())

  test('what did not change is not sent again, and what did is', async () => {
    const { job_id, conversion_id } = await convert(browser, 'once', 'once.txt')
    for (const url of [`/api/jobs/${job_id}`, `/api/conversions/${conversion_id}`, '/api/jobs']) {
      const { headers } = await browser.get(url)
      const tag = String(headers.etag)
      expect(tag).toMatch(/^"[\w-]{27}"$/)
      const same = await browser.get(url, { 'if-none-match': tag })
      expect({ status: same.status, text: same.text, tag: same.headers.etag }).toEqual({
        status: 304,
        text: '',
        tag,
      })
      expect((await browser.get(url, { 'if-none-match': `W/${tag}, "x"` })).status).toBe(304)
      expect((await browser.get(url, { 'if-none-match': '"x"' })).status).toBe(200)
    }
    const before = String((await browser.get('/api/jobs')).headers.etag)
    await convert(browser, 'twice', 'twice.txt')
    expect((await browser.get('/api/jobs', { 'if-none-match': before })).status).toBe(200)
  })

  test('a stranger’s tag tells a stranger nothing', async () => {
    const { job_id } = await convert(browser, 'mine', 'mine.txt')
    const { headers } = await browser.get(`/api/jobs/${job_id}`)
    const answer = await caller(house.app).get(`/api/jobs/${job_id}`, {
      'if-none-match': String(headers.etag),
    })
    expect(answer.status).toBe(404)
    expect(answer.headers.etag).toBeUndefined()
  })

  test('a list links to its next page, to the end', async () => {
    const reader = caller(house.app)
    for (const n of [1, 2, 3]) await convert(reader, `page ${n}`, `${n}.txt`)
    const names: string[] = []
    for (let url: string | undefined = '/api/conversions?limit=2'; url; ) {
      const { json, headers } = await reader.get(url)
      names.push(...(json.data as unknown as { items: Job[] }).items.map(({ filename }) => filename))
      url = /^<(.+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1]
      if (url) expect(url).toContain('limit=2')
    }
    expect(names).toEqual(['3.txt', '2.txt', '1.txt'])
  })

  test('every answer of the API says what is left of each bound', async () => {
    const { headers } = await browser.upload('x', 'x.txt')
    expect(headers.ratelimit).toMatch(/^"route";r=\d+;t=\d+, "all";r=\d+;t=\d+$/)
    expect(headers['ratelimit-policy']).toMatch(/^"route";q=\d+;w=60, "all";q=\d+;w=60$/)
    const guess = await browser.post('/api/account/sign-in', { email: 'a@example.com', password: 'x' })
    expect(guess.headers.ratelimit).toMatch(/"all";.*"account";r=4;.*"address";r=29;/)
  })
})

test('500 jobs of one tenant do not hold up the one of another', async () => {
  const JOBS = 500
  const closed = await testHouse({}, { serve: true, work: false })
  const heap = caller(closed.app)
  const ids: string[] = []
  for (let n = 0; n < JOBS; n++)
    ids.push((await heap.data<Uploaded>(heap.upload(`heap ${n}`, `${n}.txt`))).job_id)
  const other = caller(closed.app)
  const { job_id } = await other.data<Uploaded>(other.upload('only one', 'one.txt'))
  const cookies = [heap.cookie, other.cookie] as const
  await closed.stop()
  const house = await testHouse({ DATA_DIR: closed.folder })
  const one = await ended(caller(house.app, cookies[1]), job_id)
  const { rows } = (await house.db.executeSql(
    `select count(*)::int as count from jobs where started_at < $1`,
    [one.started_at],
  )) as unknown as { rows: [{ count: number }] }
  expect(one.status).toBe('completed')
  // What was begun before it: the first of the heap at most, beside what runs at once.
  expect(rows[0].count).toBeLessThanOrEqual(2)
  expect(
    (
      await caller(house.app, cookies[0]).data<Job>(
        caller(house.app, cookies[0]).get(`/api/jobs/${ids.at(-1)}`),
      )
    ).status,
  ).toBe('queued')
  await house.close()
}, 120_000)
