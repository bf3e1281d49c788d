/** Blocks as HTML, one row a type. */
import type { Block, Cell, Contents, Field, Inline, List, Row, Table } from '../../doc/model.ts'
import type { Sink } from '../sink.ts'
import { attributes, escapeHtml } from './escape.ts'
import { type InlineHtml, imageHtml, inlineHtml } from './inline.ts'

export type HtmlContext = InlineHtml & {
  readonly sink: Sink
  /** `data-block` with the id of the block, so that a viewer can find it. */
  readonly hasIds: boolean
  readonly showFurniture: boolean
  readonly pageMarkers: boolean
  /** Between blocks: nothing where a blank line would end the HTML (inside Markdown), a line end elsewhere. */
  readonly gap: '' | '\n'
}

export function writeHtmlBlocks(blocks: readonly Block[], context: HtmlContext): void {
  for (const [index, block] of blocks.entries()) {
    if (index > 0) context.sink.write(context.gap)
    writeHtmlBlock(block, context)
  }
}

function writeHtmlBlock<T extends Block['type']>(
  block: Extract<Block, { type: T }>,
  context: HtmlContext,
): void {
  const write = writers[block.type] as Writers[T] // the row of this block's own type
  context.sink.range(block, () => write(block, context))
}

type Writers = {
  readonly [T in Block['type']]: (block: Extract<Block, { type: T }>, context: HtmlContext) => void
}

/** The start tag of a block: its own attributes, its id, and its first anchor. */
function open(
  tag: string,
  block: Pick<Block, 'id' | 'anchors'>,
  { hasIds, anchor }: HtmlContext,
  own: Record<string, string | number | undefined> = {},
): string {
  const [first, ...others] = hasIds ? (block.anchors ?? []) : []
  const extra = others.map((name) => `<a${attributes({ id: anchor(name) })}></a>`).join('')
  const id = own.id ?? (first === undefined ? undefined : anchor(first))
  return `<${tag}${attributes({ ...own, id, 'data-block': hasIds ? block.id : undefined })}>${extra}`
}

