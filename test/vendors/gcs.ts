/** Google Cloud Storage's JSON API, as far as a client of ours goes: media, multipart and resumable uploads, signed reads. */
import { createHash, randomUUID } from 'node:crypto'
import { type Asked, type Told, type Vendor, vendor } from './server.ts'

type Stored = { readonly content: Buffer; readonly type: string; readonly updated: Date }
export type Gcs = Vendor & {
  readonly files: Map<string, Stored>
  /** Uploads that were begun and not ended. */
  readonly sessions: Map<string, { key: string; parts: Buffer[] }>
  /** Moves the vendor's clock. */
  later(ms: number): void
}

export async function gcsVendor(bucket: string): Promise<Gcs> {
  const files: Gcs['files'] = new Map()
  const sessions: Gcs['sessions'] = new Map()
  let shift = 0
  const now = () => Date.now() + shift

  const put = (key: string, content: Buffer, type: string): Told => {
    files.set(key, { content, type, updated: new Date(now()) })
    return { body: metadata(bucket, key, files.get(key)!) }
  }
  const upload = (asked: Asked, base: string): Told => {
    const session = asked.url.searchParams.get('session')
    if (session) return resume(session, asked)
    if (asked.url.searchParams.get('uploadType') === 'multipart') {
      const [about, content] = partsOf(asked)
      const { name } = JSON.parse(about!.toString())
      return put(name ?? asked.url.searchParams.get('name'), content!, 'application/octet-stream')
    }
    const id = randomUUID()
    sessions.set(id, { key: asked.url.searchParams.get('name')!, parts: [] })
    return { headers: { location: `${base}/upload/storage/v1/b/${bucket}/o?session=${id}` } }
  }
  const resume = (id: string, { headers, body, method }: Asked): Told => {
    const session = sessions.get(id)
    if (!session) return { status: 404 }
    if (method === 'DELETE') return { status: sessions.delete(id) ? 499 : 404 }
    const [, start, total] = /bytes (?:(\d+)-\d*|\*)\/(\d+|\*)/.exec(headers['content-range'] ?? '') ?? []
    const have = () => session.parts.reduce((sum, part) => sum + part.length, 0)
    if (start !== undefined && Number(start) === have()) session.parts.push(body)
    if (total !== '*' && have() === Number(total)) {
      sessions.delete(id)
      return put(session.key, Buffer.concat(session.parts), 'application/octet-stream')
    }
    return { status: 308, headers: have() > 0 ? { range: `bytes=0-${have() - 1}` } : {} }
  }
  const list = ({ url }: Asked): Told => {
    const prefix = url.searchParams.get('prefix') ?? ''
    const found = [...files.keys()].filter((key) => key.startsWith(prefix)).sort()
    const from = Number(url.searchParams.get('pageToken') ?? 0)
    const page = found.slice(from, from + 2)
    const next = from + 2 < found.length ? { nextPageToken: String(from + 2) } : {}
    return { body: { items: page.map((key) => metadata(bucket, key, files.get(key)!)), ...next } }
  }
  const object = (key: string, { method, url, headers }: Asked): Told => {
    const file = files.get(key)
    if (!file) return { status: 404, body: { error: { code: 404, message: 'No such object' } } }
    if (method === 'DELETE') return { status: files.delete(key) ? 204 : 404 }
    if (url.searchParams.get('alt') !== 'media') return { body: metadata(bucket, key, file) }
    return media(file, headers.range)
  }
  const signed = (key: string, { url }: Asked): Told => {
    const [, year, month, day, hour, minute, second] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get('X-Goog-Date') ?? '') ?? []
    const since = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!)
    const until = since + Number(url.searchParams.get('X-Goog-Expires')) * 1000
    const file = files.get(key)
    if (!file || !url.searchParams.get('X-Goog-Signature') || now() > until) return { status: 403 }
    const disposition = url.searchParams.get('response-content-disposition') ?? ''
    const type = url.searchParams.get('response-content-type') ?? file.type
    return { body: file.content, headers: { 'content-disposition': disposition, 'content-type': type } }
  }

  const server: Vendor = await vendor((asked) => {
    const { pathname } = asked.url
    const objects = `/storage/v1/b/${bucket}/o`
    if (pathname === `/upload${objects}`) return upload(asked, server.url)
    if (pathname === objects) return list(asked)
    if (pathname.startsWith(`${objects}/`))
      return object(decodeURIComponent(pathname.slice(objects.length + 1)), asked)
    if (pathname.startsWith(`/${bucket}/`)) return signed(pathname.slice(bucket.length + 2), asked)
    return { status: 404, body: { error: { code: 404, message: 'The specified bucket does not exist.' } } }
  })
  return {
    ...server,
    files,
    sessions,
    later: (ms) => {
      shift += ms
    },
  }
}

const md5 = (content: Buffer): string => createHash('md5').update(content).digest('base64')

const metadata = (bucket: string, name: string, { content, type, updated }: Stored) => ({
  kind: 'storage#object',
  id: `${bucket}/${name}/1`,
  bucket,
  name,
  contentType: type,
  size: String(content.length),
  md5Hash: md5(content),
  updated: updated.toISOString(),
  generation: '1',
})

function media({ content, type }: Stored, range: string | undefined): Told {
  const headers = { 'content-type': type, 'x-goog-stored-content-encoding': 'identity' }
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  if (start === undefined)
    return { body: content, headers: { ...headers, 'x-goog-hash': `md5=${md5(content)}` } }
  const part = content.subarray(Number(start), Number(end) + 1)
  return {
    status: 206,
    body: part,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${content.length}` },
  }
}

/** The bodies of `multipart/related`. */
function partsOf({ headers, body }: Asked): Buffer[] {
  const boundary = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '')![1]!
  const text = body.toString('latin1')
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, ''), 'latin1'))
}
