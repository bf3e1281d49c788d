/** The port for files: originals and outputs. Keys are ours and opaque; a user's file name is never part of one. */
import { randomUUID } from 'node:crypto'
import { pipeline, type Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { createGunzip, gzip } from 'node:zlib'
import { MdraftError } from '../../core/index.ts'

export type Stored = { readonly size: number; readonly sha256: string }
export type BlobInfo = { readonly key: string; readonly size: number; readonly modified: Date }
/** Bytes `start` to `end`, both included, as in an HTTP range. */
export type ByteRange = { readonly start: number; readonly end: number }
export type WriteBlob = { readonly maxBytes?: number; readonly signal?: AbortSignal }

/** What a browser is told of a file that it fetches from the storage itself. */
export type LinkAs = { readonly mime: string; readonly disposition: string }

/** How long a link of the storage is good for. */
export const LINK_SECONDS = 300

export type Blobs = {
  readonly name: string
  /**
   * Streams the content in and hashes it on the way. The key exists only once all of it is stored.
   * @throws MdraftError `too_large` at the first byte over `maxBytes`
   */
  write(key: string, content: AsyncIterable<Uint8Array>, options?: WriteBlob): Promise<Stored>
  /** @throws MdraftError `not_found` */
  read(key: string, range?: ByteRange): Promise<Readable>
  stat(key: string): Promise<BlobInfo | undefined>
  /** Missing keys are no error. */
  remove(keys: readonly string[]): Promise<void>
  /** In no particular order. */
  list(prefix: string): AsyncIterable<BlobInfo>
  /** An address from which anybody may read the file for `LINK_SECONDS`; undefined where the storage has no addresses. */
  link(key: string, as: LinkAs): Promise<string | undefined>
  /** Writes, reads and removes a small file. @throws MdraftError `unavailable` */
  check(): Promise<void>
}

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/

export function assertKey(key: string): void {
  if (key.length > 512 || !KEY.test(key) || key.includes('..')) throw new Error(`Not a storage key: ${key}`)
}

export const blobMissing = (cause?: unknown): MdraftError =>
  new MdraftError('not_found', 'The file is no longer stored.', { fix: 'Upload it again.', cause })

export const blobTooLarge = (limit: number): MdraftError =>
  new MdraftError('too_large', `The file is larger than the limit of ${Math.floor(limit / 2 ** 20)} MB.`, {
    fix: 'Split the file and send the parts.',
  })

/** The storage failed, not the file. */
export const blobsDown = (cause: unknown, fix?: string): MdraftError =>
  new MdraftError('unavailable', 'The storage does not answer.', {
    fix: fix ?? 'Try again later; the operator finds the cause in the log.',
    cause,
  })

const squeeze = promisify(gzip)

/** Text is stored compressed; a client that takes gzip gets it as it is. */
export async function writeText(blobs: Blobs, key: string, value: string): Promise<void> {
  const packed = await squeeze(value)
  await blobs.write(
    key,
    (async function* () {
      yield packed
    })(),
  )
}

export const readText = async (blobs: Blobs, key: string): Promise<string> =>
  text(unpack(await blobs.read(key)))

/** For adapters that can only try: a small file goes in, comes back and is removed. */
export async function tryOut(blobs: Blobs): Promise<void> {
  const key = `checks/${randomUUID()}`
  const word = Buffer.from('mdraft')
  await blobs.write(
    key,
    (async function* () {
      yield word
    })(),
  )
  try {
    const back = await buffer(await blobs.read(key))
    if (!back.equals(word)) throw blobsDown('A file came back changed.')
  } finally {
    await blobs.remove([key])
  }
}

/** Whichever of the two streams ends early takes the other with it. */
export function unpack(packed: Readable): Readable {
  const plain = createGunzip()
  pipeline(packed, plain, () => {})
  return plain
}
