import { randomFillSync } from 'node:crypto'

let last = 0
let sequence = 0

/** UUIDv7 (RFC 9562 §5.7): milliseconds first, then a 12-bit sequence, so ids of one process sort as they were made. */
export function newId(now = Date.now()): string {
  const bytes = randomFillSync(Buffer.alloc(16))
  sequence = now > last ? bytes.readUInt16BE(6) & 0x7ff : sequence + 1
  // A full sequence borrows the next millisecond; so does a clock that went back.
  last = Math.max(now, last) + (sequence > 0xfff ? 1 : 0)
  sequence &= 0xfff
  bytes.writeUIntBE(last, 0, 6)
  bytes.writeUInt16BE(0x7000 | sequence, 6)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
