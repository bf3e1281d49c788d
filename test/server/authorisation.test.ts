/** Who may do what: every address of the OpenAPI document × every kind of caller. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { scopes } from '../../src/contract/accounts.ts'
import { type Answer, type Caller, caller, convert, form, type TestHouse, testHouse } from './house.ts'

type Operation = {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly security: Record<string, string[]>[]
  readonly takesBody: boolean
}

const password = 'correct horse battery'
const canary = 'canary-of-tenant-a'
const upload = form({ file: { content: 'x', name: 'x.txt' } })

/** Open to everybody: they tell nothing of anybody, or are how one becomes somebody. */
const open = [
  'GET /api/session',
  'GET /health',
  'GET /livez',
  'GET /readyz',
  'POST /api/account/sign-up',
  'POST /api/account/sign-in',
  'POST /api/account/sign-in/provider',
  'POST /api/account/sign-out',
  'POST /api/account/verify',
  'POST /api/account/verification',
  'POST /api/account/forgot',
  'POST /api/account/reset',
  'GET /api/plans',
  // The signature of Stripe is the proof.
  'POST /api/billing/stripe',
  // The token in the address is the proof.
  'GET /api/shared/{token}',
]

/** What a well-formed request needs beside its address. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /api/proposals': { title: 'x' },
  'PUT /api/proposals/{id}': { title: 'taken over' },
  'POST /api/account/password': { current: 'x', password: 'longer than eight' },
  'PUT /api/account': { name: 'taken over' },
  'DELETE /api/account': { password: 'x' },
  'POST /api/keys': { name: 'x', scopes: ['documents:read'] },
  'POST /api/teams': { name: 'x' },
  'PUT /api/teams/{id}': { name: 'taken over' },
  'POST /api/teams/join': { token: 'x'.repeat(43) },
  'POST /api/teams/{id}/invitations': { email: 'x@example.com', role: 'owner' },
  'PUT /api/teams/{id}/members/{user_id}': { role: 'viewer' },
  'PUT /api/proposals/{id}/documents/{conversion_id}': { role: 'base' },
  'POST /api/proposals/{id}/restore': {},
  'PUT /api/proposals/{id}/matrix/{row_id}': { version: 1, notes: 'taken over' },
  'POST /api/proposals/{id}/comments': { body: 'taken over' },
  'POST /api/proposals/{id}/shares': { days: 1 },
  'POST /api/agents': { name: 'x', instructions: 'Find x.' },
  'PUT /api/agents/{name}': { version: 1, description: 'taken over' },
  'POST /api/billing/checkout': { plan: 'pro' },
  'POST /api/billing/portal': {},
  'POST /api/webhooks': { url: 'https://receiver.invalid/told' },
  'PUT /api/webhooks/{id}': { description: 'taken over' },
  'PUT /api/admin/users/{id}': { plan: 'pro' },
  'POST /api/admin/invited': { email: 'x@example.com' },
  'PUT /api/admin/teams/{id}': { plan: 'pro' },
}

let house: TestHouse
let operations: Operation[]
let owner: Caller
let ids: Record<string, string>
let addresses = 0
const visit = (cookie = '') => caller(house.app, cookie, `10.1.0.${++addresses}`)

beforeAll(async () => {
  house = await testHouse({ ADMIN_EMAILS: 'admin@example.com' })
  const { json } = await caller(house.app).get('/api/docs/json')
  operations = Object.entries(
    json.paths as Record<
      string,
      Record<string, { security?: Record<string, string[]>[]; requestBody?: unknown }>
    >,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security = [], requestBody }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      security,
      takesBody: requestBody !== undefined,
    })),
  )
  owner = await user('owner@example.com')
  ids = await furnish(owner)
}, 60_000)
afterAll(() => house.close())

async function user(email: string): Promise<Caller> {
  const browser = visit()
  await browser.data(browser.post('/api/account/sign-up', { email, password }))
  return browser
}

/** One of everything. */
async function furnish(browser: Caller): Promise<Record<string, string>> {
  const { conversion_id, job_id } = await convert(
    browser,
    `${canary} shall be kept. `.repeat(20),
    `${canary}.txt`,
  )
  const analysis = await browser.data<{ analysis_id: string }>(
    browser.post('/api/rfp/compliance-matrix', { conversion_id }),
  )
  const team = await browser.data<{ id: string; members: { user_id: string }[] }>(
    browser.post('/api/teams', { name: canary }),
  )
  const proposal = await browser.data<{ id: string }>(
    browser.post('/api/proposals', { title: canary, team_id: team.id }),
  )
  const under = `/api/proposals/${proposal.id}`
  await browser.data(browser.put(`${under}/documents/${conversion_id}`, {}))
  await browser.data(browser.post(`${under}/matrix`, { analysis_id: analysis.analysis_id }))
  const { items } = await browser.data<{ items: { id: string }[] }>(browser.get(`${under}/matrix`))
  const comment = await browser.data<{ id: string }>(browser.post(`${under}/comments`, { body: canary }))
  const share = await browser.data<{ id: string }>(browser.post(`${under}/shares`, {}))
  const invitation = await browser.data<{ id: string }>(
    browser.post(`/api/teams/${team.id}/invitations`, { email: 'invited@example.com', role: 'viewer' }),
  )
  await browser.data(
    browser.post('/api/agents', { name: 'prompt-of-a', description: canary, instructions: canary }),
  )
  const key = await browser.data<{ id: string }>(
    browser.post('/api/keys', { name: canary, scopes: [...scopes] }),
  )
  const webhook = await browser.data<{ id: string }>(
    browser.post('/api/webhooks', { url: 'https://receiver.invalid/told', description: canary }),
  )
  const delivery = await browser.data<{ id: string }>(
    browser.post(`/api/webhooks/${webhook.id}/ping`, undefined),
  )
  // Its first attempt fails and is noted; what comes later changes nothing more.
  const deliveries = () =>
    browser.data<{ items: { attempts: number; status: string }[] }>(
      browser.get(`/api/webhooks/${webhook.id}/deliveries`),
    )
  await vi.waitUntil(
    async () => {
      const [first] = (await deliveries()).items
      return first?.status === 'waiting' && first.attempts === 1
    },
    { timeout: 20_000 },
  )
  const [session] = await browser.data<{ id: string }[]>(browser.get('/api/account/sessions'))
  return {
    conversions: conversion_id,
    jobs: job_id,
    analyses: analysis.analysis_id,
    proposals: proposal.id,
    keys: key.id,
    webhooks: webhook.id,
    delivery_id: delivery.id,
    users: team.members[0]!.user_id,
    'dead-letters': job_id,
    sessions: session!.id,
    teams: team.id,
    conversion_id,
    user_id: team.members[0]!.user_id,
    row_id: items[0]!.id,
    comment_id: comment.id,
    share_id: share.id,
    invitation_id: invitation.id,
  }
}

