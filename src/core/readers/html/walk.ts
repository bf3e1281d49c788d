/** From a parsed page to blocks: one handler an element, and defaults by whether it stands in a line. */
import { code, heading, lineBreak, note, quote, rule, text } from '../../doc/build.ts'
import { tidyInline } from '../../doc/inline.ts'
import type { Block, Mark } from '../../doc/model.ts'
import { asInline, createFlow } from './flow.ts'
import { readInput, readSelect, readTextArea } from './form.ts'
import { readLink } from './link.ts'
import { readDescriptions, readList } from './list.ts'
import { readFigure, readFrame, readImage, readMath, readScript, readSvg } from './media.ts'
import { noteBody } from './note.ts'
import { type Handler, type Page, type Place, type Walk, withMarks } from './page.ts'
import { attribute, classes, type Element, elements, isElement, type Node, textOf } from './parse.ts'
import { readTable } from './table.ts'

/** The blocks of some nodes. Depth of recursion is bounded by the parser (`limits.htmlDepth`). */
export function readBlocks(nodes: readonly Node[], page: Page): readonly Block[] {
  const flow = createFlow()
  for (const node of nodes) visit(node, { page, flow, marks: [], isPre: false, depth: 0 })
  return flow.end()
}

/** Lists, quotes and tables inside one another beyond this are set side by side. */
const DEEPEST = 24

const walk: Walk = {
  into: (element, place) => {
    for (const child of element.childNodes) visit(child, place)
  },
  blocks: (element, place) => {
    const flow = createFlow()
    const inner = { ...place, flow, depth: place.depth + 1 }
    for (const child of element.childNodes) visit(child, inner)
    return flow.end()
  },
}

function visit(node: Node, place: Place): void {
  if (node.nodeName === '#text') {
    const { value } = node as { value: string } & Node // nodeName says so
    if (place.isPre) preformatted(value, place)
    else place.flow.text(value, place.marks)
    return
  }
  if (!isElement(node) || isLeftOut(node, place)) return
  // An empty id names nothing (WHATWG HTML, 3.2.6), or `#`, the top of the page, would lead to it.
  const id =
    attribute(node, 'id') || (node.tagName === 'a' ? attribute(node, 'name') : undefined) || undefined
  const anchor = id === undefined ? undefined : place.page.anchor(id)
  const isBlock = blockElements.has(node.tagName)
  if (isBlock) place.flow.flush()
  if (anchor !== undefined) place.flow.anchor(anchor)
  const held = id === undefined ? undefined : place.page.noteHeld(id)
  if (held !== undefined) {
    place.page.notes.push(note('footnote', held, noteBody(walk.blocks(node, place))))
    return
  }
  handlerOf(node, place)(node, styled(node, place), walk)
  if (isBlock) place.flow.flush()
}

function handlerOf(element: Element, place: Place): Handler {
  const handler = attribute(element, 'role') === 'heading' ? readHeading : handlers[element.tagName]
  if (!handler) return intoHandler
  return place.depth >= DEEPEST && nesting.has(element.tagName) ? intoHandler : handler
}

const intoHandler: Handler = (element, place) => walk.into(element, place)
const nesting: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'menu', 'dir', 'blockquote', 'table'])

function preformatted(value: string, place: Place): void {
  value.split('\n').forEach((line, index) => {
    if (index > 0) place.flow.inline(lineBreak())
    if (line !== '') place.flow.inline(text(line, place.marks))
  })
}

/** Elements that browsers show as blocks (WHATWG HTML, 15.3). */
const blockElements: ReadonlySet<string> = new Set(
  `address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer
  form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section
  summary table tr ul`.split(/\s+/),
)

/** Never part of what a reader of the page sees. */
const unseen: ReadonlySet<string> = new Set(
  'script style template head title noscript noframes iframe frame object embed canvas audio video map area datalist link meta base param source track colgroup col rp input textarea svg'.split(
    ' ',
  ),
)

const hiddenStyle = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i

function isLeftOut(element: Element, place: Place): boolean {
  const handler = handlers[element.tagName]
  if (unseen.has(element.tagName) && !handler) return true
  if (element.tagName === 'script') return !/^math\/tex/.test(attribute(element, 'type') ?? '')
  // KaTeX sets a formula twice: as MathML and as glyphs for the eye.
  if (classes(element).includes('katex-html')) return true
  const isHidden =
    attribute(element, 'hidden') !== undefined ||
    hiddenStyle.test(attribute(element, 'style') ?? '') ||
    (element.tagName === 'dialog' && attribute(element, 'open') === undefined)
  if (!isHidden || place.page.keepHidden) return false
  if (textOf(element).trim() !== '')
    place.page.report.warn('hidden-content', `Text hidden on the page was left out: "${excerpt(element)}".`)
  return true
}

const excerpt = (element: Element): string => textOf(element).replace(/\s+/g, ' ').trim().slice(0, 60)

