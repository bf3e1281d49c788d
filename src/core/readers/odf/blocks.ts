/** Paragraphs, headings, sections, indexes (OpenDocument 1.3 part 3, chapters 5 and 8). */
import { code, contents, formula, heading, pageBreak, paragraph, quote, rule } from '../../doc/build.ts'
import { isBlankInline } from '../../doc/inline.ts'
import type { Block, ContentsEntry, Inline, List } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'
import { attribute, child, descendants, elements, type Xml, xmlText } from '../../io/xml.ts'
import { drawn, frameBlocks } from './frame.ts'
import { readList } from './list.ts'
import { countUp, label } from './numbering.ts'
import { readTable } from './table.ts'
import { nextPlace, type Walk } from './walk.ts'

/** Recursion is bounded by the depth of the parsed XML (`limits.xmlDepth`). */
export function readBlocks(parent: Xml, walk: Walk): readonly Block[] {
  const out: Block[] = []
  for (const element of elements(parent)) {
    if (walk.isFlow && walk.state.block > 0 && beginsPage(element, walk))
      out.push(
        pageBreak(++walk.state.page, { at: { page: walk.state.page, approximate: true }, byAuthor: true }),
      )
    const made = (handlers[element.local] ?? unknown)(element, walk)
    for (const block of made) append(out, block)
  }
  return out
}

/** A break before it, or another master page (OpenDocument 1.3 part 3, 20.183 and 19.500). */
function beginsPage(element: Xml, { styles }: Walk): boolean {
  const name = attribute(element, 'style-name')
  if (element.local === 'p' || element.local === 'h') return styles.paragraph(name).beginsPage
  if (element.local === 'table') return styles.beginsPage('table', name)
  if (element.local !== 'list') return false
  const first = descendants(element, 'p').next().value || undefined
  return first !== undefined && styles.paragraph(attribute(first, 'style-name')).beginsPage
}

/** Paragraphs of code or of a quotation that follow one another are one. */
function append(out: Block[], block: Block): void {
  const last = out.at(-1)
  if (block.type === 'code' && last?.type === 'code' && block.language === undefined)
    out[out.length - 1] = { ...last, text: `${last.text}\n${block.text}` }
  else if (block.type === 'quote' && last?.type === 'quote')
    out[out.length - 1] = { ...last, blocks: [...last.blocks, ...block.blocks] }
  else if (block.type === 'list' && hangsUnder(block)) {
    const [first, ...rest] = block.items
    if (last?.type !== 'list') {
      out.push(...first!.blocks)
      if (rest.length > 0) out.push({ ...block, items: rest })
      return
    }
    const host = last.items.at(-1)!
    out[out.length - 1] = {
      ...last,
      items: [...last.items.slice(0, -1), { ...host, blocks: [...host.blocks, ...first!.blocks] }],
    }
    if (rest.length > 0) out.push({ ...block, items: rest })
  } else out.push(block)
}

/** A list that starts on a deeper level belongs under the item before it. */
const hangsUnder = (block: List): boolean =>
  block.items[0]?.label === undefined && block.items[0]?.blocks.every(({ type }) => type === 'list') === true

type Handler = (element: Xml, walk: Walk) => readonly Block[]

const readParagraph: Handler = (element, walk) => {
  const style = walk.styles.paragraph(attribute(element, 'style-name'))
  if (style.isHidden && walk.context.options.hiddenText === 'omit') {
    if (xmlText(element).trim() !== '')
      walk.context.report.warn(
        'hidden-content',
        `A hidden paragraph was left out: "${xmlText(element).trim().slice(0, 60)}".`,
      )
    return []
  }
  if (style.role === 'code') return [code(codeLine(element, walk), nextPlace(walk))]
  const { line, after } = walk.inline(element, style.marks, walk)
  if (isBlankInline(line)) return style.role === 'rule' ? [rule(nextPlace(walk)), ...after] : after
  const place = nextPlace(walk)
  const [only] = line
  if (line.length === 1 && only?.type === 'formula') return [formula(only.latex, place), ...after]
  if (style.role === 'title') return [heading(1, line, place), ...after]
  if (style.role === 'subtitle') return [heading(2, line, place), ...after]
  if (style.role === 'quote') return [quote([paragraph(line, place)], { at: place.at }), ...after]
  if (style.outlineLevel !== undefined)
    return [heading(style.outlineLevel + walk.state.sink, line, place), ...after]
  return [paragraph(line, place), ...after]
}

/** In code every space counts. */
function codeLine(element: Xml, walk: Walk): string {
  return inlineText(
    walk
      .inline(element, [], walk)
      .line.map((node): Inline => (node.type === 'break' ? { type: 'text', text: '\n' } : node)),
  )
}

