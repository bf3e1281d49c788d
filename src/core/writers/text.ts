/** Words only: no markup, blocks parted by blank lines, cells by tabs. */
import type { Block, Cell, List, Table } from '../doc/model.ts'
import { inlineText, plainText } from '../doc/walk.ts'
import { fieldWords } from './markdown/form.ts'
import { createSink, type Sink } from './sink.ts'
import type { Writer } from './writer.ts'

export const writeText: Writer = (doc, { maxChars, headersFooters }) => {
  const sink = createSink(maxChars)
  writeBlocks(doc.blocks, sink, 2, headersFooters === 'show')
  return sink.finish()
}

function writeBlocks(blocks: readonly Block[], sink: Sink, gap: number, showFurniture: boolean): void {
  let wrote = false
  for (const block of blocks) {
    if (wrote) sink.gap(gap)
    const before = sink.position
    sink.range(block, () => writeBlock(block, sink, showFurniture))
    wrote ||= sink.position > before
  }
}

function writeBlock(block: Block, sink: Sink, showFurniture: boolean): void {
  const inner = (blocks: readonly Block[]) => writeBlocks(blocks, sink, 2, showFurniture)
  if (block.type === 'list') writeList(block, sink, showFurniture)
  else if (block.type === 'table') writeTable(block, sink)
  else if (block.type === 'quote') inner(block.blocks)
  else if (block.type === 'note') sink.within(`[${block.name}] `, '', () => inner(block.blocks))
  else if (block.type !== 'furniture') sink.write(clean(wordsOf(block)))
  else if (showFurniture) inner(block.blocks)
}

const wordsOf = (block: Block): string =>
  block.type === 'field' ? inlineText(fieldWords(block)) : plainText(block)

function writeList(list: List, sink: Sink, showFurniture: boolean): void {
  for (const [index, item] of list.items.entries()) {
    if (index > 0) sink.gap(1)
    const label = item.label ?? (list.ordered ? `${(list.start ?? 1) + index}.` : '-')
    const box = item.checked === undefined ? '' : item.checked ? '☒ ' : '☐ '
    const blocks = () => writeBlocks(item.blocks, sink, 1, showFurniture)
    sink.range(item, () => sink.within(`${label} ${box}`, '  ', blocks, true))
  }
}

/** A row a line, cells parted by tabs. */
function writeTable(table: Table, sink: Sink): void {
  if (table.caption) sink.write(`${clean(inlineText(table.caption))}\n`)
  const cellText = ({ blocks }: Cell) => clean(blocks.map(plainText).join(' ').replace(/\s+/g, ' '))
  sink.write(table.rows.map(({ cells }) => cells.map(cellText).join('\t')).join('\n'))
}

const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, '')
    .trim()
