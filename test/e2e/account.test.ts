import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { barriers } from './barriers.ts'
import { pick, raiseStage, type Stage, skipsBrowser } from './browser.ts'

const email = 'ada@example.com'

async function signIn(page: Page, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
const isSignedIn = (page: Page) => page.getByRole('button', { name: /^Account of/ }).waitFor()

describe.skipIf(skipsBrowser)('accounts', () => {
  let stage: Stage
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    stage = await raiseStage()
    ;({ page, complaints } = await stage.open())
  })
  afterAll(() => stage?.close())

  test('what a visitor made comes along to the account, and leaves the browser with it', async () => {
    await page.goto('/')
    await pick(page, [{ name: 'notes.txt', bytes: 'The offeror shall sign each page.\n' }])
    await page.waitForURL(/\/documents\//)
    await page.getByText('shall sign each page').first().waitFor()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Make one' }).click()
    await page.getByText('The documents you have here come along.').waitFor()
    expect(await barriers(page)).toEqual([])
    await page.getByLabel('Name').fill('Ada Byron')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill('first password')
    await page.getByRole('button', { name: 'Make an account' }).click()
    await isSignedIn(page)
    await page.getByRole('link', { name: 'notes.txt' }).waitFor()
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'notes.txt' }).count()).toBe(0)
  })

  test('a wrong password is refused in words, the right one opens the documents', async () => {
    await signIn(page, 'wrong password')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password').fill('first password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await isSignedIn(page)
    await page.getByRole('link', { name: 'notes.txt' }).waitFor()
  })

  test('a key is shown once, opens the API, and no longer after it is withdrawn', async () => {
    await page.goto('/settings')
    await page.getByLabel('Name of the key').fill('Import')
    await page.getByRole('button', { name: 'Make a key' }).click()
    await page.getByText('Keep this key now').waitFor()
    const key = await page.locator('code', { hasText: /^mdraft_/ }).innerText()
    const ask = async () =>
      (await fetch(`${stage.url}/api/jobs`, { headers: { authorization: `Bearer ${key}` } })).status
    expect(await ask()).toBe(200)
    expect(await barriers(page)).toEqual([])
    await page.reload()
    await page.getByText('Import').first().waitFor()
    expect(await page.getByText(key).count()).toBe(0)
    await page.getByRole('button', { name: 'Withdraw the key Import' }).click()
    await expect.poll(ask).toBe(401)
  })

  test('a session elsewhere is seen and ended', async () => {
    const other = await stage.open()
    await signIn(other.page, 'first password')
    await isSignedIn(other.page)
    await page.goto('/settings')
    await page.getByRole('button', { name: 'End', exact: true }).first().click()
    await expect.poll(() => page.getByRole('button', { name: 'End', exact: true }).count()).toBe(0)
    await other.page.goto('/settings')
    await other.page.getByText('You are here without an account').waitFor()
    await other.page.context().close()
  })

  test('a forgotten password is set anew by the letter', async () => {
    await page.goto('/forgot')
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Send the letter' }).click()
    await page.getByText('Look into your mail').waitFor()
    const token = () => [...stage.log().matchAll(/\/reset\?token=([\w.~%-]+)/g)].at(-1)?.[1]
    await expect.poll(token).toBeTruthy()
    await page.goto(`/reset?token=${token()}`)
    await page.getByLabel('New password').fill('second password')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('The password is changed').waitFor()
    await signIn(page, 'second password')
    await isSignedIn(page)
  })

  test('an account is deleted with everything in it', async () => {
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await page.getByLabel('Your password').fill('second password')
    await page.getByRole('button', { name: 'Delete everything, for good' }).click()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await signIn(page, 'second password')
    await page.getByRole('alert').waitFor()
  })

  test('nothing broke the content policy or threw', () => {
    expect(complaints.filter((text) => !/status of 40[01]/.test(text))).toEqual([])
  })
})
