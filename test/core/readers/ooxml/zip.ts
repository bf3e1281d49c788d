/** A zip writer for tests: deflated members, and on request the kinds of damage that real files have. */
import { crc32, deflateRawSync } from 'node:zlib'

export type Member = {
  readonly name: string
  readonly data: string | Uint8Array
  readonly stored?: boolean
  readonly crc?: number
  readonly size?: number
}

const bytesOf = (data: string | Uint8Array): Buffer =>
  typeof data === 'string' ? Buffer.from(data) : Buffer.from(data)

/** `PK\x03\x04` headers with data, the directory, the end record (APPNOTE.TXT 4.3). */
export function zip(members: readonly Member[]): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, data, stored = false, crc, size } of members) {
    const raw = bytesOf(data)
    const packed = stored ? raw : deflateRawSync(raw)
    const path = Buffer.from(name)
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(0x800, 2)
    about.writeUInt16LE(stored ? 0 : 8, 4)
    about.writeUInt32LE(crc ?? crc32(raw), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(size ?? raw.length, 18)
    about.writeUInt16LE(path.length, 22)
    const central = Buffer.alloc(46)
    central.write('PK\x01\x02\x14\x00', 'latin1')
    about.copy(central, 6, 0, 24)
    central.writeUInt32LE(at, 42)
    local.push(Buffer.from('PK\x03\x04', 'latin1'), about, path, packed)
    directory.push(central, path)
    at += 30 + path.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, central, end])
}
