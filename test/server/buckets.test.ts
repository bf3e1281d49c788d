/** The whole product with its files in a vendor's bucket. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gcsVendor } from '../vendors/gcs.ts'
import { googleKeyFile } from '../vendors/google-key.ts'
import { s3Vendor } from '../vendors/s3.ts'
import type { Vendor } from '../vendors/server.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

process.env.GOOGLE_APPLICATION_CREDENTIALS = googleKeyFile()

type Bucket = Vendor & { readonly files: Map<string, { readonly content: Buffer }> }
const vendors: Record<string, () => Promise<{ vendor: Bucket; env: Record<string, string> }>> = {
  gcs: async () => {
    const vendor = await gcsVendor('files')
    return { vendor, env: { GCS_BUCKET_NAME: 'files', GCS_ENDPOINT: vendor.url } }
  },
  s3: async () => {
    const vendor = await s3Vendor('files')
    const keys = { S3_ACCESS_KEY_ID: 'test', S3_SECRET_ACCESS_KEY: 'test-secret' }
    return { vendor, env: { S3_BUCKET: 'files', S3_ENDPOINT: vendor.url, ...keys } }
  },
}

describe.each(Object.keys(vendors))('with files in %s', (name) => {
  let house: TestHouse
  let vendor: Bucket
  let browser: Caller
  beforeAll(async () => {
    const made = await vendors[name]!()
    vendor = made.vendor
    house = await testHouse({ ...made.env, STORAGE_DOWNLOADS: 'redirect' })
    browser = caller(house.app)
  })
  afterAll(async () => {
    await house?.close()
    await vendor?.close()
  })

  test('a file is converted, downloaded by a link, and leaves nothing when it is deleted', async () => {
    const { job_id, conversion_id, job } = await convert(browser, '# Secret plan\n', 'Secret plan of Mr X.md')
    expect(job.status).toBe('completed')
    expect((await browser.get(`/api/jobs/${job_id}/download`)).text).toContain('# Secret plan')
    expect([...vendor.files.keys()].join()).not.toMatch(/secret|plan|mr/i)
    expect((await browser.get(`/api/conversions/${conversion_id}/source`)).text).toBe('# Secret plan\n')

    const answer = await browser.get(`/api/jobs/${job_id}/download?format=source`)
    expect(answer.status).toBe(303)
    const file = await fetch(String(answer.headers.location))
    expect(await file.text()).toBe('# Secret plan\n')
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; .*Secret plan of Mr X\.md/)
    expect(file.headers.get('content-type')).toBe('application/octet-stream')

    const stranger = await caller(house.app).get(`/api/jobs/${job_id}/download?format=source`)
    expect(stranger.status).toBe(404)
    await browser.delete(`/api/conversions/${conversion_id}`)
    expect(vendor.files.size).toBe(0)
    expect((await fetch(String(answer.headers.location))).status).toBeGreaterThanOrEqual(403)
  })

  test('a vendor that is down is 503 for an upload and not ready for the load balancer', async () => {
    vendor.fail({ how: 403 })
    expect(await browser.upload('a file', 'a.txt')).toMatchObject({
      status: 503,
      json: { error: 'unavailable' },
    })
    expect((await browser.get('/readyz')).json).toMatchObject({ checks: { storage: 'failed' } })
    vendor.calm()
    expect((await browser.get('/readyz')).status).toBe(200)
  })
})
