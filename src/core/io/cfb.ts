/** Names of the streams in a compound file (MS-CFB 2.6), enough to tell whose file it is. */

const FREE = 0xfffffffa // sector numbers from here on are marks, not sectors (MS-CFB 2.1)
const NO_STREAM = 0xffffffff
const ENTRY_SIZE = 128
const MAX_ENTRIES = 100_000

/** Names directly under the root storage; undefined when the directory cannot be followed. */
export function rootStreamNames(bytes: Uint8Array): string[] | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length < 512) return undefined
  const directory = readDirectory(buffer)
  const root = directory?.[0]
  if (!directory || root?.kind !== 5) return undefined
  const names: string[] = []
  const seen = new Set<number>()
  const stack = [root.child]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const entry = directory[at]
    if (!entry || seen.has(at)) continue
    seen.add(at)
    names.push(entry.name)
    stack.push(entry.left, entry.right)
  }
  return names
}

type Entry = {
  readonly name: string
  readonly kind: number
  readonly left: number
  readonly right: number
  readonly child: number
}

function readDirectory(buffer: Buffer): Entry[] | undefined {
  const shift = buffer.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return undefined
  const size = 2 ** shift
  const nextSector = readFat(buffer, size)
  const entries: Entry[] = []
  const seen = new Set<number>()
  for (let sector = buffer.readUInt32LE(48); sector < FREE; sector = nextSector(sector)) {
    const start = (sector + 1) * size
    if (seen.has(sector) || start + size > buffer.length + size || entries.length > MAX_ENTRIES) break
    seen.add(sector)
    for (let at = start; at < start + size && at + ENTRY_SIZE <= buffer.length; at += ENTRY_SIZE)
      entries.push(readEntry(buffer, at))
  }
  return entries
}

function readEntry(buffer: Buffer, at: number): Entry {
  const nameBytes = Math.min(64, Math.max(2, buffer.readUInt16LE(at + 64)))
  return {
    name: buffer.toString('utf16le', at, at + nameBytes - 2),
    kind: buffer[at + 66]!,
    left: link(buffer, at + 68),
    right: link(buffer, at + 72),
    child: link(buffer, at + 76),
  }
}

const link = (buffer: Buffer, at: number): number => {
  const value = buffer.readUInt32LE(at)
  return value === NO_STREAM ? -1 : value
}

/** Follows sector chains through the FAT sectors that the header lists (109; more are not needed for a directory). */
function readFat(buffer: Buffer, size: number): (sector: number) => number {
  const perSector = size / 4
  return (sector) => {
    const index = Math.floor(sector / perSector)
    if (index >= 109) return NO_STREAM
    const fatSector = buffer.readUInt32LE(76 + index * 4)
    const at = (fatSector + 1) * size + (sector % perSector) * 4
    return fatSector < FREE && at + 4 <= buffer.length ? buffer.readUInt32LE(at) : NO_STREAM
  }
}
