/** What a pipe table can hold. */
import type { Block, Table } from '../../doc/model.ts'

/** A pipe cell is one line of inline content. */
const pipeBlocks = [
  'paragraph',
  'heading',
  'formula',
  'code',
  'figure',
  'field',
  'pageBreak',
  'furniture',
] as const satisfies readonly Block['type'][]
export type PipeBlock = (typeof pipeBlocks)[number]

export const needsHtml = (table: Table): boolean =>
  table.rows.some(({ cells }) =>
    cells.some((cell) => (cell.colSpan ?? 1) > 1 || (cell.rowSpan ?? 1) > 1 || !cell.blocks.every(fitsPipes)),
  )

const fitsPipes = (block: Block): boolean =>
  (pipeBlocks as readonly string[]).includes(block.type) &&
  (block.type !== 'code' || !block.text.trim().includes('\n'))
