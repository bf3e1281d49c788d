/** XML: feeds as what they say (RSS 2.0, RSS 1.0, Atom), other XML as it is written. */
import { code, doc, heading, lineBreak, link, paragraph, text } from '../doc/build.ts'
import type { Block, Doc, Inline } from '../doc/model.ts'
import { rewriteBlocks } from '../doc/walk.ts'
import { MdraftError } from '../errors.ts'
import { decodeText } from '../io/text.ts'
import { attribute, child, elements, parseXml, type Xml, xmlText } from '../io/xml.ts'
import type { FlowReader, ReadContext } from '../reader.ts'
import { readPage } from './html/html.ts'
import { safeHref } from './ooxml/href.ts'

export const readXml: FlowReader = async ({ bytes }, context) => {
  const { limits, report } = context
  const declared = /encoding\s*=\s*["']([\w.-]+)/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))
  const source = decodeText(bytes, report, declared?.[1])
  const root = tryParse(source, context)
  const feed = root && feedDoc(root, context)
  if (feed) return feed
  const kept = source.slice(0, limits.outputChars)
  if (kept.length < source.length)
    report.warn('output-truncated', `Kept the first ${kept.length} of ${source.length} characters.`)
  return doc('xml', [code(kept, { language: 'xml' })])
}

/** What cannot be parsed, or declares entities, is still text. */
function tryParse(source: string, { limits, report }: ReadContext): Xml | undefined {
  try {
    return parseXml(source, limits)
  } catch (error) {
    if (!(error instanceof MdraftError)) throw error
    report.warn('written-differently', `The XML was kept as it is written: ${error.message}`)
    return undefined
  }
}

function feedDoc(root: Xml, context: ReadContext): Doc | undefined {
  const channel =
    root.local === 'rss' || root.local === 'RDF'
      ? child(root, 'channel')
      : root.local === 'feed'
        ? root
        : undefined
  if (!channel) return undefined
  const entries = [...elements(channel, 'item'), ...elements(root, 'item'), ...elements(channel, 'entry')]
  const title = plain(channel, 'title')
  const about = content(channel, ['description', 'subtitle'], context)
  const blocks = entries.flatMap((entry) => entryBlocks(entry, context))
  return doc('xml', [...(title ? [heading(1, title)] : []), ...about, ...blocks], {
    meta: { title: title || undefined, language: plain(channel, 'language') || undefined },
  })
}

function entryBlocks(entry: Xml, context: ReadContext): Block[] {
  const title = plain(entry, 'title') || 'Untitled'
  const lines: Inline[][] = []
  const dates =
    plain(entry, 'pubDate') || plain(entry, 'published') || plain(entry, 'updated') || plain(entry, 'date')
  const author = plain(entry, 'creator') || plain(child(entry, 'author'), 'name') || plain(entry, 'author')
  if (dates) lines.push([text('Published: '), text(dates)])
  if (author) lines.push([text('By: '), text(author)])
  const href = safeHref(plain(entry, 'link') || attribute(child(entry, 'link'), 'href') || '')
  if (href) lines.push([link(href, href)])
  const head = lines.flatMap((line, index) => (index > 0 ? [lineBreak(), ...line] : line))
  return [
    heading(2, title),
    ...(head.length > 0 ? [paragraph(head)] : []),
    ...content(entry, ['encoded', 'content', 'description', 'summary'], context),
  ]
}

const plain = (parent: Xml | undefined, local: string): string => {
  const found = child(parent, local)
  return found ? xmlText(found).replace(/\s+/g, ' ').trim() : ''
}

/** The first of these elements that holds anything, its text read as HTML (RSS 2.0, "entity-encoded HTML is allowed"). */
function content(parent: Xml, names: readonly string[], context: ReadContext): readonly Block[] {
  for (const name of names) {
    const found = child(parent, name)
    const source = found ? xmlText(found).trim() : ''
    if (source === '') continue
    const blocks = readPage(source, context).blocks
    return rewriteBlocks(blocks, (block) =>
      block.type === 'heading' ? { ...block, level: block.level + 2 } : block,
    )
  }
  return []
}
