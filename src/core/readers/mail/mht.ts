/** Web archives (RFC 2557): a page with its frames and pictures in one file, as browsers, Word and Excel save it. */
import { adopt } from '../../doc/adopt.ts'
import { doc } from '../../doc/build.ts'
import type { Block, Meta } from '../../doc/model.ts'
import { MdraftError } from '../../errors.ts'
import { decodeText } from '../../io/text.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import { declaredEncoding, picture, readPage, resolved } from '../html/html.ts'
import { type MimePart, readMimeParts } from './mime-parts.ts'

export const readMht: FlowReader = async ({ bytes }, context) => {
  const { headers, parts } = readMimeParts(bytes, context.limits)
  const pages = parts.filter(({ mime }) => /html/.test(mime))
  const start = /;\s*start\s*=\s*"?<?([^">;\s]+)/i.exec(headers.get('content-type') ?? '')?.[1]
  const first = pages.find(({ contentId }) => start !== undefined && contentId === start) ?? pages[0]
  if (!first)
    throw new MdraftError('malformed', 'The web archive holds no page.', {
      fix: 'Open it in a browser, save it as a web page, and retry.',
    })
  const archive: Archive = { parts: byAddress(parts), shown: new Set(), context }
  const { blocks, meta } = readPart(first, archive)
  // Sheets of a workbook that only its buttons lead to.
  const others = pages.filter((page) => !archive.shown.has(page)).flatMap((page) => readInner(page, archive))
  return doc('mht', [...blocks, ...others], { meta })
}

type Archive = {
  readonly parts: ReadonlyMap<string, MimePart>
  /** Pages that stand in the text already: each once, so frames in a ring end. */
  readonly shown: Set<MimePart>
  readonly context: ReadContext
}

function readPart(part: MimePart, archive: Archive): { blocks: readonly Block[]; meta: Meta } {
  const { parts, shown, context } = archive
  shown.add(part)
  const bytes = part.bytes()
  const named = (src: string) => parts.get(addressOf(src, part.location))
  return readPage(decodeText(bytes, context.report, part.charset ?? declaredEncoding(bytes)), context, {
    href: (value) => resolved(value, part.location),
    image: (src) => {
      const found = named(src)
      if (!found) return /^\s*cid:/i.test(src) ? '' : picture(src, part.location, context)
      return context.keepImage({ bytes: found.bytes(), mime: found.mime }) ?? ''
    },
    frame: (src) => {
      const page = named(src)
      return page && /html/.test(page.mime) && !shown.has(page) ? readInner(page, archive) : []
    },
  })
}

/** Notes and anchors of two pages may have one name. */
function readInner(part: MimePart, archive: Archive): readonly Block[] {
  const path = part.location ?? part.contentId ?? ''
  const prefix = `f${archive.shown.size}-`
  return adopt(doc('mht', readPart(part, archive).blocks), { path, sink: 0, prefix })
}

function byAddress(parts: readonly MimePart[]): Map<string, MimePart> {
  const found = new Map<string, MimePart>()
  for (const part of parts) {
    if (part.contentId) found.set(`cid:${part.contentId}`, part)
    if (part.location) found.set(addressOf(part.location, undefined), part)
  }
  return found
}

/** One spelling for an address, however a page writes it. */
function addressOf(src: string, base: string | undefined): string {
  const address = src.trim().replace(/#.*$/s, '')
  if (/^cid:/i.test(address)) return `cid:${unescaped(address.slice(4))}`
  return URL.canParse(address, base) ? new URL(address, base).href : address
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
