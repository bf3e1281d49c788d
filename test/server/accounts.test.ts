import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account, AccountSession, ApiKey } from '../../src/contract/accounts.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDb } from '../../src/platform/db/open.ts'
import { type PostgresServer, startPostgres } from '../platform/db/postgres-server.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

const password = 'correct horse battery'
let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const engines = {
  pglite: () => testHouse({ ADMIN_EMAILS: 'admin@example.com' }),
  postgres: async () => {
    const url = await server.database()
    const db = await openDb({ url })
    await migrate(db)
    await db.close()
    return testHouse({ DATABASE_URL: url, ADMIN_EMAILS: 'admin@example.com' })
  },
}
let count = 0
const address = () => `user${++count}@example.com`

describe.each(Object.keys(engines) as (keyof typeof engines)[])('accounts on %s', (engine) => {
  let house: TestHouse
  beforeAll(async () => {
    house = await engines[engine]()
  })
  afterAll(() => house?.close())

  /** Each from an address of its own: sign-ups from one are limited. */
  const visit = () => caller(house.app, '', `10.0.0.${++count}`)
  const signUp = async (browser: Caller, email = address()) => {
    const { account } = await browser.data<{ account: Account }>(
      browser.post('/api/account/sign-up', { email, password }),
    )
    return { ...account, email }
  }
  /** The token of the last letter to an address, as the log shows it without a mail server. */
  const letter = (to: string): string => {
    const line = house.lines.findLast((one) => one.includes('a letter') && one.includes(to))
    return decodeURIComponent(/token=([^\s"\\]+)/.exec(line!)![1]!)
  }

  test('what a visitor made is the account’s after signing up, and is kept', async () => {
    const browser = visit()
    const { conversion_id, job_id } = await convert(browser, 'mine', 'mine.txt')
    const proposal = await browser.data<{ id: string }>(browser.post('/api/proposals', { title: 'Mine' }))
    await browser.post('/api/rfp/compliance-matrix', { conversion_id })
    const visitor = caller(house.app, browser.cookie)
    const account = await signUp(browser)
    expect(account).toMatchObject({ role: 'user', plan: 'free', email_verified: false })
    expect(await browser.data(browser.get('/api/session'))).toMatchObject({
      kind: 'user',
      account: { id: account.id },
    })
    for (const url of [
      `/api/conversions/${conversion_id}`,
      `/api/jobs/${job_id}`,
      `/api/proposals/${proposal.id}`,
    ]) {
      const answer = await browser.get(url)
      expect([url, answer.status]).toEqual([url, 200])
      expect(answer.json.data).toMatchObject({ expires_at: null })
      // The visitor's cookie opens it no longer.
      expect((await visitor.get(url)).status).toBe(404)
    }
    expect((await browser.data<{ items: unknown[] }>(browser.get('/api/jobs'))).items).toHaveLength(2)
  })

  test('signing in elsewhere shows the same documents; signing out ends it', async () => {
    const one = visit()
    const { email } = await signUp(one)
    const { conversion_id } = await convert(one, 'shared', 'shared.txt')
    const other = visit()
    const made = await convert(other, 'before signing in', 'b.txt')
    expect((await other.post('/api/account/sign-in', { email: email.toUpperCase(), password })).status).toBe(
      200,
    )
    expect((await other.get(`/api/conversions/${conversion_id}`)).status).toBe(200)
    expect((await one.get(`/api/conversions/${made.conversion_id}`)).status).toBe(200)
    const before = other.cookie
    expect((await other.post('/api/account/sign-out', {})).status).toBe(200)
    expect((await other.get(`/api/conversions/${conversion_id}`)).status).toBe(404)
    expect((await caller(house.app, before).get(`/api/conversions/${conversion_id}`)).status).toBe(404)
  })

  test('a wrong password and an unknown address look the same, and guessing is slowed', async () => {
    const { email } = await signUp(visit())
    const guesser = visit()
    const wrong = await guesser.post('/api/account/sign-in', { email, password: 'wrong password' })
    const unknown = await guesser.post('/api/account/sign-in', {
      email: address(),
      password: 'wrong password',
    })
    expect(wrong).toMatchObject({ status: 401, json: { error: 'authentication_required' } })
    expect({ ...unknown.json, request_id: '' }).toEqual({ ...wrong.json, request_id: '' })
    const statuses = []
    for (let n = 0; n < 5; n++)
      statuses.push(
        (await guesser.post('/api/account/sign-in', { email, password: `guess number ${n}` })).status,
      )
    expect(statuses).toEqual([401, 401, 401, 401, 429])
    expect((await guesser.post('/api/account/sign-in', { email, password })).status).toBe(429)
  })

  test('an address is proved by letter, and its owner becomes what it was promised', async () => {
    await house.sql(
      `insert into invited_emails (email, plan) values ('friend@example.com', 'friends') on conflict do nothing`,
    )
    const friend = visit()
    expect(await signUp(friend, 'friend@example.com')).toMatchObject({ plan: 'friends' })
    const admin = visit()
    expect(await signUp(admin, 'admin@example.com')).toMatchObject({ role: 'user' })
    expect((await admin.post('/api/account/verify', { token: letter('admin@example.com') })).status).toBe(200)
    expect(await admin.data(admin.get('/api/session'))).toMatchObject({
      account: { role: 'admin', email_verified: true },
    })
    expect((await admin.post('/api/account/verify', { token: 'nonsense' })).json.error).toBe(
      'validation_error',
    )
  })

  test('a forgotten password is set anew by letter, once, and ends every session', async () => {
    const browser = visit()
    const { email } = await signUp(browser)
    const asker = visit()
    const known = await asker.post('/api/account/forgot', { email })
    const unknown = await asker.post('/api/account/forgot', { email: address() })
    expect(unknown.json).toEqual(known.json)
    const token = letter(email)
    expect((await asker.post('/api/account/reset', { token, password: 'another password' })).status).toBe(200)
    expect((await asker.post('/api/account/reset', { token, password: 'a third password' })).status).toBe(400)
    expect(await browser.data(browser.get('/api/session'))).toMatchObject({ kind: 'visitor' })
    expect((await browser.post('/api/account/sign-in', { email, password })).status).toBe(401)
    expect((await browser.post('/api/account/sign-in', { email, password: 'another password' })).status).toBe(
      200,
    )
  })

  test('sessions are listed and ended; changing the password ends the others', async () => {
    const one = visit()
    const { email } = await signUp(one)
    const two = visit()
    const three = visit()
    for (const browser of [two, three]) await browser.post('/api/account/sign-in', { email, password })
    const list = await one.data<AccountSession[]>(one.get('/api/account/sessions'))
    expect(list.map(({ current }) => current).filter(Boolean)).toHaveLength(1)
    expect(list).toHaveLength(3)
    const [ofTwo] = (await two.data<AccountSession[]>(two.get('/api/account/sessions'))).filter(
      ({ current }) => current,
    )
    expect((await one.delete(`/api/account/sessions/${ofTwo!.id}`)).status).toBe(200)
    expect(await two.data(two.get('/api/session'))).toMatchObject({ kind: 'visitor' })
    const changed = await one.post('/api/account/password', { current: password, password: 'a new password' })
    expect(changed.status).toBe(200)
    expect(await one.data(one.get('/api/session'))).toMatchObject({ kind: 'user' })
    expect(await three.data(three.get('/api/session'))).toMatchObject({ kind: 'visitor' })
    expect(
      (await one.post('/api/account/password', { current: 'wrong', password: 'x'.repeat(10) })).status,
    ).toBe(401)
  })

  test('a key is shown once, does what it may, and no more', async () => {
    const browser = visit()
    await signUp(browser)
    const { conversion_id } = await convert(browser, 'by key', 'key.txt')
    const made = await browser.data<ApiKey & { key: string }>(
      browser.post('/api/keys', { name: 'ci', scopes: ['documents:read'] }),
    )
    expect(made.key).toMatch(/^mdraft_[\w-]{43}$/)
    const program = visit()
    const bearer = { authorization: `Bearer ${made.key}` }
    expect((await program.get(`/api/conversions/${conversion_id}`, bearer)).status).toBe(200)
    expect(program.cookie).toBe('')
    expect(
      await program.post(
        '/api/proposals',
        { title: 'x' },
        { ...bearer, origin: 'https://elsewhere.example' },
      ),
    ).toMatchObject({
      status: 403,
      json: { error: 'forbidden' },
    })
    expect((await program.get('/api/keys', bearer)).status).toBe(403)
    const [listed] = await browser.data<ApiKey[]>(browser.get('/api/keys'))
    expect(listed).toMatchObject({
      name: 'ci',
      prefix: made.key.slice(0, 12),
      last_used_at: expect.any(String),
    })
    expect(JSON.stringify(listed)).not.toContain(made.key)
    expect((await program.get('/api/jobs', { authorization: `Bearer ${made.key}x` })).status).toBe(401)
    await house.sql(`update api_keys set expires_at = now() - interval '1 second' where id = '${made.id}'`)
    expect((await program.get('/api/jobs', bearer)).status).toBe(401)
    await house.sql(`update api_keys set expires_at = null where id = '${made.id}'`)
    expect((await program.get('/api/jobs', bearer)).status).toBe(200)
    expect((await browser.delete(`/api/keys/${made.id}`)).status).toBe(200)
    expect((await program.get('/api/jobs', bearer)).status).toBe(401)
  })

  test('no secret stands in the database or in the log', async () => {
    const browser = visit()
    const { email } = await signUp(browser)
    const { key } = await browser.data<{ key: string }>(
      browser.post('/api/keys', { name: 'x', scopes: ['documents:read'] }),
    )
    const session = decodeURIComponent(/mdraft_session=([^;]+)/.exec(browser.cookie)![1]!).split('.')[0]!
    const tables = ['users', 'sessions', 'credentials', 'verifications', 'api_keys', 'visitor_sessions']
    const dump = JSON.stringify(await Promise.all(tables.map((table) => house.sql(`select * from ${table}`))))
    expect(dump).toContain(email)
    expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    for (const secret of [password, key, session]) {
      expect(dump).not.toContain(secret)
      expect(house.lines.join('')).not.toContain(secret)
    }
  })

  test('a closed account is out at once, with its keys', async () => {
    const browser = visit()
    const { id, email } = await signUp(browser)
    const { key } = await browser.data<{ key: string }>(
      browser.post('/api/keys', { name: 'x', scopes: ['documents:read'] }),
    )
    await house.sql(`update users set revoked = true where id = '${id}'`)
    expect(await browser.data(browser.get('/api/session'))).toMatchObject({ kind: 'visitor' })
    expect((await visit().get('/api/jobs', { authorization: `Bearer ${key}` })).status).toBe(401)
    expect((await visit().post('/api/account/sign-in', { email, password })).status).toBe(403)
  })

  test('deleting the account deletes everything in it', async () => {
    const browser = visit()
    const { id } = await signUp(browser)
    const { conversion_id } = await convert(browser, 'gone', 'gone.txt')
    expect((await browser.delete('/api/account', { password: 'wrong' })).status).toBe(401)
    expect((await browser.delete('/api/account', { password })).status).toBe(200)
    expect((await browser.get(`/api/conversions/${conversion_id}`)).status).toBe(404)
    for (const table of ['conversions', 'jobs', 'sessions', 'credentials'])
      expect(await house.sql(`select from ${table} where user_id = '${id}'`)).toMatchObject({ rows: [] })
  })

  test.each<[string, object]>([
    ['an address that is none', { email: 'nobody', password }],
    ['a short password', { email: 'a@example.com', password: 'short' }],
    ['a very long password', { email: 'a@example.com', password: 'x'.repeat(129) }],
    ['a role', { email: 'a@example.com', password, role: 'admin' }],
  ])('refuses to sign up with %s', async (_, body) => {
    expect((await visit().post('/api/account/sign-up', body)).json.error).toBe('validation_error')
  })

  test('an address has one account', async () => {
    const { email } = await signUp(visit())
    const again = await visit().post('/api/account/sign-up', {
      email: email.toUpperCase(),
      password,
    })
    expect(again).toMatchObject({ status: 409, json: { error: 'conflict' } })
  })
})
