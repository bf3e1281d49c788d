import type { Inline, Mark, Text } from '../../doc/model.ts'
import type { WriteOptions } from '../../options.ts'
import { destination, escapeInline } from './escape.ts'

/** Outermost first. Underline and highlight have no Markdown: the Doc keeps them. */
const fences: readonly {
  readonly mark: Mark
  readonly open: string
  readonly close: string
  readonly always?: true
}[] = [
  { mark: 'bold', open: '**', close: '**' },
  { mark: 'italic', open: '*', close: '*' },
  { mark: 'strike', open: '~~', close: '~~' },
  { mark: 'deleted', open: '~~', close: '~~', always: true },
  { mark: 'superscript', open: '<sup>', close: '</sup>' },
  { mark: 'subscript', open: '<sub>', close: '</sub>' },
]

/** Inline content on one logical line; a line break prints as `lineEnd`. */
export function inlineMarkdown(
  content: readonly Inline[],
  options: Pick<WriteOptions, 'emphasis' | 'imageFolder'>,
  lineEnd = '\\\n',
): string {
  return joinRuns(content)
    .map((node) => {
      switch (node.type) {
        case 'text':
          return textMarkdown(node, options.emphasis)
        case 'break':
          return lineEnd
        case 'link': {
          const inner = inlineMarkdown(node.children, options, ' ')
          if (inner.trim() === '') return ''
          const title = node.title ? ` "${node.title.replaceAll('"', '\\"')}"` : ''
          return `[${inner}](${destination(node.href)}${title})`
        }
        case 'image':
          return `![${escapeInline(node.alt).replaceAll('\n', ' ')}](${destination(imagePath(node.src, options.imageFolder))})`
        case 'formula':
          return `$${node.latex}$`
        case 'noteRef':
          return `[^${node.name}]`
      }
      throw new Error(`There is no inline node "${(node as Inline).type}".`)
    })
    .join('')
}

export const imagePath = (src: string, folder: string): string =>
  folder && !/^[a-z]+:/i.test(src) ? `${folder.replace(/\/$/, '')}/${src}` : src

/** Neighbouring runs of one style become one, so that no fence closes only to open again. */
function joinRuns(content: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const node of content) {
    const last = out.at(-1)
    if (node.type === 'text' && last?.type === 'text' && sameMarks(last, node))
      out[out.length - 1] = { ...last, text: last.text + node.text }
    else out.push(node)
  }
  return out
}

const sameMarks = (one: Text, other: Text): boolean => (one.marks ?? []).join() === (other.marks ?? []).join()

function textMarkdown(node: Text, emphasis: boolean): string {
  const marks = node.marks ?? []
  if (marks.includes('code') && node.text.trim() !== '') return codeSpan(node.text)
  const wanted = fences.filter(({ mark, always }) => marks.includes(mark) && (emphasis || always))
  // Fences must touch the text: white space moves outside.
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(node.text) ?? []
  if (wanted.length === 0 || core === '') return escapeInline(node.text)
  const inner = wanted.reduceRight((text, { open, close }) => open + text + close, escapeInline(core))
  return before + inner + after
}

function codeSpan(text: string): string {
  const runs = text.match(/`+/g)?.map((run) => run.length) ?? []
  let length = 1
  while (runs.includes(length)) length++
  const fence = '`'.repeat(length)
  const pad = /^`|`$/.test(text) ? ' ' : ''
  return fence + pad + text.replaceAll('\n', ' ') + pad + fence
}
