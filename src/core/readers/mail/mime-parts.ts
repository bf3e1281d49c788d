/** The parts of a MIME message as they are addressed in it (RFC 2045, 2046, 2557). */
import { MdraftError } from '../../errors.ts'
import type { Limits } from '../../limits.ts'

export type MimePart = {
  /** In lower case, without parameters. */
  readonly mime: string
  readonly charset: string | undefined
  /** URL that other parts name this one by. */
  readonly location: string | undefined
  /** Without its brackets. */
  readonly contentId: string | undefined
  readonly bytes: () => Uint8Array
}

type Headers = ReadonlyMap<string, string>

/** Multiparts inside one another; web archives need two. */
const DEEPEST = 8

/** The leaves in the order of the file, the headers of the whole, and the part that the whole is about. */
export function readMimeParts(
  bytes: Uint8Array,
  { zipEntries: most }: Pick<Limits, 'zipEntries'>,
): { readonly headers: Headers; readonly parts: readonly MimePart[] } {
  const parts: MimePart[] = []
  const walk = (source: Buffer, depth: number): Headers => {
    const { headers, body } = cut(source)
    const type = headers.get('content-type') ?? 'text/plain'
    const boundary = /^\s*multipart\//i.test(type) ? parameter(type, 'boundary') : undefined
    if (boundary === undefined || depth >= DEEPEST) parts.push(partOf(headers, body))
    else
      for (const inner of split(body, boundary)) {
        if (parts.length >= most) throw new MdraftError('bomb', `The archive has more than ${most} parts.`)
        walk(inner, depth + 1)
      }
    return headers
  }
  const headers = walk(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0)
  return { headers, parts }
}

/** Headers end at the first empty line; a line that begins with white space goes on with the one before. */
function cut(source: Buffer): { headers: Headers; body: Buffer } {
  const head = /^(?:[ \t]*\r?\n)*([\s\S]*?\r?\n)\r?\n/.exec(source.toString('latin1', 0, 2 ** 16))
  const headers = new Map<string, string>()
  for (const line of (head?.[1] ?? '').replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  return { headers, body: source.subarray(head?.[0].length ?? 0) }
}

/** What stands between the delimiters; a file that is cut off ends its last part. */
function* split(body: Buffer, boundary: string): Generator<Buffer> {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1')
  let start: number | undefined
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue
    if (start !== undefined) yield body.subarray(start, withoutLineEnd(body, at))
    const after = at + delimiter.length
    if (body.toString('latin1', after, after + 2) === '--') return
    start = body.indexOf('\n', after) + 1
    if (start === 0) return
  }
  if (start !== undefined) yield body.subarray(start)
}

/** The line end before a delimiter belongs to the delimiter (RFC 2046, 5.1.1). */
const withoutLineEnd = (body: Buffer, at: number): number =>
  body[at - 2] === 0x0d ? at - 2 : Math.max(0, at - 1)

const parameter = (header: string, name: string): string | undefined => {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(header)
  return match?.[1] ?? match?.[2]
}

function partOf(headers: Headers, body: Buffer): MimePart {
  const type = headers.get('content-type') ?? 'text/plain'
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase()
  return {
    mime: /^\s*([\w.+/-]+)/.exec(type)?.[1]?.toLowerCase() ?? '',
    charset: parameter(type, 'charset'),
    location: headers.get('content-location')?.replace(/\s+/g, ''),
    contentId: headers.get('content-id')?.replace(/^<|>$/g, ''),
    bytes: () => decoded(body, encoding),
  }
}

function decoded(body: Buffer, encoding: string | undefined): Uint8Array {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return body
  const text = body
    .toString('latin1')
    .replace(/[ \t]+(?=\r?\n)/g, '')
    .replace(/=\r?\n/g, '')
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  )
}
