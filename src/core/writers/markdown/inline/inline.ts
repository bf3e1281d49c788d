/** Inline content as Markdown. */
import type { Inline, Mark, Text } from '../../../doc/model.ts'
import { inlineText } from '../../../doc/walk.ts'
import { imageSource, safeHref } from '../../href.ts'
import { codeSpan } from './code-span.ts'
import { destination, title } from './destination.ts'
import { type Failing, type Fence, markEmphasis, mend } from './emphasis.ts'
import { isHarmless, markAll, markBackslashes, markEscapes, type Place, withEscapes } from './escape.ts'
import { holdsMath, mathSpan } from './math.ts'
import { type Leaf, type Node, nestMarks, trimSpans } from './nest.ts'
import { styleOf } from './styles.ts'

export type InlineContext = {
  readonly place: Place
  /** Of a pipe table: one line, in which a bar is escaped wherever it stands. */
  readonly inCell: boolean
  readonly emphasis: boolean
  readonly imageFolder: string
  /** The label a note is printed under; undefined when the document has no such note. */
  readonly noteLabel: (name: string) => string | undefined
  /** The name that links to this anchor use, where it is another. */
  readonly linkName?: (fragment: string) => string | undefined
  /** Marks that the place has anyway. */
  readonly implied?: readonly Mark[]
  /** Names that links point to, printed before the content. */
  readonly anchors?: readonly string[]
}

/** Code, formulas and tags bind tighter than links and emphasis, so these are decided for the whole block. */
type Tight = { readonly backticks: boolean; readonly dollars: boolean }

export function inlineMarkdown(content: readonly Inline[], context: InlineContext): string {
  const clean = tidy(content)
  const anchors = (context.anchors ?? []).map((name) => `<a id="${attribute(name)}"></a>`).join('')
  const only = clean.length === 1 ? clean[0] : undefined
  if (anchors === '' && only?.type === 'text' && !only.marks && isHarmless(only.text)) return only.text.trim()
  const nodes = nodesOf(clean, context)
  const backticks = needsBackticks(clean)
  const print = (dollars: boolean) =>
    container(nodes, context, { backticks, dollars }, { lead: anchors, next: '' })
  const plain = print(false)
  return inlineText(clean).includes('$') && holdsMath(plain) ? print(true) : plain
}

const nodesOf = (content: readonly Inline[], { emphasis, implied }: InlineContext): readonly Node[] =>
  nestMarks(content, { emphasis, implied: implied ?? [] })

/**
 * Without characters that no text holds, line ends that are not line breaks, and links that could do harm. White space
 * at the ends of a link stands outside it; formulas side by side are one, since `$a$$b$` is none.
 */
function tidy(content: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const node of content.flatMap(tidyNode)) {
    const last = out.at(-1)
    if (node.type === 'formula' && last?.type === 'formula')
      out[out.length - 1] = { ...last, latex: `${last.latex} ${node.latex}` }
    else out.push(node)
  }
  return out
}

function tidyNode(node: Inline): Inline[] {
  if (node.type === 'text') return tidyRun({ ...node, text: tidyText(node.text) })
  if (node.type === 'formula') return node.latex.trim() === '' ? [] : [node]
  if (node.type !== 'link') return [node]
  const children = tidy(node.children)
  const href = safeHref(node.href)
  if (href === undefined) return children
  const space: Inline = { type: 'text', text: ' ' }
  if (
    children.every((child) => child.type === 'break' || (child.type === 'text' && child.text.trim() === ''))
  )
    return children.length > 0 ? [space] : []
  const [first, last] = [children[0], children.at(-1)]
  return [
    ...(first?.type === 'text' && /^\s/.test(first.text) ? [space] : []),
    { ...node, href, children },
    ...(last?.type === 'text' && /\s$/.test(last.text) ? [space] : []),
  ]
}

/** White space at the ends of code stands outside it. */
function tidyRun(node: Text): Text[] {
  if (node.text === '') return []
  const code = node.text.trim()
  const before = node.text.length - node.text.trimStart().length
  const after = node.text.length - node.text.trimEnd().length
  if (!node.marks?.includes('code') || code === '' || before + after === 0) return [node]
  const space: Text = { type: 'text', text: ' ' }
  return [...(before ? [space] : []), { ...node, text: code }, ...(after ? [space] : [])]
}

