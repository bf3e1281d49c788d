/** An administrator, after the storage was down. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type S3, s3Vendor } from '../vendors/s3.ts'
import { barriers } from './barriers.ts'
import { pick, raiseStage, type Stage, signUp, skipsBrowser } from './browser.ts'

describe.skipIf(skipsBrowser)('administration', () => {
  let vendor: S3
  let stage: Stage
  let page: Page
  beforeAll(async () => {
    vendor = await s3Vendor('files')
    stage = await raiseStage({
      S3_BUCKET: 'files',
      S3_ENDPOINT: vendor.url,
      S3_ACCESS_KEY_ID: 'test',
      S3_SECRET_ACCESS_KEY: 'test-secret',
      ADMIN_EMAILS: 'ada@example.com',
      JOB_RETRIES: '0',
    })
    ;({ page } = await stage.open())
    await signUp(page, 'Ada Byron', 'ada@example.com')
    const token = () => /\/verify\?token=([\w.~%-]+)/.exec(stage.log())?.[1]
    await vi.waitUntil(token)
    await page.goto(`/verify?token=${token()}`)
    await page.getByText('proved').first().waitFor()
  })
  afterAll(async () => {
    await stage?.close()
    await vendor?.close()
  })

  test('a job that died of a storage that was down is sent back to the queue, and ends well', async () => {
    // The upload itself reads the file once, to see what it is.
    let reads = 0
    vendor.fail({ how: 503, when: ({ method }) => method === 'GET' && ++reads > 1 })
    await page.goto('/')
    await pick(page, [{ name: 'notes.txt', bytes: 'The offeror shall sign each page.\n' }])
    await page.waitForURL(/\/documents\//)
    await page.getByRole('button', { name: 'Choose another file' }).waitFor()
    await page.getByText('The storage does not answer').waitFor()
    await page.goto('/admin?tab=dead-letters')
    const row = page.getByRole('row', { name: /TXT/ })
    await row.locator('summary').click()
    expect(await barriers(page)).toEqual([])
    vendor.calm()
    await row.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('No dead letter').waitFor()
    await page.goto('/')
    await page.getByRole('link', { name: 'notes.txt' }).click()
    await page.getByText('shall sign each page').first().waitFor()
  }, 90_000)
})
