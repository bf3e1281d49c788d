/** What every adapter does with content on its way in: hash it, count it, stop it. */
import { createHash } from 'node:crypto'
import { blobTooLarge, type Stored, type WriteBlob } from './blobs.ts'

export type Measured = {
  readonly content: AsyncGenerator<Uint8Array>
  /** After the content has ended. */
  readonly stored: () => Stored
  /** The failure, when it was the content that failed and not the storage. */
  readonly failure: () => unknown
}

export function measured(source: AsyncIterable<Uint8Array>, { maxBytes, signal }: WriteBlob): Measured {
  const hash = createHash('sha256')
  let size = 0
  let failure: unknown
  async function* content() {
    try {
      for await (const chunk of source) {
        signal?.throwIfAborted()
        size += chunk.byteLength
        if (maxBytes !== undefined && size > maxBytes) throw blobTooLarge(maxBytes)
        hash.update(chunk)
        yield chunk
      }
    } catch (error) {
      failure = error
      throw error
    }
  }
  return {
    content: content(),
    stored: () => ({ size, sha256: hash.digest('hex') }),
    failure: () => failure,
  }
}

/** The first bytes, and the rest when there are more than `most`. */
export async function headOf(
  content: AsyncGenerator<Uint8Array>,
  most: number,
): Promise<{ head: Buffer; rest: AsyncGenerator<Uint8Array> | undefined }> {
  const chunks: Uint8Array[] = []
  let size = 0
  while (size <= most) {
    const { value, done } = await content.next()
    if (done) return { head: Buffer.concat(chunks), rest: undefined }
    chunks.push(value)
    size += value.byteLength
  }
  return { head: Buffer.concat(chunks), rest: content }
}
