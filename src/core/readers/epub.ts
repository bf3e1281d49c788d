/** EPUB 2 and 3: the chapters in the order of the spine, as one document (EPUB 3.3). */
import { doc, paragraph, text } from '../doc/build.ts'
import type { Block, Meta } from '../doc/model.ts'
import { plainText } from '../doc/walk.ts'
import { MdraftError } from '../errors.ts'
import { decodeText } from '../io/text.ts'
import { attribute, child, elements, parseXml, type Xml, xmlText } from '../io/xml.ts'
import { openZip, type Zip } from '../io/zip.ts'
import type { FlowReader, ReadContext } from '../reader.ts'
import { type Links, picture, readPage } from './html/html.ts'
import { safeHref } from './ooxml/href.ts'

type Item = { readonly path: string; readonly mime: string; readonly isNav: boolean }
type Chapter = { readonly path: string; readonly text: string }

export const readEpub: FlowReader = async ({ bytes }, context) => {
  const zip = await openZip(bytes, context.limits, {
    onDamage: (why, name) =>
      context.report.warn('file-salvaged', why, name === undefined ? undefined : { path: name }),
  })
  const packagePath = await packagePathOf(zip, context)
  const opf = await readXml(zip, packagePath, context)
  if (!opf) throw damaged('its package file is missing')
  await refuseProtected(zip, context)
  const chapters = await readChapters(zip, spineOf(opf, packagePath), context)
  const book = crossReferences(chapters)
  const blocks: Block[] = []
  for (const chapter of chapters) {
    const pictures = await keepPictures(zip, chapter, opf, packagePath, context)
    blocks.push(...readChapter(chapter, book, pictures, context))
  }
  const meta = metaOf(opf)
  return doc('epub', [...unsaid(meta, blocks), ...blocks], { meta })
}

/** Title, authors and description that only the package states, where the pages do not print them. */
function unsaid({ title, author, subject }: Partial<Meta>, blocks: readonly Block[]): Block[] {
  const start = blocks.slice(0, FIRST_BLOCKS).map(plainText).join(' ').toLowerCase()
  const rows = [
    ['Title', title],
    ['Authors', author],
    ['Description', subject],
  ] as const
  return rows.flatMap(([name, value]) =>
    value === undefined || start.includes(value.toLowerCase())
      ? []
      : [paragraph([text(`${name}:`, ['bold']), text(` ${value}`)])],
  )
}

/** Where a book says what it is. */
const FIRST_BLOCKS = 40

const damaged = (why: string) =>
  new MdraftError('malformed', `The file is a damaged EPUB: ${why}.`, {
    fix: 'Open it in a reading program and export it again.',
  })

async function readXml(zip: Zip, path: string, { limits }: ReadContext): Promise<Xml | undefined> {
  const bytes = await zip.read(path)
  return bytes && parseXml(bytes, limits)
}

/** `META-INF/container.xml` names the package file (EPUB 3.3 OCF, 4.2.6.3.1). */
async function packagePathOf(zip: Zip, context: ReadContext): Promise<string> {
  const container = await readXml(zip, 'META-INF/container.xml', context)
  const root = elements(child(container, 'rootfiles'), 'rootfile')[0]
  const stated = resolvePath('', attribute(root, 'full-path') ?? '')
  if (stated && zip.has(stated)) return stated
  const found = zip.names.find((name) => name.endsWith('.opf'))
  if (!found) throw damaged('it names no package file')
  return found
}

/** Fonts may be scrambled without harm; scrambled chapters are a copy protection. */
async function refuseProtected(zip: Zip, context: ReadContext): Promise<void> {
  const encryption = await readXml(zip, 'META-INF/encryption.xml', context)
  const scrambled = elements(encryption, 'EncryptedData').map((data) =>
    attribute(child(child(data, 'CipherData'), 'CipherReference'), 'URI'),
  )
  if (scrambled.some((uri) => /\.x?html?$/i.test(uri ?? '')))
    throw new MdraftError('password_required', 'The book is copy-protected (DRM).', {
      fix: 'Get a copy without protection from the publisher.',
    })
}

