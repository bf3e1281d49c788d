/**
 * A zip archive as it is made, one member after the other, in bounded memory (APPNOTE 6.3.10). Sizes follow their member in
 * a data descriptor; an archive over 4 GB or of more than 65,535 members ends with the records of zip64.
 */
import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export type Member = { readonly name: string; readonly content: AsyncIterable<Uint8Array> }

const FLAGS = 0x808 // sizes come later, names are UTF-8
const DEFLATE = 8
/** 1 January 1980, the first day that zip can tell. */
const DOS_DATE = 0x21
const VERSION = 45
const MAX_32 = 0xffff_ffff
const MAX_16 = 0xffff

type Written = { readonly path: Buffer; readonly crc: number; packed: number; size: number; at: number }

export async function* archive(members: AsyncIterable<Member>): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let at = 0
  for await (const { name, content } of members) {
    const start = at
    const path = Buffer.from(name)
    const count = { crc: 0, size: 0 }
    const head = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common({ path }), path])
    yield head
    let packed = 0
    for await (const chunk of deflated(content, count)) {
      packed += chunk.byteLength
      yield chunk
    }
    // A member is far below 4 GB: uploads are bounded.
    const after = Buffer.alloc(16)
    after.write('PK\x07\x08', 'latin1')
    after.writeUInt32LE(count.crc, 4)
    after.writeUInt32LE(packed, 8)
    after.writeUInt32LE(count.size, 12)
    yield after
    written.push({ path, packed, at: start, ...count })
    at += head.length + packed + after.length
  }
  yield* directory(written, at)
}

function deflated(content: AsyncIterable<Uint8Array>, count: { crc: number; size: number }): Readable {
  async function* counted() {
    for await (const chunk of content) {
      count.crc = crc32(chunk, count.crc)
      count.size += chunk.byteLength
      yield chunk
    }
  }
  const deflate = createDeflateRaw({ level: 1 })
  pipeline(Readable.from(counted()), deflate, () => {})
  return deflate
}

/** What the header in front of a member and its entry in the directory have in common. */
function common({ path, crc = 0, packed = 0, size = 0 }: Partial<Written> & { path: Buffer }, extra = 0) {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(VERSION, 0)
  fields.writeUInt16LE(FLAGS, 2)
  fields.writeUInt16LE(DEFLATE, 4)
  fields.writeUInt16LE(DOS_DATE, 8)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(packed, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(path.length, 22)
  fields.writeUInt16LE(extra, 24)
  return fields
}

function* directory(written: readonly Written[], start: number): Generator<Uint8Array> {
  let length = 0
  for (const member of written) {
    const isFar = member.at > MAX_32
    const extra = Buffer.alloc(isFar ? 12 : 0)
    if (isFar) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(8, 2)
      extra.writeBigUInt64LE(BigInt(member.at), 4)
    }
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(Math.min(member.at, MAX_32), 10)
    const version = Buffer.from([VERSION, 0])
    const entry = [
      Buffer.from('PK\x01\x02', 'latin1'),
      version,
      common(member, extra.length),
      tail,
      member.path,
      extra,
    ]
    const bytes = Buffer.concat(entry)
    length += bytes.length
    yield bytes
  }
  if (written.length > MAX_16 || start + length > MAX_32) yield far(written.length, { start, length })
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Math.min(written.length, MAX_16), 8)
  end.writeUInt16LE(Math.min(written.length, MAX_16), 10)
  end.writeUInt32LE(Math.min(length, MAX_32), 12)
  end.writeUInt32LE(Math.min(start, MAX_32), 16)
  yield end
}

/** The end record of zip64 and its locator (4.3.14, 4.3.15). */
function far(members: number, { start, length }: { start: number; length: number }): Buffer {
  const bytes = Buffer.alloc(76)
  bytes.write('PK\x06\x06', 'latin1')
  bytes.writeBigUInt64LE(44n, 4)
  bytes.writeUInt16LE(VERSION, 12)
  bytes.writeUInt16LE(VERSION, 14)
  bytes.writeBigUInt64LE(BigInt(members), 24)
  bytes.writeBigUInt64LE(BigInt(members), 32)
  bytes.writeBigUInt64LE(BigInt(length), 40)
  bytes.writeBigUInt64LE(BigInt(start), 48)
  bytes.write('PK\x06\x07', 56, 'latin1')
  bytes.writeBigUInt64LE(BigInt(start + length), 64)
  bytes.writeUInt32LE(1, 72)
  return bytes
}
