/** One document inside another: an attachment in a message, a member in an archive. */
import type { At, Block, Doc, Inline } from './model.ts'
import { rewriteBlocks } from './walk.ts'

type Adoption = {
  /** Place of the inner file in the outer one, for example `docs/annex.docx`. */
  readonly path: string
  /** How many levels headings sink below those of the outer document. */
  readonly sink: number
  /** Put before names of notes and anchors, so that two files cannot share one. */
  readonly prefix: string
}

/**
 * The inner document's blocks as blocks of the outer one. Places become paths (`annex.docx#page=3`), because
 * pages and boxes of the inner file are no pages of the outer.
 */
export function adopt(doc: Doc, { path, sink, prefix }: Adoption): readonly Block[] {
  const at = (inner: At): At => ({ path: path + placeInside(inner) })
  const content = (nodes: readonly Inline[]): Inline[] => nodes.map((node) => renamed(node, prefix))
  return rewriteBlocks(doc.blocks, (block) => {
    if (block.type === 'pageBreak') return []
    const { anchors, ...rest } = block
    const moved = {
      ...rest,
      at: at(block.at),
      ...(anchors ? { anchors: anchors.map((name) => prefix + name) } : {}),
    } as Block // the spread of a union member keeps its type
    switch (moved.type) {
      case 'heading': {
        const { spans: _, ...heading } = moved
        return { ...heading, level: heading.level + sink, content: content(heading.content) }
      }
      case 'paragraph': {
        const { spans: _, ...paragraph } = moved
        return { ...paragraph, content: content(paragraph.content) }
      }
      case 'list':
        return { ...moved, items: moved.items.map((item) => ({ ...item, at: at(item.at) })) }
      case 'table':
      case 'figure':
        return moved.caption ? { ...moved, caption: content(moved.caption) } : moved
      case 'note':
        return { ...moved, name: prefix + moved.name }
      case 'contents':
        return {
          ...moved,
          entries: moved.entries.map(({ at: _, ...entry }) => ({
            ...entry,
            content: content(entry.content),
          })),
        }
      default:
        return moved
    }
  })
}

function placeInside({ page, path }: At): string {
  if (page !== undefined) return `#page=${page}`
  return path === undefined ? '' : `#${path}`
}

function renamed(node: Inline, prefix: string): Inline {
  if (node.type === 'noteRef') return { ...node, name: prefix + node.name }
  if (node.type !== 'link') return node
  return {
    ...node,
    href: node.href.startsWith('#') ? `#${prefix}${node.href.slice(1)}` : node.href,
    children: node.children.map((child) => renamed(child, prefix)),
  }
}
