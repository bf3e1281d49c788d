import { asDisplayed } from '../doc/frame.ts'
import type { At, Block, Box, Cell, Doc, PageInfo, Span } from '../doc/model.ts'

/**
 * Pages that were turned or levelled for recognition keep their places in that frame through layout. Viewers show
 * the page as it is, so at the end of the road all boxes go back.
 */
export function displayed(doc: Doc): Doc {
  const moved = new Map(
    doc.pages.filter(({ turned, skew }) => turned || skew).map((page) => [page.number, page]),
  )
  if (moved.size === 0) return doc
  const box = (one: Box): Box => {
    const page = moved.get(one.page)
    return page?.width && page.height ? asDisplayed(one, page, page.width, page.height) : one
  }
  return { ...doc, pages: doc.pages.map(asShown), blocks: doc.blocks.map((block) => moveBlock(block, box)) }
}

type Move = (box: Box) => Box

function asShown(page: PageInfo): PageInfo {
  const { width, height } = page
  return page.turned && page.turned !== 180 && width && height
    ? { ...page, width: height, height: width }
    : page
}

const moveAt = (at: At, move: Move): At => (at.boxes ? { ...at, boxes: at.boxes.map(move) } : at)
const moveSpan = (span: Span, move: Move): Span => ({ ...span, box: move(span.box) })
const moveCell = (cell: Cell, move: Move): Cell => ({
  ...cell,
  ...(cell.at ? { at: moveAt(cell.at, move) } : {}),
  blocks: cell.blocks.map((block) => moveBlock(block, move)),
})

function moveBlock(block: Block, move: Move): Block {
  const moved = { ...block, at: moveAt(block.at, move) }
  switch (moved.type) {
    case 'heading':
    case 'paragraph':
      return moved.spans ? { ...moved, spans: moved.spans.map((span) => moveSpan(span, move)) } : moved
    case 'list':
      return {
        ...moved,
        items: moved.items.map((item) => ({
          ...item,
          at: moveAt(item.at, move),
          blocks: item.blocks.map((inner) => moveBlock(inner, move)),
        })),
      }
    case 'table':
      return {
        ...moved,
        rows: moved.rows.map(({ cells }) => ({ cells: cells.map((cell) => moveCell(cell, move)) })),
      }
    case 'contents':
      return {
        ...moved,
        entries: moved.entries.map((entry) => (entry.at ? { ...entry, at: moveAt(entry.at, move) } : entry)),
      }
    case 'quote':
    case 'note':
    case 'furniture':
      return { ...moved, blocks: moved.blocks.map((inner) => moveBlock(inner, move)) }
    default:
      return moved
  }
}
