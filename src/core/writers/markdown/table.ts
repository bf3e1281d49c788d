/** A pipe table; an HTML table where cells span, or hold what a pipe cell cannot. */
import type { Block, Cell, Table } from '../../doc/model.ts'
import { writeHtmlTable } from '../html/blocks.ts'
import { escapeHtml } from '../html/escape.ts'
import { type Context, inline } from './context.ts'
import { fieldWords } from './form.ts'
import { codeSpan } from './inline/code-span.ts'
import { imageMarkdown, tidyText } from './inline/inline.ts'
import { mathSpan } from './inline/math.ts'
import { needsHtml, type PipeBlock } from './pipes.ts'

export function writeTable(table: Table, context: Context): void {
  const { sink } = context
  if (table.rows.every(({ cells }) => cells.length === 0)) return
  if (needsHtml(table)) {
    writeHtmlTable(table, htmlContext(context))
    return
  }
  if (table.caption) {
    sink.write(inline(context, table.caption, 'block'))
    sink.gap(2)
  }
  writePipeTable(table, context)
}

type PipeBlocks = {
  readonly [T in PipeBlock]: (block: Extract<Block, { type: T }>, context: Context, isHead: boolean) => string
}

const pipeBlocks: PipeBlocks = {
  paragraph: (block, context, isHead) =>
    inline(context, block.content, 'cell', { anchors: block.anchors, implied: isHead ? ['bold'] : [] }),
  heading: (block, context) =>
    inline(context, block.content, 'cell', { anchors: block.anchors, implied: ['bold'] }),
  formula: ({ latex }) => mathSpan(tidyText(latex), true),
  code: ({ text }) => (text.trim() === '' ? '' : codeSpan(text.trim(), true)),
  figure: ({ src, alt, caption }, context) => {
    const picture = imageMarkdown({ src: src ?? '', alt }, { ...context.options, inCell: true })
    return caption ? `${picture}<br>${inline(context, caption, 'cell')}` : picture
  },
  field: (block, context) => inline(context, fieldWords(block), 'cell'),
  pageBreak: () => '',
  furniture: () => '',
}

function writePipeTable(table: Table, context: Context): void {
  const { sink } = context
  const width = table.rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  const hasHead = table.headerRows > 0
  const writeRow = (cells: readonly Cell[], isHead: boolean) => {
    sink.write('|')
    for (let at = 0; at < width; at++) {
      sink.write(' ')
      writeCell(cells[at]?.blocks ?? [], context, isHead)
      sink.write(' |')
    }
    sink.gap(1)
  }
  if (hasHead) writeRow(table.rows[0]!.cells, true)
  else {
    sink.write(`|${'  |'.repeat(width)}`)
    sink.gap(1)
  }
  sink.write(
    `|${Array.from({ length: width }, (_, at) => ` ${dashes[table.align?.[at] ?? 'none']} |`).join('')}`,
  )
  for (const { cells } of table.rows.slice(hasHead ? 1 : 0)) {
    sink.gap(1)
    writeRow(cells, false)
  }
}

const dashes = { left: ':---', center: ':---:', right: '---:', none: '---' } as const

function writeCell(blocks: readonly Block[], context: Context, isHead: boolean): void {
  const { sink } = context
  let wrote = false
  for (const block of blocks) {
    const words = cellWords(block, context, isHead).trim()
    if (words === '') continue
    if (wrote) sink.write('<br>')
    sink.range(block, () => sink.write(words))
    wrote = true
  }
}

function cellWords(block: Block, context: Context, isHead: boolean): string {
  // needsHtml has seen that there is a row for each block.
  const print = pipeBlocks[block.type as PipeBlock] as (one: Block, within: Context, head: boolean) => string
  return print(block, context, isHead)
}

/** Inside HTML nothing is Markdown: no escapes, no footnotes, and no blank line, which would end it. */
function htmlContext({ sink, options, linkNames }: Context) {
  return {
    sink,
    hasIds: false,
    gap: '' as const,
    imageFolder: options.imageFolder,
    marks: new Set(options.emphasis ? htmlMarks : plainMarks),
    showFurniture: false,
    pageMarkers: false,
    formula: (latex: string) => `$${latex}$`,
    noteRef: (name: string) => `<sup>${escapeHtml(name)}</sup>`,
    anchor: (name: string) => linkNames.get(name) ?? name,
  }
}

const plainMarks = ['inserted', 'deleted'] as const
const htmlMarks = [...plainMarks, 'bold', 'italic', 'strike', 'superscript', 'subscript', 'code'] as const
