/** Paragraphs as a stream, each with its properties, put together as headings, lists and blocks. */
import { heading, item, list, paragraph } from '../../doc/build.ts'
import { isBlankInline } from '../../doc/inline.ts'
import type { Block, Inline, ListItem } from '../../doc/model.ts'

export type Paragraph = {
  readonly inTable: boolean
  /** Depth of table nesting; 1 is a table in the text. */
  readonly depth: number | undefined
  readonly style: number | undefined
  readonly outline: number | undefined
  /** Number of a list override, and the level from 0. */
  readonly list: number | undefined
  readonly level: number
  readonly indent: number
}

export const plainParagraph: Paragraph = {
  inTable: false,
  depth: undefined,
  style: undefined,
  outline: undefined,
  list: undefined,
  level: 0,
  indent: 0,
}

export type LinkTarget = { readonly href: string }

/** A piece of a paragraph: text of one style, or a node. */
export type Run = { readonly node: Inline; readonly link: LinkTarget | undefined }

/** A finished paragraph before lists are put together. */
export type Line = {
  readonly type: 'line'
  readonly content: readonly Inline[]
  readonly paragraph: Paragraph
  /** As the writing program printed it; undefined: no list label was written. */
  readonly label: string | undefined
  readonly anchors: readonly string[]
}

export type Item = Line | { readonly type: 'block'; readonly block: Block }

export type Outline = (line: Line) => number | undefined

const bullets =
  /^[\u2022\u25cf\u25cb\u25aa\u25ab\u25a0\u25a1\u2013\u2014\u00b7\u2023\u2043\u27a2\u2666\u2713\uf000-\uf0ff*o§-]?$/u

/** Paragraphs with labels become lists, nested by level; headings keep their number in the text. */
export function assembleLines(items: readonly Item[], outline: Outline): readonly Block[] {
  const out: Block[] = []
  let lines: Line[] = []
  const flush = () => {
    if (lines.length > 0) out.push(...listsOf(lines))
    lines = []
  }
  for (const one of items) {
    if (one.type === 'block') {
      flush()
      out.push(one.block)
      continue
    }
    const level = outline(one)
    if (level === undefined && one.label !== undefined && !isBlankInline(one.content)) {
      lines.push(one)
      continue
    }
    flush()
    const block = lineBlock(one, level)
    if (block) out.push(block)
  }
  flush()
  return out
}

function lineBlock(line: Line, level: number | undefined): Block | undefined {
  const label = line.label === undefined || bullets.test(line.label) ? '' : line.label
  const extra = { anchors: line.anchors, number: label === '' ? undefined : label }
  if (isBlankInline(line.content)) return undefined
  const content: readonly Inline[] =
    label === '' ? line.content : [{ type: 'text', text: `${label} ` }, ...line.content]
  return level === undefined ? paragraph(content, extra) : heading(level, content, extra)
}

type OpenList = { readonly first: Line; readonly isBullet: boolean; readonly items: OpenItem[] }
type OpenItem = { readonly line: Line; readonly children: OpenList[] }

const DEEPEST = 9

/** Half an inch less the usual hanging indent, in twips. */
const INDENT = 180

/** How much deeper one line stands than another: by level in one list, by indentation between lists. */
function deeper(line: Line, other: Line): number {
  const [one, two] = [line.paragraph, other.paragraph]
  if (one.list === two.list && one.level !== two.level) return one.level - two.level
  const step = one.indent - two.indent
  return Math.abs(step) > INDENT ? step : 0
}

/** A change from bullets to numbers on the outermost level starts another list. */
function listsOf(lines: readonly Line[]): Block[] {
  const roots: OpenList[] = []
  const stack: OpenList[] = []
  for (const line of lines) {
    const isBullet = bullets.test(line.label ?? '')
    while (stack.length > 1 && deeper(line, stack.at(-1)!.first) < 0) stack.pop()
    const top = stack.at(-1)
    const next: OpenList = { first: line, isBullet, items: [] }
    const host = top?.items.at(-1)
    if (top && host && deeper(line, top.first) > 0 && stack.length < DEEPEST) {
      host.children.push(next)
      stack.push(next)
    } else if (!top || top.isBullet !== isBullet) {
      const parent = stack.at(-2)?.items.at(-1)
      if (parent) parent.children.push(next)
      else roots.push(next)
      stack.splice(-1, 1, next)
    }
    stack.at(-1)!.items.push({ line, children: [] })
  }
  return roots.map(listBlock)
}

function listBlock({ items, isBullet }: OpenList): Block {
  const made = items.map(({ line, children }): ListItem => {
    const label = isBullet || line.label === '' ? undefined : line.label
    return item([paragraph(line.content, { anchors: line.anchors }), ...children.map(listBlock)], { label })
  })
  const start = Number.parseInt(items[0]?.line.label ?? '', 10)
  return list(made, { ordered: !isBullet, start: !isBullet && start > 0 ? start : undefined })
}