/** The address with the owner's ids in it. */
const addressOf = (path: string): string =>
  path
    .replace(/\/([\w-]+)\/\{id\}/g, (whole, noun: string) => (ids[noun] ? `/${noun}/${ids[noun]}` : whole))
    .replace(/\{(\w+_id)\}/g, (whole, name: string) => ids[name] ?? whole)
    // A prompt needs a language model; the four analyses run in any house.
    .replace('/agents/{name}/run', '/agents/compliance-matrix/run')
    .replace('{name}', 'prompt-of-a')
    .replace('{token}', 'x'.repeat(22))
    .replace('{email}', 'invited@example.com')

/** What a well-formed request carries, for the owner's things. */
function bodyOf({ name, path }: Operation): unknown {
  if (name === 'POST /api/rfp/compare')
    return { old_conversion_id: ids.conversions, new_conversion_id: ids.conversions }
  if (path.startsWith('/api/rfp/') || path.endsWith('/run')) return { conversion_id: ids.conversions }
  if (name === 'POST /api/proposals/{id}/matrix' || name === 'POST /api/proposals/{id}/matrix/amend')
    return { analysis_id: ids.analyses }
  return bodies[name]
}

function ask(who: Caller, operation: Operation, bearer?: string): Promise<Answer> {
  const { name, method, path } = operation
  const headers = bearer ? { authorization: `Bearer ${bearer}` } : {}
  const url = addressOf(path)
  if (name === 'POST /api/upload')
    return who.send('POST', url, { body: upload.body, headers: { ...upload.headers, ...headers } })
  if (name === 'POST /api/proposals/{id}/matrix/import')
    return who.send('POST', `${url}?apply=true`, {
      body: `row_id,status\n${ids.row_id},taken over\n`,
      headers: { 'content-type': 'text/csv', ...headers },
    })
  const body = bodyOf(operation)
  return who.send(method as 'GET', url, { ...(body === undefined ? {} : { body }), headers })
}

