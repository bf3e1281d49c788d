/** `winmail.dat`: the body and attachments of a message that Outlook sealed for its own kind ([MS-OXTNEF]). */
import { decodeAs } from '../../io/text.ts'
import { encodingOfCodePage } from '../rtf/fonts.ts'
import type { Attachment } from './mail.ts'

export type Sealed = {
  readonly html: string | undefined
  readonly text: string | undefined
  readonly packedRtf: Uint8Array | undefined
  readonly attachments: readonly Attachment[]
}

const SIGNATURE = 0x223e9f78

/** Attributes that are read, by id ([MS-OXTNEF] 2.1.3.2). */
const ids = {
  body: 0x2800c,
  codePage: 0x69007,
  messageProperties: 0x69003,
  attachmentStart: 0x69002,
  attachmentTitle: 0x18010,
  attachmentData: 0x6800f,
  attachmentProperties: 0x69005,
} as const
/** Properties that are read ([MS-OXPROPS]). */
const tags = {
  body: 0x1000,
  packedRtf: 0x1009,
  html: 0x1013,
  data: 0x3701,
  longName: 0x3707,
  mime: 0x370e,
  contentId: 0x3712,
} as const

export const isTnef = ({ name, mime }: Pick<Attachment, 'name' | 'mime'>): boolean =>
  /ms-tnef/i.test(mime) || /^winmail\.dat$/i.test(name)

type Open = { name: string; mime: string; bytes: Uint8Array; contentId: string | undefined }

/** Undefined when the bytes are no such file; a damaged one is read as far as it goes. */
export function readTnef(bytes: Uint8Array): Sealed | undefined {
  const view = viewOf(bytes)
  if (bytes.byteLength < 6 || view.getUint32(0, true) !== SIGNATURE) return undefined
  let encoding = 'windows-1252'
  let properties = new Map<number, Uint8Array>()
  let text: string | undefined
  const attachments: Open[] = []
  for (const [id, data] of attributesOf(bytes)) {
    const last = attachments.at(-1)
    if (id === ids.codePage && data.byteLength >= 4)
      encoding = encodingOfCodePage(viewOf(data).getUint32(0, true))
    else if (id === ids.body) text = narrow(data, encoding)
    else if (id === ids.messageProperties) properties = propertiesOf(data)
    else if (id === ids.attachmentStart)
      attachments.push({ name: '', mime: '', bytes: new Uint8Array(), contentId: undefined })
    else if (last && id === ids.attachmentTitle) last.name ||= narrow(data, encoding)
    else if (last && id === ids.attachmentData) last.bytes = data
    else if (last && id === ids.attachmentProperties) describe(last, propertiesOf(data), encoding)
  }
  const html = properties.get(tags.html)
  return {
    html: html && narrow(html, encoding),
    text: text ?? said(properties.get(tags.body), encoding),
    packedRtf: properties.get(tags.packedRtf),
    attachments: attachments.map((one, index) => ({ ...one, name: one.name || `part ${index + 1}` })),
  }
}

function describe(open: Open, properties: ReadonlyMap<number, Uint8Array>, encoding: string): void {
  open.name = said(properties.get(tags.longName), encoding) || open.name
  open.mime = said(properties.get(tags.mime), encoding) ?? open.mime
  open.contentId = said(properties.get(tags.contentId), encoding) ?? open.contentId
  const data = properties.get(tags.data)
  // A message inside: 16 bytes that name its interface, then a file of this kind.
  if (open.bytes.byteLength === 0 && data) {
    const isMessage = data.byteLength > 20 && viewOf(data).getUint32(16, true) === SIGNATURE
    open.bytes = isMessage ? data.subarray(16) : data
    if (isMessage) open.mime = 'application/ms-tnef'
  }
}

/** Level, id, length, data, checksum (2.1.3.1). */
function* attributesOf(bytes: Uint8Array): Generator<[id: number, data: Uint8Array]> {
  const view = viewOf(bytes)
  let at = 6
  while (at + 9 <= bytes.byteLength) {
    const length = view.getUint32(at + 5, true)
    yield [view.getUint32(at + 1, true), bytes.subarray(at + 9, at + 9 + length)]
    at += 9 + length + 2
  }
}

/** Sizes of values of fixed length by type, each padded to four bytes (2.1.3.4). */
const fixed: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
}
const STRINGS_AND_BYTES: ReadonlySet<number> = new Set([0x0d, 0x1e, 0x1f, 0x102])
const MULTIPLE = 0x1000

function propertiesOf(data: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>()
  const view = viewOf(data)
  let at = 0
  const next = (): number => {
    const value = at + 4 <= data.byteLength ? view.getUint32(at, true) : 0
    at += 4
    return value
  }
  const bytes = (): Uint8Array => {
    const length = next()
    const value = data.subarray(at, at + length)
    at += length + (-length & 3)
    return value
  }
  const count = next()
  for (let index = 0; index < count && at + 4 <= data.byteLength; index++) {
    const tag = next()
    const type = tag & 0xffff
    const id = tag >>> 16
    if (id >= 0x8000) {
      at += 16
      if (next() === 0) at += 4
      else bytes()
    }
    const isLong = STRINGS_AND_BYTES.has(type & ~MULTIPLE)
    const values = isLong || (type & MULTIPLE) !== 0 ? next() : 1
    for (let value = 0; value < values && at < data.byteLength; value++) {
      if (!isLong) at += fixed[type & ~MULTIPLE] ?? 4
      else {
        const kept = bytes()
        // Wide strings are told from narrow ones by their type, which the caller need not know.
        if (value === 0) found.set(id, (type & ~MULTIPLE) === 0x1f ? Buffer.from(wide(kept), 'utf8') : kept)
      }
    }
  }
  return found
}

const wide = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf16le').replace(/\0+$/, '')

const narrow = (bytes: Uint8Array, encoding: string): string =>
  (decodeAs(bytes, encoding) ?? Buffer.from(bytes).toString('latin1')).replace(/\0+$/, '')

/** A string of either kind; wide ones have become UTF-8. */
function said(bytes: Uint8Array | undefined, encoding: string): string | undefined {
  if (!bytes) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\0+$/, '')
  } catch {
    return narrow(bytes, encoding)
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