/** A path inside the archive; undefined when it leads out of it. */
function resolvePath(from: string, href: string): string | undefined {
  const bare = decodePath(href.replace(/[?#].*$/s, ''))
  const steps = bare.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const step of bare.split('/')) {
    if (step === '..') {
      if (steps.length === 0) return undefined
      steps.pop()
    } else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function manifestOf(opf: Xml, packagePath: string): Map<string, Item> {
  const items = new Map<string, Item>()
  for (const part of elements(child(opf, 'manifest'), 'item')) {
    const path = resolvePath(packagePath, attribute(part, 'href') ?? '')
    const id = attribute(part, 'id')
    if (!path || id === undefined) continue
    const isNav = /\bnav\b/.test(attribute(part, 'properties') ?? '')
    items.set(id, { path, mime: attribute(part, 'media-type') ?? '', isNav })
  }
  return items
}

/** Paths of the chapters in reading order, each once; a table of contents made for reading programs is left out. */
function spineOf(opf: Xml, packagePath: string): readonly string[] {
  const manifest = manifestOf(opf, packagePath)
  const listed = elements(child(opf, 'spine'), 'itemref').map((ref) =>
    manifest.get(attribute(ref, 'idref') ?? ''),
  )
  const items = listed.length > 0 ? listed : [...manifest.values()]
  const paths = items
    .filter((part): part is Item => part !== undefined && !part.isNav && /html|xml|^$/.test(part.mime))
    .map(({ path }) => path)
  return [...new Set(paths)]
}

async function readChapters(zip: Zip, paths: readonly string[], context: ReadContext): Promise<Chapter[]> {
  const chapters: Chapter[] = []
  let chars = 0
  for (const [index, path] of paths.entries()) {
    context.progress({ stage: 'reading', page: index + 1, pages: paths.length })
    const bytes = await zip.read(path)
    if (!bytes) {
      context.report.warn('part-missing', `The book lists "${path}", which is not in the file.`, { path })
      continue
    }
    const source = decodeText(bytes, context.report, declared(bytes))
    chars += source.length
    if (chars > context.limits.outputChars || context.isLate()) {
      context.report.warn(
        'output-truncated',
        `${paths.length - index} chapters were not read: the limit of the output or the deadline was reached.`,
      )
      break
    }
    chapters.push({ path, text: source })
  }
  return chapters
}

const declared = (bytes: Uint8Array): string | undefined =>
  /encoding\s*=\s*["']([\w.-]+)/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1]

type Book = {
  /** `path#id` or `path` of everything that is linked to → the anchor's name. */
  readonly anchors: ReadonlyMap<string, string>
  /** `path#id` of notes that are called → the note's name. */
  readonly notes: ReadonlyMap<string, string>
}

/** What links in any chapter point to, found before the first is read. */
function crossReferences(chapters: readonly Chapter[]): Book {
  const anchors = new Map<string, string>()
  const calls = new Set<string>()
  for (const { path, text } of chapters)
    for (const [tag] of text.matchAll(/<a\s[^>]*>/gi)) {
      const href = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag)
      const target = href && canonical(path, href[1] ?? href[2] ?? '')
      if (!target) continue
      if (!anchors.has(target)) anchors.set(target, anchorName(target))
      if (/epub:type\s*=\s*["'][^"']*noteref|role\s*=\s*["']doc-noteref/i.test(tag)) calls.add(target)
    }
  const notes = new Map<string, string>()
  const held = new Set(chapters.flatMap(({ path, text }) => idsOf(text).map((id) => `${path}#${id}`)))
  for (const target of calls) if (held.has(target)) notes.set(target, String(notes.size + 1))
  return { anchors, notes }
}

const idsOf = (text: string): string[] =>
  [...text.matchAll(/\sid\s*=\s*["']([^"']+)["']/gi)].map((match) => match[1]!)

/** `path#id` of a link inside the book; undefined for links that leave it. */
function canonical(path: string, href: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href.trim())) return undefined
  const [file = '', id] = href.trim().split('#', 2)
  const target = file === '' ? path : resolvePath(path, file)
  return target && (id === undefined ? target : `${target}#${decodePath(id)}`)
}

const anchorName = (target: string): string =>
  target
    .replace(/^.*\//, '')
    .replace(/\.x?html?(?=#|$)/i, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')

function readChapter(
  { path, text }: Chapter,
  { anchors, notes }: Book,
  pictures: ReadonlyMap<string, string>,
  context: ReadContext,
): Block[] {
  const links: Links = {
    href: (value) => {
      const anchor = anchors.get(canonical(path, value) ?? '')
      return anchor === undefined ? safeHref(value) : `#${anchor}`
    },
    image: (src) => {
      const inside = resolvePath(path, src)
      return (
        pictures.get(inside ?? '') ??
        (inside && !/^[a-z]+:/i.test(src) ? inside : picture(src, undefined, context))
      )
    },
    frame: () => [],
    anchor: (id) => (notes.has(`${path}#${id}`) ? undefined : anchors.get(`${path}#${id}`)),
    noteCalled: (href) => notes.get(canonical(path, href) ?? ''),
    noteHeld: (id) => notes.get(`${path}#${id}`),
  }
  const whole = anchors.get(path)
  return readPage(text, context, links).blocks.map((block, index) => ({
    ...block,
    at: { path },
    ...(index === 0 && whole !== undefined ? { anchors: [whole, ...(block.anchors ?? [])] } : {}),
  }))
}

/** Pictures of a chapter that the book holds, under the names they were kept by. */
async function keepPictures(
  zip: Zip,
  { path, text }: Chapter,
  opf: Xml,
  packagePath: string,
  context: ReadContext,
): Promise<Map<string, string>> {
  const kept = new Map<string, string>()
  if (context.options.images === 'omit') return kept
  const mimes = new Map([...manifestOf(opf, packagePath).values()].map((part) => [part.path, part.mime]))
  for (const match of text.matchAll(/<(?:img|image)\s[^>]*?(?:src|href)\s*=\s*["']([^"']+)["']/gi)) {
    const inside = resolvePath(path, match[1]!)
    const bytes = inside && !kept.has(inside) ? await zip.read(inside) : undefined
    const name = bytes && context.keepImage({ bytes, mime: mimes.get(inside!) ?? 'image/png' })
    if (name) kept.set(inside!, name)
  }
  return kept
}

function metaOf(opf: Xml): Partial<Meta> {
  const metadata = child(opf, 'metadata')
  const values = (local: string) =>
    elements(metadata, local)
      .map((part) => xmlText(part).replace(/\s+/g, ' ').trim())
      .filter((value) => value !== '')
  const modified = elements(metadata, 'meta').find(
    (part) => attribute(part, 'property') === 'dcterms:modified',
  )
  const meta = {
    title: values('title')[0],
    author: values('creator').join(', ') || undefined,
    subject: values('description')[0],
    keywords: values('subject').join(', ') || undefined,
    language: values('language')[0],
    created: values('date')[0],
    modified: modified && xmlText(modified).trim(),
  }
  return Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== undefined))
}
