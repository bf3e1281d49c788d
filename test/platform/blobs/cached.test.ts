import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Blobs, readText, writeText } from '../../../src/platform/blobs/blobs.ts'
import { cachedBlobs } from '../../../src/platform/blobs/cached.ts'
import { s3Blobs } from '../../../src/platform/blobs/s3.ts'
import { openRedis } from '../../../src/platform/redis.ts'
import { type S3, s3Vendor } from '../../vendors/s3.ts'
import { hasRedis, startRedis } from '../redis-server.ts'
import { blobContract } from './blob-contract.ts'

type Redis = Awaited<ReturnType<typeof startRedis>> & ReturnType<typeof openRedis>

async function startCache(): Promise<Redis> {
  const server = await startRedis()
  const redis = openRedis(server.url, () => {})
  const isThere = () =>
    redis.client.getBuffer('x').then(
      () => true,
      () => false,
    )
  while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 20))
  return { ...server, ...redis }
}

const storage = (vendor: S3): Promise<Blobs> =>
  s3Blobs({
    bucket: 'files',
    region: 'us-east-1',
    endpoint: vendor.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret' },
  })

if (hasRedis)
  blobContract('a storage behind Redis', async () => {
    const [vendor, redis] = [await s3Vendor('files'), await startCache()]
    const close = async () => {
      await redis.close()
      redis.stop()
      await vendor.close()
    }
    return { blobs: cachedBlobs(await storage(vendor), redis.client), close }
  })

describe.runIf(hasRedis)('results in Redis', () => {
  let vendor: S3
  let redis: Redis
  let blobs: Blobs
  beforeAll(async () => {
    ;[vendor, redis] = [await s3Vendor('files'), await startCache()]
    blobs = cachedBlobs(await storage(vendor), redis.client)
  })
  beforeEach(() => void vendor.asked.splice(0))
  afterAll(async () => {
    await redis?.close()
    redis?.stop()
    await vendor?.close()
  })
  const reads = () => vendor.asked.filter(({ method }) => method === 'GET').length

  test('are read from the storage once, by whichever process', async () => {
    await writeText(blobs, 'outputs/aa/one/claim/markdown.gz', '# Hello')
    for (let n = 0; n < 3; n++)
      expect(await readText(blobs, 'outputs/aa/one/claim/markdown.gz')).toBe('# Hello')
    const other = cachedBlobs(await storage(vendor), redis.client)
    expect(await readText(other, 'outputs/aa/one/claim/markdown.gz')).toBe('# Hello')
    expect(reads()).toBe(1)
  })

  test('are gone at once when they are deleted', async () => {
    await writeText(blobs, 'analyses/aa/one/claim.gz', '{}')
    await readText(blobs, 'analyses/aa/one/claim.gz')
    await blobs.remove(['analyses/aa/one/claim.gz'])
    await expect(readText(blobs, 'analyses/aa/one/claim.gz')).rejects.toMatchObject({ code: 'not_found' })
    expect(await redis.client.getBuffer('mdraft:file:analyses/aa/one/claim.gz')).toBe(null)
  })

  test('are streamed as ever when they are long, and originals always', async () => {
    const long = Buffer.alloc(3_000_000, 'mdraft ')
    for (const key of ['outputs/aa/long/claim/json.gz', 'originals/aa/long']) {
      await blobs.write(key, [long] as never)
      for (let n = 0; n < 2; n++) expect((await buffer(await blobs.read(key))).equals(long)).toBe(true)
    }
    expect(reads()).toBe(4)
  })

  test('come from the storage alone when Redis is away', async () => {
    await writeText(blobs, 'outputs/aa/two/claim/text.gz', 'still here')
    redis.stop()
    expect(await readText(blobs, 'outputs/aa/two/claim/text.gz')).toBe('still here')
    await blobs.remove(['outputs/aa/two/claim/text.gz'])
  })
})
