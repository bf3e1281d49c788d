/** Inline content as HTML. */
import type { Inline, Mark, Text } from '../../doc/model.ts'
import { imageSource, safeHref } from '../href.ts'
import { attributes, escapeHtml } from './escape.ts'

export type InlineHtml = {
  readonly imageFolder: string
  readonly marks: ReadonlySet<Mark>
  /** How a formula, a note's mark and an address inside the document are written. */
  readonly formula: (latex: string) => string
  readonly noteRef: (name: string) => string
  readonly anchor: (name: string) => string
}

/** Outermost first. */
const tags: readonly { readonly mark: Mark; readonly tag: string }[] = [
  { mark: 'inserted', tag: 'ins' },
  { mark: 'deleted', tag: 'del' },
  { mark: 'strike', tag: 's' },
  { mark: 'highlight', tag: 'mark' },
  { mark: 'underline', tag: 'u' },
  { mark: 'bold', tag: 'strong' },
  { mark: 'italic', tag: 'em' },
  { mark: 'superscript', tag: 'sup' },
  { mark: 'subscript', tag: 'sub' },
  { mark: 'code', tag: 'code' },
]

/** On one line: line breaks are elements, so the result may stand inside a block of Markdown. */
export function inlineHtml(content: readonly Inline[], how: InlineHtml): string {
  return joinRuns(content)
    .map((node) => inlineNode(node, how))
    .join('')
}

function inlineNode(node: Inline, how: InlineHtml): string {
  switch (node.type) {
    case 'text':
      return textHtml(node, how)
    case 'break':
      return '<br>'
    case 'link': {
      const words = inlineHtml(node.children, how)
      const safe = safeHref(node.href)
      if (safe === undefined || words === '') return words
      const href = safe.startsWith('#') ? `#${how.anchor(safe.slice(1))}` : safe
      return `<a${attributes({ href, title: node.title })}>${words}</a>`
    }
    case 'image':
      return imageHtml(node, how.imageFolder)
    case 'formula':
      return escapeHtml(how.formula(node.latex.replace(/\s+/g, ' ').trim()))
    case 'noteRef':
      return how.noteRef(node.name)
  }
}

/** Tags touch their words, so that nothing is underlined or struck that is not there. */
function textHtml({ text, marks }: Text, how: InlineHtml): string {
  const [, before = '', words = '', after = ''] =
    /^(\s*)([\s\S]*?)(\s*)$/.exec(text.replace(/\s*\n\s*/g, ' ')) ?? []
  if (words === '') return before
  const inner = tags
    .filter(({ mark }) => how.marks.has(mark) && marks?.includes(mark))
    .reduceRight((html, { tag }) => `<${tag}>${html}</${tag}>`, escapeHtml(words))
  return before + inner + after
}

export const imageHtml = (
  { src, alt, title }: { src: string; alt: string; title?: string },
  folder: string,
): string => {
  const source = imageSource(src, folder)
  const words = alt.replace(/\s+/g, ' ').trim()
  return `<img${attributes({ src: source })} alt="${escapeHtml(words)}"${attributes({ title })}>`
}

function joinRuns(content: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const node of content) {
    const last = out.at(-1)
    if (node.type === 'text' && last?.type === 'text' && marksOf(last) === marksOf(node))
      out[out.length - 1] = { ...last, text: last.text + node.text }
    else out.push(node)
  }
  return out
}

const marksOf = (text: Text): string => [...(text.marks ?? [])].sort().join()
