/** From characters of an output back to the page: which blocks they print, and where those stand in the source. */
import type { At, Block, Box, Doc, ListItem, Span } from './doc/model.ts'
import { inlineText, walk } from './doc/walk.ts'
import type { SourceMap, SourceRange } from './writers/writer.ts'

export type Place = { readonly block: string; readonly at: At }

/**
 * The places of the characters `[start, end)` of `output`: one for each innermost block they touch, its boxes cut down
 * to the printed lines (and, within a line, to the share of characters) where lines are known.
 */
export function locate(
  printed: { readonly output: string; readonly map: SourceMap; readonly doc: Doc },
  start: number,
  end: number,
): readonly Place[] {
  const { output, map, doc } = printed
  const touched = map.filter((range) => range.start < Math.max(end, start + 1) && range.end > start)
  const innermost = touched.filter(
    (range, index) =>
      !touched.slice(index + 1).some((other) => other.start >= range.start && other.end <= range.end),
  )
  const blocks = blocksById(doc, new Set(innermost.map(({ block }) => block)))
  return innermost.map((range) => ({
    block: range.block,
    at: cutDown(range, blocks.get(range.block), output, start, end),
  }))
}

function blocksById(doc: Doc, wanted: ReadonlySet<string>): ReadonlyMap<string, Block | ListItem> {
  const found = new Map<string, Block | ListItem>()
  for (const block of walk(doc)) {
    if (wanted.has(block.id)) found.set(block.id, block)
    if (block.type === 'list')
      for (const item of block.items) if (wanted.has(item.id)) found.set(item.id, item)
  }
  return found
}

function cutDown(
  range: SourceRange,
  block: Block | ListItem | undefined,
  output: string,
  start: number,
  end: number,
): At {
  const spans = block && 'spans' in block ? block.spans : undefined
  if (!block || !('content' in block) || !spans || spans.length === 0) return range.at
  const offsets = plainOffsets(output.slice(range.start, range.end), inlineText(block.content))
  const from = offsets[Math.max(0, start - range.start)] ?? 0
  const to = offsets[Math.min(range.end, end) - range.start] ?? Number.POSITIVE_INFINITY
  const boxes = spans
    .filter((span) => span.start < Math.max(to, from + 1) && span.end > from)
    .map((span) => cut(span, from, to))
  const page = boxes[0]?.page
  return page === undefined ? range.at : { ...range.at, page, boxes }
}

function cut({ start, end, box }: Span, from: number, to: number): Box {
  const width = (box.x1 - box.x0) / Math.max(1, end - start)
  return {
    ...box,
    x0: box.x0 + Math.max(0, from - start) * width,
    x1: box.x1 - Math.max(0, end - to) * width,
  }
}

/**
 * For each character of the printed text its offset in the plain text. Printed text is the plain text with markup put
 * in between, so one walk finds it; from the end, because labels are printed before the text and not after it.
 */
function plainOffsets(printed: string, plain: string): readonly number[] {
  const offsets = new Array<number>(printed.length + 1)
  let at = plain.length
  offsets[printed.length] = at
  for (let index = printed.length - 1; index >= 0; index--) {
    if (
      at > 0 &&
      (printed[index] === plain[at - 1] || (/\s/.test(printed[index]!) && /\s/.test(plain[at - 1]!)))
    )
      at--
    offsets[index] = at
  }
  return offsets
}
