/** The only door to zip archives: bounded in entries, inflated size and ratio; no symlinks, no encryption. */
import yauzl from 'yauzl'
import { MdraftError } from '../errors.ts'
import type { Limits } from '../limits.ts'

export type Zip = {
  /** Names of the files in the archive, `/`-separated, in the order of the archive. */
  readonly names: readonly string[]
  has(name: string): boolean
  /** Size after inflating as the archive claims it. */
  size(name: string): number
  /** The member's bytes; undefined when there is none of that name. */
  read(name: string): Promise<Uint8Array | undefined>
}

type Budget = Pick<Limits, 'zipEntries' | 'inflatedBytes' | 'partBytes' | 'inflateRatio'>

/** Ratio is looked at only past this size: tiny members compress without meaning. */
const RATIO_FLOOR = 2 ** 20
const SYMLINK = 0o120000

/**
 * Opens an archive from memory.
 * @throws MdraftError `malformed`, `bomb` or `password_required`
 */
export async function openZip(bytes: Uint8Array, limits: Budget): Promise<Zip> {
  const file = await open(bytes)
  const entries = await list(file, limits)
  let inflated = 0
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    size: (name) => entries.get(name)?.uncompressedSize ?? 0,
    read: async (name) => {
      const entry = entries.get(name)
      if (!entry) return undefined
      const data = await inflate(
        file,
        entry,
        Math.min(limits.partBytes, limits.inflatedBytes - inflated),
        limits,
      )
      inflated += data.byteLength
      return data
    },
  }
}

const damaged = (cause: unknown) =>
  new MdraftError('malformed', 'The file is a damaged zip archive.', {
    cause,
    fix: 'Open it in the program that made it, save it again, and retry.',
  })

function open(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return new Promise((resolve, reject) =>
    yauzl.fromBuffer(
      buffer,
      { lazyEntries: true, decodeStrings: true, validateEntrySizes: true, strictFileNames: false },
      (error, file) => (error || !file ? reject(damaged(error)) : resolve(file)),
    ),
  )
}

function list(file: yauzl.ZipFile, limits: Budget): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  return new Promise((resolve, reject) => {
    file.on('error', (error) => reject(damaged(error)))
    file.on('end', () => resolve(entries))
    file.on('entry', (entry: yauzl.Entry) => {
      if (entries.size >= limits.zipEntries)
        return reject(new MdraftError('bomb', `The archive has more than ${limits.zipEntries} entries.`))
      const isFolder = entry.fileName.endsWith('/')
      const isSymlink = ((entry.externalFileAttributes >>> 16) & 0o170000) === SYMLINK
      if (!isFolder && !isSymlink && !entries.has(entry.fileName)) entries.set(entry.fileName, entry)
      file.readEntry()
    })
    file.readEntry()
  })
}

function inflate(
  file: yauzl.ZipFile,
  entry: yauzl.Entry,
  allowed: number,
  limits: Budget,
): Promise<Uint8Array> {
  if (entry.generalPurposeBitFlag & 1)
    throw new MdraftError('password_required', 'The archive is encrypted.', {
      fix: 'Unpack it with its password first.',
    })
  const packed = Math.max(1, entry.compressedSize)
  return new Promise((resolve, reject) =>
    file.openReadStream(entry, (error, stream) => {
      if (error || !stream) return reject(damaged(error))
      const parts: Buffer[] = []
      let size = 0
      stream.on('data', (part: Buffer) => {
        size += part.length
        if (size > allowed || (size > RATIO_FLOOR && size / packed > limits.inflateRatio)) {
          stream.destroy()
          return reject(
            new MdraftError(
              'bomb',
              `A part of the archive inflates beyond the limit (${packed} bytes to over ${size}).`,
              {
                fix: 'If the file is trusted, raise the limits for inflated size and ratio.',
              },
            ),
          )
        }
        parts.push(part)
      })
      stream.on('error', (cause: unknown) => reject(damaged(cause)))
      stream.on('end', () => resolve(Buffer.concat(parts)))
    }),
  )
}
