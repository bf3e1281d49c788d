/** A compound file writer for tests ([MS-CFB], version 3): every stream in whole sectors, no mini stream. */

const SIZE = 512
const END = 0xfffffffe
const FAT = 0xfffffffd

/** Streams under the root. Each is padded to 4,096 bytes, the least that lies in sectors of its own. */
export function compound(streams: Readonly<Record<string, Uint8Array>>): Buffer {
  const entries = Object.entries(streams).map(([name, data]) => {
    const length = Math.max(4096, Math.ceil(data.length / SIZE) * SIZE)
    return { name, data: Buffer.concat([data, Buffer.alloc(length - data.length)]) }
  })
  const directorySectors = Math.ceil((entries.length + 1) / 4)
  const dataSectors = entries.reduce((sum, { data }) => sum + data.length / SIZE, 0)
  const fatSectors = Math.ceil((directorySectors + dataSectors + 8) / (SIZE / 4))
  const fat = Buffer.alloc(fatSectors * SIZE, 0xff)
  let next = 0
  const chain = (count: number, mark?: number): number => {
    const first = next
    for (let at = 0; at < count; at++, next++)
      fat.writeUInt32LE(mark ?? (at === count - 1 ? END : next + 1), next * 4)
    return first
  }
  chain(fatSectors, FAT)
  const directoryStart = chain(directorySectors)
  const directory = Buffer.alloc(directorySectors * SIZE)
  const write = (
    index: number,
    name: string,
    kind: number,
    start: number,
    size: number,
    links: readonly number[],
  ) => {
    const at = index * 128
    directory.write(name, at, 'utf16le')
    directory.writeUInt16LE((name.length + 1) * 2, at + 64)
    directory[at + 66] = kind
    directory[at + 67] = 1
    links.forEach((link, place) => {
      directory.writeInt32LE(link, at + 68 + place * 4)
    })
    directory.writeUInt32LE(start, at + 116)
    directory.writeUInt32LE(size, at + 120)
  }
  write(0, 'Root Entry', 5, END, 0, [-1, -1, entries.length > 0 ? 1 : -1])
  entries.forEach(({ name, data }, index) => {
    write(index + 1, name, 2, chain(data.length / SIZE), data.length, [
      -1,
      index + 2 <= entries.length ? index + 2 : -1,
      -1,
    ])
  })
  const header = Buffer.alloc(SIZE)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  header.writeUInt16LE(0x3e, 24)
  header.writeUInt16LE(3, 26)
  header.writeUInt16LE(0xfffe, 28)
  header.writeUInt16LE(9, 30)
  header.writeUInt16LE(6, 32)
  header.writeUInt32LE(fatSectors, 44)
  header.writeUInt32LE(directoryStart, 48)
  header.writeUInt32LE(4096, 56)
  header.writeUInt32LE(END, 60)
  header.writeUInt32LE(END, 68)
  header.fill(0xff, 76, SIZE)
  for (let at = 0; at < fatSectors; at++) header.writeUInt32LE(at, 76 + at * 4)
  return Buffer.concat([header, fat, directory, ...entries.map(({ data }) => data)])
}
