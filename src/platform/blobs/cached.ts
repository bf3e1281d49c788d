/**
 * Results at hand in Redis, before a storage that is farther away. A key of a result is written once by one attempt and
 * named by one row, so what is kept under it is never stale, and is reached only by who may read the row.
 */
import { Readable } from 'node:stream'
import type { RedisClient } from '../redis.ts'
import type { Blobs } from './blobs.ts'
import { headOf } from './measure.ts'

/** What conversions and analyses made; originals are large and read once. */
const RESULT = /^(outputs|analyses)\//
/** Longer files are streamed as ever. */
const LONGEST = 2 ** 20
const SECONDS = 3_600

const at = (key: string): string => `mdraft:file:${key}`

/** Redis may go away at any time: then the storage answers alone. */
export function cachedBlobs(blobs: Blobs, redis: RedisClient): Blobs {
  const kept = (key: string): Promise<Buffer | null> => redis.getBuffer(at(key)).catch(() => null)
  const keep = (key: string, content: Buffer): void => {
    redis.set(at(key), content, 'EX', SECONDS).catch(() => {})
  }
  return {
    ...blobs,
    read: async (key, range) => {
      if (range || !RESULT.test(key)) return blobs.read(key, range)
      const known = await kept(key)
      if (known) return Readable.from([known], { objectMode: false })
      const stored = await blobs.read(key)
      const { head, rest } = await headOf(chunksOf(stored), LONGEST)
      if (rest)
        return Readable.from(joined(head, rest), { objectMode: false }).once('close', () => stored.destroy())
      keep(key, head)
      return Readable.from([head], { objectMode: false })
    },
    remove: async (keys) => {
      await blobs.remove(keys)
      const results = keys.filter((key) => RESULT.test(key))
      if (results.length > 0) await redis.unlink(results.map(at)).catch(() => {})
    },
  }
}

async function* chunksOf(stream: Readable): AsyncGenerator<Uint8Array> {
  yield* stream
}

async function* joined(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  yield* rest
}
