/** Emphasis that is read as emphasis, and characters of the text that are not. */

import { type Pair, pairDelimiters, sidesOf } from './delimiters.ts'
import { markAll } from './escape.ts'
import type { Leaf, Node, Span } from './nest.ts'

/** Where the two sides of a span stand in the line, and how long its fence is. */
export type Fence = {
  readonly span: Span
  readonly open: number
  readonly close: number
  readonly size: number
}
/** Spans that would not be read as emphasis, and the side that fails. */
export type Failing = ReadonlyMap<Span, 'start' | 'end' | 'both'>

/** More delimiters than anyone means as text: then all are escaped, without looking for the few that need it. */
const MANY_DELIMITERS = 2_000

type Line = { readonly text: string; readonly isText: (index: number) => boolean }

/** Escapes what would pair up, and tells which spans would not. */
export function markEmphasis(line: Line, fences: readonly Fence[], escaped: Uint8Array): Failing {
  const { text, isText } = line
  const delimiters = [...text.matchAll(/[*_~]/g)].map(({ index }) => index)
  if (delimiters.length === 0) return new Map()
  const isFence = fenceTest(fences)
  const isLive = (index: number) => escaped[index] === 0 && (isText(index) || isFence(index))
  const escapeAll = () =>
    markAll(text, /[*_~]/g, (index) => {
      if (isText(index)) escaped[index] = 1
    })
  const isAllEscaped = () => delimiters.every((index) => !isText(index) || escaped[index] === 1)

  for (const index of delimiters)
    if ([index - 1, index + 1].some((at) => text[at] === text[index] && isFence(at)))
      escapeRun(line, index, escaped)
  if (delimiters.length > MANY_DELIMITERS) escapeAll()
  const dialects = /[*_]~|~[*_]|[\ud800-\udfff]/.test(text) ? [false, true] : [false]
  for (let round = 0; ; round++) {
    const pairs = dialects.map((lenient) => pairDelimiters(text, isLive, lenient))
    const wrong = pairs.flat().flatMap(({ open, close }) => [open, close].filter(isText))
    if (wrong.length === 0) {
      const failing = failingSpans(text, fences, pairs, isLive)
      if (failing.size === 0 || isAllEscaped()) return failing
      escapeAll()
    } else if (round < 8) for (const index of wrong) escapeRun(line, index, escaped)
    else escapeAll()
  }
}

function fenceTest(fences: readonly Fence[]): (index: number) => boolean {
  const places = new Set<number>()
  for (const { open, close, size } of fences)
    for (let at = 0; at < size; at++) places.add(open + at).add(close + at)
  return (index) => places.has(index)
}

function escapeRun({ text, isText }: Line, index: number, escaped: Uint8Array): void {
  const character = text[index]
  for (let at = index; text[at] === character && isText(at); at--) escaped[at] = 1
  for (let at = index; text[at] === character && isText(at); at++) escaped[at] = 1
}

function failingSpans(
  text: string,
  fences: readonly Fence[],
  dialects: readonly (readonly Pair[])[],
  isLive: (index: number) => boolean,
): Failing {
  const failing = new Map<Span, 'start' | 'end' | 'both'>()
  for (const pairs of dialects) {
    const found = new Set(pairs.map(({ open, close, size }) => `${open},${close},${size}`))
    for (const { span, open, close, size } of fences) {
      if (found.has(`${open},${close},${size}`)) continue
      const { canOpen } = sidesOf(text, open, isLive)
      const { canClose } = sidesOf(text, close, isLive)
      failing.set(span, canOpen === canClose ? 'both' : canOpen ? 'end' : 'start')
    }
  }
  return failing
}

/**
 * Emphasis that begins with punctuation after a letter (or ends with it before one) is not read as such: the
 * punctuation moves out of it, which looks the same. What cannot be mended so is printed as a tag.
 */
export function mend(node: Node, failing: Failing, mayMove: boolean): Node[] {
  if (node.type !== 'span') return [node]
  const side = failing.get(node)
  const inner: Span = { ...node, children: node.children.flatMap((child) => mend(child, failing, mayMove)) }
  if (side === undefined) return [inner]
  const moved = mayMove && side !== 'both' ? moveOut(inner, side) : undefined
  return moved ?? [{ ...inner, asTag: true }]
}

function moveOut(span: Span, side: 'start' | 'end'): Node[] | undefined {
  const edge = side === 'start' ? span.children[0] : span.children.at(-1)
  if (edge?.type !== 'text' || edge.isCode) return undefined
  const characters = [...edge.text]
  const moved = side === 'start' ? characters.shift() : characters.pop()
  if (moved === undefined || !/^[\p{P}\p{S}]$/u.test(moved)) return undefined
  const rest: Node[] = characters.length > 0 ? [{ ...edge, text: characters.join('') }] : []
  const others = side === 'start' ? span.children.slice(1) : span.children.slice(0, -1)
  const children = side === 'start' ? [...rest, ...others] : [...others, ...rest]
  const out: Leaf = { type: 'text', text: moved, isCode: false }
  const kept: Node[] = children.length > 0 ? [{ ...span, children }] : []
  return side === 'start' ? [out, ...kept] : [...kept, out]
}