const scopeOf = ({ security }: Operation): string | undefined => security.flatMap(({ key }) => key ?? [])[0]
const isFor = ({ security }: Operation, scheme: string): boolean => security.some((one) => scheme in one)

test('every address says who may use it', () => {
  const silent = operations.filter(({ name, security }) => security.length === 0 && !open.includes(name))
  expect(silent.map(({ name }) => name)).toEqual([])
  expect(open.filter((name) => !operations.some((one) => one.name === name))).toEqual([])
  const unfilled = operations.filter(({ path }) => addressOf(path).includes('{'))
  expect(unfilled.map(({ name }) => name)).toEqual([])
  // A request that is refused for its form would prove nothing: a new address needs a row in `bodies`.
  const formless = operations.filter(
    (one) =>
      one.takesBody &&
      !open.includes(one.name) &&
      one.name !== 'POST /api/upload' &&
      bodyOf(one) === undefined,
  )
  expect(formless.map(({ name }) => name)).toEqual([])
})

/** Counted, used and sent by themselves while nobody asks. */
const restless = ['rate_counters', 'sessions', 'webhook_deliveries', 'schema_migrations']

/** Every row of every table that names something of the owner's, whole. */
async function ownersRows(): Promise<Record<string, string>> {
  const { rows } = (await house.sql(`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`)) as { rows: { name: string }[] }
  const names = [...new Set(Object.values(ids))].map((id) => `'%${id}%'`).join(',')
  const found: Record<string, string> = {}
  for (const { name } of rows.filter((row) => !restless.includes(row.name))) {
    const answer = (await house.sql(`select coalesce(string_agg(t::text, ';' order by t::text), '') as rows
      from "${name}" t where t::text like any (array[${names}])`)) as { rows: { rows: string }[] }
    found[name] = answer.rows[0]!.rows
  }
  return found
}

