/** No answer grows without end: a list is asked for page by page, or says how long it can be. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bounds } from '../../src/contract/bounds.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

type Schema = {
  readonly type?: string
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Record<string, Schema>
  readonly anyOf?: Schema[]
}
type Operation = {
  readonly parameters?: { readonly name: string }[]
  readonly responses?: { 200?: { content?: Record<string, { schema: Schema }> } }
}

let house: TestHouse
beforeAll(async () => {
  house = await testHouse()
}, 60_000)
afterAll(() => house.close())

async function user(email: string): Promise<Caller> {
  const browser = caller(house.app)
  await browser.data(browser.post('/api/account/sign-up', { email, password: 'correct horse battery' }))
  return browser
}

/** Things with a life of their own: what has an id, or was made at a time. */
const isThing = (one: Schema | undefined): boolean =>
  ['id', 'user_id', 'created_at', 'updated_at'].some((name) => one?.properties?.[name] !== undefined)

/** Where an answer holds a list of things without a word of its length. */
function endless(schema: Schema, path: string, isPage: boolean): string[] {
  const { items, maxItems, properties = {}, anyOf = [] } = schema
  const isEndless = items !== undefined && isThing(items) && maxItems === undefined && !isPage
  return [
    ...(isEndless ? [path] : []),
    ...(items ? endless(items, `${path}[]`, false) : []),
    ...anyOf.flatMap((one) => endless(one, path, isPage)),
    ...Object.entries(properties).flatMap(([name, one]) =>
      endless(one, `${path}.${name}`, name === 'items' && 'next' in properties),
    ),
  ]
}

test('every list is paged or says its greatest length', async () => {
  const { json } = await caller(house.app).get('/api/docs/json')
  const paths = json.paths as Record<string, Record<string, Operation>>
  const found = Object.entries(paths).flatMap(([path, { get }]) => {
    const schema = get?.responses?.[200]?.content?.['application/json']?.schema
    const data = schema?.properties?.data
    if (!get || !data) return []
    const asked = (get.parameters ?? []).map(({ name }) => name)
    const isPage = data.properties?.items !== undefined && data.properties.next !== undefined
    const isDeaf = isPage && !(asked.includes('cursor') && asked.includes('limit'))
    return [...endless(data, path, false), ...(isDeaf ? [`${path} takes no cursor`] : [])]
  })
  expect(found).toEqual([])
})

describe('what is listed whole has room for so many', () => {
  let owner: Caller
  let id: string
  beforeAll(async () => {
    owner = await user('owner@example.com')
    ;({ id } = (await owner.data<{ account: { id: string } }>(owner.get('/api/session'))).account)
  })
  const uuid = 'gen_random_uuid()'
  const times = (count: number) => `from generate_series(1, ${count}) n`
  const refused = { status: 409, json: { error: 'conflict' } }

  test('keys', async () => {
    await house.sql(`insert into api_keys (id, user_id, name, prefix, key_hash, scopes)
      select ${uuid}, '${id}', 'k', 'p', lpad(to_hex(n), 64, '0'), '{documents:read}' ${times(bounds.keys - 1)}`)
    const make = () => owner.post('/api/keys', { name: 'x', scopes: ['documents:read'] })
    expect((await make()).status).toBe(201)
    expect(await make()).toMatchObject(refused)
    expect(await owner.data(owner.get('/api/keys'))).toHaveLength(bounds.keys)
  })

  test('sessions: the oldest end', async () => {
    await house.sql(`insert into sessions (id, user_id, token, expires_at)
      select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '${id}', lpad(to_hex(n), 64, 'f'),
      now() + interval '1 day' ${times(bounds.sessions + 20)}`)
    const form = { email: 'owner@example.com', password: 'correct horse battery' }
    const browser = caller(house.app)
    expect((await browser.post('/api/account/sign-in', form)).status).toBe(200)
    expect(await browser.data(browser.get('/api/account/sessions'))).toHaveLength(bounds.sessions)
    expect((await owner.get('/api/account/sessions')).status).toBe(200)
  })

  test('people of a team, teams of a person', async () => {
    const team = await owner.data<{ id: string }>(owner.post('/api/teams', { name: 'Bids' }))
    await house.sql(`insert into team_invitations (id, team_id, email, role, token_hash, expires_at)
      select ${uuid}, '${team.id}', n || '@example.com', 'viewer', lpad(to_hex(n), 64, '0'),
      now() + interval '1 day' ${times(bounds.people - 2)}`)
    const invite = (email: string) =>
      owner.post(`/api/teams/${team.id}/invitations`, { email, role: 'viewer' })
    expect((await invite('last@example.com')).status).toBe(201)
    expect(await invite('beyond@example.com')).toMatchObject(refused)
    await house.sql(`with made as (insert into teams (id, name) select ${uuid}, 't' ${times(bounds.teams - 1)}
      returning id) insert into team_members (team_id, user_id, role) select id, '${id}', 'owner' from made`)
    expect(await owner.post('/api/teams', { name: 'beyond' })).toMatchObject(refused)
  })

  test('documents and links of a proposal', async () => {
    const proposal = await owner.data<{ id: string }>(owner.post('/api/proposals', { title: 'Harbour' }))
    const under = `/api/proposals/${proposal.id}`
    const { conversion_id } = await convert(owner, 'one more document', 'one-more.txt')
    await house.sql(`insert into conversions (id, user_id, proposal_id, filename, format, sha256, original_mime,
      original_size, stored_uri) select ${uuid}, '${id}', '${proposal.id}', 'x', 'txt', repeat('0', 64), 'text/plain',
      1, 'x' ${times(bounds.documents)}`)
    expect(await owner.put(`${under}/documents/${conversion_id}`, {})).toMatchObject(refused)
    await house.sql(`insert into proposal_shares (id, proposal_id, token_hash, expires_at)
      select ${uuid}, '${proposal.id}', lpad(to_hex(n), 64, '0'), now() + interval '1 day' ${times(bounds.shares)}`)
    expect(await owner.post(`${under}/shares`, {})).toMatchObject(refused)
    expect(await owner.data(owner.get(`${under}/shares`))).toHaveLength(bounds.shares)
  })
})
