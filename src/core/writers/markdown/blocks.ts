/** Blocks as Markdown, one row a type. */
import { text } from '../../doc/build.ts'
import type { Block, Furniture, Inline, List, Note } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { comment } from './comment.ts'
import { contentsList } from './contents.ts'
import { type Context, inline } from './context.ts'
import { codeBlock, mathBlock } from './fenced.ts'
import { fieldWords, groupChecks } from './form.ts'
import { imageMarkdown } from './inline/inline.ts'
import { isLoose, kindOf, listRuns, type PrintedItem, printedItems } from './list.ts'
import { writeTable } from './table.ts'

/** Blocks one after another, `gap` line ends apart. */
export function writeBlocks(blocks: readonly Block[], context: Context, gap = 2): void {
  const { sink } = context
  let last: Block | undefined
  let bullet: Context['bullet'] = '-'
  for (const block of groupChecks(blocks)) {
    const before = sink.position
    if (last) sink.gap(isList(last) ? 2 : gap)
    if (last && isList(last) && isList(block)) bullet = separateLists(last, block, bullet, context)
    else bullet = '-'
    writeBlock(block, { ...context, bullet })
    if (sink.position > before) last = block
  }
}

const isList = (block: Block): boolean => block.type === 'list' || block.type === 'contents'

/** Two lists of one kind in a row would be read as one: the bullet changes, or a comment parts the numbers. */
function separateLists(
  last: Block,
  next: Block,
  bullet: Context['bullet'],
  { sink }: Context,
): Context['bullet'] {
  const end = last.type === 'list' ? printedItems(last).at(-1)?.marker : '-'
  const start = next.type === 'list' ? printedItems(next)[0]?.marker : '-'
  if (end === undefined || start === undefined || kindOf(end) !== kindOf(start)) return '-'
  if (start === '-') return bullet === '-' ? '*' : '-'
  sink.write('<!-- -->')
  sink.gap(2)
  return '-'
}

function writeBlock<T extends Block['type']>(block: Extract<Block, { type: T }>, context: Context): void {
  const write = writers[block.type] as Writers[T] // the row of this block's own type
  context.sink.range(block, () => write(block, context))
}

type Writers = {
  readonly [T in Block['type']]: (block: Extract<Block, { type: T }>, context: Context) => void
}

const writers: Writers = {
  heading: ({ content, level, anchors }, context) => {
    const words = inline(context, content, 'heading', { anchors, implied: ['bold'] })
    if (words !== '') context.sink.write(`${'#'.repeat(Math.min(6, level))} ${words}`)
  },
  paragraph: ({ content, anchors }, context) =>
    context.sink.write(inline(context, content, 'block', { anchors })),
  list: writeList,
  table: writeTable,
  code: ({ text: value, language }, { sink }) => sink.write(codeBlock(value, language)),
  quote: ({ blocks }, context) => context.sink.within('> ', '> ', () => writeBlocks(blocks, context)),
  figure: ({ src, alt, caption, at }, context) => {
    const { sink, options } = context
    // A picture on a printed page that was not taken out has nothing to print; the Doc knows where it stands.
    if (src === undefined && alt.trim() === '' && !caption && at.boxes && !at.path) return
    if (src === undefined && alt.trim() === '') sink.write(comment('image'))
    else sink.write(imageMarkdown({ src: src ?? '', alt }, { ...options, inCell: false }))
    const words = caption ? inline(context, caption, 'block') : ''
    if (words === '') return
    sink.gap(2)
    sink.write(words)
  },
  formula: ({ latex }, { sink }) => sink.write(mathBlock(latex)),
  note: writeNote,
  field: (field, context) => context.sink.write(inline(context, fieldWords(field), 'block')),
  furniture: writeFurniture,
  contents: ({ entries }, context) => writeList(contentsList(entries), context),
  pageBreak: ({ page, byAuthor }, { sink, options }) => {
    if (options.pageMarkers && page !== undefined) sink.write(comment(`page: ${page}`))
    else if (byAuthor) sink.write(comment('page break'))
  },
  rule: (_, { sink }) => sink.write(sink.position === 0 ? '***' : '---'), // `---` first would open front matter
}

function writeList(list: List, context: Context): void {
  const { sink } = context
  const loose = isLoose(list)
  for (const [index, run] of listRuns(printedItems(list)).entries()) {
    if (index > 0) sink.gap(2)
    if (run.needsSeparator) {
      sink.write('<!-- -->')
      sink.gap(2)
    }
    for (const [at, printed] of run.items.entries()) {
      if (at > 0) sink.gap(loose ? 2 : 1)
      writeItem(printed, loose ? 2 : 1, context)
    }
  }
}

function writeItem(printed: PrintedItem, gap: number, context: Context): void {
  const { item } = printed
  const marker = printed.marker === '-' ? context.bullet : printed.marker
  const indent = ' '.repeat(marker.length + 1)
  context.sink.range(item, () =>
    context.sink.within(`${marker} `, indent, () => writeItemBlocks(printed, gap, context), true),
  )
}

/** The check box and the label open the first paragraph, or stand alone where there is none. */
function writeItemBlocks({ item, label }: PrintedItem, gap: number, context: Context): void {
  const { sink } = context
  const [first, ...others] = item.blocks
  const check = item.checked === undefined ? '' : `[${item.checked ? 'x' : ' '}] `
  const opening = first?.type === 'paragraph' ? first : undefined
  const lead: readonly Inline[] = label === '' ? [] : [text(opening ? `${label} ` : label)]
  const place = check === '' ? 'item' : 'block'
  const words = inline(context, [...lead, ...(opening?.content ?? [])], place, { anchors: opening?.anchors })
  const before = sink.position
  const print = () => sink.write((check + words).trimEnd())
  if (opening) sink.range(opening, print)
  else print()
  if (sink.position > before) sink.gap(gap)
  writeBlocks(opening ? others : item.blocks, context, gap)
}

function writeNote(note: Note, context: Context): void {
  const { sink, options } = context
  const who = note.kind === 'comment' ? [note.author, note.date?.slice(0, 10)].filter(Boolean).join(', ') : ''
  const blocks = who === '' ? note.blocks : withLead([text(`${who}: `)], note.blocks)
  if (context.referredNotes.has(note.name)) {
    const label = context.noteLabels.get(note.name) ?? note.name
    sink.within(`[^${label}]: `, '    ', () => writeBlocks(blocks, context), true)
    return
  }
  const mark = text(note.name, options.emphasis ? ['superscript'] : [])
  writeBlocks(note.kind === 'comment' ? blocks : withLead([mark, text(' ')], blocks), context)
}

/** The blocks with some words before the first. */
function withLead(lead: readonly Inline[], blocks: readonly Block[]): readonly Block[] {
  const [first, ...others] = blocks
  if (first?.type === 'paragraph') return [{ ...first, content: [...lead, ...first.content] }, ...others]
  return [{ type: 'paragraph', id: '', at: {}, content: lead }, ...blocks]
}

/** `auto`: said once where the format says it once (Word), left out where every page repeats it (PDF). */
function writeFurniture(furniture: Furniture, context: Context): void {
  const { sink, options } = context
  if (options.headersFooters === 'show') writeBlocks(furniture.blocks, context)
  else if (options.headersFooters === 'auto' && furniture.at.page === undefined) {
    const words = furniture.blocks.map(plainText).join(' ').trim()
    if (words !== '') sink.write(comment(`${furniture.role}: ${words}`))
  }
}
