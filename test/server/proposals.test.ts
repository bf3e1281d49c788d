import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Proposal } from '../../src/contract/proposals.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

let house: TestHouse
let browser: Caller
beforeAll(async () => {
  house = await testHouse()
  browser = caller(house.app)
})
afterAll(() => house.close())

const create = (who: Caller, title = 'Harbour works') =>
  who.data<Proposal>(who.post('/api/proposals', { title }))

test('a proposal is created, changed, listed and deleted', async () => {
  const answer = await browser.post('/api/proposals', { title: '  Harbour works ' })
  expect(answer.status).toBe(201)
  const made = answer.json.data as unknown as Proposal
  expect(made).toMatchObject({ title: 'Harbour works', status: 'draft', documents: [] })
  expect(answer.headers.location).toBe(`/api/proposals/${made.id}`)
  const changed = await browser.data<Proposal>(
    browser.put(`/api/proposals/${made.id}`, { status: 'writing' }),
  )
  expect(changed).toMatchObject({ title: 'Harbour works', status: 'writing' })
  expect(changed.updated_at >= made.updated_at).toBe(true)
  const { items } = await browser.data<{ items: Proposal[] }>(browser.get('/api/proposals'))
  expect(items.map(({ id }) => id)).toContain(made.id)
  expect((await browser.delete(`/api/proposals/${made.id}`)).status).toBe(200)
  expect((await browser.get(`/api/proposals/${made.id}`)).status).toBe(404)
  expect((await browser.delete(`/api/proposals/${made.id}`)).status).toBe(404)
})

test('documents are put in and taken out; deleting the proposal leaves them', async () => {
  const { id } = await create(browser)
  const a = (await convert(browser, 'a', 'a.txt')).conversion_id
  const b = (await convert(browser, 'b', 'b.txt')).conversion_id
  const documents = async (ids: string[]) =>
    (
      await browser.data<Proposal>(browser.put(`/api/proposals/${id}`, { conversion_ids: ids }))
    ).documents.map((one) => one.id)
  expect(await documents([a, b])).toEqual([a, b])
  expect(await documents([b])).toEqual([b])
  expect(await documents([b, b])).toEqual([b])
  await browser.delete(`/api/proposals/${id}?forever=true`)
  expect(await browser.data(browser.get(`/api/conversions/${b}`))).toMatchObject({ proposal_id: null })
})

test('another’s proposal and another’s document are not there', async () => {
  const stranger = caller(house.app)
  const theirs = await create(stranger)
  const document = (await convert(stranger, 'theirs', 'theirs.txt')).conversion_id
  const mine = await create(browser)
  for (const call of [
    browser.get(`/api/proposals/${theirs.id}`),
    browser.put(`/api/proposals/${theirs.id}`, { title: 'Mine now' }),
    browser.delete(`/api/proposals/${theirs.id}`),
    browser.put(`/api/proposals/${mine.id}`, { title: 'Changed', conversion_ids: [document] }),
  ])
    expect((await call).json).toMatchObject({ status: 'error', error: 'not_found' })
  expect(await stranger.data(stranger.get(`/api/proposals/${theirs.id}`))).toMatchObject({
    title: 'Harbour works',
  })
  // The whole change was undone, the title too.
  expect(await browser.data(browser.get(`/api/proposals/${mine.id}`))).toMatchObject({
    title: 'Harbour works',
    documents: [],
  })
})

test.each([
  ['no title', {}],
  ['an empty title', { title: '   ' }],
  ['a long title', { title: 'x'.repeat(256) }],
  ['a field nobody knows', { title: 'x', user_id: '1' }],
  ['no object', []],
])('refuses %s, and says where', async (_, body) => {
  const answer = await browser.post('/api/proposals', body)
  expect(answer).toMatchObject({ status: 400, json: { error: 'validation_error' } })
  expect(answer.json.details).toEqual([expect.objectContaining({ path: expect.any(String) })])
})

test('refuses a state that does not exist', async () => {
  const { id } = await create(browser)
  expect((await browser.put(`/api/proposals/${id}`, { status: 'lovely' })).status).toBe(400)
})

test('the trash gives back, and forgets for good when told', async () => {
  const { id } = await create(browser)
  const trash = async () =>
    (await browser.data<{ items: Proposal[] }>(browser.get('/api/proposals?trash=true'))).items.map(
      (one) => one.id,
    )
  await browser.delete(`/api/proposals/${id}`)
  expect((await browser.get(`/api/proposals/${id}`)).status).toBe(404)
  expect(await trash()).toContain(id)
  expect(await browser.data(browser.post(`/api/proposals/${id}/restore`, {}))).toMatchObject({
    id,
    trashed_at: null,
  })
  expect(await trash()).not.toContain(id)
  expect((await browser.delete(`/api/proposals/${id}?forever=true`)).status).toBe(200)
  expect((await browser.post(`/api/proposals/${id}/restore`, {})).status).toBe(404)
})

test('the due time keeps the zone of the solicitation', async () => {
  const due = { at: '2027-05-01T18:00:00.000Z', zone: 'America/New_York' }
  const made = await browser.data<Proposal>(
    browser.post('/api/proposals', { title: 'Due', client: 'Navy', due }),
  )
  expect(made).toMatchObject({ due, client: 'Navy', version: 1 })
  expect(await browser.data(browser.put(`/api/proposals/${made.id}`, { due: null }))).toMatchObject({
    due: null,
  })
  const odd = await browser.post('/api/proposals', { title: 'x', due: { ...due, zone: 'Mars/Olympus' } })
  expect(odd.json).toMatchObject({
    error: 'validation_error',
    message: expect.stringContaining('Mars/Olympus'),
  })
})

test('a change from an older version is refused, and the history tells who did what', async () => {
  const { id, version } = await create(browser)
  await browser.data(browser.put(`/api/proposals/${id}`, { title: 'Second', version }))
  const stale = await browser.put(`/api/proposals/${id}`, { title: 'Third', version })
  expect(stale).toMatchObject({ status: 409, json: { error: 'conflict' } })
  expect(await browser.data(browser.get(`/api/proposals/${id}`))).toMatchObject({
    title: 'Second',
    version: version + 1,
  })
  const { items } = await browser.data<{ items: { action: string; detail: object }[] }>(
    browser.get(`/api/proposals/${id}/activity`),
  )
  expect(items.map(({ action }) => action)).toEqual(['changed', 'created'])
  expect(items[0]!.detail).toEqual({ title: { from: 'Harbour works', to: 'Second' } })
})
