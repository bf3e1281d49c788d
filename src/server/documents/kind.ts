/** What a stored file is, by its content, without reading all of it: the ends of a file and its directory tell. */
import { buffer } from 'node:stream/consumers'
import { type Format, MdraftError, readers, sniff } from '../../core/index.ts'
import type { Blobs } from '../../platform/blobs/blobs.ts'

const HEAD = 128 * 1024
const DIRECTORY = 1024 * 1024
/** Up to here a container whose directory did not tell is read whole. */
const WHOLE = 32 * 2 ** 20

export type Kind = { readonly format: Format; readonly mime: string }

/** @throws MdraftError `unsupported_format`, `password_required`, `empty_input` */
export async function kindOf(blobs: Blobs, key: string, size: number, name: string): Promise<Kind> {
  if (size === 0)
    throw new MdraftError('empty_input', 'The file is empty (0 bytes).', {
      fix: 'Check that the file is whole and send it again.',
    })
  const read = async (start: number, end: number) =>
    buffer(await blobs.read(key, { start, end: Math.min(end, size) - 1 }))
  const head = await read(0, HEAD)
  const at = directoryOf(head, size > HEAD ? await read(Math.max(0, size - HEAD), size) : head, size)
  const bytes = at === undefined ? head : Buffer.concat([head, await read(at, at + DIRECTORY)])
  try {
    return kind(sniff({ bytes, name }), head)
  } catch (error) {
    const isCutOff = at !== undefined && size > HEAD && size <= WHOLE
    if (!isCutOff || !(error instanceof MdraftError) || error.code !== 'unsupported_format') throw error
    return kind(sniff({ bytes: await read(0, size), name }), head)
  }
}

/** Where the list of a container's members starts. */
function directoryOf(head: Buffer, tail: Buffer, size: number): number | undefined {
  if (head.length < 512) return undefined
  // [MS-CFB] 2.2: the first directory sector, and the sector size as a power of two.
  if (head.readUInt32BE(0) === 0xd0cf11e0)
    return within((head.readUInt32LE(48) + 1) * 2 ** head.readUInt16LE(30), size)
  // APPNOTE 4.3.16: the end record holds the offset of the central directory.
  const end = tail.lastIndexOf('PK\x05\x06', tail.length, 'latin1')
  if (head.readUInt16BE(0) !== 0x504b || end < 0 || end + 20 > tail.length) return undefined
  return within(tail.readUInt32LE(end + 16), size)
}

const within = (at: number, size: number): number | undefined => (at > 0 && at < size ? at : undefined)

/** Pictures share one reader; their own media type matters to whoever shows them. */
const pictures: readonly { readonly at: number; readonly bytes: string; readonly mime: string }[] = [
  { at: 0, bytes: '\x89PNG', mime: 'image/png' },
  { at: 0, bytes: '\xff\xd8\xff', mime: 'image/jpeg' },
  { at: 8, bytes: 'WEBP', mime: 'image/webp' },
  { at: 0, bytes: 'GIF8', mime: 'image/gif' },
]

function kind(format: Format, head: Buffer): Kind {
  const start = head.toString('latin1', 0, 16)
  const picture = pictures.find(({ at, bytes }) => start.startsWith(bytes, at))
  const mime = format === 'image' ? (picture?.mime ?? 'image/tiff') : readers[format].mime[0]
  return { format, mime: mime ?? 'application/octet-stream' }
}
