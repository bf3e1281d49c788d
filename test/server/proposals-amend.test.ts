import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MatrixRow } from '../../src/contract/proposals.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

let house: TestHouse
let browser: Caller
beforeAll(async () => {
  house = await testHouse()
  browser = caller(house.app)
})
afterAll(() => house.close())

const base = `# Section L Instructions

The offeror shall submit the technical volume in PDF format to the contracting officer.

The technical volume must not exceed 20 pages including all figures and tables.

The offeror shall provide three references for work of similar size and scope.

The contractor shall keep daily records of all deliveries made to the harbour.

The offeror must acknowledge every amendment in writing before the closing date.
`
const amended = `${base
  .replace('20 pages', '30 pages')
  .replace(
    /The offeror shall provide three.*\n\n/,
    '',
  )}\nThe contractor shall paint all bollards yellow once in every calendar year.\n`

type Amended = { changed: number; added: number; removed: number; total: number }
const analysed = async (text: string, name: string) => {
  const { conversion_id } = await convert(browser, text, name)
  return (
    await browser.data<{ analysis_id: string }>(browser.post('/api/rfp/compliance-matrix', { conversion_id }))
  ).analysis_id
}
const rowsOf = async (id: string) =>
  (await browser.data<{ items: MatrixRow[] }>(browser.get(`/api/proposals/${id}/matrix`))).items
const withText = (rows: readonly MatrixRow[], text: string) =>
  rows.find(({ requirement_text }) => requirement_text.includes(text))!

test('an amendment changes, adds and marks rows, and loses nothing of the work; twice does nothing more', async () => {
  const { id } = await browser.data<{ id: string }>(browser.post('/api/proposals', { title: 'Harbour' }))
  const [first, second] = [await analysed(base, 'v1.md'), await analysed(amended, 'v2.md')]
  const amend = () =>
    browser.data<Amended>(browser.post(`/api/proposals/${id}/matrix/amend`, { analysis_id: second }))
  expect((await browser.post(`/api/proposals/${id}/matrix/amend`, { analysis_id: second })).status).toBe(409)
  await browser.data(browser.post(`/api/proposals/${id}/matrix`, { analysis_id: first }))
  const before = await rowsOf(id)
  for (const row of before)
    await browser.data(
      browser.put(`/api/proposals/${id}/matrix/${row.id}`, {
        version: row.version,
        status: 'compliant',
        notes: 'done',
        response_location: 'Volume 1',
      }),
    )

  expect(await amend()).toEqual({ changed: 1, added: 1, removed: 1, total: before.length + 1 })
  const rows = await rowsOf(id)
  expect(rows.slice(0, before.length).map((row) => row.id)).toEqual(before.map((row) => row.id))
  const changed = withText(rows, '30 pages')
  expect(changed).toMatchObject({
    id: withText(before, '20 pages').id,
    status: 'open',
    notes: 'done',
    response_location: 'Volume 1',
    version: 3,
    analysis_id: second,
    changed_at: expect.any(String),
    previous_text: expect.stringContaining('20 pages'),
  })
  const removed = withText(rows, 'three references')
  expect(removed).toMatchObject({ status: 'compliant', removed_at: expect.any(String), version: 3 })
  expect(withText(rows, 'bollards')).toMatchObject({ status: 'open', version: 1, removed_at: null })
  expect(withText(rows, 'daily records')).toMatchObject({
    status: 'compliant',
    version: 2,
    analysis_id: second,
    changed_at: null,
  })
  const { items: events } = await browser.data<{ items: { action: string; detail: object }[] }>(
    browser.get(`/api/proposals/${id}/activity`),
  )
  expect(events[0]).toMatchObject({
    action: 'matrix amended',
    detail: { changed: 1, added: 1, removed: 1, analysis_id: second },
  })
  expect(events.find(({ action }) => action === 'row amended')!.detail).toMatchObject({
    row_id: changed.id,
    status: { from: 'compliant', to: 'open' },
  })

  expect(await amend()).toEqual({ changed: 0, added: 0, removed: 0, total: before.length + 1 })
  expect(await rowsOf(id)).toEqual(rows)
  const { url } = await browser.data<{ url: string }>(browser.post(`/api/proposals/${id}/shares`, {}))
  const shared = await browser.data<{ rows: unknown[] }>(browser.get(`/api/shared/${url.split('/').at(-1)}`))
  expect(shared.rows).toHaveLength(rows.length - 1)
})

test('another’s analysis is not there, and nothing is changed', async () => {
  const stranger = caller(house.app)
  const { id } = await stranger.data<{ id: string }>(stranger.post('/api/proposals', { title: 'Theirs' }))
  const mine = await analysed(base, 'mine.md')
  const answer = await stranger.post(`/api/proposals/${id}/matrix/amend`, { analysis_id: mine })
  expect(answer.status).toBe(404)
})
