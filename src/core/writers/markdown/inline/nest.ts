/** Flat runs with marks → spans inside spans, as Markdown needs them. */
import type { Inline, Mark, Text } from '../../../doc/model.ts'
import { styleOf, styles } from './styles.ts'

/** Anything that is printed as one thing. */
export type Leaf =
  | Exclude<Inline, Text>
  | { readonly type: 'text'; readonly text: string; readonly isCode: boolean }
export type Span = {
  readonly type: 'span'
  readonly mark: Mark
  /** Its fence would not be read as one here: printed as an HTML element. */
  readonly asTag: boolean
  readonly children: readonly Node[]
}
export type Node = Leaf | Span

export type Wanted = {
  /** Off: only the marks without which the text would say something else. */
  readonly emphasis: boolean
  /** Marks that the place has anyway (a heading is bold). */
  readonly implied: readonly Mark[]
}

type Styled = { readonly leaf: Leaf; readonly marks: ReadonlySet<Mark> }
/** `any`: has no style of its own. */
type Marked = { readonly leaf: Leaf; readonly marks: ReadonlySet<Mark> | 'any' }

/** Without white space and line breaks at either end. */
export function nestMarks(content: readonly Inline[], wanted: Wanted): readonly Node[] {
  const marked = spread(withoutImplied(content, wanted.implied).map((node) => markedLeaf(node, wanted)))
  const nodes = [...trimSpans(nest(marked))]
  takeEdge(nodes, 'start')
  takeEdge(nodes, 'end')
  return nodes
}

/** Marks that every word has and the place has anyway say nothing. */
function withoutImplied(content: readonly Inline[], implied: readonly Mark[]): readonly Inline[] {
  const words = textsOf(content).filter(({ text }) => text.trim() !== '')
  const gone = implied.filter((mark) => words.every(({ marks }) => marks?.includes(mark)))
  return gone.length === 0 ? content : content.map((node) => stripped(node, gone))
}

const textsOf = (content: readonly Inline[]): Text[] =>
  content.flatMap((node) =>
    node.type === 'link' ? textsOf(node.children) : node.type === 'text' ? [node] : [],
  )

function stripped(node: Inline, gone: readonly Mark[]): Inline {
  if (node.type === 'link') return { ...node, children: node.children.map((child) => stripped(child, gone)) }
  return node.type === 'text'
    ? { ...node, marks: node.marks?.filter((mark) => !gone.includes(mark)) ?? [] }
    : node
}

function markedLeaf(node: Inline, wanted: Wanted): Marked {
  if (node.type === 'link') return markedLink(node, wanted)
  if (node.type !== 'text') return { leaf: node, marks: 'any' }
  const marks = new Set(wantedMarks(node, wanted))
  const isCode = wanted.emphasis && (node.marks?.includes('code') ?? false) && node.text.trim() !== ''
  const isNeutral =
    node.text.trim() === '' && [...marks].every((mark) => mark === 'bold' || mark === 'italic')
  return { leaf: { type: 'text', text: node.text, isCode }, marks: isNeutral ? 'any' : marks }
}

/** Deleted text is struck through, also where emphasis is off. */
const wantedMarks = ({ marks }: Text, { emphasis }: Wanted): Mark[] =>
  (marks ?? [])
    .filter((mark) => emphasis || styleOf.get(mark)?.always === true || mark === 'deleted')
    .map((mark) => (mark === 'deleted' ? 'strike' : mark))
    .filter((mark) => styleOf.has(mark))

/** What all words of a link share goes around the link. */
function markedLink(link: Extract<Inline, { type: 'link' }>, wanted: Wanted): Marked {
  const texts = link.children.filter((child) => child.type === 'text')
  if (texts.length === 0 || texts.length < link.children.length) return { leaf: link, marks: new Set() }
  const [first, ...others] = texts.filter(({ text }) => text.trim() !== '')
  const shared = first
    ? wantedMarks(first, wanted).filter((mark) =>
        others.every((text) => wantedMarks(text, wanted).includes(mark)),
      )
    : []
  const gone: Mark[] = shared.includes('strike') ? [...shared, 'deleted'] : shared
  return {
    leaf: { ...link, children: link.children.map((child) => stripped(child, gone)) },
    marks: new Set(shared),
  }
}

/**
 * What has no style of its own (a space, a line break, a picture) takes the one its neighbours share, so that
 * emphasis is not closed only to be opened again.
 */
