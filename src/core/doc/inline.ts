/** Inline content: joining, trimming and splitting runs. */
import type { Inline, Mark, Text } from './model.ts'

const sameMarks = (one: Text, other: Text): boolean =>
  (one.marks ?? []).length === (other.marks ?? []).length &&
  (one.marks ?? []).every((mark) => other.marks?.includes(mark))

/** Neighbouring text of one style as one node; empty text is dropped. */
function joinRuns(content: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const node of content) {
    const last = out.at(-1)
    if (node.type !== 'text') out.push(node)
    else if (last?.type === 'text' && sameMarks(last, node))
      out[out.length - 1] = { ...last, text: last.text + node.text }
    else if (node.text !== '') out.push(node)
  }
  return out
}

/** Runs joined, and white space and line breaks at both ends taken off. */
export function tidyInline(content: readonly Inline[]): Inline[] {
  const runs = joinRuns(content)
  let start = 0
  let end = runs.length
  while (start < end && isSpace(runs[start]!)) start++
  while (end > start && isSpace(runs[end - 1]!)) end--
  const kept = runs.slice(start, end)
  const first = kept[0]
  if (first?.type === 'text') kept[0] = { ...first, text: first.text.trimStart() }
  const last = kept.at(-1)
  if (last?.type === 'text') kept[kept.length - 1] = { ...last, text: last.text.trimEnd() }
  return kept
}

const isSpace = (node: Inline): boolean =>
  node.type === 'break' || (node.type === 'text' && node.text.trim() === '')

/** Nothing a reader would see. */
export const isBlankInline = (content: readonly Inline[]): boolean =>
  content.every((node) => isSpace(node) || (node.type === 'link' && isBlankInline(node.children)))

/** Text whose line ends become line breaks. */
export function linesToInline(value: string, marks: readonly Mark[] = []): Inline[] {
  const style = marks.length > 0 ? { marks } : {}
  return value.split(/\r\n|[\n\r\u2028]/).flatMap((line, index): Inline[] => {
    const text: Inline[] = line === '' ? [] : [{ type: 'text', text: line, ...style }]
    return index === 0 ? text : [{ type: 'break' }, ...text]
  })
}
