/** Fetches what the relationships of parts lead to, so that the walk through the parts need not wait. */
import type { Block } from '../../doc/model.ts'
import type { Xml } from '../../io/xml.ts'
import type { ReadContext } from '../../reader.ts'
import type { Package, Relationship, Relationships } from './package.ts'
import { loadPicture } from './pictures.ts'

export type Loaded = {
  /** Part → the name to use as `src` of a picture. */
  readonly pictures: ReadonlyMap<string, string>
  /** Part → root element of a chart or a diagram's data. */
  readonly xml: ReadonlyMap<string, Xml>
  /** Part → blocks of a file that is embedded as a chunk. */
  readonly chunks: ReadonlyMap<string, readonly Block[]>
}

/** Extension by media type, for embedded files whose names say nothing (17.17.2.1). */
const chunkNames: Readonly<Record<string, string>> = {
  'text/html': 'chunk.html',
  'application/xhtml+xml': 'chunk.html',
  'text/plain': 'chunk.txt',
  'application/rtf': 'chunk.rtf',
  'message/rfc822': 'chunk.eml',
}

export async function loadParts(
  file: Package,
  sources: Iterable<Relationships>,
  context: ReadContext,
): Promise<Loaded> {
  const pictures = new Map<string, string>()
  const xml = new Map<string, Xml>()
  const chunks = new Map<string, readonly Block[]>()
  const done = new Set<string>()
  for (const links of sources)
    for (const link of links.values()) {
      if (link.external || done.has(link.target)) continue
      done.add(link.target)
      await load(link, file, context, { pictures, xml, chunks })
    }
  return { pictures, xml, chunks }
}

type Into = { pictures: Map<string, string>; xml: Map<string, Xml>; chunks: Map<string, readonly Block[]> }

async function load(link: Relationship, file: Package, context: ReadContext, into: Into): Promise<void> {
  const { type, target } = link
  if (type === 'image') {
    const name = await loadPicture(target, file, context)
    if (name !== undefined) into.pictures.set(target, name)
  }
  if (type === 'chart' || type === 'chartEx' || type === 'diagramData') {
    const root = await file.xml(target)
    if (root) into.xml.set(target, root)
  }
  if (type === 'aFChunk' || type === 'package') {
    const bytes = await file.bytes(target)
    if (!bytes) return
    const name = chunkNames[file.mediaType(target) ?? ''] ?? target.split('/').pop()!
    const doc = await context.readMember({ bytes, name })
    if (doc) into.chunks.set(target, doc.blocks)
  }
}
