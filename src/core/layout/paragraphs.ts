/** Lines of a region → paragraphs. */
import { type Label, labelOf } from './numbering.ts'
import { median } from './numbers.ts'
import type { Line } from './text.ts'

/** Lines that read as one. */
export type Block = readonly Line[]

/** Leading this many times the usual one parts paragraphs. */
const WIDE_LEADING = 1.3
/** Lines whose sizes differ more than this are not of one paragraph. */
const SAME_SIZE = 0.92
const INDENT_EM = 0.8
/** Middles of lines set centred agree within this. */
const SAME_MIDDLE_EM = 0.6
/** Type this much bigger than the region's is display type: its lines are broken by hand. */
const DISPLAY = 1.15

export function blocksOf(lines: readonly Line[]): Block[] {
  if (lines.length === 0) return []
  const around = {
    leading: usualLeading(lines),
    left: Math.min(...lines.map((line) => line.x0)),
    right: Math.max(...lines.map((line) => line.x1)),
    size: median(lines.map((line) => line.size)),
  }
  const blocks: Line[][] = []
  for (const line of lines) {
    const block = blocks.at(-1)
    if (block && !startsParagraph(block, line, around)) block.push(line)
    else blocks.push([line])
  }
  return blocks
}

/** Baseline to baseline in sizes, as most lines of the region have it. */
function usualLeading(lines: readonly Line[]): number {
  const steps: number[] = []
  for (let at = 1; at < lines.length; at++) {
    const step = (lines[at]!.baseline - lines[at - 1]!.baseline) / lines[at]!.size
    if (step > 0.8 && step < 2.6) steps.push(step)
  }
  return steps.length > 0 ? median(steps) : 1.2
}

type Around = {
  readonly leading: number
  readonly left: number
  readonly right: number
  readonly size: number
}

function startsParagraph(block: readonly Line[], line: Line, around: Around): boolean {
  const last = block.at(-1)!
  if (last.tag && line.tag) return last.tag.element !== line.tag.element
  const size = Math.max(last.size, line.size)
  const step = line.baseline - last.baseline
  if (step < 0 || step > WIDE_LEADING * Math.min(around.leading, 2) * size) return true
  if (Math.min(last.size, line.size) / size < SAME_SIZE || changesStyle(last, line)) return true
  if (labelStarts(block, line, around)) return true
  if (isCentred(last, line, around)) return false
  if (line.size > DISPLAY * around.size || (line.isBold && last.isBold && line.isCaps && last.isCaps))
    return false
  return isForcedBreak(block, last, line, around) || isIndented(block, line, size)
}

/** All bold against not bold at all, where they meet. */
function changesStyle(last: Line, line: Line): boolean {
  const changes = (mark: 'bold' | 'italic', one: boolean, other: boolean) =>
    one !== other && hasMark(last, mark, 'end') !== hasMark(line, mark, 'start')
  return (
    changes('bold', last.isBold, line.isBold) ||
    (changes('italic', last.isItalic, line.isItalic) && startsNew(line))
  )
}

function hasMark(line: Line, mark: 'bold' | 'italic', where: 'start' | 'end'): boolean {
  const node = where === 'start' ? line.content[0] : line.content.at(-1)
  return node?.type === 'text' && (node.marks ?? []).includes(mark)
}

/** A label begins an item, unless the line before runs on into what only looks like one. */
function labelStarts(block: readonly Line[], line: Line, { right }: Around): boolean {
  const label = labelOf(line.text)
  if (!label || label.kind === 'section') return false
  if (label.kind === 'bullet' || follows(label, labelOf(block[0]!.text))) return true
  const last = block.at(-1)!
  const runsOn = last.x1 > right - 3 * last.size && !/[.:;!?)]$|\b(and|or)$/.test(last.text)
  return !(runsOn && Math.abs(line.x0 - last.x0) < 2)
}

/** "3." after an item that began with "2.", in the same form. */
function follows({ text }: Label, before: Label | undefined): boolean {
  const [number, previous] = [text, before?.text ?? ''].map((one) => Number(/\d+/.exec(one)?.[0]))
  return number === previous! + 1 && text.replace(/\d+/, '') === before!.text.replace(/\d+/, '')
}

/** Both lines stand in the middle of one axis, and not because they fill it. */
function isCentred(last: Line, line: Line, { left, right }: Around): boolean {
  const size = Math.max(last.size, line.size)
  const off = Math.abs((last.x0 + last.x1 - line.x0 - line.x1) / 2)
  const isRagged = Math.abs(last.x0 - line.x0) > size && Math.abs(last.x1 - line.x1) > size
  return (
    off < SAME_MIDDLE_EM * size && isRagged && Math.min(last.x0, line.x0) > left - 1 && right > last.x1 - 1
  )
}

/** A line is broken where the next word does not fit; where it would have fitted, something new begins. */
function isForcedBreak(block: readonly Line[], last: Line, line: Line, { right }: Around): boolean {
  if (!startsNew(line)) return false
  const room = Math.max(right, ...block.map((one) => one.x1)) - last.x1
  const needed = 0.28 * line.size + line.firstWidth
  if (needed > room) return false
  // Ragged or hand-broken lines leave some room too: without a stop at the end it takes more.
  const isStopped = /[.:;!?]["”’)\]]*$/.test(last.text)
  return isStopped ? needed < 0.9 * room : needed < 0.5 * room && room > 0.25 * (right - last.x0)
}

/** Set in from the lines above, or out from a paragraph that hangs. */
function isIndented(block: readonly Line[], line: Line, size: number): boolean {
  if (block.length < 2) return false
  const left = Math.min(...block.slice(1).map((one) => one.x0))
  const indent = line.x0 - left
  if (indent > INDENT_EM * size && indent < 5 * size) return startsNew(line)
  const hangs = block[0]!.x0 < left - INDENT_EM * size
  return hangs && indent < -INDENT_EM * size && startsNew(line)
}

const startsNew = (line: Line): boolean => !/^[\p{Ll},;)]/u.test(line.text)
