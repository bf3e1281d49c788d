/**
 * Members of an archive whose directory is damaged. Every member also has a header of its own in front of its data
 * (APPNOTE.TXT 4.3.7); Word's repair reads those, and so do we.
 */
import { constants, crc32, createInflateRaw } from 'node:zlib'
import { MdraftError } from '../errors.ts'

export type LocalEntry = {
  readonly name: string
  readonly method: number
  /** Range of the packed data in the archive; the end is a guess where the header leaves the size to a later record. */
  readonly start: number
  readonly end: number
  /** As stated; 0 where the header leaves it to a later record. */
  readonly uncompressedSize: number
  readonly crc32: number
}

const LOCAL = Buffer.from('PK\x03\x04', 'latin1')
const DIRECTORY = Buffer.from('PK\x01\x02', 'latin1')
/** General purpose bit 0: encrypted; bit 3: sizes and checksum follow the data (APPNOTE.TXT 4.4.4). */
const ENCRYPTED = 1
const SIZES_FOLLOW = 8
const STORED = 0
const DEFLATED = 8

/** @throws MdraftError `password_required`, `bomb` */
export function scanLocalEntries(bytes: Uint8Array, limit: number): Map<string, LocalEntry> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map<string, LocalEntry>()
  let at = buffer.indexOf(LOCAL)
  while (at >= 0 && at + 30 <= buffer.length) {
    const entry = localEntry(buffer, at)
    if (entry && !entry.name.endsWith('/') && !entries.has(entry.name)) {
      if (entries.size >= limit) throw new MdraftError('bomb', `The archive has more than ${limit} entries.`)
      entries.set(entry.name, entry)
    }
    at = buffer.indexOf(LOCAL, entry ? Math.max(entry.end, at + 4) : at + 4)
  }
  return entries
}

function localEntry(buffer: Buffer, at: number): LocalEntry | undefined {
  const flags = buffer.readUInt16LE(at + 6)
  const method = buffer.readUInt16LE(at + 8)
  const nameLength = buffer.readUInt16LE(at + 26)
  const start = at + 30 + nameLength + buffer.readUInt16LE(at + 28)
  if (start > buffer.length || nameLength === 0 || (method !== STORED && method !== DEFLATED))
    return undefined
  if (flags & ENCRYPTED)
    throw new MdraftError('password_required', 'The archive is encrypted.', {
      fix: 'Unpack it with its password first.',
    })
  const name = buffer.toString('utf8', at + 30, at + 30 + nameLength).replaceAll('\\', '/')
  const packed = flags & SIZES_FOLLOW ? 0 : buffer.readUInt32LE(at + 18)
  const isStated = packed > 0 && start + packed <= buffer.length
  return {
    name,
    method,
    start,
    end: isStated ? start + packed : nextRecord(buffer, start),
    uncompressedSize: flags & SIZES_FOLLOW ? 0 : buffer.readUInt32LE(at + 22),
    crc32: flags & SIZES_FOLLOW ? 0 : buffer.readUInt32LE(at + 14),
  }
}

function nextRecord(buffer: Buffer, from: number): number {
  const found = [buffer.indexOf(LOCAL, from), buffer.indexOf(DIRECTORY, from)].filter((at) => at >= 0)
  return found.length > 0 ? Math.min(...found) : buffer.length
}

/** The member's bytes up to where its data stop making sense. @throws MdraftError `bomb` */
export async function inflateWhatIsThere(
  bytes: Uint8Array,
  entry: LocalEntry,
  allowed: number,
): Promise<{ data: Uint8Array; whole: boolean }> {
  const packed = bytes.subarray(entry.start, entry.end)
  const { data, ended } =
    entry.method === STORED ? { data: packed, ended: true } : await inflatePrefix(packed, allowed)
  if (data.byteLength > allowed) throw tooLarge(allowed)
  const hasRightSum = entry.crc32 === 0 ? entry.end < bytes.byteLength : crc32(data) === entry.crc32
  return { data, whole: ended && hasRightSum }
}

const tooLarge = (allowed: number) =>
  new MdraftError('bomb', `A part of the archive inflates beyond the limit of ${allowed} bytes.`, {
    fix: 'If the file is trusted, raise the limits for inflated size.',
  })

function inflatePrefix(packed: Uint8Array, allowed: number): Promise<{ data: Uint8Array; ended: boolean }> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    // Sync flush makes zlib hand over what it has when the input stops short.
    const inflater = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH })
    inflater.on('data', (part: Buffer) => {
      size += part.length
      if (size > allowed) {
        inflater.destroy()
        reject(tooLarge(allowed))
      } else parts.push(part)
    })
    inflater.on('error', () => resolve({ data: Buffer.concat(parts), ended: false }))
    inflater.on('end', () => resolve({ data: Buffer.concat(parts), ended: true }))
    inflater.end(packed)
  })
}