describe('another tenant', () => {
  const strangers: [string, () => Promise<Caller>][] = [
    ['nobody', async () => visit()],
    [
      'a visitor',
      async () => {
        const visitor = visit()
        await visitor.post('/api/proposals', { title: 'of a visitor' })
        return visitor
      },
    ],
    ['another user', () => user('other@example.com')],
    [
      'an administrator',
      async () => {
        const admin = await user('admin@example.com')
        await house.sql(
          `update users set role = 'admin', email_verified = true where email = 'admin@example.com'`,
        )
        return admin
      },
    ],
    [
      'a closed account',
      async () => {
        const closed = await user('closed@example.com')
        await house.sql(`update users set revoked = true where email = 'closed@example.com'`)
        return closed
      },
    ],
  ]

  test.each(strangers)('%s reads and changes nothing of the owner’s', async (_, arrive) => {
    const stranger = await arrive()
    const before = await ownersRows()
    expect(Object.values(before).filter(Boolean).length).toBeGreaterThan(10)
    const reached: string[] = []
    const others = operations.filter((one) => !open.includes(one.name) && !isFor(one, 'administrator'))
    for (const operation of others) {
      // Acts on the stranger's own account, and would end the stranger.
      if (operation.path === '/api/account' || operation.name === 'DELETE /api/account/sessions') continue
      const { status, text } = await ask(stranger, operation)
      if (text.includes(canary) || Object.values(ids).some((id) => text.includes(id)))
        reached.push(`${operation.name} shows it`)
      const isAddressed = /\{(?:id|name)\}|^\/api\/rfp\//.test(operation.path)
      if (isAddressed && ![401, 404].includes(status)) reached.push(`${operation.name} answers ${status}`)
    }
    expect(reached).toEqual([])
    expect(await ownersRows()).toEqual(before)
  })

  test('and all of it is still there', async () => {
    for (const operation of operations.filter(
      (one) => one.method === 'GET' && one.path.includes('{id}') && !isFor(one, 'administrator'),
    ))
      expect([operation.name, (await ask(owner, operation)).status]).toEqual([operation.name, 200])
    expect(await owner.data(owner.get(`/api/proposals/${ids.proposals}`))).toMatchObject({ title: canary })
    expect(await owner.data<unknown[]>(owner.get('/api/keys'))).toHaveLength(1)
  })

  test('operators’ addresses are closed to all of them', async () => {
    for (const operation of operations.filter((one) => isFor(one, 'operator')))
      for (const who of [visit(), owner])
        expect([operation.name, (await ask(who, operation)).status]).toEqual([operation.name, 401])
  })
})

test('for all but administrators there is nothing at an administrator’s address', async () => {
  const { key } = await owner.data<{ key: string }>(
    owner.post('/api/keys', { name: 'all scopes', scopes: [...scopes] }),
  )
  for (const operation of operations.filter((one) => isFor(one, 'administrator'))) {
    for (const who of [visit(), owner])
      expect([operation.name, (await ask(who, operation)).status]).toEqual([operation.name, 404])
    expect([operation.name, (await ask(visit(), operation, key)).status]).toEqual([operation.name, 404])
  }
})

describe('a member of the team', () => {
  const join = async (role: string, email = `${role}@example.com`) => {
    const member = await user(email)
    await house.sql(`insert into team_members (team_id, user_id, role)
      select '${ids.teams}', id, '${role}' from users where email = '${email}'`)
    return member
  }
  const ofProposal = ({ path }: Operation) => path.startsWith('/api/proposals/{id}')

  test('who views reads all of a proposal and changes nothing', async () => {
    const viewer = await join('viewer')
    const wrong: string[] = []
    for (const operation of operations.filter(ofProposal)) {
      const { status } = await ask(viewer, operation)
      // Talking is not changing; links are for those who may hand the proposal on; nothing of it is in the trash.
      const special: Record<string, number> = {
        'POST /api/proposals/{id}/comments': 201,
        'GET /api/proposals/{id}/shares': 403,
        'DELETE /api/proposals/{id}/comments/{comment_id}': 404,
        'POST /api/proposals/{id}/restore': 404,
      }
      const expected = special[operation.name] ?? (operation.method === 'GET' ? 200 : 403)
      if (status !== expected) wrong.push(`${operation.name} answers ${status}`)
    }
    for (const path of [
      '/api/conversions/{id}',
      '/api/conversions/{id}/source',
      '/api/jobs/{id}/download',
      '/api/analyses/{id}',
      '/api/analyses/{id}/download',
      '/api/analyses/{id}/coverage',
    ])
      if ((await viewer.get(addressOf(path))).status !== 200) wrong.push(path)
    expect(wrong).toEqual([])
  })

  test('who edits changes, and does not decide who is in the team', async () => {
    const editor = await join('editor')
    expect((await editor.put(addressOf('/api/proposals/{id}'), { client: 'Navy' })).status).toBe(200)
    for (const operation of operations.filter(
      ({ path, method }) => path.startsWith('/api/teams/{id}') && method !== 'GET',
    ))
      expect([operation.name, (await ask(editor, operation)).status]).toEqual([operation.name, 403])
  })
})