const readHeading: Handler = (element, walk) => {
  const stated = Number(attribute(element, 'outline-level') ?? '1') || 1
  const { line, after } = walk.inline(element, [], walk)
  if (isBlankInline(line)) return after
  const number = headingNumber(element, stated, walk)
  const content: readonly Inline[] = number === '' ? line : [{ type: 'text', text: `${number} ` }, ...line]
  const place = nextPlace(walk)
  return [
    heading(stated + walk.state.sink, content, { ...place, number: number === '' ? undefined : number }),
    ...after,
  ]
}

/** Headings count by the outline style; one marked as a list header is not counted. */
function headingNumber(element: Xml, level: number, { styles, headings }: Walk): string {
  const style = styles.outline[level - 1]
  if (!style?.format || attribute(element, 'is-list-header') === 'true') return ''
  const start =
    attribute(element, 'restart-numbering') === 'true'
      ? Number(attribute(element, 'start-value') ?? '1')
      : undefined
  countUp(headings, level - 1, styles.outline, start)
  return label(headings, level - 1, styles.outline).trim()
}

const readSection: Handler = (element, walk) => {
  if (attribute(element, 'display') === 'none' && walk.context.options.hiddenText === 'omit') {
    walk.context.report.warn(
      'hidden-content',
      `The hidden section "${attribute(element, 'name') ?? ''}" was left out.`,
    )
    return []
  }
  return readBlocks(element, walk)
}

const readIndex: Handler = (element, walk) => {
  const body = child(element, 'index-body')
  if (!body) return []
  const title = child(body, 'index-title')
  const entries = elements(body).flatMap((part): ContentsEntry[] => {
    if (part.local !== 'p') return []
    const { line } = walk.inline(part, [], walk)
    if (isBlankInline(line)) return []
    return [entryOf(line, indexLevel(part, walk))]
  })
  const head = title
    ? walk.blocks(title, walk).filter((block) => block.type !== 'heading' || inlineText(block.content) !== '')
    : []
  return [...head, ...(entries.length > 0 ? [contents(entries, nextPlace(walk))] : [])]
}

/** "Contents 2" and its kin name their level. */
function indexLevel(part: Xml, { styles }: Walk): number {
  const name = attribute(part, 'style-name') ?? ''
  const parent = attribute(styles.element('paragraph', name), 'parent-style-name') ?? ''
  const match = /_(\d{1,2})$/.exec(name) ?? /_(\d{1,2})$/.exec(parent)
  return match ? Number(match[1]) : 1
}

/** The page stands after a tab at the end of the entry. */
function entryOf(line: readonly Inline[], level: number): ContentsEntry {
  const words = inlineText(line)
  const page = /\t\s*([\divxlc]+)\s*$/i.exec(words)?.[1]
  if (page === undefined) return { level, content: line }
  const cut = (nodes: readonly Inline[]): Inline[] => {
    const last = nodes.at(-1)
    if (last?.type === 'link') return [...nodes.slice(0, -1), { ...last, children: cut(last.children) }]
    if (last?.type !== 'text') return [...nodes]
    const text = last.text.replace(/\t?\s*[\divxlc]*\s*$/i, '')
    const rest = nodes.slice(0, -1)
    return text === '' && rest.length > 0 ? cut(rest) : [...rest, { ...last, text }]
  }
  return { level, content: cut(line), page }
}

const readNumbered: Handler = (element, walk) => {
  const inner: Xml = {
    ...element,
    local: 'list-item',
    children: elements(element).filter(({ local }) => local === 'p' || local === 'h'),
  }
  return readList({ ...element, local: 'list', children: [inner] }, walk)
}

const nothing: Handler = () => []
const inside: Handler = (element, walk) => readBlocks(element, walk)
/** Shapes stand between paragraphs too; of anything else unknown the paragraphs inside are read. */
const unknown: Handler = (element, walk) => {
  if (drawn.has(element.local)) return frameBlocks(element, walk)
  return [...descendants(element, 'p')].length > 0 ? walk.blocks(element, walk) : []
}

const handlers: Readonly<Record<string, Handler>> = {
  p: readParagraph,
  h: readHeading,
  list: (element, walk) => readList(element, walk),
  'numbered-paragraph': readNumbered,
  table: (element, walk) => {
    const made = readTable(element, walk)
    return made ? [made] : []
  },
  section: readSection,
  'table-of-content': readIndex,
  'illustration-index': readIndex,
  'table-index': readIndex,
  'object-index': readIndex,
  'user-index': readIndex,
  'alphabetical-index': inside,
  bibliography: inside,
  'index-body': inside,
  'soft-page-break': (_, walk) => {
    walk.state.page++
    return []
  },
  'change-start': (element, walk) => {
    walk.changes.open.add(attribute(element, 'change-id') ?? '')
    return []
  },
  'change-end': (element, walk) => {
    walk.changes.open.delete(attribute(element, 'change-id') ?? '')
    return []
  },
  'tracked-changes': nothing,
  'table-of-content-source': nothing,
  'alphabetical-index-source': nothing,
  'bibliography-source': nothing,
  forms: nothing,
  annotation: nothing,
}
