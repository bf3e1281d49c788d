/** Lines of a region → paragraphs, and the text of a paragraph joined over its lines. */
import type { At, Inline, Span } from '../doc/model.ts'
import { median } from './numbers.ts'
import type { Line } from './text.ts'

/** Lines that read as one. */
export type Block = readonly Line[]

/** Leading this many times the usual one parts paragraphs. */
const WIDE_LEADING = 1.35
/** First-line indent and short last line, in em. */
const INDENT_EM = 0.8
const SHORT_EM = 3

export function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Line[][] = []
  const leading = usualLeading(lines)
  const right = Math.max(...lines.map((line) => line.x1))
  for (const line of lines) {
    const block = blocks.at(-1)
    const last = block?.at(-1)
    if (last && !breaksBetween(last, line, { leading, right, first: block![0]!, count: block!.length }))
      block!.push(line)
    else blocks.push([line])
  }
  return blocks
}

function usualLeading(lines: readonly Line[]): number {
  const steps: number[] = []
  for (let at = 1; at < lines.length; at++) {
    const step = (lines[at]!.baseline - lines[at - 1]!.baseline) / lines[at]!.size
    if (step > 0.8 && step < 2.2) steps.push(step)
  }
  return steps.length > 0 ? median(steps) : 1.2
}

type Around = {
  readonly leading: number
  readonly right: number
  readonly first: Line
  readonly count: number
}

function breaksBetween(last: Line, line: Line, { leading, right, first, count }: Around): boolean {
  if (last.tag && line.tag) return last.tag.element !== line.tag.element
  const size = Math.max(last.size, line.size)
  const step = line.baseline - last.baseline
  if (step > WIDE_LEADING * leading * size || step < 0) return true
  if (Math.min(last.size, line.size) / size < 0.88) return true
  if (last.isBold !== line.isBold && startsNew(line)) return true
  if (isLabelled(line.text)) return true
  const isShort = last.x1 < right - SHORT_EM * size
  if (isShort && /[.:;!?]["”’)]?$/.test(last.text) && startsNew(line)) return true
  const left = count > 1 ? Math.min(last.x0, first.x0) : last.x0
  if (line.x0 > left + INDENT_EM * size && line.x0 < left + 5 * size && startsNew(line) && count > 1)
    return true
  return false
}

const startsNew = (line: Line): boolean => !/^\p{Ll}/u.test(line.text)

/** Begins with a bullet or a printed number: a list item or a numbered clause. */
export const isLabelled = (text: string): boolean =>
  /^([•●○▪■□◦‣➢✓◆*–-]|\(?[a-z0-9]{1,3}[.)]|\([ivxlc]+\)|[A-Z]\.|\d+(\.\d+)+\.?)\s/.test(text)

/** The text of the lines as one run, with a span for each line and boxes by page. */
export function joinLines(lines: readonly Line[]): { content: Inline[]; spans: Span[]; at: At } {
  const content: Inline[] = []
  const spans: Span[] = []
  let length = 0
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]
    const tail = next ? ending(line, next) : ''
    const nodes = tail === 'cut' ? cutHyphen(line.content) : line.content
    const start = length
    for (const node of nodes) {
      content.push(node)
      if (node.type === 'text') length += node.text.length
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
function ending(line: Line, next: Line): '' | ' ' | 'cut' {
  if (!/[\p{L}\d][-\u2010]$/u.test(line.text))
    return /[\u2013\u2014/]$/.test(line.text) && !/\s.$/.test(line.text) ? '' : ' '
  if (line.endsSoft) return 'cut'
  return /^\p{Ll}/u.test(next.text) && /\p{Ll}[-\u2010]$/u.test(line.text) ? 'cut' : ''
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
    if (node.type === 'text' && last?.type === 'text') {
      // A space between two lines takes the style of the line before it.
      const isSpace = node.text === ' ' && node.marks === undefined
      if (isSpace || (last.marks ?? []).join() === (node.marks ?? []).join()) {
        out[out.length - 1] = { ...last, text: last.text + node.text }
        continue
      }
    }
    out.push(node)
  }
  return out
}