function spread(marked: readonly Marked[]): Styled[] {
  const out: Styled[] = []
  let after: { readonly index: number; readonly marks: ReadonlySet<Mark> } | undefined
  for (const [index, { leaf, marks }] of marked.entries()) {
    if (marks !== 'any') {
      out.push({ leaf, marks })
      continue
    }
    if (!after || after.index < index) {
      const next = marked.findIndex((one, at) => at > index && one.marks !== 'any')
      const found = marked[next]?.marks
      after = { index: next < 0 ? marked.length : next, marks: found && found !== 'any' ? found : new Set() }
    }
    const before = out.at(-1)?.marks ?? new Set()
    out.push({ leaf, marks: new Set([...before].filter((mark) => after?.marks.has(mark))) })
  }
  return joinTexts(out)
}

const without = ({ leaf, marks }: Styled, gone: Mark): Styled => ({
  leaf,
  marks: new Set([...marks].filter((mark) => mark !== gone)),
})

/** Neighbouring runs of one style become one. */
function joinTexts(marked: readonly Styled[]): Styled[] {
  const out: Styled[] = []
  for (const next of marked) {
    const last = out.at(-1)
    const isSame =
      last?.leaf.type === 'text' &&
      next.leaf.type === 'text' &&
      last.leaf.isCode === next.leaf.isCode &&
      [...last.marks].sort().join() === [...next.marks].sort().join()
    if (isSame && last?.leaf.type === 'text' && next.leaf.type === 'text')
      out[out.length - 1] = { ...last, leaf: { ...last.leaf, text: joined(last.leaf.text, next.leaf.text) } }
    else out.push(next)
  }
  return out
}

/** The mark that reaches furthest goes outside; of two that reach as far, the one listed first in `styles`. */
function nest(marked: readonly Styled[]): Node[] {
  const out: Node[] = []
  for (let index = 0; index < marked.length; ) {
    const best = furthest(marked, index)
    if (!best) {
      out.push(marked[index++]!.leaf)
      continue
    }
    const { mark, end } = best
    const children = nest(marked.slice(index, end).map((one) => without(one, mark)))
    out.push({ type: 'span', mark, asTag: styleOf.get(mark)?.fence === undefined, children })
    index = end
  }
  return out
}

function furthest(marked: readonly Styled[], index: number): { mark: Mark; end: number } | undefined {
  let best: { mark: Mark; end: number } | undefined
  for (const { mark } of styles) {
    if (!marked[index]!.marks.has(mark)) continue
    let end = index + 1
    while (marked[end]?.marks.has(mark)) end++
    if (!best || end > best.end) best = { mark, end }
  }
  return best
}

/** Fences must touch their words: white space at the edge of a span moves out of it; an empty span goes. */
export function trimSpans(nodes: readonly Node[]): readonly Node[] {
  const out: Node[] = []
  for (const node of nodes) {
    if (node.type !== 'span') {
      out.push(node)
      continue
    }
    const children = [...trimSpans(node.children)]
    const before = takeEdge(children, 'start')
    const after = takeEdge(children, 'end')
    out.push(...before)
    if (children.length > 0) out.push({ ...node, children })
    out.push(...after)
  }
  return joinLeaves(out)
}

/** Takes white space and line breaks off one end of a list of nodes. */
function takeEdge(nodes: Node[], side: 'start' | 'end'): Node[] {
  const taken: Node[] = []
  for (;;) {
    const node = side === 'start' ? nodes[0] : nodes.at(-1)
    const put = (piece: Node) => void (side === 'start' ? taken.push(piece) : taken.unshift(piece))
    const drop = () => void (side === 'start' ? nodes.shift() : nodes.pop())
    if (node?.type === 'break') {
      put(node)
      drop()
      continue
    }
    if (node?.type !== 'text' || node.isCode) return taken
    const rest = side === 'start' ? node.text.trimStart() : node.text.trimEnd()
    if (rest === node.text) return taken
    const space =
      side === 'start' ? node.text.slice(0, -rest.length || undefined) : node.text.slice(rest.length)
    put({ type: 'text', text: space, isCode: false })
    if (rest !== '') {
      nodes[side === 'start' ? 0 : nodes.length - 1] = { ...node, text: rest }
      return taken
    }
    drop()
  }
}

function joinLeaves(nodes: readonly Node[]): Node[] {
  const out: Node[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (node.type === 'text' && last?.type === 'text' && node.isCode === last.isCode)
      out[out.length - 1] = { ...last, text: joined(last.text, node.text) }
    else out.push(node)
  }
  return out
}

/** Spaces that were moved together are one. */
const joined = (one: string, other: string): string =>
  /\s$/.test(one) ? one + other.trimStart() : one + other
