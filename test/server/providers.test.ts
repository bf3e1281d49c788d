/** Signing in at a provider of OpenID Connect, from the button to the way back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OidcServer, oidcEnv, oidcServer } from '../vendors/oidc.ts'
import { type Answer, type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

let provider: OidcServer
let house: TestHouse
beforeAll(async () => {
  provider = await oidcServer()
  house = await testHouse({ ...oidcEnv(provider.url), PUBLIC_URL: 'http://mdraft.test' })
})
afterAll(async () => {
  await house?.close()
  await provider?.close()
})

const pathOf = (address: unknown): string => {
  const { pathname, search } = new URL(String(address), 'http://mdraft.test')
  return pathname + search
}

/** Follows a browser there and back, and gives the last answer. */
async function signIn(browser: Caller, change = (back: string) => back): Promise<Answer> {
  const { url } = await browser.data<{ url: string }>(
    browser.post('/api/account/sign-in/provider', { provider: 'oidc' }),
  )
  const there = await fetch(url, { redirect: 'manual' })
  const back = await browser.get(change(pathOf(there.headers.get('location'))))
  expect(back.status).toBe(302)
  return browser.get(pathOf(back.headers.location))
}

test('a visitor who signs in at a provider has an account, with the work of before', async () => {
  const browser = caller(house.app)
  const { conversion_id } = await convert(browser, 'before', 'before.txt')
  expect((await signIn(browser)).headers.location).toBe('/')
  expect(await browser.data(browser.get('/api/session'))).toMatchObject({
    kind: 'user',
    account: { email: 'pat@example.com', name: 'Pat', email_verified: true },
  })
  expect((await browser.get(`/api/conversions/${conversion_id}`)).status).toBe(200)
  // Again, elsewhere: the same account.
  const elsewhere = caller(house.app)
  await signIn(elsewhere)
  expect((await elsewhere.get(`/api/conversions/${conversion_id}`)).status).toBe(200)
})

test('an account that somebody made with another’s address is not opened by its owner’s provider', async () => {
  const squatter = caller(house.app)
  const squatted = { email: 'victim@example.com', password: 'a password of the squatter' }
  await squatter.post('/api/account/sign-up', squatted)
  provider.person = { sub: 'p2', email: squatted.email, email_verified: true, name: 'Victim' }
  const victim = caller(house.app)
  const last = await signIn(victim)
  expect(last.status).toBe(404)
  expect(await victim.data(victim.get('/api/session'))).toMatchObject({ kind: 'visitor' })
})

test('whoever comes back with another’s code, or none, is not signed in and is told so', async () => {
  provider.person = { sub: 'p3', email: 'kim@example.com', email_verified: true, name: 'Kim' }
  const thief = caller(house.app)
  await thief.post('/api/account/sign-in/provider', { provider: 'oidc' })
  const owner = caller(house.app)
  let stolen = ''
  await signIn(owner, (back) => {
    stolen = back
    return back
  })
  for (const url of [
    stolen,
    '/api/auth/callback/oidc?code=x&state=y',
    '/api/auth/callback/oidc?error=access_denied',
  ]) {
    const answer = await thief.get(url)
    expect([url, pathOf(answer.headers.location)]).toEqual([
      url,
      expect.stringContaining('/sign-in?problem=provider'),
    ])
  }
  expect(await thief.data(thief.get('/api/session'))).toMatchObject({ kind: 'visitor' })
})
