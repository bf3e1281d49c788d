/** Files in a bucket of Amazon S3 or of anything that speaks its protocol. */
import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { MdraftError } from '../../core/index.ts'
import { lend } from '../lend.ts'
import { assertKey, type Blobs, blobMissing, blobsDown, LINK_SECONDS, tryOut } from './blobs.ts'
import { measured } from './measure.ts'

export type S3Settings = {
  readonly bucket: string
  readonly region: string
  /** Another address than Amazon's. */
  readonly endpoint?: string | undefined
  /** Absent: where the library looks by itself (environment, profile, instance). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  readonly timeoutMs?: number
}

/** The least the protocol takes; it is what one upload keeps in memory. */
const PART = 5 * 2 ** 20
const MOST_KEYS = 1_000
const ATTEMPTS = 5

/** @throws MdraftError `missing_package` */
export async function s3Blobs(settings: S3Settings): Promise<Blobs> {
  const s3 = await lend('@aws-sdk/client-s3', () => import('@aws-sdk/client-s3'))
  const { Upload } = await lend('@aws-sdk/lib-storage', () => import('@aws-sdk/lib-storage'))
  const { getSignedUrl } = await lend(
    '@aws-sdk/s3-request-presigner',
    () => import('@aws-sdk/s3-request-presigner'),
  )
  const { bucket: Bucket } = settings
  const client = new s3.S3Client(clientSettings(settings))
  const send = async <T>(ask: () => Promise<T>): Promise<T> =>
    ask().catch((error) => {
      throw explain(error)
    })

  const blobs: Blobs = {
    name: 's3',
    write: async (key, source, options = {}) => {
      assertKey(key)
      const { content, stored, failure } = measured(source, options)
      const upload = new Upload({
        client: client as S3Client,
        params: { Bucket, Key: key, Body: Readable.from(content), ContentType: 'application/octet-stream' },
        partSize: PART,
        queueSize: 1,
      })
      await upload.done().catch((error) => {
        throw failure() ?? explain(error)
      })
      return stored()
    },
    read: async (key, range) => {
      assertKey(key)
      const Range = range && `bytes=${range.start}-${range.end}`
      const { Body } = await client
        .send(new s3.GetObjectCommand({ Bucket, Key: key, ...(Range ? { Range } : {}) }))
        .catch((error) => {
          throw isMissing(error) ? blobMissing(error) : explain(error)
        })
      if (!(Body instanceof Readable)) throw blobsDown('The answer has no body.')
      return Body
    },
    stat: async (key) => {
      assertKey(key)
      try {
        const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key: key }))
        return { key, size: head.ContentLength ?? 0, modified: head.LastModified ?? new Date(0) }
      } catch (error) {
        if (isMissing(error)) return undefined
        throw explain(error)
      }
    },
    remove: async (keys) => {
      for (let from = 0; from < keys.length; from += MOST_KEYS) {
        const Objects = keys.slice(from, from + MOST_KEYS).map((Key) => ({ Key }))
        const { Errors = [] } = await send(() =>
          client.send(new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } })),
        )
        if (Errors.length > 0) throw blobsDown(Errors[0])
      }
    },
    list: async function* (prefix) {
      for (let ContinuationToken: string | undefined, isMore = true; isMore; ) {
        const page = await send(() =>
          client.send(
            new s3.ListObjectsV2Command({
              Bucket,
              Prefix: prefix,
              ...(ContinuationToken ? { ContinuationToken } : {}),
            }),
          ),
        )
        for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? [])
          yield { key: Key, size: Size, modified: LastModified }
        ContinuationToken = page.NextContinuationToken
        isMore = ContinuationToken !== undefined
      }
    },
    link: (key, { mime, disposition }) => {
      assertKey(key)
      const command = new s3.GetObjectCommand({
        Bucket,
        Key: key,
        ResponseContentType: mime,
        ResponseContentDisposition: disposition,
      })
      return send(() => getSignedUrl(client, command, { expiresIn: LINK_SECONDS }))
    },
    check: () => tryOut(blobs),
  }
  return blobs
}

const clientSettings = ({ region, endpoint, credentials, timeoutMs = 60_000 }: S3Settings) => ({
  region,
  // The library writes into what it is given, and configuration is frozen.
  ...(credentials ? { credentials: { ...credentials } } : {}),
  // Servers of others know neither buckets as host names nor, many of them, Amazon's newer checksums.
  ...(endpoint
    ? {
        endpoint,
        forcePathStyle: true,
        requestChecksumCalculation: 'WHEN_REQUIRED' as const,
        responseChecksumValidation: 'WHEN_REQUIRED' as const,
      }
    : {}),
  maxAttempts: ATTEMPTS,
  requestHandler: {
    connectionTimeout: Math.min(10_000, timeoutMs),
    requestTimeout: timeoutMs,
    throwOnRequestTimeout: true,
  },
})

const nameOf = (error: unknown): string => (error as { name?: string }).name ?? ''

const isMissing = (error: unknown): boolean => ['NoSuchKey', 'NotFound'].includes(nameOf(error))

const isRefused = (error: unknown): boolean => {
  // A shape of the library's own errors.
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } }
  return nameOf(error) === 'NoSuchBucket' || [401, 403].includes($metadata?.httpStatusCode ?? 0)
}

function explain(error: unknown): unknown {
  if (error instanceof MdraftError) return error
  return blobsDown(
    error,
    isRefused(error)
      ? 'The operator checks S3_BUCKET, and whether the credentials may read and write it.'
      : undefined,
  )
}
