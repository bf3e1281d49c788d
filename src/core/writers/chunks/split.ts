/** Blocks that are too long for one chunk, cut where a reader would pause: rows, items, sentences, lines. */

import type { Block, Code, Inline, List, Paragraph, Quote, Row, Span, Table } from '../../doc/model.ts'
import { inlineText, plainText } from '../../doc/walk.ts'
import { estimateTokens } from './tokens.ts'

/** Parts of one block, each a block of the same kind and id; a block that cannot be cut is its only part. */
export function splitBlock(block: Block, limit: number): readonly Block[] {
  if (estimateTokens(plainText(block)) <= limit) return [block]
  const split = splitters[block.type] as ((one: Block, most: number) => readonly Block[]) | undefined // the row of its type
  return split?.(block, limit) ?? [block]
}

type Splitters = {
  readonly [T in Block['type']]?: (block: Extract<Block, { type: T }>, limit: number) => readonly Block[]
}

const splitters: Splitters = {
  table: splitTable,
  list: splitList,
  paragraph: splitParagraph,
  code: splitCode,
  quote: (block: Quote, limit) =>
    pack(
      block.blocks.flatMap((inner) => splitBlock(inner, limit)),
      limit,
      (inner) => estimateTokens(plainText(inner)),
    ).map((blocks) => ({ ...block, blocks })),
}

/** Pieces in order, as many to a group as the limit allows, at least one. */
function pack<T>(pieces: readonly T[], limit: number, size: (piece: T) => number): readonly (readonly T[])[] {
  const groups: T[][] = []
  let used = 0
  for (const piece of pieces) {
    const tokens = size(piece)
    const group = groups.at(-1)
    if (group && used + tokens <= limit) {
      group.push(piece)
      used += tokens
    } else {
      groups.push([piece])
      used = tokens
    }
  }
  return groups
}

/** Every part repeats the header rows. No cut goes through a cell that spans rows. */
function splitTable(table: Table, limit: number): readonly Block[] {
  const head = table.rows.slice(0, table.headerRows)
  const room = Math.max(limit / 4, limit - tokensOfRows(head))
  const groups = pack(connectedRows(table.rows.slice(table.headerRows)), room, tokensOfRows)
  return groups.map((rows) => ({ ...table, rows: [...head, ...rows.flat()] }))
}

const tokensOfRows = (rows: readonly Row[]): number =>
  rows.reduce(
    (sum, { cells }) =>
      sum +
      cells.reduce((more, { blocks }) => more + 1 + estimateTokens(blocks.map(plainText).join('\n')), 0),
    0,
  )

function connectedRows(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups: Row[][] = []
  let until = 0
  for (const [index, row] of rows.entries()) {
    if (index < until) groups.at(-1)!.push(row)
    else groups.push([row])
    for (const { rowSpan } of row.cells) until = Math.max(until, index + (rowSpan ?? 1))
  }
  return groups
}

function splitList(list: List, limit: number): readonly Block[] {
  const items = list.items.map((item, index) =>
    list.ordered && item.label === undefined ? { ...item, label: `${(list.start ?? 1) + index}.` } : item,
  )
  const groups = pack(items, limit, (item) =>
    estimateTokens(`${item.label ?? ''} ${item.blocks.map(plainText).join('\n')}`),
  )
  return groups.map((some) => ({ ...list, items: some }))
}

function splitCode(code: Code, limit: number): readonly Block[] {
  return pack(code.text.split('\n'), limit, (line) => estimateTokens(`${line}\n`)).map((lines) => ({
    ...code,
    text: lines.join('\n'),
  }))
}

function splitParagraph(paragraph: Paragraph, limit: number): readonly Block[] {
  const plain = inlineText(paragraph.content)
  const groups = pack(pieces(plain, limit), limit, ({ start, end }) =>
    estimateTokens(plain.slice(start, end)),
  )
  return groups.map((group) => {
    const [start, end] = [group[0]!.start, group.at(-1)!.end]
    const spans = paragraph.spans?.filter((span) => span.start < end && span.end > start) ?? []
    const boxes = spans.map(({ box }) => box)
    const at = boxes.length > 0 ? { ...paragraph.at, page: boxes[0]!.page, boxes } : paragraph.at
    const { spans: _, ...rest } = paragraph
    return { ...rest, at, content: sliceInline(paragraph.content, start, end), ...moved(spans, start) }
  })
}

const moved = (spans: readonly Span[], by: number): { spans?: readonly Span[] } =>
  spans.length === 0
    ? {}
    : { spans: spans.map((span) => ({ ...span, start: Math.max(0, span.start - by), end: span.end - by })) }

type Range = { readonly start: number; readonly end: number }

/** Sentences; one that is too long, in words; a word that is too long, in pieces. */
function pieces(text: string, limit: number): readonly Range[] {
  return ranges(text, /[.!?。！？](?:["'”’)\]]*)(?:\s+|(?<=[。！？]))|\n/g).flatMap((sentence) =>
    tooLong(text, sentence, limit)
      ? ranges(text, /\s+/g, sentence).flatMap((word) =>
          tooLong(text, word, limit) ? chop(word, limit) : [word],
        )
      : [sentence],
  )
}

const tooLong = (text: string, { start, end }: Range, limit: number): boolean =>
  estimateTokens(text.slice(start, end)) > limit

/** The text between the matches, each match going to the range before it. */
function ranges(
  text: string,
  ends: RegExp,
  { start, end }: Range = { start: 0, end: text.length },
): readonly Range[] {
  const out: Range[] = []
  let from = start
  for (const match of text.slice(start, end).matchAll(ends)) {
    const to = start + match.index + match[0].length
    out.push({ start: from, end: to })
    from = to
  }
  return from < end ? [...out, { start: from, end }] : out
}

function chop({ start, end }: Range, limit: number): readonly Range[] {
  const size = Math.max(1, limit)
  return Array.from({ length: Math.ceil((end - start) / size) }, (_, index) => ({
    start: start + index * size,
    end: Math.min(end, start + (index + 1) * size),
  }))
}

/** The inline content that prints the characters `[start, end)` of the plain text. */
export function sliceInline(content: readonly Inline[], start: number, end: number): readonly Inline[] {
  const out: Inline[] = []
  let at = 0
  for (const node of content) {
    const length = inlineText([node]).length
    const [from, to] = [Math.max(0, start - at), Math.min(length, end - at)]
    // What has no characters (a note's mark) goes with those before it.
    const isIn = length === 0 ? at > start && at <= end : from < to
    if (isIn && node.type === 'text') out.push({ ...node, text: node.text.slice(from, to) })
    else if (isIn && node.type === 'link')
      out.push({ ...node, children: sliceInline(node.children, from, to) })
    else if (isIn) out.push(node)
    at += length
  }
  return out
}
