/** The S3 protocol, as far as a client of ours goes: objects, multipart uploads, lists, deletes, signed reads. */
import { createHash, randomUUID } from 'node:crypto'
import { type Asked, type Told, type Vendor, vendor } from './server.ts'

type Stored = { readonly content: Buffer; readonly type: string; readonly updated: Date }
export type S3 = Vendor & {
  readonly files: Map<string, Stored>
  /** Uploads that were begun and neither completed nor aborted. */
  readonly uploads: Map<string, Map<number, Buffer>>
  later(ms: number): void
}

const PAGE = 2
const xml = (body: string, status = 200): Told => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
})
const failed = (status: number, code: string): Told =>
  xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`, status)
const etag = (content: Buffer): string => `"${createHash('md5').update(content).digest('hex')}"`

export async function s3Vendor(bucket: string): Promise<S3> {
  const files: S3['files'] = new Map()
  const uploads: S3['uploads'] = new Map()
  let shift = 0
  const now = () => Date.now() + shift

  const put = (key: string, content: Buffer, type = 'application/octet-stream'): void => {
    files.set(key, { content, type, updated: new Date(now()) })
  }
  const multipart = (key: string, { method, url, body }: Asked): Told | undefined => {
    if (method === 'POST' && url.searchParams.has('uploads')) {
      const id = randomUUID()
      uploads.set(id, new Map())
      return xml(
        `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      )
    }
    const id = url.searchParams.get('uploadId')
    if (!id) return undefined
    const parts = uploads.get(id)
    if (!parts) return failed(404, 'NoSuchUpload')
    if (method === 'PUT') {
      parts.set(Number(url.searchParams.get('partNumber')), body)
      return { headers: { etag: etag(body) } }
    }
    uploads.delete(id)
    if (method === 'DELETE') return { status: 204 }
    const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map(([, number]) => Number(number))
    put(key, Buffer.concat(numbers.map((number) => parts.get(number)!)))
    return xml(
      `<CompleteMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><ETag>"x-1"</ETag></CompleteMultipartUploadResult>`,
    )
  }
  const list = ({ url }: Asked): Told => {
    const prefix = url.searchParams.get('prefix') ?? ''
    const found = [...files.keys()].filter((key) => key.startsWith(prefix)).sort()
    const from = Number(url.searchParams.get('continuation-token') ?? 0)
    const isMore = from + PAGE < found.length
    const contents = found.slice(from, from + PAGE).map((key) => {
      const { content, updated } = files.get(key)!
      return `<Contents><Key>${key}</Key><Size>${content.length}</Size><LastModified>${updated.toISOString()}</LastModified></Contents>`
    })
    const next = isMore ? `<NextContinuationToken>${from + PAGE}</NextContinuationToken>` : ''
    return xml(
      `<ListBucketResult><IsTruncated>${isMore}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    )
  }
  const removeAll = ({ body }: Asked): Told => {
    for (const [, key] of body.toString().matchAll(/<Key>([^<]+)</g)) files.delete(key!)
    return xml('<DeleteResult></DeleteResult>')
  }
  const object = (key: string, asked: Asked): Told => {
    const { method, url, headers, body } = asked
    if (method === 'PUT') {
      put(key, body, headers['content-type'])
      return { headers: { etag: etag(body) } }
    }
    const file = files.get(key)
    if (!file) return method === 'HEAD' ? { status: 404 } : failed(404, 'NoSuchKey')
    const signedAt = url.searchParams.get('X-Amz-Date')
    if (signedAt && now() > expiryOf(signedAt, Number(url.searchParams.get('X-Amz-Expires'))))
      return failed(403, 'AccessDenied')
    return read(file, asked)
  }

  const server = await vendor((asked) => {
    const { method, url, headers } = asked
    const key = decodeURIComponent(url.pathname).slice(bucket.length + 2)
    if (!headers.authorization && !url.searchParams.has('X-Amz-Signature')) return failed(403, 'AccessDenied')
    if (!url.pathname.startsWith(`/${bucket}`)) return failed(404, 'NoSuchBucket')
    if (key === '') return method === 'POST' ? removeAll(asked) : list(asked)
    return multipart(key, asked) ?? object(key, asked)
  })
  return {
    ...server,
    files,
    uploads,
    later: (ms) => {
      shift += ms
    },
  }
}

function expiryOf(signedAt: string, seconds: number): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(
    signedAt,
  )!
  return Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!) + seconds * 1000
}

function read({ content, type, updated }: Stored, { method, url, headers: asked }: Asked): Told {
  const headers: Record<string, string> = {
    'content-type': url.searchParams.get('response-content-type') ?? type,
    'last-modified': updated.toUTCString(),
    etag: etag(content),
  }
  const disposition = url.searchParams.get('response-content-disposition')
  if (disposition) headers['content-disposition'] = disposition
  if (method === 'HEAD') return { headers: { ...headers, 'content-length': String(content.length) } }
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(asked.range ?? '') ?? []
  if (start === undefined) return { headers, body: content }
  const part = content.subarray(Number(start), Number(end) + 1)
  return {
    status: 206,
    body: part,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${content.length}` },
  }
}
