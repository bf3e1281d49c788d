/** Small work on inline content. */
import { text } from '../../doc/build.ts'
import type { Inline, Mark } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'

/** Without white space and line breaks at the ends. */
export function trimmed(content: readonly Inline[]): readonly Inline[] {
  const start = trimStart(content)
  return trimEnd(start)
}

function trimStart(content: readonly Inline[]): readonly Inline[] {
  const [first, ...rest] = content
  if (first === undefined) return content
  if (first.type === 'break') return trimStart(rest)
  if (first.type !== 'text') return content
  const value = first.text.trimStart()
  if (value === first.text) return content
  return value === '' ? trimStart(rest) : [text(value, first.marks), ...rest]
}

function trimEnd(content: readonly Inline[]): readonly Inline[] {
  const last = content.at(-1)
  if (last === undefined) return content
  const rest = content.slice(0, -1)
  if (last.type === 'break') return trimEnd(rest)
  if (last.type !== 'text') return content
  const value = last.text.trimEnd()
  if (value === last.text) return content
  return value === '' ? trimEnd(rest) : [...rest, text(value, last.marks)]
}

export const isBlank = (content: readonly Inline[]): boolean =>
  content.every((node) => node.type === 'break' || (node.type === 'text' && node.text.trim() === ''))

/** The content without its last `count` characters of text. */
export function dropEnd(content: readonly Inline[], count: number): readonly Inline[] {
  const out = [...content]
  let left = count
  while (left > 0 && out.length > 0) {
    const last = out.pop()!
    const length = inlineText([last]).length
    if (length <= left) {
      left -= length
      continue
    }
    if (last.type === 'text') out.push(text(last.text.slice(0, -left), last.marks))
    else if (last.type === 'link') out.push({ ...last, children: dropEnd(last.children, left) })
    else out.push(last)
    left = 0
  }
  return out
}

/** The content without its first `count` characters of leading text. */
export function dropStart(content: readonly Inline[], count: number): readonly Inline[] {
  const [first, ...rest] = content
  if (count <= 0 || first?.type !== 'text') return content
  return first.text.length <= count
    ? dropStart(rest, count - first.text.length)
    : [text(first.text.slice(count), first.marks), ...rest]
}

/** Without the marks that every character of it carries: a heading is not bold, it is a heading. */
export function withoutUniform(content: readonly Inline[], marks: readonly Mark[]): readonly Inline[] {
  const texts = leaves(content).filter((node) => node.text.trim() !== '')
  const uniform = marks.filter(
    (mark) => texts.length > 0 && texts.every((node) => node.marks?.includes(mark)),
  )
  return uniform.length === 0 ? content : without(content, uniform)
}

/** Whether every visible character carries the mark, and there is one. */
export function isUniform(content: readonly Inline[], mark: Mark): boolean {
  const texts = leaves(content).filter((node) => node.text.trim() !== '')
  return texts.length > 0 && texts.every((node) => node.marks?.includes(mark))
}

type TextNode = Extract<Inline, { type: 'text' }>

const leaves = (content: readonly Inline[]): TextNode[] =>
  content.flatMap((node) =>
    node.type === 'text' ? [node] : node.type === 'link' ? leaves(node.children) : [],
  )

const without = (content: readonly Inline[], marks: readonly Mark[]): readonly Inline[] =>
  content.map((node) => {
    if (node.type === 'text')
      return text(
        node.text,
        (node.marks ?? []).filter((mark) => !marks.includes(mark)),
      )
    return node.type === 'link' ? { ...node, children: without(node.children, marks) } : node
  })