export const tidyText = (text: string): string =>
  /[\0-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]/.test(text)
    ? text
        .toWellFormed()
        .replace(/[ \t]*[\n\r\v\f]+[ \t]*/g, ' ')
        .replace(/[\0-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]/g, '')
    : text

/** Whether some backtick of the text could begin or end code. */
function needsBackticks(content: readonly Inline[]): boolean {
  const leaves = content.flatMap((node) => (node.type === 'link' ? node.children : [node]))
  const runs = leaves.flatMap((node) => {
    const words = node.type === 'text' ? node.text : node.type === 'image' ? node.alt : ''
    return words.match(/`+/g) ?? []
  })
  const hasCode = leaves.some((node) => node.type === 'text' && node.marks?.includes('code'))
  // Emphasis may come to stand inside a run and make two of it.
  const maySplit = leaves.length > 1 && runs.join('').length > 1
  return runs.length > 0 && (hasCode || maySplit || new Set(runs).size < runs.length)
}

/** `lead` is printed before, `next` is the character that will follow. */
type Around = { readonly lead: string; readonly next: string }

/** Rounds in which punctuation may be moved out of emphasis; what fails even then is printed as tags. */
const ROUNDS_OF_MOVING = 8

/** A paragraph, or the words of a link: what emphasis cannot reach out of. */
function container(nodes: readonly Node[], context: InlineContext, tight: Tight, around: Around): string {
  let tree = nodes
  for (let round = 0; ; round++) {
    const print: Print = {
      text: around.lead,
      last: around.lead.at(-1) ?? '',
      texts: [],
      fences: [],
      depth: 0,
    }
    printAll(tree, print, context, tight)
    const { text, failing } = finish(print, context, tight, around.next)
    if (failing.size === 0) return text
    tree = trimSpans(tree.flatMap((node) => mend(node, failing, round < ROUNDS_OF_MOVING)))
  }
}

/** What is printed so far, which ranges of it are the document's own characters, and the emphasis in it. */
type Print = {
  text: string
  /** Its last character. */
  last: string
  readonly texts: { from: number; to: number }[]
  readonly fences: Fence[]
  /** How many spans are open. */
  depth: number
}

function printAll(nodes: readonly Node[], print: Print, context: InlineContext, tight: Tight): void {
  for (const [index, node] of nodes.entries()) {
    if (node.type === 'span') printSpan(node, print, context, tight)
    else if (node.type === 'text' && !node.isCode) printText(node.text, print)
    else {
      if (node.type === 'break') trimLineEnd(print)
      add(leafMarkdown(node, nodes[index + 1], print, context, tight), print)
    }
  }
}

function printSpan(span: Node & { type: 'span' }, print: Print, context: InlineContext, tight: Tight): void {
  const { fence, tag } = styleOf.get(span.mark)!
  const asTag = span.asTag || fence === undefined
  const open = print.text.length
  add(asTag ? `<${tag}>` : fence, print)
  print.depth++
  printAll(span.children, print, context, tight)
  print.depth--
  const close = print.text.length
  add(asTag ? `</${tag}>` : fence, print)
  if (!asTag) print.fences.push({ span, open, close, size: fence.length })
}

/** Looking at the end of a text that grows would copy it each time. */
function add(piece: string, print: Print): void {
  if (piece === '') return
  print.text += piece
  print.last = piece.at(-1)!
}

function printText(value: string, print: Print): void {
  const text = print.last === '' || /\s/.test(print.last) ? value.trimStart() : value
  print.texts.push({ from: print.text.length, to: print.text.length + text.length })
  add(text, print)
}

function trimLineEnd(print: Print): void {
  if (!/[^\S\n]/.test(print.last)) return
  let end = print.text.length
  while (end > 0 && /[^\S\n]/.test(print.text[end - 1]!)) end--
  print.text = print.text.slice(0, end)
  print.last = print.text.at(-1) ?? ''
  for (const range of print.texts.slice(-1)) range.to = Math.min(range.to, print.text.length)
}

function leafMarkdown(
  leaf: Leaf,
  next: Node | undefined,
  print: Print,
  context: InlineContext,
  tight: Tight,
): string {
  const { inCell } = context
  switch (leaf.type) {
    case 'text':
      return codeSpan(leaf.text, inCell)
    case 'break':
      return inCell ? '<br>' : context.place === 'heading' || context.place === 'link' ? ' ' : '\\\n'
    case 'link':
      return isAddress(leaf) ? address(leaf.href, print, next) : linkMarkdown(leaf, context, tight)
    case 'image':
      return imageMarkdown(leaf, context)
    case 'formula':
      return mathSpan(tidyText(leaf.latex), inCell, next?.type === 'text' && /^\d/.test(next.text))
    case 'noteRef':
      return noteMark(context.noteLabel(leaf.name), leaf.name, context.emphasis)
  }
}

/** A mark whose note is not in the document is still what the page shows. */
function noteMark(label: string | undefined, name: string, emphasis: boolean): string {
  if (label !== undefined) return `[^${label}]`
  const shown = name.replace(/[^\p{L}\p{N}.-]/gu, '')
  return emphasis && shown !== '' ? `<sup>${shown}</sup>` : shown
}

function linkMarkdown(link: Leaf & { type: 'link' }, context: InlineContext, tight: Tight): string {
  const inside: InlineContext = { ...context, place: 'link', implied: [] }
  const words = container(nodesOf(link.children, inside), inside, tight, { lead: '', next: ']' }).trim()
  const name = link.href.startsWith('#') ? context.linkName?.(link.href.slice(1)) : undefined
  const href = name === undefined ? link.href : `#${name}`
  return words === '' ? '' : `[${words}](${destination(href)}${title(link.title)})`
}

/** `image` also prints figures. */
export function imageMarkdown(
  { src, alt, title: caption }: { src: string; alt: string; title?: string },
  { imageFolder, inCell }: Pick<InlineContext, 'imageFolder' | 'inCell'>,
): string {
  const words = tidyText(alt)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\[\]<`*_~$]|&(?=#?\w+;)/g, '\\$&')
  const source = destination(imageSource(src, imageFolder)) + title(caption)
  return `![${inCell ? words.replaceAll('|', '\\|') : words}](${source})`
}

/** A link whose words are its address. Only plain ones: GFM has rules of its own about where an address ends. */
const isAddress = ({ href, title, children }: Leaf & { type: 'link' }): boolean =>
  title === undefined &&
  inlineText(children) === href &&
  /^https?:\/\/[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?(\/[\w/.~%+=&?#@:-]*)?$/i.test(href)

/** GFM makes a link of a bare address where it stands free; elsewhere it needs brackets. */
function address(href: string, { text, depth }: Print, next: Node | undefined): string {
  const isFree =
    depth === 0 &&
    /(^|[\s(])$/.test(text) &&
    /[\w/]$/.test(href) &&
    !/[&_~]/.test(href) &&
    (next === undefined || (next.type === 'text' && !next.isCode && /^[.,;:!?)]*(\s|$)/.test(next.text)))
  return isFree ? href : `<${href}>`
}

const attribute = (value: string): string =>
  tidyText(value).replace(/[&<>"'`|]/g, (character) => `&#${character.charCodeAt(0)};`)

/** Escapes what needs it, and says which spans would not be read as emphasis. */
function finish(
  print: Print,
  { place, inCell }: InlineContext,
  tight: Tight,
  next: string,
): { text: string; failing: Failing } {
  const text = next === '' ? print.text.trimEnd() : print.text
  const isText = rangeTest(print.texts)
  const line = { text, isText }
  const escaped = new Uint8Array(text.length)
  const mark = (index: number) => {
    if (isText(index)) escaped[index] = 1
  }
  markEscapes(line, place, escaped)
  if (inCell) markAll(text, /\|/g, mark)
  if (tight.backticks) markAll(text, /`/g, mark)
  if (tight.dollars) markAll(text, /\$/g, mark)
  const failing = markEmphasis(line, print.fences, escaped)
  markBackslashes(line, next, escaped)
  return { text: withEscapes(text, escaped), failing }
}

/** Ranges in rising order as a test by index. */
function rangeTest(ranges: Print['texts']): (index: number) => boolean {
  return (index) => {
    let low = 0
    let high = ranges.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const { from, to } = ranges[middle]!
      if (index < from) high = middle - 1
      else if (index >= to) low = middle + 1
      else return true
    }
    return false
  }
}
