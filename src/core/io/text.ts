/** Bytes to characters, for text formats that do not say how they are encoded. */
import chardet from 'chardet'
import iconv from 'iconv-lite'
import type { Report } from '../report.ts'

const boms: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { encoding: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
]

/** Labels that in practice mean the Windows superset (WHATWG Encoding, 4.2). */
const supersets: Readonly<Record<string, string>> = {
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'ks_c_5601-1987': 'cp949',
  'euc-kr': 'cp949',
}

/**
 * Decodes text: byte order mark, then the declared encoding, then valid UTF-8, then UTF-16 by its zero bytes,
 * then a guess by the statistics of letters, with a warning. Line ends become `\n`.
 */
export function decodeText(bytes: Uint8Array, report?: Report, declared?: string): string {
  const { text, guessed } = decode(bytes, declared)
  if (guessed)
    report?.warn('encoding-guessed', `The file does not say how its text is encoded; read as ${guessed}.`)
  return text.replace(/\r\n?/g, '\n')
}

/** Decodes bytes of a known encoding; undefined when the encoding is unknown. */
export function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  const name = encodingName(encoding)
  return iconv.encodingExists(name) ? iconv.decode(bytes, name, { stripBOM: false }) : undefined
}

const encodingName = (label: string): string => {
  const name = label.trim().toLowerCase()
  return supersets[name] ?? name
}

function decode(bytes: Uint8Array, declared?: string): { text: string; guessed?: string } {
  const bom = boms.find((row) => row.bytes.every((byte, index) => bytes[index] === byte))
  if (bom) return { text: iconv.decode(bytes.subarray(bom.bytes.length), bom.encoding) }
  const wide = utf16Order(bytes)
  if (wide) return { text: iconv.decode(bytes, wide), ...(declared ? {} : { guessed: wide }) }
  // Text whose declaration could be read byte by byte is not UTF-16, whatever it declares (HTML 13.2.3.2).
  const named = declared && !/^utf-?(16|32)/i.test(declared.trim()) ? decodeAs(bytes, declared) : undefined
  if (named !== undefined && !/^utf-?8$/i.test(declared!.trim())) return { text: named }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return decodeDamaged(bytes)
  }
}

/** Not valid UTF-8: a few broken bytes in UTF-8, or a legacy encoding. */
function decodeDamaged(bytes: Uint8Array): { text: string; guessed: string } {
  const text = new TextDecoder('utf-8').decode(bytes)
  const broken = text.match(/\uFFFD/g)?.length ?? 0
  const foreign = text.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0
  if (foreign > broken * 4) return { text, guessed: 'utf-8' }
  const guessed = guessEncoding(bytes)
  return { text: decodeAs(bytes, guessed) ?? iconv.decode(bytes, 'windows-1252'), guessed }
}

const SAMPLE = 2 ** 16
/** Below this the statistics of letters mean little (0 to 100). */
const SURE = 20

/** Most files without a mark are Western; another alphabet must show itself clearly. */
function guessEncoding(bytes: Uint8Array): string {
  const start = Math.max(0, bytes.findIndex((byte) => byte >= 0x80) - SAMPLE / 4)
  const sample = bytes.subarray(start, start + SAMPLE)
  const matches = chardet
    .analyse(sample)
    .filter(({ name }) => !/^utf|^ascii|^ISO-2022/i.test(name) && iconv.encodingExists(encodingName(name)))
  const best = matches[0]
  if (!best || best.confidence < SURE) return 'windows-1252'
  return encodingName(best.name)
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
