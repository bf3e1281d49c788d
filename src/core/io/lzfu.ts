/** Rich Text Format as Outlook packs it ([MS-OXRTFCP]): LZ77 over a ring of 4 KB that starts with usual words of RTF. */

const START =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx'
const RING = 4096
const HEADER = 16
const COMPRESSED = 0x75465a4c // "LZFu"
const PLAIN = 0x414c454d // "MELA"

/** The RTF, cut at `limit` bytes; undefined when it is no packed RTF. */
export function unpackRtf(packed: Uint8Array, limit: number): Uint8Array | undefined {
  if (packed.byteLength < HEADER) return undefined
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const end = Math.min(packed.byteLength, view.getUint32(0, true) + 4)
  const kind = view.getUint32(8, true)
  const size = Math.min(view.getUint32(4, true), limit)
  if (kind === PLAIN) return packed.subarray(HEADER, Math.min(end, HEADER + size))
  return kind === COMPRESSED ? inflate(packed.subarray(HEADER, end), size) : undefined
}

function inflate(packed: Uint8Array, size: number): Uint8Array {
  const ring = new Uint8Array(RING)
  ring.set(Buffer.from(START, 'latin1'))
  let write = START.length
  // The size that the file states is a claim: no more room is taken than the packed bytes can fill.
  const out = new Uint8Array(Math.min(size, packed.byteLength * MOST_PER_BYTE))
  let length = 0
  const put = (byte: number) => {
    ring[write] = byte
    write = (write + 1) % RING
    if (length < out.byteLength) out[length++] = byte
  }
  let at = 0
  while (at < packed.byteLength && length < out.byteLength) {
    const control = packed[at++]!
    for (let bit = 0; bit < 8 && at < packed.byteLength; bit++) {
      if (((control >> bit) & 1) === 0) {
        put(packed[at++]!)
        continue
      }
      const token = (packed[at]! << 8) | (packed[at + 1] ?? 0)
      at += 2
      const from = token >> 4
      // A reference to where the next byte goes ends the stream.
      if (from === write) return out.subarray(0, length)
      for (let step = 0; step < (token & 15) + 2; step++) put(ring[(from + step) % RING]!)
    }
  }
  return out.subarray(0, length)
}

/** Two bytes stand for seventeen at most. */
const MOST_PER_BYTE = 9
