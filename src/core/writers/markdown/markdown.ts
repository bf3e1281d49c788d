import type { Block, Doc, List } from '../../doc/model.ts'
import type { WriteOptions } from '../../options.ts'
import type { SourceRange, Writer, Written } from '../writer.ts'
import { destination, escapeInline, escapeLineStarts } from './escape.ts'
import { imagePath, inlineMarkdown } from './inline.ts'
import { tableMarkdown } from './table.ts'

/** GitHub-flavoured Markdown. */
export const writeMarkdown: Writer = (doc, options) => {
  const notes = doc.blocks.filter((block) => block.type === 'note')
  const body = doc.blocks.filter((block) => block.type !== 'note')
  return strip(`${blocksMarkdown([...body, ...notes], options).trimEnd()}\n`, doc)
}

/**
 * While printing, each block stands between marks made of noncharacters (Unicode 23.7), which survive indentation
 * and quoting; `strip` takes them out and learns the ranges.
 */
const OPEN = '\uFDD0'
const NAMED = '\uFDD1'
const CLOSE = '\uFDD2'

function strip(marked: string, doc: Doc): Written {
  const places = new Map<string, Block>()
  const stack: { id: string; start: number }[] = []
  const map: SourceRange[] = []
  const collect = (blocks: readonly Block[]) => {
    for (const block of blocks) places.set(block.id, block)
  }
  collect(allBlocks(doc.blocks))
  let text = ''
  let at = 0
  for (const match of marked.matchAll(/\uFDD0([^\uFDD1]*)\uFDD1|\uFDD2/g)) {
    text += marked.slice(at, match.index)
    at = match.index + match[0].length
    if (match[1] !== undefined) stack.push({ id: match[1], start: text.length })
    else {
      const open = stack.pop()!
      const block = places.get(open.id)
      if (block) map.push({ start: open.start, end: text.length, block: open.id, at: block.at })
    }
  }
  text += marked.slice(at)
  if (text.trim() === '') return { text: '', map: [] }
  return { text, map: map.sort((one, other) => one.start - other.start || other.end - one.end) }
}

function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => {
    if (block.type === 'list') return [block, ...block.items.flatMap((item) => allBlocks(item.blocks))]
    if (block.type === 'table')
      return [block, ...block.rows.flatMap((row) => row.cells.flatMap((cell) => allBlocks(cell.blocks)))]
    if ('blocks' in block) return [block, ...allBlocks(block.blocks)]
    return [block]
  })
}

function blocksMarkdown(blocks: readonly Block[], options: WriteOptions, gap = '\n\n'): string {
  return blocks
    .map((block) => {
      const text = write(block, options)
      return text === '' ? '' : `${OPEN}${block.id}${NAMED}${text}${CLOSE}`
    })
    .filter((text) => text !== '')
    .join(gap)
}

type Writers = {
  readonly [T in Block['type']]: (block: Extract<Block, { type: T }>, options: WriteOptions) => string
}

const writers: Writers = {
  heading: (block, options) => {
    const text = inlineMarkdown(block.content, options, ' ').trim()
    return text === '' ? '' : `${'#'.repeat(Math.min(6, block.level))} ${text}`
  },
  paragraph: (block, options) => escapeLineStarts(inlineMarkdown(block.content, options).trim()),
  list: listMarkdown,
  table: (block, options) => {
    const caption = block.caption ? `${inlineMarkdown(block.caption, options, ' ')}\n\n` : ''
    return caption + tableMarkdown(block, (blocks) => blocksMarkdown(blocks, options, '\n'))
  },
  code: (block) => {
    const longest = Math.max(2, ...(block.text.match(/`{3,}/g) ?? []).map((run) => run.length))
    const fence = '`'.repeat(longest + 1)
    return `${fence}${block.language ?? ''}\n${block.text.replace(/\n$/, '')}\n${fence}`
  },
  quote: (block, options) => prefix(blocksMarkdown(block.blocks, options), '> ', '> '),
  figure: (block, options) => {
    const caption = block.caption ? inlineMarkdown(block.caption, options, ' ') : ''
    const picture = block.src
      ? `![${escapeInline(block.alt || '').replaceAll('\n', ' ')}](${destination(imagePath(block.src, options.imageFolder))})`
      : `<!-- image${block.alt ? `: ${block.alt.replaceAll('--', '- -')}` : ''} -->`
    return caption ? `${picture}\n\n${escapeLineStarts(caption)}` : picture
  },
  formula: (block) => `$$\n${block.latex}\n$$`,
  note: (block, options) => {
    const who =
      block.kind === 'comment'
        ? `${[block.author, block.date?.slice(0, 10)].filter(Boolean).join(', ')}: `
        : ''
    return prefix(
      escapeLineStarts(who.length > 2 ? who : '') + blocksMarkdown(block.blocks, options),
      `[^${block.name}]: `,
      '    ',
    )
  },
  field: (block) => {
    if (block.kind === 'checkbox' || block.kind === 'radio')
      return `- [${block.checked ? 'x' : ' '}] ${escapeInline(block.label)}`
    return `**${escapeInline(block.label)}**: ${escapeInline(block.value)}`
  },
  furniture: (block, options) => {
    if (
      options.headersFooters === 'omit' ||
      (options.headersFooters === 'auto' && block.at.page !== undefined)
    )
      return ''
    const text = blocksMarkdown(block.blocks, options)
    return options.headersFooters === 'show'
      ? text
      : `<!-- ${block.role}: ${text.replaceAll('--', '- -').replace(/\s+/g, ' ')} -->`
  },
  contents: (block, options) =>
    block.entries
      .map(
        ({ level, content, page }) =>
          `${'  '.repeat(Math.max(0, level - 1))}- ${inlineMarkdown(content, options, ' ')}${page ? ` ${page}` : ''}`,
      )
      .join('\n'),
  pageBreak: (block, options) => (options.pageMarkers ? `<!-- page: ${block.page} -->` : ''),
  rule: () => '---',
}

function write<T extends Block['type']>(block: Extract<Block, { type: T }>, options: WriteOptions): string {
  return (writers[block.type] as Writers[T])(block, options) // the row of this block's own type
}

function listMarkdown(list: List, options: WriteOptions): string {
  const isLoose = list.items.some((item) => item.blocks.filter((block) => block.type !== 'list').length > 1)
  return list.items
    .map((item, index) => {
      const native = /^\d{1,9}[.)]$/.test(item.label ?? '')
      const marker = native
        ? item.label!
        : list.ordered && !item.label
          ? `${(list.start ?? 1) + index}.`
          : '-'
      const label = item.label && !native ? `${escapeInline(item.label)} ` : ''
      const box = item.checked === undefined ? '' : `[${item.checked ? 'x' : ' '}] `
      const inner = blocksMarkdown(item.blocks, options, isLoose ? '\n\n' : '\n')
      return prefix(box + label + inner, `${marker} `, ' '.repeat(marker.length + 1))
    })
    .join(isLoose ? '\n\n' : '\n')
}

/** The first line after `first`, the others after `rest`; empty lines stay empty but for quotes. */
function prefix(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first + line : line === '' ? rest.trimEnd() : rest + line))
    .join('\n')
}
