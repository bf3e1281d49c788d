/** What a file is, by its content. The name only decides between text formats that look alike. */
import { inflateRawSync } from 'node:zlib'
import { MdraftError } from './errors.ts'
import { rootStreamNames } from './io/cfb.ts'
import type { Input } from './reader.ts'
import { type Format, readers } from './readers/index.ts'
import type { Report } from './report.ts'

type Signature = { readonly format: Format; readonly at: number; readonly bytes: string }

/** First match wins. Bytes as Latin-1. */
const signatures: readonly Signature[] = [
  { format: 'rtf', at: 0, bytes: '{\\rtf' },
  { format: 'image', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { format: 'image', at: 0, bytes: '\xff\xd8\xff' },
  { format: 'image', at: 0, bytes: 'II*\0' },
  { format: 'image', at: 0, bytes: 'MM\0*' },
  { format: 'image', at: 8, bytes: 'WEBP' },
  { format: 'image', at: 0, bytes: 'GIF8' },
  // Excel 2 to 4 wrote bare BIFF records, without a compound file (MS-XLS 2.4.21).
  { format: 'xls', at: 0, bytes: '\x09\x00\x04\x00' },
  { format: 'xls', at: 0, bytes: '\x09\x02\x06\x00' },
  { format: 'xls', at: 0, bytes: '\x09\x04\x06\x00' },
]

const office: readonly Format[] = ['docx', 'pptx', 'xlsx']

/** A member of an Office package or its media type tells which one. First match wins. */
const zipMembers: readonly { readonly format: Format; readonly name: RegExp }[] = [
  { format: 'docx', name: /^word\/document\d*\.xml$/i },
  { format: 'pptx', name: /^ppt\/presentation\.xml$/i },
  { format: 'xlsx', name: /^xl\/workbook\.(xml|bin)$/i },
  { format: 'epub', name: /^META-INF\/container\.xml$/ },
  // The main part may have any name; its folder is the usual one all the same.
  { format: 'docx', name: /^word\/(styles|settings|fontTable)\.xml$/i },
  { format: 'pptx', name: /^ppt\/slides\//i },
]
const zipMimes: Readonly<Record<string, Format>> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.text-template': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.spreadsheet-template': 'ods',
  'application/vnd.oasis.opendocument.text-master': 'odt',
  'application/vnd.oasis.opendocument.text-web': 'odt',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.oasis.opendocument.presentation-template': 'odp',
  'application/epub+zip': 'epub',
}
/** Streams of the compound file format (MS-CFB) that name its owner, in lower case. First match wins. */
const compoundStreams: readonly { readonly format: Format; readonly stream: string }[] = [
  { format: 'doc', stream: 'worddocument' },
  { format: 'xls', stream: 'workbook' },
  { format: 'xls', stream: 'book' },
  { format: 'ppt', stream: 'powerpoint document' },
  { format: 'msg', stream: '__properties_version1.0' },
]
/** XML whose root or namespace says more than that it is XML. */
const xmlDialects: readonly { readonly format: Format; readonly pattern: RegExp }[] = [
  { format: 'html', pattern: /<html[\s>]/i },
  { format: 'docx', pattern: /schemas\.microsoft\.com\/office\/word\/2003\/wordml/ },
  {
    format: 'docx',
    pattern: /schemas\.microsoft\.com\/office\/2006\/xmlPackage[\s\S]*\bword\/document\d*\.xml/,
  },
  {
    format: 'pptx',
    pattern: /schemas\.microsoft\.com\/office\/2006\/xmlPackage[\s\S]*\bppt\/presentation\.xml/,
  },
  { format: 'xls', pattern: /urn:schemas-microsoft-com:office:spreadsheet/ },
  { format: 'odt', pattern: /office:mimetype="application\/vnd\.oasis\.opendocument\.text/ },
  { format: 'odp', pattern: /office:mimetype="application\/vnd\.oasis\.opendocument\.presentation/ },
  { format: 'ods', pattern: /office:mimetype="application\/vnd\.oasis\.opendocument\.spreadsheet/ },
]

/** @throws MdraftError `unsupported_format`, or `password_required` for an encrypted Office package */
export function sniff(input: Input, report?: Report): Format {
  const extension = extensionOf(input.name)
  const named = extension ? formatOfExtension(extension) : undefined
  const format = byContent(input, named)
  if (format === 'txt' && named && signed.includes(named))
    throw new MdraftError(
      'malformed',
      `The name ends in .${extension}, but the content is no ${readers[named].title} file.`,
      { fix: 'Copy or upload it again; if it is plain text, name it .txt.' },
    )
  if (named && named !== format && !areAlike(named, format))
    report?.warn(
      'format-mismatch',
      `The name ends in .${extension}, but the content is ${readers[format].title}.`,
    )
  return format
}

/** Formats that always begin with a signature of theirs: what has none is cut off or something else. */
const signed: readonly Format[] = ['pdf', 'image', 'zip', 'docx', 'pptx', 'xlsx', 'odt', 'odp', 'ods', 'epub']

function byContent({ bytes, name }: Input, named: Format | undefined): Format {
  const head = latin1(bytes.subarray(0, 1024))
  if (head.includes('%PDF-')) return 'pdf'
  for (const { format, at, bytes: expected } of signatures) if (head.startsWith(expected, at)) return format
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return zipFormat(bytes, named)
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return compoundFormat(bytes)
  if (isBinary(bytes)) throw unknownContent()
  return textFormat(bytes, name)
}

const unknownContent = () =>
  new MdraftError('unsupported_format', 'The content is of no kind that mdraft reads.', {
    fix: `Convert it to one of: ${Object.keys(readers).join(', ')}.`,
  })

/** Names are read from the central directory, or from local headers when that is cut off. */
function zipFormat(bytes: Uint8Array, named: Format | undefined): Format {
  const names = zipNames(bytes, 'PK\x01\x02', 28, 46)
  const found = names.length > 0 ? names : zipNames(bytes, 'PK\x03\x04', 26, 30)
  for (const { format, name } of zipMembers)
    if (found.some((member) => name.test(member))) return zipMime(bytes) ?? format
  // An Office package that has lost its text: its reader says so better than a list of what is left.
  const isOffice = found.includes('[Content_Types].xml') && named !== undefined && office.includes(named)
  return zipMime(bytes) ?? (isOffice ? named : 'zip')
}

function zipNames(bytes: Uint8Array, signature: string, lengthAt: number, nameAt: number): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const names: string[] = []
  const mark = Buffer.from(signature, 'latin1')
  for (let at = buffer.indexOf(mark); at >= 0 && names.length < 10_000; at = buffer.indexOf(mark, at + 4)) {
    if (at + nameAt > buffer.length) break
    const length = buffer.readUInt16LE(at + lengthAt)
    names.push(
      buffer
        .toString('utf8', at + nameAt, at + nameAt + length)
        .replaceAll('\\', '/')
        .replace(/^\//, ''),
    )
  }
  return names
}

/** ODF and EPUB have a member `mimetype`, first and stored (ODF 1.3 part 2, 3.3); some tools pack it or move it. */
function zipMime(bytes: Uint8Array): Format | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const name = buffer.indexOf('mimetype', 'latin1')
  const header = name - 30
  if (header < 0 || buffer.readUInt32LE(header) !== 0x04034b50) return undefined
  const start = name + buffer.readUInt16LE(header + 26) + buffer.readUInt16LE(header + 28)
  const packed = buffer.subarray(start, start + (buffer.readUInt32LE(header + 18) || 100))
  const isDeflated = buffer.readUInt16LE(header + 8) === 8
  try {
    const mime = isDeflated ? inflateRawSync(packed, { maxOutputLength: 200 }) : packed
    return zipMimes[/^[\w.+/-]*/.exec(mime.toString('latin1').trim())?.[0] ?? '']
  } catch {
    return undefined
  }
}

function compoundFormat(bytes: Uint8Array): Format {
  const names = rootStreamNames(bytes)?.map((name) => name.toLowerCase()) ?? []
  for (const { format, stream } of compoundStreams) if (names.includes(stream)) return format
  // A damaged directory: look for the names anywhere.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const has = (stream: string) => buffer.includes(Buffer.from(stream, 'utf16le'))
  if (names.includes('encryptedpackage') || has('EncryptedPackage'))
    throw new MdraftError('password_required', 'The Office file is encrypted with a password.', {
      fix: 'Open it in Office, remove the password (File, Info, Protect), save, and retry.',
    })
  if (has('WordDocument')) return 'doc'
  if (has('Workbook')) return 'xls'
  if (has('PowerPoint Document')) return 'ppt'
  throw new MdraftError('unsupported_format', 'The compound file is of no kind that mdraft reads.', {
    fix: 'Save it as .docx, .xlsx, .pptx or .eml.',
  })
}

/** Text has no zero bytes (outside UTF-16 and UTF-32, which start with a mark or alternate) and few controls. */
function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 8192)
  if (/^(\xff\xfe|\xfe\xff)/.test(latin1(sample.subarray(0, 2)))) return false
  let zeros = 0
  let controls = 0
  for (const byte of sample) {
    if (byte === 0) zeros++
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls++
  }
  const isWide = zeros > sample.length * 0.3 && zeros < sample.length * 0.6 && controls === 0
  return !isWide && (zeros > 0 || controls > sample.length * 0.05)
}

function textFormat(bytes: Uint8Array, name: string | undefined): Format {
  const head = textHead(bytes)
  const named = formatOfExtension(extensionOf(name) ?? '')
  if (head.startsWith('{\\rtf')) return 'rtf'
  if (/^[{[]/.test(head) && startsAsJson(head, bytes.byteLength > HEAD))
    return /"nbformat"\s*:/.test(head) || named === 'ipynb' ? 'ipynb' : 'json'
  if (/^<(!doctype html|html|head|body)[\s>]/i.test(head)) return 'html'
  if (/^<\?xml/.test(head) || /^<(office:document|Workbook|w:wordDocument|pkg:package)\s/.test(head))
    return xmlDialects.find(({ pattern }) => pattern.test(head))?.format ?? 'xml'
  if (isWebArchive(head)) return 'mht'
  if (/^BEGIN:VCALENDAR\s/i.test(head)) return 'ics'
  if (isMail(head)) return 'eml'
  if (named && plain.includes(named)) return named
  if (/^<[a-z!][^>]*>/i.test(head)) return 'html'
  // A few bytes are text of any encoding and of none; a name that says something else decides.
  if (bytes.byteLength < 4 && named === undefined && extensionOf(name) !== undefined) throw unknownContent()
  return 'txt'
}

const HEAD = 2 ** 16

/** The first characters, without a mark and leading white space; UTF-16 is told by its mark or its zero bytes. */
function textHead(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, HEAD))
  const isWide = head[1] === 0 || (head[0] === 0xff && head[1] === 0xfe)
  const isWideSwapped = head[0] === 0 || (head[0] === 0xfe && head[1] === 0xff)
  const even = head.subarray(0, head.length - (head.length % 2))
  const text = isWide
    ? even.toString('utf16le')
    : isWideSwapped
      ? Buffer.from(even).swap16().toString('utf16le')
      : head.toString('utf8')
  return text.replace(/^\uFEFF/, '').trimStart()
}

const jsonToken =
  /\s*(?:([{[])|([}\]])|(,)|(:)|("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y

/** Tokens of JSON in an order that JSON allows, as far as the head goes; "[1] Smith" is not. */
function startsAsJson(head: string, isCut: boolean): boolean {
  let mayValue = true
  let at = 0
  for (let tokens = 0; tokens < 5000; tokens++) {
    jsonToken.lastIndex = at
    const match = jsonToken.exec(head)
    if (!match) {
      const rest = head.slice(at).trim()
      return rest === '' || (isCut && (tokens > 100 || rest.startsWith('"')))
    }
    const isOpenOrValue = match[1] !== undefined || match[5] !== undefined
    // One value a line is JSON lines; two values side by side are prose.
    if (isOpenOrValue && !mayValue && !/^[ \t\r]*\n/.test(head.slice(at, at + 200))) return false
    mayValue = match[1] !== undefined || match[3] !== undefined || match[4] !== undefined
    at = jsonToken.lastIndex
  }
  return true
}

const mailHeaders: readonly string[] = [
  'from',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'received',
  'reply-to',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'return-path',
  'delivered-to',
  'x-mailer',
]

const headersOf = (head: string): string => head.split(/\r?\n\r?\n/, 1)[0]!

/** A browser says that it saved the page; Office writes parts that belong together and no sender. */
function isWebArchive(head: string): boolean {
  const top = headersOf(head)
  if (/^Snapshot-Content-Location:|^From: *"?<?Saved by /im.test(top)) return isHeader.test(top)
  return /^Content-Type:\s*multipart\/related\b/im.test(top) && isHeader.test(top) && !/^From:/im.test(top)
}

const isHeader = /^[A-Za-z][\w-]*:/

/** Headers of RFC 5322 at the top, at least three that mail has. */
function isMail(head: string): boolean {
  const top = headersOf(head).replace(/^From .*\r?\n/, '')
  if (!isHeader.test(top)) return false
  const names = [...top.matchAll(/^([A-Za-z][\w-]*):/gm)].map((match) => match[1]!.toLowerCase())
  return names.filter((name) => mailHeaders.includes(name)).length >= 3
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

const extensionOf = (name: string | undefined): string | undefined =>
  /\.([a-z0-9]{1,8})$/i.exec(name ?? '')?.[1]?.toLowerCase()

const formatOfExtension = (extension: string): Format | undefined =>
  (Object.keys(readers) as Format[]).find((format) => readers[format].extensions.includes(extension))

/** Text formats have no signature: a .md that looks like plain text is no mismatch. */
const plain: readonly Format[] = ['txt', 'md', 'csv', 'html', 'xml', 'json', 'eml', 'mht', 'ics', 'ipynb']
const areAlike = (named: Format, found: Format): boolean =>
  (plain.includes(named) && plain.includes(found)) ||
  (named === 'xml' && xmlDialects.some(({ format }) => format === found))
