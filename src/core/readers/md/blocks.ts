/** Markdown's blocks as blocks. */
import type {
  FootnoteDefinition,
  ListItem as MdItem,
  List as MdList,
  Table as MdTable,
  RootContent,
} from 'mdast'
import {
  cell,
  code,
  figure,
  formula,
  heading,
  item,
  list,
  note,
  paragraph,
  quote,
  row,
  rule,
  table,
} from '../../doc/build.ts'
import type { Block, ListItem } from '../../doc/model.ts'
import { readComment } from './comment.ts'
import { type Definitions, type InlineResult, readInline } from './inline.ts'
import { liftLabel } from './label.ts'

export type MarkdownContext = {
  /** The whole text, in which positions of nodes point. */
  readonly source: string
  readonly definitions: Definitions
  /** Blocks nested deeper than this are taken out to their parent's level. */
  readonly depth: number
  readonly tooDeep: () => void
  readonly html: (html: string, at: { path: string }) => readonly Block[]
}

export function readBlocks(nodes: readonly RootContent[], context: MarkdownContext): readonly Block[] {
  return nodes.flatMap((node) => readBlock(node, context))
}

const inner = (nodes: readonly RootContent[], context: MarkdownContext): readonly Block[] => {
  if (context.depth > 0) return readBlocks(nodes, { ...context, depth: context.depth - 1 })
  context.tooDeep()
  return []
}

function readBlock(node: RootContent, context: MarkdownContext): readonly Block[] {
  const at = { path: `line ${node.position?.start.line ?? 0}` }
  switch (node.type) {
    case 'heading': {
      const { content, anchors } = readInline(node.children, context.definitions)
      return content.length > 0 ? [heading(node.depth, content, { at, anchors })] : []
    }
    case 'paragraph':
      return paragraphOrFigure(readInline(node.children, context.definitions), at)
    case 'blockquote':
      return [quote(inner(node.children, context), { at })]
    case 'list':
      return [readList(node, context)]
    case 'code':
      return [code(node.value, { at, language: node.lang ?? undefined })]
    case 'math':
      return node.value.trim() === '' ? [] : [formula(node.value.trim(), { at })]
    case 'thematicBreak':
      return [rule({ at })]
    case 'table':
      return readTable(node, context)
    case 'footnoteDefinition':
      return [readNote(node, context)]
    case 'html':
      return readComment(node.value, at) ?? context.html(node.value, at)
    default:
      return []
  }
}

function paragraphOrFigure({ content, anchors }: InlineResult, at: { path: string }): readonly Block[] {
  const [only] = content
  if (only?.type === 'image' && content.length === 1 && only.title === undefined)
    return [figure(only.alt, { at, anchors, src: only.src === '' ? undefined : only.src })]
  return content.length > 0 ? [paragraph(content, { at, anchors })] : []
}

function readList(node: MdList, context: MarkdownContext): Block {
  const items = node.children.map((child) => readItem(child, node.ordered === true, context))
  const ordered = node.ordered === true
  return list(items, {
    at: { path: `line ${node.position?.start.line ?? 0}` },
    ordered,
    start: ordered && node.start !== null && node.start !== 1 ? node.start : undefined,
  })
}

function readItem(node: MdItem, isOrdered: boolean, context: MarkdownContext): ListItem {
  const at = { path: `line ${node.position?.start.line ?? 0}` }
  const blocks = inner(node.children, context)
  const checked = node.checked ?? undefined
  if (!isOrdered) {
    const lifted = liftLabel(blocks)
    return item(lifted.blocks, { at, label: lifted.label, checked: checked ?? lifted.checked })
  }
  const marker = context.source.slice(node.position?.start.offset ?? 0).slice(0, 10)
  return item(blocks, { at, checked, label: /^\d{1,9}[.)]/.exec(marker)?.[0] })
}

function readTable(node: MdTable, context: MarkdownContext): readonly Block[] {
  const rows = node.children.map((line) =>
    row(
      line.children.map(({ children }) => {
        const { content } = readInline(children, context.definitions)
        return cell(content.length > 0 ? [paragraph(content)] : [])
      }),
    ),
  )
  const hasHead = rows[0]?.cells.some(({ blocks }) => blocks.length > 0) ?? false
  const align = (node.align ?? []).some(Boolean) ? node.align?.map((side) => side ?? null) : undefined
  const shown = hasHead ? rows : rows.slice(1)
  if (shown.length === 0) return []
  const at = { path: `line ${node.position?.start.line ?? 0}` }
  return [table(shown, { at, headerRows: hasHead ? 1 : 0, align })]
}

const readNote = (node: FootnoteDefinition, context: MarkdownContext): Block =>
  note('footnote', context.definitions.noteName(node.identifier), inner(node.children, context), {
    at: { path: `line ${node.position?.start.line ?? 0}` },
  })
