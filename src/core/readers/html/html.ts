import { doc } from '../../doc/build.ts'
import type { Block, Meta, Note } from '../../doc/model.ts'
import { decodeText } from '../../io/text.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import { safeHref } from '../ooxml/href.ts'
import { pictureFromData } from './data-uri.ts'
import { isNoteCall } from './link.ts'
import type { Page } from './page.ts'
import { attribute, descendants, type Element, parseHtml, textOf } from './parse.ts'
import { readBlocks } from './walk.ts'

/** A web page as it is: nothing fetched, no script run, nothing guessed to be boilerplate. */
export const readHtml: FlowReader = async ({ bytes }, context) => {
  const text = decodeText(bytes, context.report, declaredEncoding(bytes))
  const { blocks, meta } = readPage(text, context)
  return doc('html', blocks, { meta })
}

/** `<meta charset>` or its older form within the first kilobytes (WHATWG HTML, 4.2.5.4). */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  return (
    /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.-]+)/.exec(head)?.[1]
  )
}

/** Where links, frames and notes lead; a book has one such set for all its pages. */
export type Links = Pick<Page, 'href' | 'image' | 'frame' | 'anchor' | 'noteCalled' | 'noteHeld'>

/** Blocks and properties of a page given as text; also for bodies of messages and outputs of notebooks. */
export function readPage(
  text: string,
  context: ReadContext,
  links: Partial<Links> = {},
): { blocks: readonly Block[]; meta: Meta } {
  const document = parseHtml(isXhtml(text) ? openTags(text) : text, context.limits, context.report)
  const all = [...descendants(document)]
  const body = all.find(({ tagName }) => tagName === 'body' || tagName === 'frameset')
  const notes: Note[] = []
  const page: Page = {
    limits: context.limits,
    report: context.report,
    keepHidden: context.options.hiddenText === 'keep',
    notes,
    ...linksOf(all, context),
    ...links,
  }
  const blocks = readBlocks(body?.childNodes ?? [], page)
  return { blocks: [...blocks, ...notes], meta: metaOf(all) }
}

const isXhtml = (text: string): boolean =>
  /^\s*<\?xml|^[^>]{0,200}<html[^>]+xmlns=/i.test(
    text.slice(0, 2000).replace(/<!--[\s\S]*?-->|<!doctype[^>]*>/gi, ''),
  )

/** In XHTML `<a id="p1"/>` is empty; HTML would take it for a start tag and swallow what follows. */
const openTags = (text: string): string =>
  text.replace(
    /<([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/>/g,
    (tag, name: string, rest: string) => (isVoid.test(name) ? tag : `<${name}${rest}></${name}>`),
  )

/** Never closed in HTML (WHATWG HTML, 13.1.2): `</br>` would be a second line break. */
const isVoid = /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i

function linksOf(all: readonly Element[], context: ReadContext): Links {
  const links = all.filter(({ tagName }) => tagName === 'a')
  const targets = new Set(links.map((link) => fragment(attribute(link, 'href'))))
  const called = new Map<string, string>()
  const ids = new Set(all.map((element) => attribute(element, 'id')))
  for (const link of links) {
    const target = isNoteCall(link) ? fragment(attribute(link, 'href')) : undefined
    if (target && ids.has(target) && !called.has(target)) called.set(target, String(called.size + 1))
  }
  const base = attribute(all.find(({ tagName }) => tagName === 'base') ?? none, 'href')
  return {
    href: (value) => resolved(value, base),
    image: (src) => picture(src, base, context),
    frame: () => [],
    anchor: (id) => (targets.has(id) && !called.has(id) ? id : undefined),
    noteCalled: (href) => called.get(fragment(href) ?? ''),
    noteHeld: (id) => called.get(id),
  }
}

const none = { attrs: [] } as unknown as Element // stands for a missing element: no attribute has a value

const fragment = (href: string | undefined): string | undefined =>
  href?.startsWith('#') ? decode(href.slice(1)) : undefined

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

export function resolved(value: string, base: string | undefined): string | undefined {
  const href = safeHref(value)
  if (href === undefined || !base || href.startsWith('#') || !/^https?:/i.test(base)) return href
  return URL.canParse(href, base) ? new URL(href, base).href : href
}

/** A picture inside the page is kept when pictures are wanted; one elsewhere is named, never fetched. */
export function picture(src: string, base: string | undefined, context: ReadContext): string {
  if (/^\s*data:/i.test(src)) {
    const data = pictureFromData(src, context)
    return (data && context.keepImage(data)) ?? ''
  }
  return resolved(src, base) ?? ''
}

function metaOf(all: readonly Element[]): Meta {
  const named = (name: string) => {
    const found = all.find(
      (element) => element.tagName === 'meta' && attribute(element, 'name')?.toLowerCase() === name,
    )
    const content = found && attribute(found, 'content')?.replace(/\s+/g, ' ').trim()
    return content || undefined
  }
  const titleOf = all.find(
    ({ tagName, namespaceURI }) => tagName === 'title' && namespaceURI.endsWith('xhtml'),
  )
  const root = all.find(({ tagName }) => tagName === 'html')
  const values = {
    title: titleOf && textOf(titleOf).replace(/\s+/g, ' ').trim(),
    author: named('author'),
    subject: named('description'),
    keywords: named('keywords'),
    language: root && attribute(root, 'lang'),
    generator: named('generator'),
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Meta // only strings are left
}
