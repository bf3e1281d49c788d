/** Bytes to characters, for text formats that do not say how they are encoded. */
import iconv from 'iconv-lite'
import type { Report } from '../report.ts'

const boms: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { encoding: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
]

/**
 * Decodes text: byte order mark, then the declared encoding, then valid UTF-8, then UTF-16 by its zero bytes,
 * then Windows-1252 with a warning. Line ends become `\n`.
 */
export function decodeText(bytes: Uint8Array, report?: Report, declared?: string): string {
  const { text, guessed } = decode(bytes, declared)
  if (guessed)
    report?.warn('encoding-guessed', `The file does not say how its text is encoded; read as ${guessed}.`)
  return text.replace(/\r\n?/g, '\n')
}

function decode(bytes: Uint8Array, declared?: string): { text: string; guessed?: string } {
  const bom = boms.find((row) => row.bytes.every((byte, index) => bytes[index] === byte))
  if (bom) return { text: iconv.decode(bytes.subarray(bom.bytes.length), bom.encoding) }
  if (declared && iconv.encodingExists(declared)) return { text: iconv.decode(bytes, declared) }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const wide = utf16Order(bytes)
    if (wide) return { text: iconv.decode(bytes, wide), guessed: wide }
    return { text: iconv.decode(bytes, 'windows-1252'), guessed: 'windows-1252' }
  }
}

/** Latin text in UTF-16 has a zero in nearly every second byte. */
function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, 4096)
  let even = 0
  let odd = 0
  for (let index = 0; index < sample.length; index++)
    if (sample[index] === 0) index % 2 === 0 ? even++ : odd++
  const pairs = sample.length / 2
  if (odd > pairs * 0.4 && even < pairs * 0.1) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.1) return 'utf-16be'
  return undefined
}
