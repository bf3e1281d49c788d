/** Compound files: a file system inside a file (MS-CFB), read from memory and bounded. */

const FREE = 0xfffffffa // sector numbers from here on are marks, not sectors (2.1)
const NO_STREAM = 0xffffffff
const ENTRY_SIZE = 128
const MAX_ENTRIES = 100_000
const MINI_SECTOR = 64

export type CompoundFile = {
  /** Names of the streams and storages directly under the root. */
  readonly names: readonly string[]
  /** A stream directly under the root; names are compared without case. */
  readonly stream: (name: string) => Buffer | undefined
}

type Entry = {
  readonly name: string
  readonly kind: number
  readonly left: number
  readonly right: number
  readonly child: number
  readonly start: number
  readonly size: number
}

/** undefined when the directory cannot be followed. */
export function openCompound(bytes: Uint8Array): CompoundFile | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length < 512 || buffer.readUInt32LE(0) !== 0xe011cfd0) return undefined
  const shift = buffer.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return undefined
  const sectors = sectorsOf(buffer, 2 ** shift)
  const directory = readDirectory(sectors.chain(buffer.readUInt32LE(48)))
  const root = directory[0]
  if (root?.kind !== 5) return undefined
  const entries = childrenOf(root, directory)
  const cutoff = buffer.readUInt32LE(56)
  return {
    names: entries.map(({ name }) => name),
    stream: (name) => {
      const entry = entries.find((one) => one.kind === 2 && one.name.toLowerCase() === name.toLowerCase())
      if (!entry) return undefined
      const data = entry.size < cutoff ? miniStream(entry, root, sectors, buffer) : sectors.chain(entry.start)
      return data.subarray(0, Math.min(entry.size, data.length))
    },
  }
}

/** Names directly under the root storage; undefined when the directory cannot be followed. */
export const rootStreamNames = (bytes: Uint8Array): readonly string[] | undefined =>
  openCompound(bytes)?.names

type Sectors = {
  /** The sectors of a chain, joined. */
  readonly chain: (first: number) => Buffer
}

function sectorsOf(buffer: Buffer, size: number): Sectors {
  const fat = fatOf(buffer, size)
  const next = (sector: number): number => {
    const table = fat[Math.floor(sector / (size / 4))]
    const at = table === undefined || table >= FREE ? -1 : (table + 1) * size + (sector % (size / 4)) * 4
    return at >= 0 && at + 4 <= buffer.length ? buffer.readUInt32LE(at) : NO_STREAM
  }
  return {
    chain: (first) =>
      Buffer.concat(
        follow(first, next, (sector) => buffer.subarray((sector + 1) * size, (sector + 2) * size)),
      ),
  }
}

/** A chain ends where it would come back to itself. */
function follow(first: number, next: (sector: number) => number, read: (sector: number) => Buffer): Buffer[] {
  const parts: Buffer[] = []
  const seen = new Set<number>()
  for (let sector = first; sector < FREE && !seen.has(sector); sector = next(sector)) {
    seen.add(sector)
    const part = read(sector)
    if (part.length === 0) break
    parts.push(part)
  }
  return parts
}

/** FAT sectors: 109 in the header, further ones in a chain of DIFAT sectors (2.5). */
function fatOf(buffer: Buffer, size: number): number[] {
  const fat: number[] = []
  for (let at = 76; at < 512; at += 4) fat.push(buffer.readUInt32LE(at))
  const seen = new Set<number>()
  for (let sector = buffer.readUInt32LE(68); sector < FREE && !seen.has(sector); ) {
    seen.add(sector)
    const start = (sector + 1) * size
    if (start + size > buffer.length) break
    for (let at = start; at < start + size - 4; at += 4) fat.push(buffer.readUInt32LE(at))
    sector = buffer.readUInt32LE(start + size - 4)
  }
  return fat
}

function readDirectory(data: Buffer): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at + ENTRY_SIZE <= data.length && entries.length < MAX_ENTRIES; at += ENTRY_SIZE) {
    const nameBytes = Math.min(64, Math.max(2, data.readUInt16LE(at + 64)))
    entries.push({
      name: data.toString('utf16le', at, at + nameBytes - 2),
      kind: data[at + 66]!,
      left: data.readInt32LE(at + 68),
      right: data.readInt32LE(at + 72),
      child: data.readInt32LE(at + 76),
      start: data.readUInt32LE(at + 116),
      size: data.readUInt32LE(at + 120),
    })
  }
  return entries
}

/** The children of a storage hang in a tree of siblings (2.6.4). */
function childrenOf(storage: Entry, directory: readonly Entry[]): Entry[] {
  const out: Entry[] = []
  const seen = new Set<number>()
  const stack = [storage.child]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const entry = directory[at]
    if (!entry || seen.has(at)) continue
    seen.add(at)
    out.push(entry)
    stack.push(entry.left, entry.right)
  }
  return out
}

/** Small streams lie in 64-byte sectors inside the root's own stream (2.4). */
function miniStream(entry: Entry, root: Entry, sectors: Sectors, buffer: Buffer): Buffer {
  const store = sectors.chain(root.start)
  const table = sectors.chain(buffer.readUInt32LE(60))
  const next = (sector: number): number =>
    sector * 4 + 4 <= table.length ? table.readUInt32LE(sector * 4) : NO_STREAM
  const read = (sector: number): Buffer => store.subarray(sector * MINI_SECTOR, (sector + 1) * MINI_SECTOR)
  return Buffer.concat(follow(entry.start, next, read))
}
