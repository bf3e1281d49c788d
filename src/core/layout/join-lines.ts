/** The text of lines as one run: spaces and hyphens at their ends settled, a span kept for each line. */
import type { At, Inline, Span } from '../doc/model.ts'
import type { Hyphens } from './hyphens.ts'
import { type Line, wordsOf } from './text.ts'

/** The text of the lines as one run, with a span for each line and boxes by page. */
export function joinLines(
  lines: readonly Line[],
  hyphens: Hyphens,
): { content: Inline[]; spans: Span[]; at: At } {
  const content: Inline[] = []
  const spans: Span[] = []
  let length = 0
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]
    const tail = next ? ending(line, next, hyphens) : ''
    const nodes = tail === 'cut' ? cutHyphen(line.content) : line.content
    const start = length
    for (const node of nodes) {
      content.push(node)
      length += wordsOf(node).length
    }
    spans.push({ start, end: length, box: box(line) })
    if (tail === ' ') {
      content.push({ type: 'text', text: ' ' })
      length += 1
    }
  }
  const at: At = { page: lines[0]!.page, boxes: boxesByPage(lines) }
  return { content: mergeRuns(content), spans, at }
}

const box = ({ page, x0, y0, x1, y1 }: Line) => ({
  page,
  x0: cents(x0),
  y0: cents(y0),
  x1: cents(x1),
  y1: cents(y1),
})
const cents = (value: number): number => Math.round(value * 100) / 100

function boxesByPage(lines: readonly Line[]) {
  const out: ReturnType<typeof box>[] = []
  for (const line of lines) {
    const one = box(line)
    const last = out.at(-1)
    // A new column starts a new box: a box over both would cover what stands between.
    if (last && last.page === one.page && one.y0 > last.y0 - 2)
      out[out.length - 1] = {
        page: one.page,
        x0: Math.min(last.x0, one.x0),
        y0: Math.min(last.y0, one.y0),
        x1: Math.max(last.x1, one.x1),
        y1: Math.max(last.y1, one.y1),
      }
    else out.push(one)
  }
  return out
}

/** What stands between two lines: a space, nothing, or nothing and the hyphen before it cut. */
function ending(line: Line, next: Line, hyphens: Hyphens): '' | ' ' | 'cut' {
  // Nearly all lines end in none of these; looking for a word before them is slow.
  if (!'-\u2010\u2013\u2014/'.includes(line.text.at(-1) ?? ' ')) return ' '
  const before = /([\p{L}\d]+)[-\u2010]$/u.exec(line.text)?.[1]
  if (before === undefined) return /\S[\u2013\u2014/]$/.test(line.text) ? '' : ' '
  const after = /^\p{Ll}[\p{L}]*/u.exec(next.text)?.[0]
  return after !== undefined && hyphens.joins(before, after) ? 'cut' : ''
}

function cutHyphen(content: readonly Inline[]): readonly Inline[] {
  const last = content.at(-1)
  if (last?.type !== 'text') return content
  return [...content.slice(0, -1), { ...last, text: last.text.slice(0, -1) }]
}

function mergeRuns(content: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const node of content) {
    const last = out.at(-1)
    if (node.type === 'text' && node.text === '') continue
    if (node.type === 'link' && last?.type === 'link' && node.href === last.href) {
      out[out.length - 1] = { ...last, children: mergeRuns([...last.children, ...node.children]) }
      continue
    }
    if (node.type === 'text' && last?.type === 'text') {
      // A space between two lines takes the style of the line before it.
      const isSpace = node.text === ' ' && node.marks === undefined
      if (isSpace || last.marks === node.marks || (last.marks ?? []).join() === (node.marks ?? []).join()) {
        out[out.length - 1] = { ...last, text: last.text + node.text }
        continue
      }
    }
    out.push(node)
  }
  return out
}
