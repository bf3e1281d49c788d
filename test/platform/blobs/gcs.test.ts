import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Blobs } from '../../../src/platform/blobs/blobs.ts'
import { gcsBlobs } from '../../../src/platform/blobs/gcs.ts'
import { type Gcs, gcsVendor } from '../../vendors/gcs.ts'
import { googleKeyFile } from '../../vendors/google-key.ts'
import { blobContract } from './blob-contract.ts'
import { blobFaults, blobLinks } from './blob-vendor-contract.ts'

// Where Google's library looks for the key that signs links.
process.env.GOOGLE_APPLICATION_CREDENTIALS = googleKeyFile()

const open = (vendor: Gcs, options = {}) =>
  gcsBlobs({
    bucket: 'files',
    endpoint: vendor.url,
    ...options,
  })

blobContract('gcs', async () => {
  const vendor = await gcsVendor('files')
  return { blobs: await open(vendor), close: vendor.close }
})

const start = async () => {
  const vendor = await gcsVendor('files')
  return { vendor, blobs: await open(vendor), impatient: await open(vendor, { timeoutMs: 300, retries: 1 }) }
}
blobFaults('gcs', start)
blobLinks('gcs', start)

describe('long files', () => {
  let vendor: Gcs
  let blobs: Blobs
  beforeAll(async () => {
    vendor = await gcsVendor('files')
    blobs = await open(vendor)
  })
  beforeEach(() => vendor.calm())
  afterAll(() => vendor.close())

  async function* long() {
    for (let part = 0; part < 7; part++) yield Buffer.alloc(1_000_000, String(part))
  }

  test('go in parts, and a part that fails is sent again', async () => {
    const isPart = ({ method, url }: { method: string; url: URL }) =>
      method === 'PUT' && url.searchParams.has('session')
    vendor.fail({ how: 503, times: 1, when: isPart })
    expect(await blobs.write('a/long', long())).toMatchObject({ size: 7_000_000 })
    expect(vendor.asked.filter(isPart).length).toBeGreaterThan(3)
    expect((await buffer(await blobs.read('a/long'))).subarray(6_000_000, 6_000_003).toString()).toBe('666')
  })

  test('a bucket that is not there is a fault of the configuration, not a missing file', async () => {
    const wrong = await gcsBlobs({ bucket: 'elsewhere', endpoint: vendor.url })
    await expect(wrong.check()).rejects.toMatchObject({ code: 'unavailable' })
  })
})
