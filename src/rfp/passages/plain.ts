/** A block's text as analyzers compare it: one space for any white space, no invisible characters. */
import { type Inline, inlineText, type Span } from '../../core/index.ts'

export type Plain = {
  readonly text: string
  readonly spans: readonly Span[]
  /** Ranges in bold, italic or underline. */
  readonly marked: readonly { readonly start: number; readonly end: number }[]
  /** Offsets in `text` where a printed line or a forced line starts, without 0. */
  readonly lineStarts: readonly number[]
}

// Zero-width characters and soft hyphens: Word's PDF export scatters them inside words (seen around formatted runs).
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/

export function plainOf(content: readonly Inline[], spans: readonly Span[] = []): Plain {
  const raw = inlineText(content)
  const { text, at } = squeeze(raw)
  const moved = spans
    .map(({ start, end, box }) => ({ start: at(start), end: at(end), box }))
    .filter(({ start, end }) => end > start)
  const forced = [...raw.matchAll(/\n/g)].map((match) => at(match.index + 1))
  const lineStarts = [...new Set([...moved.map(({ start }) => start), ...forced])]
    .filter((start) => start > 0 && start < text.length)
    .sort((a, b) => a - b)
  return {
    text,
    spans: moved,
    marked: marksOf(content).map(({ start, end }) => ({ start: at(start), end: at(end) })),
    lineStarts,
  }
}

/** Collapses white space and drops invisible characters; `at` moves an offset of the raw text to the new one. */
function squeeze(raw: string): { text: string; at: (offset: number) => number } {
  const moved = new Int32Array(raw.length + 1)
  let text = ''
  for (let index = 0; index < raw.length; index++) {
    moved[index] = text.length
    const char = raw[index]!
    if (invisible.test(char)) continue
    if (!/\s/.test(char)) text += char
    else if (text !== '' && !text.endsWith(' ')) text += ' '
  }
  text = text.trimEnd()
  moved[raw.length] = text.length
  return { text, at: (offset) => Math.min(moved[Math.min(offset, raw.length)] ?? text.length, text.length) }
}

/** Emphasized ranges of the raw text; white space between two of them does not part them. */
function marksOf(content: readonly Inline[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  let offset = 0
  for (const node of content) {
    const text = inlineText([node])
    const marks = node.type === 'text' ? (node.marks ?? []) : []
    const end = offset + text.length
    if (marks.some((mark) => mark === 'bold' || mark === 'italic' || mark === 'underline')) {
      const last = found.at(-1)
      if (last && last.end === offset) last.end = end
      else found.push({ start: offset, end })
    } else if (text.trim() === '' && found.at(-1)?.end === offset) found.at(-1)!.end = end
    offset = end
  }
  return found
}

/** Emphasized characters a text starts with, behind a label of `from` characters. */
export function leadOf({ text, marked }: Plain, from: number): number {
  const first = marked.find(({ end }) => end > from)
  if (!first || text.slice(from, Math.max(from, first.start)).trim() !== '') return 0
  return text.slice(0, Math.min(first.end, text.length)).trimEnd().length - from
}
