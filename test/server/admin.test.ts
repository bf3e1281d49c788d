/** What administrators see and do, and what is written down about it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AdminJob, AdminUser, AuditEntry } from '../../src/contract/admin.ts'
import type { Job, Uploaded } from '../../src/contract/documents.ts'
import { type Caller, caller, convert, ended, type TestHouse, testHouse } from './house.ts'

const password = 'correct horse battery'
type List<T> = { items: T[]; next: string | null }

let house: TestHouse
let admin: Caller
let ann: Caller
let annId: string

const user = async (email: string) => {
  const browser = caller(house.app)
  await browser.data(browser.post('/api/account/sign-up', { email, password }))
  return browser
}
const idOf = async (email: string) =>
  (await admin.data<List<AdminUser>>(admin.get(`/api/admin/users?search=${email}`))).items[0]!.id
const acts = async () =>
  (await admin.data<List<AuditEntry>>(admin.get('/api/admin/audit'))).items.map(({ action }) => action)

beforeAll(async () => {
  house = await testHouse()
  admin = await user('admin@example.com')
  await house.sql(`update users set role = 'admin' where email = 'admin@example.com'`)
  ann = await user('ann@example.com')
  annId = await idOf('ann@example.com')
})
afterAll(() => house.close())

test('accounts are found by a part of their address, newest first, page by page', async () => {
  const first = await admin.data<List<AdminUser>>(admin.get('/api/admin/users?limit=1'))
  expect(first.items[0]).toMatchObject({ email: 'ann@example.com', plan: 'free', revoked: false })
  const second = await admin.data<List<AdminUser>>(admin.get(`/api/admin/users?limit=1&cursor=${first.next}`))
  expect(second).toMatchObject({ items: [{ email: 'admin@example.com', role: 'admin' }], next: null })
  const percent = await admin.data<List<AdminUser>>(admin.get('/api/admin/users?search=%25'))
  expect(percent.items).toEqual([])
})

test('a plan that is set counts at once', async () => {
  const changed = await admin.data(admin.put(`/api/admin/users/${annId}`, { plan: 'pro' }))
  expect(changed).toMatchObject({ plan: 'pro', effective_plan: 'pro' })
  expect(await ann.data(ann.get('/api/session'))).toMatchObject({ account: { plan: 'pro' } })
  expect(await ann.data(ann.get('/api/usage'))).toMatchObject({ plan: 'pro', enforced: false })
  expect(await acts()).toContain('user.plan_set')
})

test('a revoked account is out at once, with its keys, and comes back as it was', async () => {
  const ben = await user('ben@example.com')
  const { key } = await ben.data<{ key: string }>(
    ben.post('/api/keys', { name: 'k', scopes: ['documents:read'] }),
  )
  const id = await idOf('ben@example.com')
  await admin.data(admin.put(`/api/admin/users/${id}`, { revoked: true }))
  expect((await ben.get('/api/keys')).status).toBe(401)
  expect((await caller(house.app).get('/api/jobs', { authorization: `Bearer ${key}` })).status).toBe(401)
  const form = { email: 'ben@example.com', password }
  expect((await ben.post('/api/account/sign-in', form)).status).toBe(403)
  await admin.data(admin.put(`/api/admin/users/${id}`, { revoked: false }))
  expect((await ben.post('/api/account/sign-in', form)).status).toBe(200)
  expect((await caller(house.app).get('/api/jobs', { authorization: `Bearer ${key}` })).status).toBe(200)
  expect((await acts()).slice(0, 2)).toEqual(['user.restored', 'user.revoked'])
})

test('nobody locks themselves out', async () => {
  const self = await idOf('admin@example.com')
  expect((await admin.put(`/api/admin/users/${self}`, { revoked: true })).status).toBe(409)
  expect((await admin.put(`/api/admin/users/${self}`, { role: 'user' })).status).toBe(409)
})

test('an invited address gets its plan on signing up; one that is here gets it now', async () => {
  await admin.data(admin.post('/api/admin/invited', { email: 'Cat@Example.com' }))
  const dan = await user('dan@example.com')
  await admin.data(admin.post('/api/admin/invited', { email: 'dan@example.com', plan: 'friends' }))
  expect(await dan.data(dan.get('/api/usage'))).toMatchObject({ plan: 'friends' })
  const cat = await user('cat@example.com')
  expect(await cat.data(cat.get('/api/usage'))).toMatchObject({ plan: 'friends' })
  const first = await admin.data<List<object>>(admin.get('/api/admin/invited?limit=1'))
  expect(first.items).toMatchObject([{ email: 'cat@example.com', plan: 'friends', joined: true }])
  const rest = await admin.data(admin.get(`/api/admin/invited?limit=1&cursor=${first.next}`))
  expect(rest).toMatchObject({ items: [{ email: 'dan@example.com', joined: true }], next: null })
  expect((await admin.delete('/api/admin/invited/cat@example.com')).status).toBe(200)
  expect((await admin.delete('/api/admin/invited/cat@example.com')).status).toBe(404)
})

test('jobs of all are listed without what is in them, and storage is counted', async () => {
  const visitor = caller(house.app)
  const { job_id } = await convert(visitor, 'words that nobody else reads', 'private-name.txt')
  const jobs = await admin.get('/api/admin/jobs?status=completed')
  const job = (jobs.json.data as unknown as List<AdminJob>).items.find(({ id }) => id === job_id)
  expect(job).toMatchObject({ owner: { kind: 'visitor', email: null }, format: 'txt', status: 'completed' })
  expect(jobs.text).not.toContain('private-name')
  expect(jobs.text).not.toContain('nobody else')
  const storage = await admin.data<{ original_bytes: number; largest: unknown[]; database_bytes: number }>(
    admin.get('/api/admin/storage'),
  )
  expect(storage.original_bytes).toBeGreaterThanOrEqual(28)
  expect(storage.database_bytes).toBeGreaterThan(1_000_000)
  expect(storage.largest).toHaveLength(1)
  expect(await admin.data(admin.get('/api/admin/limits'))).toMatchObject({
    plans_enforced: false,
    plans: { team: { pages_per_month: 100_000 } },
  })
  expect(await admin.data(admin.get('/api/admin/queues'))).toMatchObject([
    { queue: 'conversion', ready: 0, dead: 0 },
    { queue: 'analysis' },
    { queue: 'webhook' },
  ])
})

test('a dead letter is sent back to the queue and completed, once', async () => {
  const { job_id, conversion_id } = await ann.data<Uploaded>(ann.upload('to be redriven', 'dead.txt'))
  await ended(ann, job_id)
  await house.sql(`update jobs set status = 'failed', error_code = 'crashed', error_message = 'x',
    error_detail = 'killed', dead_lettered_at = now() where id = '${job_id}'`)
  await house.sql(`update conversions set status = 'failed', output_uri = null where id = '${conversion_id}'`)
  const { items } = await admin.data<List<AdminJob>>(admin.get('/api/admin/dead-letters'))
  expect(items).toMatchObject([{ id: job_id, detail: 'killed', error: { code: 'crashed' } }])
  const redriven = await admin.data(admin.post(`/api/admin/dead-letters/${job_id}/redrive`, undefined))
  expect(redriven).toMatchObject({ status: 'queued', dead_lettered_at: null })
  expect((await admin.post(`/api/admin/dead-letters/${job_id}/redrive`, undefined)).status).toBe(404)
  expect(await ended(ann, job_id)).toMatchObject({ status: 'completed', attempts: 2 })
  expect((await ann.data<Job>(ann.get(`/api/jobs/${job_id}`))).error).toBeNull()
  expect((await acts())[0]).toBe('job.redriven')
})

test('a team’s plan is its members’ plan', async () => {
  const team = await ann.data<{ id: string }>(ann.post('/api/teams', { name: 'Bids' }))
  await admin.data(admin.put(`/api/admin/teams/${team.id}`, { plan: 'team' }))
  expect(await ann.data(ann.get('/api/usage'))).toMatchObject({ plan: 'team', team: { name: 'Bids' } })
  const { items } = await admin.data<List<AdminUser>>(admin.get('/api/admin/users?search=ann@'))
  expect(items[0]).toMatchObject({ plan: 'pro', effective_plan: 'team' })
})

test('the audit log says who, and cannot be changed', async () => {
  const { items } = await admin.data<List<AuditEntry>>(
    admin.get(`/api/admin/audit?action=user.plan_set&target_id=${annId}`),
  )
  expect(items).toMatchObject([
    {
      actor: { kind: 'user', email: 'admin@example.com' },
      target: { type: 'user', id: annId },
      detail: { from: 'free', to: 'pro' },
    },
  ])
  await expect(house.sql(`update audit_log set action = 'nothing'`)).rejects.toThrow('append-only')
  await expect(house.sql('delete from audit_log')).rejects.toThrow('append-only')
})

test('for all others there is nothing there, not even for a key of an administrator', async () => {
  const { key } = await admin.data<{ key: string }>(
    admin.post('/api/keys', { name: 'k', scopes: ['documents:read'] }),
  )
  for (const answer of [
    await caller(house.app).get('/api/admin/users'),
    await ann.get('/api/admin/users'),
    await caller(house.app).get('/api/admin/users', { authorization: `Bearer ${key}` }),
  ])
    expect(answer).toMatchObject({ status: 404, json: { error: 'not_found' } })
})
