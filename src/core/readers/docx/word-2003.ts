/**
 * Word 2003 XML (Microsoft's "WordprocessingML 2003 reference"): nearly the words of a .docx, in one file. It is
 * written anew as the parts of a package, so that one reader knows them all.
 */
import { decodeText } from '../../io/text.ts'
import { attribute, child, descendants, elements, parseXml, type Xml, xmlText } from '../../io/xml.ts'
import type { Limits } from '../../limits.ts'
import type { Members } from '../ooxml/flat.ts'
import { numberFormats } from '../paragraphs/counting.ts'

export const isWord2003 = (bytes: Uint8Array): boolean =>
  bytes[0] !== 0x50 &&
  decodeText(bytes.subarray(0, 8192)).includes('http://schemas.microsoft.com/office/word/2003/wordml')

type Writing = {
  readonly members: Map<string, string | Uint8Array>
  /** Relationships of the text, as XML. */
  readonly links: string[]
  readonly notes: { readonly [K in 'footnote' | 'endnote' | 'comment']: string[] }
  /** Names of pictures in the file → ids of their relationships. */
  readonly pictures: Map<string, string>
}

export function word2003Members(bytes: Uint8Array, limits: Pick<Limits, 'xmlDepth' | 'xmlNodes'>): Members {
  const root = parseXml(bytes, limits)
  const writing: Writing = {
    members: new Map(),
    links: [],
    notes: { footnote: [], endnote: [], comment: [] },
    pictures: new Map(),
  }
  const { members, links, notes } = writing
  keepPictures(root, writing)
  members.set(
    'word/document.xml',
    `<w:document><w:body>${inside(child(root, 'body'), writing)}</w:body></w:document>`,
  )
  addPart('styles', tag('w:styles', {}, inside(child(root, 'styles'), writing)), writing)
  addPart('numbering', `<w:numbering>${numbering(child(root, 'lists'), writing)}</w:numbering>`, writing)
  for (const kind of ['footnote', 'endnote', 'comment'] as const)
    if (notes[kind].length > 0)
      addPart(`${kind}s`, `<w:${kind}s>${notes[kind].join('')}</w:${kind}s>`, writing)
  members.set('word/_rels/document.xml.rels', relationships(links))
  members.set('docProps/core.xml', properties(child(root, 'DocumentProperties')))
  members.set(
    '_rels/.rels',
    relationships([
      relationship('r1', 'officeDocument', 'word/document.xml'),
      relationship('r2', 'core-properties', 'docProps/core.xml'),
    ]),
  )
  return {
    names: [...members.keys()],
    read: async (name) => {
      const data = members.get(name)
      return typeof data === 'string' ? Buffer.from(data) : data
    },
  }
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function tag(name: string, attributes: Readonly<Record<string, string>>, content: string): string {
  const stated = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return `<${name}${stated.join('')}>${content}</${name}>`
}

const relationships = (links: readonly string[]): string => `<Relationships>${links.join('')}</Relationships>`
const relationship = (id: string, type: string, target: string, mode?: 'External'): string =>
  tag('Relationship', { Id: id, Type: type, Target: target, ...(mode ? { TargetMode: mode } : {}) }, '')

function link(type: string, target: string, { links }: Writing, mode?: 'External'): string {
  const id = `r${links.length + 1}`
  links.push(relationship(id, type, target, mode))
  return id
}

function addPart(type: string, xml: string, writing: Writing, name = type): string {
  writing.members.set(`word/${name}.xml`, xml)
  return link(type, `${name}.xml`, writing)
}

const inside = (element: Xml | undefined, writing: Writing): string =>
  (element?.children ?? [])
    .map((node) => (typeof node === 'string' ? escaped(node) : written(node, writing)))
    .join('')

/** Elements of the user's own schemas, of sections and of annotations only hold the text. */
function written(element: Xml, writing: Writing): string {
  const prefix = element.name.slice(0, Math.max(0, element.name.indexOf(':')))
  if (prefix === 'aml') return annotation(element, writing)
  if (prefix === 'w') return (words[element.local] ?? asIs)(element, writing)
  if (prefix === 'v' || prefix === 'o') return asIs(element, writing)
  return inside(element, writing)
}

type Writer = (element: Xml, writing: Writing) => string

const asIs: Writer = (element, writing) => tag(element.name, element.attributes, inside(element, writing))
const renamed =
  (name: string): Writer =>
  (element, writing) =>
    tag(name, element.attributes, inside(element, writing))
const nothing: Writer = () => ''

const note =
  (kind: 'footnote' | 'endnote'): Writer =>
  (element, writing) => {
    const content = inside(element, writing)
    const id = String(writing.notes[kind].length + 1)
    writing.notes[kind].push(tag(`w:${kind}`, { 'w:id': id }, content))
    return tag(`w:${kind}Reference`, { 'w:id': id }, '')
  }

const furniture =
  (type: 'header' | 'footer'): Writer =>
  (element, writing) => {
    const part = type === 'header' ? 'hdr' : 'ftr'
    const name = `${type}${writing.links.length + 1}`
    const id = addPart(type, `<w:${part}>${inside(element, writing)}</w:${part}>`, writing, name)
    const of = attribute(element, 'type')
    return tag(`w:${type}Reference`, { 'w:type': of === 'odd' || !of ? 'default' : of, 'r:id': id }, '')
  }

/** What has another name than in a .docx. */
const words: Readonly<Record<string, Writer>> = {
  t: (element, writing) => tag('w:t', { 'xml:space': 'preserve' }, inside(element, writing)),
  delText: (element, writing) => tag('w:delText', { 'xml:space': 'preserve' }, inside(element, writing)),
  // How a section begins: "next-page".
  type: (element) => {
    const value = attribute(element, 'val') ?? ''
    return tag(
      'w:type',
      { 'w:val': value.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) },
      '',
    )
  },
  listPr: renamed('w:numPr'),
  ilfo: renamed('w:numId'),
  vmerge: renamed('w:vMerge'),
  hmerge: renamed('w:hMerge'),
  hlink: (element, writing) => {
    const target = attribute(element, 'dest')
    const place = attribute(element, 'bookmark')
    return tag(
      'w:hyperlink',
      {
        ...(target ? { 'r:id': link('hyperlink', target, writing, 'External') } : {}),
        ...(place ? { 'w:anchor': place } : {}),
      },
      inside(element, writing),
    )
  },
  binData: nothing,
  docSuppData: nothing,
  footnote: note('footnote'),
  endnote: note('endnote'),
  hdr: furniture('header'),
  ftr: furniture('footer'),
  pict: (element, writing) =>
    tag(
      'w:pict',
      {},
      elements(element)
        .map((one) => drawn(one, writing))
        .join(''),
    ),
}

