import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Blobs } from '../../../src/platform/blobs/blobs.ts'
import { s3Blobs } from '../../../src/platform/blobs/s3.ts'
import { type S3, s3Vendor } from '../../vendors/s3.ts'
import { blobContract } from './blob-contract.ts'
import { blobFaults, blobLinks } from './blob-vendor-contract.ts'

const open = (vendor: S3, options = {}) =>
  s3Blobs({
    bucket: 'files',
    region: 'us-east-1',
    endpoint: vendor.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret' },
    ...options,
  })

blobContract('s3', async () => {
  const vendor = await s3Vendor('files')
  return { blobs: await open(vendor), close: vendor.close }
})

const start = async () => {
  const vendor = await s3Vendor('files')
  return { vendor, blobs: await open(vendor), impatient: await open(vendor, { timeoutMs: 300 }) }
}
blobFaults('s3', start)
blobLinks('s3', start)

describe('long files', () => {
  let vendor: S3
  let blobs: Blobs
  beforeAll(async () => {
    vendor = await s3Vendor('files')
    blobs = await open(vendor)
  })
  beforeEach(() => vendor.calm())
  afterAll(() => vendor.close())

  async function* long(failAfter = 99) {
    for (let part = 0; part < 12; part++) {
      if (part === failAfter) throw new Error('connection reset')
      yield Buffer.alloc(1_000_000, String(part % 10))
    }
  }

  test('go in parts, and a part that fails is sent again', async () => {
    vendor.fail({ how: 503, times: 1, when: ({ url }) => url.searchParams.has('partNumber') })
    expect(await blobs.write('a/long', long())).toMatchObject({ size: 12_000_000 })
    expect((await buffer(await blobs.read('a/long'))).subarray(9_000_000, 9_000_003).toString()).toBe('999')
    expect(vendor.uploads.size).toBe(0)
  })

  test('that break off leave no parts behind that somebody pays for', async () => {
    await expect(blobs.write('a/broken', long(11))).rejects.toThrow('connection reset')
    expect(vendor.uploads.size).toBe(0)
    expect(await blobs.stat('a/broken')).toBeUndefined()
  })

  test('a bucket that is not there is a fault of the configuration, not a missing file', async () => {
    const wrong = await open(vendor, { bucket: 'elsewhere' })
    await expect(wrong.read('a/long')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(wrong.check()).rejects.toMatchObject({ code: 'unavailable' })
  })
})
