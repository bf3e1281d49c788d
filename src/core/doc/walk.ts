/** Reading and rebuilding the tree. Iterative where depth is the author's, so deep nesting cannot overflow. */
import type { Block, Doc, Inline, ListItem } from './model.ts'

/** The blocks directly inside a block, in reading order (list items and table cells are looked through). */
export function childBlocks(block: Block): readonly Block[] {
  switch (block.type) {
    case 'list':
      return block.items.flatMap((item) => item.blocks)
    case 'table':
      return block.rows.flatMap((row) => row.cells.flatMap((cell) => cell.blocks))
    case 'quote':
    case 'note':
    case 'furniture':
      return block.blocks
    default:
      return []
  }
}

/** Every block of the document in reading order, parents before children. */
export function* walk(doc: Pick<Doc, 'blocks'>): Generator<Block> {
  const stack: Block[] = [...doc.blocks].reverse()
  for (let block = stack.pop(); block; block = stack.pop()) {
    yield block
    const children = childBlocks(block)
    for (let index = children.length - 1; index >= 0; index--) stack.push(children[index]!)
  }
}

/** The characters a reader sees in inline content; spans count in this text. */
export function inlineText(content: readonly Inline[]): string {
  let out = ''
  for (const node of content) {
    if (node.type === 'text') out += node.text
    else if (node.type === 'break') out += '\n'
    else if (node.type === 'link') out += inlineText(node.children)
    else if (node.type === 'formula') out += node.latex
    else if (node.type === 'image') out += node.alt
  }
  return out
}

/** The block's text without markup. Nested blocks are joined by newlines, cells of a row by tabs. */
export function plainText(block: Block): string {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return inlineText(block.content)
    case 'list':
      return block.items.map(itemText).join('\n')
    case 'table':
      return block.rows
        .map((row) => row.cells.map((cell) => cell.blocks.map(plainText).join('\n')).join('\t'))
        .join('\n')
    case 'code':
      return block.text
    case 'quote':
    case 'note':
    case 'furniture':
      return block.blocks.map(plainText).join('\n')
    case 'figure':
      return block.caption ? inlineText(block.caption) : block.alt
    case 'formula':
      return block.latex
    case 'field':
      return block.value === '' ? block.label : `${block.label}: ${block.value}`
    case 'contents':
      return block.entries
        .map((entry) => inlineText(entry.content) + (entry.page ? `\t${entry.page}` : ''))
        .join('\n')
    case 'pageBreak':
    case 'rule':
      return ''
  }
}

export const itemText = (item: ListItem): string =>
  (item.label ? `${item.label} ` : '') + item.blocks.map(plainText).join('\n')

export function rewriteBlocks(
  blocks: readonly Block[],
  change: (block: Block) => Block | readonly Block[],
): readonly Block[] {
  return blocks.flatMap((block) => change(withChildren(block, (inner) => rewriteBlocks(inner, change))))
}

/** A copy of the block with each of its inner block lists replaced by `change(list)`. */
function withChildren(block: Block, change: (blocks: readonly Block[]) => readonly Block[]): Block {
  switch (block.type) {
    case 'list':
      return { ...block, items: block.items.map((item) => ({ ...item, blocks: change(item.blocks) })) }
    case 'table':
      return {
        ...block,
        rows: block.rows.map((row) => ({
          cells: row.cells.map((cell) => ({ ...cell, blocks: change(cell.blocks) })),
        })),
      }
    case 'quote':
    case 'note':
    case 'furniture':
      return { ...block, blocks: change(block.blocks) }
    default:
      return block
  }
}
