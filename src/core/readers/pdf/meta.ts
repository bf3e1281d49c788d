import type { Meta } from '../../doc/model.ts'
import { type Pdfium, readString, withBytes } from './pdfium.ts'

/** Entries of the document information dictionary (PDF 32000-1, 14.3.3) and the catalog's language. */
const entries = {
  title: 'Title',
  author: 'Author',
  subject: 'Subject',
  keywords: 'Keywords',
  created: 'CreationDate',
  modified: 'ModDate',
  generator: 'Producer',
} as const satisfies Partial<Record<keyof Meta, string>>

export function readMeta(pdfium: Pdfium, document: number): { [K in keyof Meta]: Meta[K] } {
  const { call } = pdfium
  const meta: Record<string, string> = {}
  for (const [key, tag] of Object.entries(entries)) {
    const value = withBytes(pdfium, new TextEncoder().encode(tag), (name) =>
      readString(pdfium, (buffer, size) => call.FPDF_GetMetaText(document, name, buffer, size)),
    ).trim()
    if (value !== '') meta[key] = key === 'created' || key === 'modified' ? date(value) : value
  }
  const language = readString(pdfium, (buffer, size) => call.FPDFCatalog_GetLanguage(document, buffer, size))
  if (/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(language)) meta.language = language
  return meta
}

/** `D:20240131120000-05'00'` as RFC 3339 (PDF 32000-1, 7.9.4); anything else stays as it is. */
function date(value: string): string {
  const found = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d'?(?:\d\d)?'?)?/.exec(value)
  if (!found) return value
  const [, year, month = '01', day = '01', hour, minute = '00', second = '00', zone] = found
  if (!hour) return `${year}-${month}-${day}`
  const offset = zone?.startsWith('Z')
    ? 'Z'
    : (zone?.replace(/^([+-]\d\d)'?(\d\d)?'?$/, (_, h, m) => `${h}:${m ?? '00'}`) ?? '')
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`
}
