/** Inline Markdown, with the HTML in it, as inline content. */
import type { PhrasingContent } from 'mdast'
import { inlineFormula, inlineImage, lineBreak, link, noteRef, text } from '../../doc/build.ts'
import type { Inline, Mark } from '../../doc/model.ts'

/** What the whole document knows. */
export type Definitions = {
  readonly link: (identifier: string) => { url: string; title?: string | null | undefined } | undefined
  readonly noteName: (identifier: string) => string
}

export type InlineResult = { readonly content: readonly Inline[]; readonly anchors: readonly string[] }

type State = {
  readonly definitions: Definitions
  readonly anchors: string[]
  /** Marks of HTML elements that are open, innermost last. */
  readonly tags: { readonly name: string; readonly mark: Mark }[]
}

const marksOfTags: Readonly<Record<string, Mark>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  var: 'italic',
  dfn: 'italic',
  u: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'deleted',
  ins: 'inserted',
  sup: 'superscript',
  sub: 'subscript',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
  mark: 'highlight',
}

export function readInline(nodes: readonly PhrasingContent[], definitions: Definitions): InlineResult {
  const state: State = { definitions, anchors: [], tags: [] }
  return { content: joinTexts(readAll(nodes, [], state)), anchors: state.anchors }
}

function readAll(nodes: readonly PhrasingContent[], marks: readonly Mark[], state: State): Inline[] {
  const depth = state.tags.length
  const out = nodes.flatMap((node) => readNode(node, marks, state))
  state.tags.length = Math.min(depth, state.tags.length) // a tag does not reach out of the Markdown around it
  return out
}

function readNode(node: PhrasingContent, marks: readonly Mark[], state: State): Inline[] {
  const styled = (value: string, ...own: Mark[]) =>
    value === '' ? [] : [text(value, [...new Set([...marks, ...state.tags.map(({ mark }) => mark), ...own])])]
  switch (node.type) {
    case 'text':
      return styled(node.value.replace(/[ \t]*\n[ \t]*/g, ' '))
    case 'emphasis':
      return readAll(node.children, [...marks, 'italic'], state)
    case 'strong':
      return readAll(node.children, [...marks, 'bold'], state)
    case 'delete':
      return readAll(node.children, [...marks, 'strike'], state)
    case 'inlineCode':
      return styled(node.value, 'code')
    case 'break':
      return [lineBreak()]
    case 'link':
      return [link(node.url, joinTexts(readAll(node.children, marks, state)), node.title ?? undefined)]
    case 'linkReference': {
      const target = state.definitions.link(node.identifier)
      const children = joinTexts(readAll(node.children, marks, state))
      return target ? [link(target.url, children, target.title ?? undefined)] : children
    }
    case 'image':
      return [inlineImage(node.url, node.alt ?? '', node.title ?? undefined)]
    case 'imageReference': {
      const target = state.definitions.link(node.identifier)
      return target
        ? [inlineImage(target.url, node.alt ?? '', target.title ?? undefined)]
        : styled(node.alt ?? '')
    }
    case 'footnoteReference':
      return [noteRef(state.definitions.noteName(node.identifier))]
    case 'inlineMath':
      return node.value.trim() === '' ? [] : [inlineFormula(node.value.trim())]
    case 'html':
      return readTag(node.value, state)
    default:
      return []
  }
}

/** One tag: Markdown gives start and end tags as nodes of their own. */
function readTag(html: string, state: State): Inline[] {
  const [, slash, tagName = '', rest = ''] = /^<(\/?)([a-zA-Z][\w-]*)([\s\S]*)>$/.exec(html) ?? []
  const name = tagName.toLowerCase()
  if (name === 'br') return [lineBreak()]
  const mark = marksOfTags[name]
  if (mark !== undefined) {
    if (slash === '') state.tags.push({ name, mark })
    else {
      const open = state.tags.findLastIndex((tag) => tag.name === name)
      if (open >= 0) state.tags.splice(open, 1)
    }
    return []
  }
  if (name === 'img' && slash === '')
    return [inlineImage(attribute(rest, 'src') ?? '', attribute(rest, 'alt') ?? '')]
  const anchor =
    slash === '' ? (attribute(rest, 'id') ?? (name === 'a' ? attribute(rest, 'name') : undefined)) : undefined
  if (anchor) state.anchors.push(anchor)
  return []
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'=<>\`]+))`, 'i').exec(
    attributes,
  )
  const value = found?.[1] ?? found?.[2] ?? found?.[3]
  return value === undefined ? undefined : decodeReferences(value)
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

const decodeReferences = (value: string): string =>
  value.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

function joinTexts(nodes: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (
      node.type === 'text' &&
      last?.type === 'text' &&
      (node.marks ?? []).join() === (last.marks ?? []).join()
    )
      out[out.length - 1] = { ...last, text: last.text + node.text }
    else out.push(node)
  }
  return out
}