/** A drawing names its picture by an address inside the file. */
function drawn(element: Xml, writing: Writing): string {
  if (element.local === 'binData') return ''
  if (element.local === 'txbxContent') return asIs(element, writing)
  const id = element.local === 'imagedata' && writing.pictures.get(attribute(element, 'src') ?? '')
  return tag(
    element.name,
    id ? { ...element.attributes, 'r:id': id } : element.attributes,
    elements(element)
      .map((one) => drawn(one, writing))
      .join(''),
  )
}

/** Changes, bookmarks and comments are annotations, told apart by a type. */
function annotation(element: Xml, writing: Writing): string {
  const type = attribute(element, 'type')
  const content = child(element, 'content') ?? element
  const name = attribute(element, 'name')
  if (type === 'Word.Insertion') return tag('w:ins', {}, inside(content, writing))
  if (type === 'Word.Deletion') return tag('w:del', {}, inside(content, writing))
  if (type === 'Word.Bookmark.Start' && name) return tag('w:bookmarkStart', { 'w:name': name }, '')
  if (type === 'Word.Comment') return comment(element, content, writing)
  // What a formatting or a numbering was before.
  if (type !== undefined) return ''
  return inside(content, writing)
}

function comment(element: Xml, content: Xml, writing: Writing): string {
  const { comment: comments } = writing.notes
  const id = String(comments.length + 1)
  const about = { 'w:author': attribute(element, 'author'), 'w:date': attribute(element, 'createdate') }
  const stated = Object.entries(about).filter((entry): entry is [string, string] => entry[1] !== undefined)
  comments.push(tag('w:comment', { 'w:id': id, ...Object.fromEntries(stated) }, inside(content, writing)))
  return tag('w:commentReference', { 'w:id': id }, '')
}

function keepPictures(root: Xml, writing: Writing): void {
  for (const data of descendants(root, 'binData')) {
    const name = attribute(data, 'name')
    const extension = /\.(png|jpe?g|gif|bmp|tiff?|[ew]mf)$/i.exec(name ?? '')?.[1]
    if (!name || !extension || writing.pictures.has(name)) continue
    const part = `media/image${writing.pictures.size + 1}.${extension.toLowerCase()}`
    writing.members.set(`word/${part}`, Buffer.from(xmlText(data), 'base64'))
    writing.pictures.set(name, link('image', part, writing))
  }
}

/** Two codes are no way of counting. */
const formats: Readonly<Record<string, string>> = { ...numberFormats, 23: 'bullet', 255: 'none' }

function numbering(lists: Xml | undefined, writing: Writing): string {
  const definitions = elements(lists, 'listDef').map((one) =>
    tag('w:abstractNum', { 'w:abstractNumId': attribute(one, 'listDefId') ?? '' }, levels(one, writing)),
  )
  const instances = elements(lists, 'list').map((one) =>
    tag(
      'w:num',
      { 'w:numId': attribute(one, 'ilfo') ?? '' },
      tag('w:abstractNumId', { 'w:val': attribute(child(one, 'ilst'), 'val') ?? '' }, '') +
        elements(one, 'lvlOverride')
          .map((over) =>
            tag('w:lvlOverride', over.attributes, startOf(over, writing) + levels(over, writing)),
          )
          .join(''),
    ),
  )
  return [...definitions, ...instances].join('')
}

const startOf = (over: Xml, writing: Writing): string =>
  elements(over, 'startOverride')
    .map((one) => asIs(one, writing))
    .join('')

const levels = (parent: Xml, writing: Writing): string =>
  elements(parent, 'lvl')
    .map((level) => {
      const code = attribute(child(level, 'nfc'), 'val') ?? '0'
      const suffix = attribute(child(level, 'suff'), 'val')?.toLowerCase()
      const others = elements(level).filter(({ local }) => local !== 'nfc' && local !== 'suff')
      return tag(
        'w:lvl',
        level.attributes,
        tag('w:numFmt', { 'w:val': formats[code] ?? 'decimal' }, '') +
          (suffix ? tag('w:suff', { 'w:val': suffix }, '') : '') +
          others.map((one) => written(one, writing)).join(''),
      )
    })
    .join('')

/** Names of the properties as a package has them. */
const propertyNames: Readonly<Record<string, string>> = {
  Title: 'dc:title',
  Subject: 'dc:subject',
  Author: 'dc:creator',
  Keywords: 'cp:keywords',
  Created: 'dcterms:created',
  LastSaved: 'dcterms:modified',
}

const properties = (source: Xml | undefined): string =>
  `<cp:coreProperties>${elements(source)
    .map((one) => {
      const name = propertyNames[one.local]
      return name ? tag(name, {}, escaped(xmlText(one))) : ''
    })
    .join('')}</cp:coreProperties>`