/** Marks that a style attribute sets on words (exports of Google Docs, Outlook and the like). */
function styled(element: Element, place: Place): Place {
  const style = attribute(element, 'style')
  if (!style || blockElements.has(element.tagName)) return place
  const marks = cssMarks.filter(({ pattern }) => pattern.test(style)).map(({ mark }) => mark)
  const plain = /font-weight\s*:\s*(normal|400)/i.test(style)
  const kept = plain ? { ...place, marks: place.marks.filter((mark) => mark !== 'bold') } : place
  return marks.length > 0 ? withMarks(kept, ...marks) : kept
}

const cssMarks: readonly { readonly pattern: RegExp; readonly mark: Mark }[] = [
  { pattern: /font-weight\s*:\s*(bold|bolder|[6-9]00)/i, mark: 'bold' },
  { pattern: /font-style\s*:\s*(italic|oblique)/i, mark: 'italic' },
  { pattern: /text-decoration[^;]*line-through/i, mark: 'strike' },
  { pattern: /text-decoration[^;]*underline/i, mark: 'underline' },
  { pattern: /vertical-align\s*:\s*super/i, mark: 'superscript' },
  { pattern: /vertical-align\s*:\s*sub\b/i, mark: 'subscript' },
]

const mark =
  (...marks: readonly Mark[]): Handler =>
  (element, place) =>
    walk.into(element, withMarks(place, ...marks))

const around =
  (before: string, after: string): Handler =>
  (element, place) => {
    place.flow.text(before, place.marks)
    walk.into(element, place)
    place.flow.text(after, place.marks)
  }

const readHeading: Handler = (element, place) => {
  const stated = Number(attribute(element, 'aria-level'))
  const level = /^h[1-6]$/.test(element.tagName) ? Number(element.tagName[1]) : stated || 2
  const content = asInline(walk.blocks(element, place))
  if (content.length > 0) place.flow.block(heading(level, content))
}

const readQuote: Handler = (element, place) => {
  const blocks = walk.blocks(element, place)
  if (blocks.length > 0) place.flow.block(quote(blocks))
}

const readPre: Handler = (element, place) => {
  const source = textOf(element).replace(/\r\n?/g, '\n')
  // A line end right after the tag is not part of the text (WHATWG HTML, 13.1.2.5).
  const body = source.replace(/^\n/, '').trimEnd()
  if (body.trim() !== '') place.flow.block(code(body, { language: language(element) }))
}

/** Highlighters name the language in a class of `pre`, of the `code` inside, or of the `div` around. */
function language(element: Element): string | undefined {
  const around = element.parentNode && 'tagName' in element.parentNode ? [element.parentNode] : []
  for (const candidate of [...elements(element, 'code'), element, ...around])
    for (const name of classes(candidate)) {
      const match = /^(?:language|lang|highlight-source|highlight|brush:?|sourceCode)-?([\w+#-]+)$/i.exec(
        name,
      )
      if (match?.[1] && !/^(text|none|plain)$/i.test(match[1])) return match[1].toLowerCase()
    }
  return undefined
}

const readRubyText: Handler = (element, place) => {
  const words = tidyInline(asInline(walk.blocks(element, place)))
  if (words.length === 0) return
  place.flow.inline(text('('))
  for (const node of words) place.flow.inline(node)
  place.flow.inline(text(')'))
}

const handlers: Readonly<Record<string, Handler>> = {
  a: readLink,
  b: mark('bold'),
  strong: mark('bold'),
  summary: mark('bold'),
  em: mark('italic'),
  i: mark('italic'),
  cite: mark('italic'),
  dfn: mark('italic'),
  var: mark('italic'),
  u: mark('underline'),
  ins: mark('inserted'),
  s: mark('strike'),
  strike: mark('strike'),
  del: mark('strike'),
  code: mark('code'),
  kbd: mark('code'),
  samp: mark('code'),
  tt: mark('code'),
  mark: mark('highlight'),
  sup: mark('superscript'),
  sub: mark('subscript'),
  q: around('“', '”'),
  br: (_, place) => place.flow.inline(lineBreak()),
  hr: (_, place) => place.flow.block(rule()),
  h1: readHeading,
  h2: readHeading,
  h3: readHeading,
  h4: readHeading,
  h5: readHeading,
  h6: readHeading,
  ul: readList,
  ol: readList,
  menu: readList,
  dir: readList,
  dl: readDescriptions,
  blockquote: readQuote,
  pre: readPre,
  xmp: readPre,
  listing: readPre,
  table: readTable,
  figure: readFigure,
  img: readImage,
  math: readMath,
  script: readScript,
  input: readInput,
  select: readSelect,
  textarea: readTextArea,
  svg: readSvg,
  frame: readFrame,
  iframe: readFrame,
  rt: readRubyText,
}
