/** A Doc in a few lines, so that tests of readers need no writer. */

import type { Block, Doc, Inline, ListItem } from '../../../src/core/doc/model.ts'
import { type ConvertOptions, convert } from '../../../src/core/index.ts'
import type { Warning } from '../../../src/core/report.ts'

/** Reads a file of text or bytes and gives its sketch and what was warned about. */
export async function read(
  source: string | Uint8Array,
  options: ConvertOptions = {},
): Promise<{ sketch: string; doc: Doc; codes: string[]; warnings: readonly Warning[] }> {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source
  const { doc, warnings } = await convert(bytes, { ...options, to: 'json' })
  return { sketch: sketch(doc.blocks), doc, warnings, codes: warnings.map(({ code }) => code) }
}

const sketch = (blocks: readonly Block[]): string => blocks.flatMap(lines).join('\n')

function lines(block: Block): string[] {
  switch (block.type) {
    case 'heading':
      return [`h${block.level} ${words(block.content)}`]
    case 'paragraph':
      return [`p ${words(block.content)}`]
    case 'list':
      return block.items.flatMap((item, index) =>
        itemLines(item, item.label ?? (block.ordered ? `${(block.start ?? 1) + index}.` : '-')),
      )
    case 'table':
      return [
        ...(block.caption ? [`caption ${words(block.caption)}`] : []),
        ...block.rows.map(({ cells }, at) => {
          const texts = cells.map((cell) => {
            const span = `${(cell.colSpan ?? 1) > 1 ? `>${cell.colSpan}` : ''}${(cell.rowSpan ?? 1) > 1 ? `v${cell.rowSpan}` : ''}`
            return `${sketch(cell.blocks).replace(/^p /gm, '').replaceAll('\n', ' / ')}${span ? ` [${span}]` : ''}`
          })
          return `${at < block.headerRows ? '#' : '|'} ${texts.join(' | ')}`
        }),
      ]
    case 'code':
      return [`code${block.language ? `:${block.language}` : ''} ${block.text.replaceAll('\n', '⏎')}`]
    case 'quote':
      return block.blocks.flatMap(lines).map((line) => `> ${line}`)
    case 'figure':
      return [`figure ${block.alt} (${block.src ?? ''})${block.caption ? ` ${words(block.caption)}` : ''}`]
    case 'formula':
      return [`$$ ${block.latex}`]
    case 'note':
      return [
        `[^${block.name}] ${block.author ? `${block.author}: ` : ''}${sketch(block.blocks).replaceAll('\n', ' / ')}`,
      ]
    case 'field':
      return [`field ${block.label}: ${block.value}`]
    case 'furniture':
      return [`${block.role} ${sketch(block.blocks).replaceAll('\n', ' / ')}`]
    case 'contents':
      return block.entries.map((entry) => `toc${entry.level} ${words(entry.content)}`)
    case 'pageBreak':
      return [`page ${block.page}`]
    case 'rule':
      return ['---']
  }
}

function itemLines(item: ListItem, mark: string): string[] {
  const box = item.checked === undefined ? '' : item.checked ? '[x] ' : '[ ] '
  const [first = '', ...rest] = item.blocks.flatMap(lines)
  return [`${mark} ${box}${first.replace(/^p /, '')}`, ...rest.map((line) => `  ${line}`)]
}

const signs: Readonly<Record<string, string>> = {
  bold: '*',
  italic: '/',
  underline: '_',
  strike: '~',
  superscript: '^',
  subscript: ',',
  code: '`',
  highlight: '=',
  inserted: '+',
  deleted: '-',
}

function words(content: readonly Inline[]): string {
  return content
    .map((node) => {
      switch (node.type) {
        case 'text': {
          const marks = (node.marks ?? []).map((mark) => signs[mark]).join('')
          return marks === '' ? node.text : `${marks}${node.text}${[...marks].reverse().join('')}`
        }
        case 'break':
          return '⏎'
        case 'link':
          return `[${words(node.children)}](${node.href})`
        case 'image':
          return `![${node.alt}](${node.src})`
        case 'formula':
          return `$${node.latex}$`
        case 'noteRef':
          return `[^${node.name}]`
      }
      return ''
    })
    .join('')
}