const writers: Writers = {
  heading: (block, context) => {
    const tag = `h${Math.min(6, block.level)}`
    context.sink.write(`${open(tag, block, context)}${inlineHtml(block.content, context)}</${tag}>`)
  },
  paragraph: (block, context) =>
    context.sink.write(`${open('p', block, context)}${inlineHtml(block.content, context)}</p>`),
  list: writeList,
  table: writeHtmlTable,
  code: (block, context) => {
    const language = block.language?.replace(/[^\w+#.-]/g, '')
    const body = escapeHtml(block.text).replaceAll('\n', context.gap === '' ? '&#10;' : '\n')
    const code = `<code${attributes({ class: language ? `language-${language}` : undefined })}>${body}</code>`
    context.sink.write(`${open('pre', block, context)}${code}</pre>`)
  },
  quote: (block, context) => wrap('blockquote', block, block.blocks, context),
  figure: (block, context) => {
    const picture =
      block.src === undefined && block.alt === ''
        ? '<!-- image -->'
        : imageHtml({ src: block.src ?? '', alt: block.alt }, context.imageFolder)
    const caption = block.caption ? `<figcaption>${inlineHtml(block.caption, context)}</figcaption>` : ''
    context.sink.write(`${open('figure', block, context)}${picture}${caption}</figure>`)
  },
  formula: (block, context) =>
    context.sink.write(
      `${open('div', block, context, { class: 'formula' })}${escapeHtml(context.formula(block.latex))}</div>`,
    ),
  note: (block, context) => {
    const { sink } = context
    sink.write(open('aside', block, context, { class: block.kind, id: context.anchor(`note-${block.name}`) }))
    const who = [block.author, block.date?.slice(0, 10)].filter(Boolean).join(', ')
    sink.write(`<sup>${escapeHtml(block.name)}</sup>${who === '' ? ' ' : ` ${escapeHtml(who)}: `}`)
    writeHtmlBlocks(block.blocks, context)
    sink.write('</aside>')
  },
  field: (block, context) => context.sink.write(`${open('p', block, context)}${fieldHtml(block)}</p>`),
  furniture: (block, context) => {
    if (context.showFurniture) wrap('div', block, block.blocks, context, { class: block.role })
  },
  contents: writeContents,
  pageBreak: (block, context) => {
    if (context.pageMarkers)
      context.sink.write(open('hr', block, context, { class: 'page', 'data-page': block.page }))
  },
  rule: (block, context) => context.sink.write(open('hr', block, context)),
}

function wrap(
  tag: string,
  block: Block,
  blocks: readonly Block[],
  context: HtmlContext,
  own: Record<string, string> = {},
): void {
  context.sink.write(open(tag, block, context, own))
  writeHtmlBlocks(blocks, context)
  context.sink.write(`</${tag}>`)
}

const fieldHtml = ({ kind, checked, label, value }: Field): string => {
  if (kind === 'checkbox' || kind === 'radio') return `${checked ? '☒' : '☐'} ${escapeHtml(label)}`
  return `${label === '' ? '' : `<b>${escapeHtml(label)}:</b> `}${escapeHtml(value)}`
}

function writeList(list: List, context: HtmlContext): void {
  const { sink } = context
  const hasNumbers = list.items.every(({ label }) => label === undefined || /^\d{1,9}[.)]$/.test(label))
  const isOrdered = (list.ordered || list.items.some(({ label }) => label !== undefined)) && hasNumbers
  const tag = isOrdered ? 'ol' : 'ul'
  const start = isOrdered ? (list.start ?? numberOf(list.items[0]?.label)) : undefined
  sink.write(open(tag, list, context, { start: start === 1 ? undefined : start }))
  for (const item of list.items) {
    sink.range(item, () => {
      const value = isOrdered ? numberOf(item.label) : undefined
      sink.write(
        `${open('li', item, context, { value })}${itemLead(item.checked, isOrdered ? undefined : item.label)}`,
      )
      writeFlow(item.blocks, context)
      sink.write('</li>')
    })
  }
  sink.write(`</${tag}>`)
}

const numberOf = (label: string | undefined): number | undefined =>
  label === undefined ? undefined : Number.parseInt(label, 10)

const itemLead = (checked: boolean | undefined, label: string | undefined): string =>
  (checked === undefined ? '' : checked ? '☒ ' : '☐ ') + (label === undefined ? '' : `${escapeHtml(label)} `)

/** Blocks in an item or a cell: the first paragraph needs no element when no other paragraph follows. */
function writeFlow(blocks: readonly Block[], context: HtmlContext): void {
  const [first, ...others] = blocks
  const isBare = first?.type === 'paragraph' && others.every(({ type }) => type === 'list')
  if (!isBare) {
    writeHtmlBlocks(blocks, context)
    return
  }
  const { sink } = context
  sink.range(first, () => {
    const words = inlineHtml(first.content, context)
    sink.write(context.hasIds ? `${open('span', first, context)}${words}</span>` : words)
  })
  writeHtmlBlocks(others, context)
}

export function writeHtmlTable(table: Table, context: HtmlContext): void {
  const { sink } = context
  const head = table.rows.slice(0, table.headerRows)
  const body = table.rows.slice(table.headerRows)
  sink.write(`${open('table', table, context)}\n`)
  if (table.caption) sink.write(`<caption>${inlineHtml(table.caption, context)}</caption>\n`)
  for (const [tag, rows] of [
    ['thead', head],
    ['tbody', body],
  ] as const) {
    if (rows.length === 0) continue
    sink.write(`<${tag}>\n`)
    for (const row of rows) writeRow(row, tag === 'thead', context)
    sink.write(`</${tag}>\n`)
  }
  sink.write('</table>')
}

function writeRow(row: Row, isHead: boolean, context: HtmlContext): void {
  context.sink.write('<tr>')
  for (const cell of row.cells) writeCell(cell, isHead || cell.header === true, context)
  context.sink.write('</tr>\n')
}

function writeCell(cell: Cell, isHead: boolean, context: HtmlContext): void {
  const tag = isHead ? 'th' : 'td'
  const span = (count: number | undefined) => ((count ?? 1) > 1 ? count : undefined)
  context.sink.write(`<${tag}${attributes({ colspan: span(cell.colSpan), rowspan: span(cell.rowSpan) })}>`)
  writeFlow(cell.blocks, context)
  context.sink.write(`</${tag}>`)
}

function writeContents(contents: Contents, context: HtmlContext): void {
  const entries = contents.entries.map(({ level, content, page }) => {
    const words: readonly Inline[] = page ? [...content, { type: 'text', text: ` ${page}` }] : content
    return `<div class="level-${Math.max(1, Math.round(level))}">${inlineHtml(words, context)}</div>`
  })
  context.sink.write(`${open('nav', contents, context)}${entries.join(context.gap)}</nav>`)
}
