/** What plans give, what is counted, and what is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConversionSummary, Uploaded } from '../../src/contract/documents.ts'
import type { Usage } from '../../src/contract/plans.ts'
import { writePdf } from '../pdf/write.ts'
import { type Caller, caller, convert, ended, type TestHouse, testHouse } from './house.ts'

const password = 'correct horse battery'
const threePages = Buffer.from(
  writePdf({ pages: [1, 2, 3].map((n) => ({ draw: [{ text: `Page ${n}`, x: 72, y: 72 }] })) }),
)

let house: TestHouse
beforeAll(async () => {
  house = await testHouse({ PLAN_LIMITS: 'on' })
})
afterAll(() => house.close())

const user = async (email: string) => {
  const browser = caller(house.app)
  await browser.data(browser.post('/api/account/sign-up', { email, password }))
  return browser
}
const usage = (who: Caller) => who.data<Usage>(who.get('/api/usage'))
const use = (email: string, pages: number, at = 'now()') =>
  house.sql(`insert into usage_entries (id, user_id, kind, quantity, job_id, at)
    select gen_random_uuid(), id, 'pages', ${pages}, gen_random_uuid(), ${at} from users where email = '${email}'`)
const setPlan = (email: string, plan: string) =>
  house.sql(`update users set plan = '${plan}' where email = '${email}'`)

test('plans are listed from the least to the greatest', async () => {
  const { plans, billing, enforced } = await caller(house.app).data<{
    plans: { plan: string; pages_per_month: number; file_bytes: number }[]
    billing: boolean
    enforced: boolean
  }>(caller(house.app).get('/api/plans'))
  expect(plans.map(({ plan }) => plan)).toEqual(['free', 'friends', 'pro', 'team'])
  for (const field of ['pages_per_month', 'file_bytes'] as const)
    expect(plans.map((row) => row[field])).toEqual(plans.map((row) => row[field]).toSorted((a, b) => a - b))
  expect({ billing, enforced }).toEqual({ billing: false, enforced: true })
})

test('pages are counted when a job is completed, once however often it runs', async () => {
  const ann = await user('ann@example.com')
  const { job_id } = await convert(ann, threePages, 'three.pdf')
  expect(await usage(ann)).toMatchObject({ plan: 'free', pages: { used: 3, limit: 500, left: 497 } })
  // The same file again does no work.
  await convert(ann, threePages, 'three.pdf')
  await house.sql(`insert into usage_entries (id, user_id, kind, quantity, job_id)
    select gen_random_uuid(), user_id, kind, quantity, job_id from usage_entries where job_id = '${job_id}'
    on conflict (job_id, kind) do nothing`)
  await ann.data(ann.delete(`/api/conversions/${(await list(ann))[0]!.id}`))
  const after = await usage(ann)
  expect(after.pages.used).toBe(3)
  expect(after.months).toEqual([{ month: after.from.slice(0, 7), pages: 3, analyses: 0, model_analyses: 0 }])
})

test('what failed is not counted; an analysis is', async () => {
  const ben = await user('ben@example.com')
  await convert(ben, Buffer.from('%PDF-1.7\nbroken'), 'broken.pdf')
  expect((await usage(ben)).pages.used).toBe(0)
  await ben.data(ben.post('/api/rfp/compliance-matrix', { text: 'The offeror shall do this. '.repeat(20) }))
  expect(await usage(ben)).toMatchObject({ analyses: { used: 1, limit: null }, pages: { used: 0 } })
})

describe('when the month is used up', () => {
  test('an upload is refused with what to do; a greater plan or the next month lets it in', async () => {
    const cat = await user('cat@example.com')
    await use('cat@example.com', 300, `now() - interval '40 days'`)
    await use('cat@example.com', 499)
    expect((await convert(cat, 'the last page', 'last.txt')).job.status).toBe('completed')
    const refused = await cat.upload('one too many', 'more.txt')
    expect(refused).toMatchObject({
      status: 402,
      json: { error: 'plan_limit', fix: expect.stringContaining('greater plan') },
    })
    expect(refused.json.message).toContain('500 pages')
    // What is here already costs nothing.
    expect((await cat.upload('the last page', 'last.txt')).status).toBe(200)
    await setPlan('cat@example.com', 'friends')
    expect((await cat.upload('one too many', 'more.txt')).status).toBe(200)
  })

  test('work under way counts, so that a heap sent at once is no way around', async () => {
    const dan = await user('dan@example.com')
    await use('dan@example.com', 497)
    const sent = await Promise.all(
      Array.from({ length: 6 }, (_, n) => dan.upload(`file ${n} ${'x'.repeat(5_000)}`, `${n}.txt`)),
    )
    const taken = sent.filter(({ status }) => status === 200)
    expect(taken).toHaveLength(3)
    for (const { json } of taken) await ended(dan, (json.data as unknown as Uploaded).job_id)
    expect((await dan.upload('later', 'later.txt')).status).toBe(402)
  })

  test('visitors are told to make an account', async () => {
    const visitor = caller(house.app)
    await convert(visitor, 'first', 'first.txt')
    await house.sql(`insert into usage_entries (id, visitor_session_id, kind, quantity, job_id)
      select gen_random_uuid(), id, 'pages', 200, gen_random_uuid() from visitor_sessions`)
    const refused = await visitor.upload('second', 'second.txt')
    expect(refused).toMatchObject({ status: 402, json: { error: 'plan_limit' } })
    expect(refused.json.fix).toContain('Make an account')
    expect(await usage(visitor)).toMatchObject({ plan: null, pages: { left: 0 } })
  })
})

test('a file larger than the plan allows is refused as such, and leaves nothing', async () => {
  const eve = await user('eve@example.com')
  const refused = await eve.upload(Buffer.alloc(25 * 2 ** 20 + 1, 'x'), 'large.txt')
  expect(refused).toMatchObject({ status: 402, json: { error: 'plan_limit' } })
  await setPlan('eve@example.com', 'friends')
  expect((await eve.upload(Buffer.alloc(25 * 2 ** 20 + 1, 'x'), 'large.txt')).status).toBe(200)
})

const list = async (who: Caller) =>
  (await who.data<{ items: ConversionSummary[] }>(who.get('/api/conversions'))).items
const daysLeft = async (who: Caller) => {
  const { expires_at } = (await list(who))[0]!
  return expires_at && Math.round((Date.parse(expires_at) - Date.now()) / 86_400_000)
}

test('things are kept as long as the plan says, and longer when it becomes greater', async () => {
  const admin = await user('admin@example.com')
  await house.sql(`update users set role = 'admin' where email = 'admin@example.com'`)
  const fay = await user('fay@example.com')
  await convert(fay, 'kept', 'kept.txt')
  expect(await daysLeft(fay)).toBe(90)
  const { items } = await admin.data<{ items: { id: string }[] }>(admin.get('/api/admin/users?search=fay'))
  const id = items[0]!.id
  await admin.data(admin.put(`/api/admin/users/${id}`, { plan: 'friends' }))
  expect(await daysLeft(fay)).toBe(365)
  await admin.data(admin.put(`/api/admin/users/${id}`, { plan: 'pro' }))
  expect(await daysLeft(fay)).toBeNull()
  await admin.data(admin.put(`/api/admin/users/${id}`, { plan: 'free' }))
  expect(await daysLeft(fay)).toBeNull()
})

test('members of a team share what its plan gives', async () => {
  const gil = await user('gil@example.com')
  const hal = await user('hal@example.com')
  await use('gil@example.com', 100)
  const team = await gil.data<{ id: string }>(gil.post('/api/teams', { name: 'Bids' }))
  await house.sql(`insert into team_members (team_id, user_id, role)
    select '${team.id}', id, 'viewer' from users where email = 'hal@example.com'`)
  await house.sql(`update teams set plan = 'team' where id = '${team.id}'`)
  await convert(gil, threePages, 'gil.pdf')
  await convert(hal, threePages, 'hal.pdf')
  // What was used before is each one's own.
  for (const who of [gil, hal])
    expect(await usage(who)).toMatchObject({
      plan: 'team',
      team: { id: team.id, name: 'Bids' },
      pages: { used: 6, limit: 100_000 },
    })
  await house.sql(`delete from team_members where team_id = '${team.id}'`)
  expect(await usage(gil)).toMatchObject({ plan: 'free', team: null, pages: { used: 100 } })
})
