/** A header row that nobody marked, told by how it looks. */
import type { Block, Cell, Inline, Row } from '../doc/model.ts'
import { plainText } from '../doc/walk.ts'
import { type Kind, kindOf } from './sheet/header.ts'

/** Rows looked at. */
const SAMPLE = 40
/** Share of values in a column that makes it a column of values. */
const MOST = 0.8

/**
 * 1 when the first row alone is bold throughout, or names columns of numbers and dates; 0 otherwise. Only a row that
 * spans nothing can be a header of columns.
 */
export function inferredHeaderRows(rows: readonly Row[]): 0 | 1 {
  const [first, second] = rows
  if (!first || !second || first.cells.length < 2) return 0
  if (first.cells.some((cell) => (cell.colSpan ?? 1) > 1 || (cell.rowSpan ?? 1) > 1)) return 0
  if (isBold(first) && !isBold(second)) return 1
  return namesValues(rows) ? 1 : 0
}

const isBold = ({ cells }: Row): boolean =>
  cells.length > 0 && cells.every(({ blocks }) => blocks.length > 0 && blocks.every(isBoldBlock))

const isBoldBlock = (block: Block): boolean => block.type === 'paragraph' && isBoldLine(block.content)

const isBoldLine = (content: readonly Inline[]): boolean =>
  content.every((node) => {
    if (node.type === 'text') return node.text.trim() === '' || node.marks?.includes('bold') === true
    return node.type === 'link' ? isBoldLine(node.children) : node.type === 'break'
  })

/** Words above a column of which most cells are numbers or dates, and no value in the row itself. */
function namesValues(rows: readonly Row[]): boolean {
  const kinds = rows.slice(0, SAMPLE).map(({ cells }) => cells.map(kindOfCell))
  const [first, ...rest] = kinds
  if (!first || rest.length < 2 || first.some((kind) => kind !== 'text' && kind !== 'empty')) return false
  return first.some((kind, column) => {
    const below = rest.map((line) => line[column] ?? 'empty').filter((other) => other !== 'empty')
    const values = below.filter((other) => other === 'number' || other === 'date')
    return kind === 'text' && below.length >= 2 && values.length >= below.length * MOST
  })
}

const kindOfCell = ({ blocks }: Cell): Kind => kindOf(blocks.map(plainText).join(' '))
