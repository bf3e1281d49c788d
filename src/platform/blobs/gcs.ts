/** Files in a bucket of Google Cloud Storage. Short ones go in one request, long ones in a resumable upload of parts. */

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { File, GetFilesOptions, GetFilesResponse, Storage, StorageOptions } from '@google-cloud/storage'
import { MdraftError } from '../../core/index.ts'
import { lend } from '../lend.ts'
import { mayPassByStatus, noAnswer, tryAgain, within } from '../try-again.ts'
import { assertKey, type Blobs, blobMissing, blobsDown, LINK_SECONDS, tryOut } from './blobs.ts'
import { headOf, measured } from './measure.ts'

export type GcsSettings = {
  readonly bucket: string
  /** Another address than Google's, which is asked without credentials. */
  readonly endpoint?: string | undefined
  readonly projectId?: string | undefined
  readonly timeoutMs?: number
  /** Further tries. */
  readonly retries?: number
}

/** What one upload keeps in memory; a multiple of 256 KiB, as the protocol wants. */
const PART = 2 * 2 ** 20
const RETRIES = 4
const LONGEST_WAIT_SECONDS = 8
const AT_ONCE = 16

/** @throws MdraftError `missing_package` */
export async function gcsBlobs(settings: GcsSettings): Promise<Blobs> {
  const { Storage, IdempotencyStrategy } = await lend(
    '@google-cloud/storage',
    () => import('@google-cloud/storage'),
  )
  const { bucket, endpoint, projectId, timeoutMs = 60_000, retries = RETRIES } = settings
  const open = (retryOptions: StorageOptions['retryOptions']): Storage =>
    new Storage({
      ...(endpoint ? { apiEndpoint: endpoint } : {}),
      ...(projectId || endpoint ? { projectId: projectId ?? 'none' } : {}),
      timeout: timeoutMs,
      ...(retryOptions ? { retryOptions } : {}),
    })
  const writing = open({
    maxRetries: retries,
    maxRetryDelay: LONGEST_WAIT_SECONDS,
    // When this time is over the library forgets to answer, so it is never over.
    totalTimeout: (retries + 1) * (timeoutMs / 1000 + LONGEST_WAIT_SECONDS + 2),
    // A key is written whole or not at all, so trying again is harmless.
    idempotencyStrategy: IdempotencyStrategy.RetryAlways,
  }).bucket(bucket)
  // A download that the library tries again ends in a rejection that nobody can catch, so all else is tried again here.
  const files = open({ autoRetry: false }).bucket(bucket)
  const at = (key: string): File => {
    assertKey(key)
    return files.file(key)
  }
  const ask = <T>(work: () => Promise<T>): Promise<T> =>
    tryAgain(() => within(timeoutMs, work()), {
      mayPass: (error) => mayPassByStatus(codeOf(error)),
      tries: retries + 1,
    })

  const blobs: Blobs = {
    name: 'gcs',
    write: async (key, source, options = {}) => {
      assertKey(key)
      const file = writing.file(key)
      const { content, stored, failure } = measured(source, options)
      try {
        const { head, rest } = await headOf(content, PART)
        const plain = { validation: 'md5', timeout: timeoutMs, contentType: TYPE } as const
        if (rest)
          await pipeline(
            Readable.from(joined(head, rest)),
            file.createWriteStream({ ...plain, resumable: true, chunkSize: PART }),
          )
        else await file.save(head, { ...plain, resumable: false })
        return stored()
      } catch (error) {
        throw failure() ?? explain(error)
      }
    },
    read: async (key, range) => {
      const file = at(key)
      // A part of a file has no sum to compare.
      const sum = range ? {} : ({ validation: 'md5' } as const)
      return ask(async () => {
        const stream = file.createReadStream({ ...range, ...sum, decompress: false })
        const late = setTimeout(() => stream.destroy(noAnswer(timeoutMs)), timeoutMs)
        await begun(stream).finally(() => clearTimeout(late))
        return stream
      }).catch((error) => {
        throw isMissing(error) ? blobMissing(error) : explain(error)
      })
    },
    stat: async (key) => {
      try {
        const [{ size, updated }] = await ask(() => at(key).getMetadata())
        return { key, size: Number(size), modified: new Date(updated ?? 0) }
      } catch (error) {
        if (isMissing(error)) return undefined
        throw explain(error)
      }
    },
    remove: async (keys) => {
      const left = [...keys]
      const next = async () => {
        for (let key = left.pop(); key !== undefined; key = left.pop())
          await ask(() => at(key!).delete({ ignoreNotFound: true }))
      }
      await Promise.all(Array.from({ length: AT_ONCE }, next)).catch((error) => {
        throw explain(error)
      })
    },
    list: async function* (prefix) {
      for (let query: GetFilesOptions | null = { prefix, autoPaginate: false }; query; ) {
        const page: GetFilesOptions = query
        const [found, next]: GetFilesResponse = await ask(() => files.getFiles(page)).catch((error) => {
          throw explain(error)
        })
        for (const { name, metadata } of found)
          yield { key: name, size: Number(metadata.size), modified: new Date(metadata.updated ?? 0) }
        query = next && { ...next, autoPaginate: false }
      }
    },
    link: async (key, { mime, disposition }) => {
      const [url] = await at(key)
        .getSignedUrl({
          version: 'v4',
          action: 'read',
          expires: Date.now() + LINK_SECONDS * 1000,
          responseType: mime,
          responseDisposition: disposition,
        })
        .catch((error) => {
          throw explain(error)
        })
      return url
    },
    check: () => tryOut(blobs),
  }
  return blobs
}

/** What a file is, its row knows; a browser that fetches one by its bare address is told nothing. */
const TYPE = 'application/octet-stream'

async function* joined(head: Buffer, rest: AsyncGenerator<Uint8Array>) {
  yield head
  yield* rest
}

/** Resolves with the first byte, or the end of an empty file: only then is it known that the file is there. */
const begun = (stream: Readable): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      stream.off('error', settle).off('readable', settle)
      if (error) reject(error)
      else resolve()
    }
    stream.on('error', settle).on('readable', settle)
  })

/** An HTTP status, or the system's name of a network failure. */
const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code

const isMissing = (error: unknown): boolean => codeOf(error) === 404

function explain(error: unknown): unknown {
  if (error instanceof MdraftError) return error
  const code = codeOf(error)
  const isRefused = code === 401 || code === 403 || code === 404
  return blobsDown(
    error,
    isRefused
      ? 'The operator checks GCS_BUCKET_NAME, and whether the credentials may read and write it.'
      : undefined,
  )
}
