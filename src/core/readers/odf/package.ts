/** An OpenDocument file: a zip package, or one flat XML file (OpenDocument 1.3 part 2 and part 3, 3.1.2). */
import type { Meta } from '../../doc/model.ts'
import { MdraftError } from '../../errors.ts'
import { attribute, child, elements, parseXml, type Xml, xmlText } from '../../io/xml.ts'
import { openZip } from '../../io/zip.ts'
import type { Input, ReadContext } from '../../reader.ts'

export type Odf = {
  /** Roots that hold styles, the named ones (`styles.xml`) first. */
  readonly styleRoots: readonly Xml[]
  /** The element inside `office:body`: `office:text`, `office:presentation`, `office:spreadsheet`. */
  readonly body: Xml
  readonly meta: Partial<Meta>
  /** A part of the package; flat files have none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>
}

export async function openOdf({ bytes }: Input, context: ReadContext): Promise<Odf> {
  if (bytes[0] !== 0x50) return flat(bytes, context)
  const zip = await openZip(bytes, context.limits, {
    onDamage: (why, name) =>
      context.report.warn('file-salvaged', why, name === undefined ? undefined : { path: name }),
  })
  const read = (path: string) => zip.read(path)
  await refuseEncrypted(await read('META-INF/manifest.xml'), context)
  const xml = async (path: string): Promise<Xml | undefined> => {
    const part = await read(path)
    return part && parseXml(part, context.limits)
  }
  const content = await xml('content.xml')
  const body = content && bodyOf(content)
  if (!content || !body) throw damaged()
  const styles = await xml('styles.xml').catch(() => undefined)
  if (!styles)
    context.report.warn('part-missing', 'The styles of the document are missing or damaged.', {
      path: 'styles.xml',
    })
  const meta = await xml('meta.xml').catch(() => undefined)
  return { styleRoots: styles ? [styles, content] : [content], body, meta: metaOf(meta), read }
}

const bodyKinds = ['text', 'presentation', 'spreadsheet', 'drawing']
const bodyOf = (root: Xml): Xml | undefined =>
  elements(child(root, 'body')).find(({ local }) => bodyKinds.includes(local))

const damaged = () =>
  new MdraftError('malformed', 'The OpenDocument file has no content.', {
    fix: 'Open it in LibreOffice, save it again, and retry.',
  })

function flat(bytes: Uint8Array, { limits }: ReadContext): Odf {
  const root = parseXml(bytes, limits)
  const body = bodyOf(root)
  if (!body) throw damaged()
  return { styleRoots: [root], body, meta: metaOf(root), read: async () => undefined }
}

/** An encrypted package says so in its manifest (part 2, 4.8). */
async function refuseEncrypted(manifest: Uint8Array | undefined, { limits }: ReadContext): Promise<void> {
  if (!manifest || !Buffer.from(manifest).includes('encryption-data')) return
  const root = parseXml(manifest, limits)
  const isEncrypted = elements(root, 'file-entry').some(
    (entry) =>
      /content\.xml$|encrypted-package$/.test(attribute(entry, 'full-path') ?? '') &&
      child(entry, 'encryption-data'),
  )
  if (isEncrypted)
    throw new MdraftError('password_required', 'The document is encrypted with a password.', {
      fix: 'Open it in LibreOffice, save it without a password, and retry.',
    })
}

function metaOf(root: Xml | undefined): Partial<Meta> {
  const meta = child(root, 'meta')
  const value = (local: string) => {
    const found = child(meta, local)
    return (found && xmlText(found).trim()) || undefined
  }
  const keywords = elements(meta, 'keyword').map((part) => xmlText(part).trim())
  const values = {
    title: value('title'),
    author: value('creator') ?? value('initial-creator'),
    subject: value('subject'),
    keywords: keywords.join(', ') || undefined,
    language: value('language'),
    created: value('creation-date'),
    modified: value('date'),
    generator: value('generator'),
  }
  return Object.fromEntries(Object.entries(values).filter(([, one]) => one !== undefined))
}
