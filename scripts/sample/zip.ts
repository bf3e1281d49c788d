/** Packs a zip again with one fixed date and names in order, so that the same parts give the same file. */
import { crc32, deflateRawSync } from 'node:zlib'
import { openZip } from '../../src/core/io/zip.ts'
import { defaultLimits } from '../../src/core/limits.ts'

/** MS-DOS date of 1980-01-01, the first a zip can hold (APPNOTE 4.4.6). */
const DATE = 0x21

export async function unpack(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const zip = await openZip(bytes, defaultLimits)
  const parts = new Map<string, Buffer>()
  for (const name of zip.names) parts.set(name, Buffer.from((await zip.read(name))!))
  return parts
}

/** `edit` may rewrite XML parts on the way. */
export async function repack(
  bytes: Uint8Array,
  edit: (name: string, text: string) => string,
): Promise<Buffer> {
  const parts = [...(await unpack(bytes))].map(([name, data]): [string, Buffer] =>
    /\.(xml|rels)$/.test(name) ? [name, Buffer.from(edit(name, data.toString('utf8')))] : [name, data],
  )
  // Readers look for the content types first (ECMA-376-2, 10.2.3 names no order; Word writes them first).
  const order = ([name]: [string, Buffer]) => (name === '[Content_Types].xml' ? 0 : 1)
  parts.sort((one, other) => order(one) - order(other) || (one[0] < other[0] ? -1 : 1))
  return pack(parts)
}

function pack(parts: readonly [string, Buffer][]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, data] of parts) {
    const packed = deflateRawSync(data, { level: 9 })
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0) // version needed
    common.writeUInt16LE(8, 4) // deflate
    common.writeUInt16LE(DATE, 8)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(title.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    locals.push(Buffer.from('PK\x03\x04'), common, title, packed)
    central.push(Buffer.from('PK\x01\x02\x14\x00'), common, tail, title)
    offset += 30 + title.length + packed.length
  }
  const size = central.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...central, end])
}
