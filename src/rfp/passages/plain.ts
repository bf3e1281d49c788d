/** A block's text as analyzers compare it: one space for any white space, no invisible characters. */
import { type Inline, inlineText, type Span } from '../../core/index.ts'

export type Plain = {
  readonly text: string
  readonly spans: readonly Span[]
  /** Characters from the start that carry bold, italic or underline. */
  readonly lead: number
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
  return { text, spans: moved, lead: at(emphasizedFrom(content)), lineStarts }
}

/** Collapses white space and drops invisible characters; `at` moves an offset of the raw text to the new one. */
export function squeeze(raw: string): { text: string; at: (offset: number) => number } {
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

/** Length of the emphasized start of the content, 0 when it starts plain. */
function emphasizedFrom(content: readonly Inline[]): number {
  let length = 0
  for (const node of content) {
    const text = inlineText([node])
    const marks = node.type === 'text' ? (node.marks ?? []) : []
    const emphasized = marks.some((mark) => mark === 'bold' || mark === 'italic' || mark === 'underline')
    if (!emphasized && text.trim() !== '') break
    length += text.length
  }
  return length
}
