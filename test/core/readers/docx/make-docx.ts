/** Small Word packages, written by hand as the standard describes them. */
import { type ConvertOptions, convert, type Doc, readDoc } from '../../../../src/core/index.ts'
import { type Member, zip } from '../ooxml/zip.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const namespaces = `xmlns:w="${W}" xmlns:r="${OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`

export type Parts = {
  readonly body: string
  /** Inside of `w:styles`. */
  readonly styles?: string
  /** Inside of `w:numbering`. */
  readonly numbering?: string
  readonly settings?: string
  readonly footnotes?: string
  readonly endnotes?: string
  readonly comments?: string
  /** Further relationships of the text: id → [type, target, external?]. */
  readonly links?: Readonly<Record<string, readonly [type: string, target: string, external?: true]>>
  readonly members?: readonly Member[]
}

const wrapped = ['styles', 'numbering', 'settings', 'footnotes', 'endnotes', 'comments'] as const

export function docxMembers(parts: Parts): Member[] {
  const inner = wrapped.filter((name) => parts[name] !== undefined)
  const links = [
    ...inner.map((name) => relationship(`part-${name}`, name, `${name}.xml`)),
    ...Object.entries(parts.links ?? {}).map(([id, [type, target, external]]) =>
      relationship(id, type, target, external),
    ),
  ]
  return [
    {
      name: '[Content_Types].xml',
      data: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      data: relationships([relationship('rId1', 'officeDocument', 'word/document.xml')]),
    },
    {
      name: 'word/document.xml',
      data: `<w:document ${namespaces}><w:body>${parts.body}</w:body></w:document>`,
    },
    ...inner.map((name) => ({
      name: `word/${name}.xml`,
      data: `<w:${name} ${namespaces}>${parts[name]}</w:${name}>`,
    })),
    { name: 'word/_rels/document.xml.rels', data: relationships(links) },
    ...(parts.members ?? []),
  ]
}

export const relationships = (links: readonly string[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}</Relationships>`
export const relationship = (id: string, type: string, target: string, external?: boolean): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`

export const makeDocx = (parts: Parts | string): Buffer =>
  zip(docxMembers(typeof parts === 'string' ? { body: parts } : parts))

/** A paragraph of one run; `properties` is the inside of `w:pPr`. */
export const p = (text: string, properties = ''): string =>
  `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ''}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
/** A run; `properties` is the inside of `w:rPr`. */
export const r = (text: string, properties = ''): string =>
  `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`
export const numbered = (text: string, level = 0, numId = 1): string =>
  p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`)
export const tc = (content: string, properties = ''): string =>
  `<w:tc>${properties ? `<w:tcPr>${properties}</w:tcPr>` : ''}${content}</w:tc>`
export const tr = (...cells: string[]): string => `<w:tr>${cells.join('')}</w:tr>`
export const tbl = (...rows: string[]): string => `<w:tbl>${rows.join('')}</w:tbl>`

export type LevelSpec = {
  readonly text: string
  readonly format?: string
  readonly start?: number
  readonly more?: string
}
/** `w:abstractNum` with the given levels, and one instance of it for each id. */
export const abstractNum = (id: number, levels: readonly LevelSpec[]): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels
    .map(
      ({ text, format = 'decimal', start = 1, more = '' }, index) =>
        `<w:lvl w:ilvl="${index}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`,
    )
    .join('')}</w:abstractNum>`
export const num = (numId: number, abstractId: number, inner = ''): string =>
  `<w:num w:numId="${numId}"><w:abstractNumId w:val="${abstractId}"/>${inner}</w:num>`

export const headingStyles = [1, 2, 3]
  .map(
    (level) =>
      `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:pPr><w:outlineLvl w:val="${level - 1}"/></w:pPr></w:style>`,
  )
  .join('')

export const read = async (parts: Parts | string, options: ConvertOptions = {}): Promise<Doc> =>
  (await readDoc(makeDocx(parts), { name: 'test.docx', ...options })).doc

export const markdown = async (parts: Parts | string, options: ConvertOptions = {}): Promise<string> =>
  (await convert(makeDocx(parts), { name: 'test.docx', ...options })).output