describe.each(['viewer', 'editor', 'owner'])('whoever is in the team as %s', (role) => {
  test('has nothing of what is another member’s own', async () => {
    const member = await user(`${role}-beside@example.com`)
    await house.sql(`insert into team_members (team_id, user_id, role)
      select '${ids.teams}', id, '${role}' from users where email = '${role}-beside@example.com'`)
    const reached: string[] = []
    const own = operations.filter(
      (one) => /\{(?:id|name)\}/.test(one.path) && !/^\/api\/(?:teams|proposals|admin)\//.test(one.path),
    )
    for (const operation of own) {
      const isRead = ['GET /api/conversions', 'GET /api/jobs', 'GET /api/analyses'].some((start) =>
        operation.name.startsWith(start),
      )
      // What belongs to the proposal is read by all of the team; the four analyses run on it.
      if (isRead || operation.path === '/api/agents/{name}/run') continue
      const { status } = await ask(member, operation)
      // 409: the job has ended.
      if (![403, 404, 409].includes(status)) reached.push(`${operation.name} answers ${status}`)
    }
    expect(own.length).toBeGreaterThan(15)
    expect(reached).toEqual([])
    await house.sql(`delete from team_members where user_id =
      (select id from users where email = '${role}-beside@example.com')`)
  })
})

describe('a key', () => {
  test.each(scopes)('with the scope %s does what that scope says, and nothing else', async (scope) => {
    const { key } = await owner.data<{ key: string }>(
      owner.post('/api/keys', { name: scope, scopes: [scope] }),
    )
    const wrong: string[] = []
    for (const operation of operations.filter(({ name }) => !open.includes(name))) {
      if (isFor(operation, 'operator') || isFor(operation, 'administrator')) continue
      const allowed = scopeOf(operation) === scope
      // What deletes the owner's things is tried at the end.
      if (allowed && operation.method === 'DELETE') continue
      const { status } = await ask(visit(), operation, key)
      // Nothing of the owner's lies in the trash.
      if (operation.name === 'POST /api/proposals/{id}/restore' && allowed && status === 404) continue
      if (allowed ? status >= 400 : status !== 403) wrong.push(`${operation.name} answers ${status}`)
    }
    expect(wrong).toEqual([])
  })

  test('that is unknown, or of a closed account, is refused everywhere', async () => {
    const closed = await user('closed-key@example.com')
    const { key } = await closed.data<{ key: string }>(
      closed.post('/api/keys', { name: 'x', scopes: [...scopes] }),
    )
    await house.sql(`update users set revoked = true where email = 'closed-key@example.com'`)
    for (const bearer of [key, `mdraft_${'A'.repeat(43)}`])
      for (const operation of operations.filter(({ security }) => security.some((one) => 'key' in one)))
        expect([operation.name, (await ask(visit(), operation, bearer)).status]).toEqual([
          operation.name,
          401,
        ])
  })
})

test('what may be deleted by a key with its scope is deleted by it', async () => {
  const { key } = await owner.data<{ key: string }>(
    owner.post('/api/keys', { name: 'all', scopes: [...scopes] }),
  )
  for (const name of ['DELETE /api/proposals/{id}', 'DELETE /api/conversions/{id}']) {
    const operation = operations.find((one) => one.name === name)!
    expect((await ask(visit(), operation, key)).status).toBe(200)
    // In the trash a proposal still holds its documents: it could be taken out again.
    await owner.delete(`${addressOf('/api/proposals/{id}')}?forever=true`)
  }
})
