/** Teams: what members may do with what the team has, and two people at one row. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MatrixRow, Proposal } from '../../src/contract/proposals.ts'
import type { Team } from '../../src/contract/teams.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

const password = 'correct horse battery'
const text = [
  '# L. Instructions',
  '',
  'L.1 The offeror shall submit a technical volume.',
  '',
  'L.2 The offeror shall submit a price volume.',
  '',
  'L.3 The offeror must hold a valid licence.',
  '',
].join('\n')

type Person = Caller & { id: string; email: string }
let house: TestHouse
let people: Record<'owner' | 'editor' | 'viewer' | 'stranger', Person>
let team: Team
let count = 0

const letter = (to: string): string => {
  const line = house.lines.findLast((one) => one.includes('Join') && one.includes(to))
  return /token=([\w-]+)/.exec(line!)![1]!
}
const person = async (name: string): Promise<Person> => {
  const browser = caller(house.app, '', `10.2.0.${++count}`)
  const email = `${name}@example.com`
  const { account } = await browser.data<{ account: { id: string } }>(
    browser.post('/api/account/sign-up', { email, password, name }),
  )
  return Object.assign(browser, { id: account.id, email })
}

beforeAll(async () => {
  house = await testHouse()
  const [owner, editor, viewer, stranger] = await Promise.all(
    ['owner', 'editor', 'viewer', 'stranger'].map(person),
  )
  people = { owner: owner!, editor: editor!, viewer: viewer!, stranger: stranger! }
  team = await owner!.data<Team>(owner!.post('/api/teams', { name: 'Bids' }))
  for (const role of ['editor', 'viewer'] as const) {
    await owner!.data(owner!.post(`/api/teams/${team.id}/invitations`, { email: people[role].email, role }))
    await people[role].data(people[role].post('/api/teams/join', { token: letter(people[role].email) }))
  }
}, 60_000)
afterAll(() => house.close())

const propose = async () =>
  people.owner.data<Proposal>(people.owner.post('/api/proposals', { title: 'Harbour', team_id: team.id }))

test('members are those who accepted, each with a role', async () => {
  const found = await people.viewer.data<Team>(people.viewer.get(`/api/teams/${team.id}`))
  expect(found.members.map(({ email, role }) => [email, role])).toEqual([
    ['owner@example.com', 'owner'],
    ['editor@example.com', 'editor'],
    ['viewer@example.com', 'viewer'],
  ])
  expect(found.role).toBe('viewer')
  expect((await people.stranger.get(`/api/teams/${team.id}`)).status).toBe(404)
})

test('an invitation is for one address, once', async () => {
  const { owner, stranger } = people
  await owner.data(
    owner.post(`/api/teams/${team.id}/invitations`, { email: 'guest@example.com', role: 'viewer' }),
  )
  const token = letter('guest@example.com')
  expect((await stranger.post('/api/teams/join', { token })).status).toBe(404)
  const guest = await person('guest')
  expect((await guest.post('/api/teams/join', { token })).status).toBe(200)
  expect((await guest.post('/api/teams/join', { token })).status).toBe(404)
  expect((await guest.delete(`/api/teams/${team.id}/members/${guest.id}`)).status).toBe(200)
  expect((await guest.get(`/api/teams/${team.id}`)).status).toBe(404)
})

test('only owners decide who is in the team, and one owner stays', async () => {
  const { owner, editor } = people
  for (const call of [
    editor.post(`/api/teams/${team.id}/invitations`, { email: 'x@example.com', role: 'viewer' }),
    editor.put(`/api/teams/${team.id}/members/${editor.id}`, { role: 'owner' }),
    editor.delete(`/api/teams/${team.id}/members/${owner.id}`),
    editor.delete(`/api/teams/${team.id}`),
  ])
    expect((await call).status).toBe(403)
  expect((await owner.put(`/api/teams/${team.id}/members/${owner.id}`, { role: 'viewer' })).status).toBe(409)
  expect((await owner.delete(`/api/teams/${team.id}/members/${owner.id}`)).status).toBe(409)
})

test('a team’s proposal and its documents: viewers read, editors change, strangers see nothing', async () => {
  const { owner, editor, viewer, stranger } = people
  const { id } = await propose()
  const mine = await convert(editor, text, 'rfp.txt')
  await editor.data(editor.put(`/api/proposals/${id}/documents/${mine.conversion_id}`, { role: 'base' }))
  for (const who of [owner, editor, viewer]) {
    const found = await who.data<Proposal>(who.get(`/api/proposals/${id}`))
    expect(found.documents).toMatchObject([{ id: mine.conversion_id, role: 'base' }])
    expect((await who.get(`/api/conversions/${mine.conversion_id}`)).status).toBe(200)
    expect((await who.get(`/api/jobs/${mine.job_id}/download`)).text).toContain('technical volume')
    expect(
      (await who.data<{ items: Proposal[] }>(who.get(`/api/proposals?team_id=${team.id}`))).items.map(
        (one) => one.id,
      ),
    ).toContain(id)
  }
  for (const url of [
    `/api/proposals/${id}`,
    `/api/conversions/${mine.conversion_id}`,
    `/api/jobs/${mine.job_id}/download`,
  ])
    expect([url, (await stranger.get(url)).status]).toEqual([url, 404])
  expect((await viewer.put(`/api/proposals/${id}`, { title: 'No' })).status).toBe(403)
  expect((await viewer.delete(`/api/conversions/${mine.conversion_id}`)).status).toBe(403)
  expect((await stranger.put(`/api/proposals/${id}`, { title: 'No' })).status).toBe(404)
  expect((await editor.put(`/api/proposals/${id}`, { title: 'Yes' })).status).toBe(200)
  expect((await viewer.post('/api/proposals', { title: 'x', team_id: team.id })).status).toBe(403)
  expect((await stranger.post('/api/proposals', { title: 'x', team_id: team.id })).status).toBe(404)
  // Nor does its uploader carry it off, who may no longer change the team's proposal.
  const own = await editor.data<Proposal>(editor.post('/api/proposals', { title: 'Mine' }))
  const carryOff = () => editor.put(`/api/proposals/${own.id}`, { conversion_ids: [mine.conversion_id] })
  const setRole = (role: string) =>
    owner.data(owner.put(`/api/teams/${team.id}/members/${editor.id}`, { role }))
  await setRole('viewer')
  expect((await carryOff()).status).toBe(404)
  expect((await editor.put(`/api/proposals/${own.id}/documents/${mine.conversion_id}`, {})).status).toBe(404)
  await setRole('editor')
  // Out of the proposal, the document is its uploader's alone again.
  await owner.data(owner.delete(`/api/proposals/${id}/documents/${mine.conversion_id}`))
  expect((await owner.get(`/api/conversions/${mine.conversion_id}`)).status).toBe(404)
  expect((await editor.get(`/api/conversions/${mine.conversion_id}`)).status).toBe(200)
})

test('requirements become rows; two people at one row: the second is told', async () => {
  const { owner, editor, viewer, stranger } = people
  const { id } = await propose()
  const { conversion_id } = await convert(owner, text, 'matrix.txt')
  await owner.data(owner.put(`/api/proposals/${id}/documents/${conversion_id}`, { role: 'base' }))
  const { analysis_id } = await editor.data<{ analysis_id: string }>(
    editor.post('/api/rfp/compliance-matrix', { conversion_id }),
  )
  const listed = (who: Caller) =>
    who.data<{ items: { id: string }[] }>(who.get(`/api/analyses?conversion_id=${conversion_id}`))
  expect((await listed(viewer)).items).toMatchObject([{ id: analysis_id }])
  expect((await listed(stranger)).items).toEqual([])
  const filled = await editor.data<{ added: number; total: number }>(
    editor.post(`/api/proposals/${id}/matrix`, { analysis_id }),
  )
  expect(filled.added).toBeGreaterThan(0)
  expect(await owner.data(owner.post(`/api/proposals/${id}/matrix`, { analysis_id }))).toEqual({
    added: 0,
    total: filled.total,
  })

  const rows = async (query = '') =>
    (await viewer.data<{ items: MatrixRow[] }>(viewer.get(`/api/proposals/${id}/matrix${query}`))).items
  const [row] = await rows()
  expect(row).toMatchObject({
    status: 'open',
    owner_id: null,
    version: 1,
    requirement_text: expect.stringContaining('shall'),
  })
  const url = `/api/proposals/${id}/matrix/${row!.id}`
  const change = {
    version: 1,
    status: 'compliant',
    owner_id: editor.id,
    response_location: 'Vol. I, 2.1',
    notes: 'Done',
  }
  expect(await owner.data(owner.put(url, change))).toMatchObject({ ...change, version: 2 })
  expect(await editor.put(url, { version: 1, status: 'exception' })).toMatchObject({
    status: 409,
    json: { error: 'conflict' },
  })
  expect(await rows(`?owner_id=${editor.id}`)).toMatchObject([{ id: row!.id, status: 'compliant' }])
  expect(await rows('?status=exception')).toEqual([])
  expect((await viewer.put(url, { version: 2, status: 'open' })).status).toBe(403)
  expect((await stranger.put(url, { version: 2, status: 'open' })).status).toBe(404)
  expect((await owner.put(url, { version: 2, owner_id: stranger.id })).json.error).toBe('validation_error')

  const first = await viewer.data<{ items: MatrixRow[]; next: string }>(
    viewer.get(`/api/proposals/${id}/matrix?limit=1`),
  )
  const next = await viewer.data<{ items: MatrixRow[] }>(
    viewer.get(`/api/proposals/${id}/matrix?limit=1&cursor=${first.next}`),
  )
  expect(next.items[0]!.id).not.toBe(first.items[0]!.id)
})

test('members talk; each deletes only what is their own', async () => {
  const { owner, viewer, stranger } = people
  const { id } = await propose()
  const said = await viewer.data<{ id: string }>(
    viewer.post(`/api/proposals/${id}/comments`, { body: 'Is this ours?' }),
  )
  expect(said).toMatchObject({ author: { name: 'viewer' }, body: 'Is this ours?' })
  expect((await stranger.post(`/api/proposals/${id}/comments`, { body: 'x' })).status).toBe(404)
  expect(
    (await owner.data<{ items: unknown[] }>(owner.get(`/api/proposals/${id}/comments`))).items,
  ).toHaveLength(1)
  expect((await owner.delete(`/api/proposals/${id}/comments/${said.id}`)).status).toBe(404)
  expect((await viewer.delete(`/api/proposals/${id}/comments/${said.id}`)).status).toBe(200)
})

test('a link shows the matrix to whoever has it, until it is withdrawn', async () => {
  const { owner, viewer, stranger } = people
  const { id } = await propose()
  const share = await owner.data<{ id: string; url: string }>(
    owner.post(`/api/proposals/${id}/shares`, { days: 1 }),
  )
  const token = share.url.split('/s/')[1]!
  const seen = await stranger.get(`/api/shared/${token}`)
  expect(seen.json.data).toEqual({ title: 'Harbour', client: '', due: null, status: 'draft', rows: [] })
  expect(seen.headers['x-robots-tag']).toContain('noindex')
  expect(await owner.data(owner.get(`/api/proposals/${id}/shares`))).toMatchObject([
    { id: share.id, views: 1 },
  ])
  expect((await viewer.get(`/api/proposals/${id}/shares`)).status).toBe(403)
  expect((await owner.delete(`/api/proposals/${id}/shares/${share.id}`)).status).toBe(200)
  expect((await stranger.get(`/api/shared/${token}`)).status).toBe(404)
})
