import type { Block, Doc, ListItem } from '../doc/model.ts'

/** One letter a kind, so that an id read in a log says what it is. */
const letters: Record<Block['type'] | 'item', string> = {
  heading: 'h',
  paragraph: 'p',
  list: 'l',
  item: 'i',
  table: 't',
  code: 'c',
  quote: 'q',
  figure: 'f',
  formula: 'm',
  note: 'n',
  field: 'x',
  furniture: 'u',
  contents: 'o',
  pageBreak: 'k',
  rule: 'r',
}

/** Gives every block and list item an id: its kind and its place in reading order ("h12"), the same in every run. */
export function identify(doc: Doc): Doc {
  const counts: Record<string, number> = {}
  const next = (kind: Block['type'] | 'item') => {
    const letter = letters[kind]
    counts[letter] = (counts[letter] ?? 0) + 1
    return `${letter}${counts[letter]}`
  }
  const named = (block: Block): Block => {
    const id = next(block.type)
    switch (block.type) {
      case 'list':
        return {
          ...block,
          id,
          items: block.items.map(
            (item): ListItem => ({ ...item, id: next('item'), blocks: item.blocks.map(named) }),
          ),
        }
      case 'table':
        return {
          ...block,
          id,
          rows: block.rows.map((row) => ({
            cells: row.cells.map((cell) => ({ ...cell, blocks: cell.blocks.map(named) })),
          })),
        }
      case 'quote':
      case 'note':
      case 'furniture':
        return { ...block, id, blocks: block.blocks.map(named) }
      default:
        return { ...block, id }
    }
  }
  return { ...doc, blocks: doc.blocks.map(named) }
}
