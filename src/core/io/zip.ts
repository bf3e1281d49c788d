/** The only door to zip archives: bounded in entries, inflated size and ratio; no symlinks, no encryption. */
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { MdraftError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { inflateWhatIsThere, type LocalEntry, scanLocalEntries } from './zip-salvage.ts'

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

export type ZipOptions = {
  /**
   * Given: a damaged archive is read as far as it goes, and this is told what was wrong with which member (or, without
   * a name, with the archive). Absent: damage is an error.
   */
  readonly onDamage?: (why: string, name?: string) => void
}

/**
 * Ratio is looked at only past this size. Word's XML packs up to 1:60, a form repeated a hundred times better than
 * 1:100, and 16 MB hurt nobody.
 */
const RATIO_FLOOR = 16 * 2 ** 20
const SYMLINK = 0o120000

/**
 * Opens an archive from memory.
 * @throws MdraftError `malformed`, `bomb` or `password_required`
 */
export async function openZip(bytes: Uint8Array, limits: Budget, options: ZipOptions = {}): Promise<Zip> {
  try {
    const file = await open(bytes)
    const entries = await list(file, limits)
    return zipOf(entries, (entry, allowed) => readEntry(file, entry, allowed, limits, options), limits)
  } catch (error) {
    if (!options.onDamage || !(error instanceof MdraftError) || error.code !== 'malformed') throw error
    return salvage(bytes, limits, options.onDamage, error)
  }
}

/** The members found by their own headers, for an archive whose directory is cut off or wrong. */
function salvage(
  bytes: Uint8Array,
  limits: Budget,
  onDamage: NonNullable<ZipOptions['onDamage']>,
  cause: MdraftError,
): Zip {
  const entries = scanLocalEntries(bytes, limits.zipEntries)
  if (entries.size === 0) throw cause
  onDamage('The directory of the archive is damaged or cut off; its members were found by their own headers.')
  return zipOf(
    entries,
    (entry, allowed) => inflateRest(bytes, entry, Math.min(allowed, mostFor(entry, limits)), onDamage),
    limits,
  )
}

const mostFor = ({ start, end }: LocalEntry, { inflateRatio }: Budget): number =>
  Math.max(RATIO_FLOOR, (end - start) * inflateRatio)

async function inflateRest(
  bytes: Uint8Array,
  entry: LocalEntry,
  allowed: number,
  onDamage: NonNullable<ZipOptions['onDamage']>,
): Promise<Uint8Array> {
  const { data, whole } = await inflateWhatIsThere(bytes, entry, allowed)
  if (!whole) onDamage('It is cut off or its data are damaged; the readable beginning was used.', entry.name)
  return data
}

type Entry = { readonly uncompressedSize: number }

function zipOf<E extends Entry>(
  entries: ReadonlyMap<string, E>,
  read: (entry: E, allowed: number) => Promise<Uint8Array>,
  limits: Budget,
): Zip {
  let inflated = 0
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    size: (name) => entries.get(name)?.uncompressedSize ?? 0,
    read: async (name) => {
      const entry = entries.get(name)
      if (!entry) return undefined
      const data = await read(entry, Math.min(limits.partBytes, limits.inflatedBytes - inflated))
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

/** A member's bytes, checked against its sum (CRC-32), which yauzl leaves to its caller. */
async function readEntry(
  file: yauzl.ZipFile,
  entry: yauzl.Entry,
  allowed: number,
  limits: Budget,
  { onDamage }: ZipOptions,
): Promise<Uint8Array> {
  if (entry.generalPurposeBitFlag & 1)
    throw new MdraftError('password_required', 'The archive is encrypted.', {
      fix: 'Unpack it with its password first.',
    })
  const { data, failure } = await inflate(file, entry, allowed, limits)
  if (failure) {
    if (!onDamage) throw damaged(failure)
    onDamage('Its data are damaged; the readable beginning was used.', entry.fileName)
  } else if (crc32(data) !== entry.crc32) {
    if (!onDamage) throw damaged(`CRC-32 of ${entry.fileName}`)
    onDamage('Its checksum does not match its content.', entry.fileName)
  }
  return data
}

function inflate(
  file: yauzl.ZipFile,
  entry: yauzl.Entry,
  allowed: number,
  limits: Budget,
): Promise<{ data: Uint8Array; failure?: unknown }> {
  const packed = Math.max(1, entry.compressedSize)
  return new Promise((resolve, reject) =>
    file.openReadStream(entry, (error, stream) => {
      if (error || !stream) return resolve({ data: new Uint8Array(), failure: error })
      const most = Math.max(RATIO_FLOOR, packed * limits.inflateRatio)
      const parts = gather(Math.min(entry.uncompressedSize, allowed, most))
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
        parts.add(part)
      })
      stream.on('error', (failure: unknown) => resolve({ data: parts.all(), failure }))
      stream.on('end', () => resolve({ data: parts.all() }))
    }),
  )
}

/**
 * Pieces put together where they are to stay, or a large member would stand in memory twice. `expected` is what the
 * archive claims; it may be wrong, so room is made only when much has come.
 */
function gather(expected: number): { add(part: Buffer): void; all(): Buffer } {
  let whole: Buffer | undefined
  let parts: Buffer[] = []
  let size = 0
  return {
    add: (part) => {
      if (size >= MUCH && !whole && expected > size) {
        whole = Buffer.allocUnsafeSlow(expected)
        Buffer.concat(parts).copy(whole)
        parts = []
      }
      const fitting = whole && parts.length === 0 ? part.copy(whole, size) : 0
      if (fitting < part.length) parts.push(part.subarray(fitting))
      size += part.length
    },
    all: () => {
      if (!whole) return Buffer.concat(parts)
      if (size === expected) return whole
      return Buffer.concat([whole.subarray(0, size), ...parts])
    },
  }
}

const MUCH = 2 ** 20
