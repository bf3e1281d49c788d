/** The pages' blocks as one run of document blocks: furniture set aside, headings named, page ends bridged. */
import { figure, furniture, heading, note, pageBreak, paragraph } from '../doc/build.ts'
import type { Block } from '../doc/model.ts'
import type { Bookmark, PageNote } from '../doc/page.ts'
import { contentsNode } from './contents-node.ts'
import type { FigureBlock } from './figures.ts'
import { findHeadings, type HeadingInfo } from './headings/headings.ts'
import { type Hyphens, learnHyphens } from './hyphens.ts'
import { joinLines } from './join-lines.ts'
import { isLabelled } from './numbering.ts'
import type { PageBlock, PageLayout, TextBlock } from './page-layout.ts'
import { tableNode } from './table-node.ts'
import { joinTables } from './tables/join.ts'
import type { Line } from './text.ts'

export function assemble(pages: readonly PageLayout[], bookmarks: readonly Bookmark[]): Block[] {
  const texts = pages.flatMap((page) => page.blocks.filter((block) => block.kind === 'text'))
  const known: Known = {
    headings: findHeadings(pages, bookmarks),
    hyphens: learnHyphens(texts.flatMap((block) => block.lines)),
  }
  const out: Block[] = []
  let open: Open | undefined
  const flush = () => {
    if (open) out.push(nodeOf(open.block, known), ...open.after)
    open = undefined
  }
  for (const page of pages) {
    const [first, ...others] = page.blocks
    const opening = [pageBreak(page.number), ...page.furniture.map((row) => furnitureBlock(row, known))]
    const joined = open && first ? joinOver(open.block, first, known) : undefined
    if (open && joined) {
      // What runs over a page end stays one block; the break stands after it.
      open.block = joined
      open.after.push(...opening)
    } else {
      flush()
      out.push(...opening)
    }
    for (const block of joined ? others : page.blocks) {
      const whole = open && joinOverColumn(open.block, block, known)
      if (open && whole) open.block = whole
      else {
        flush()
        open = { block, after: [] }
      }
    }
    const notes = page.notes.map((one, at) => noteBlock(one, page.number, at))
    if (open) open.after.push(...notes)
    else out.push(...notes)
  }
  flush()
  return out
}

/** The last block so far: it may go on on the next page. */
type Open = {
  block: PageBlock
  /** What comes after it once it is whole. */
  readonly after: Block[]
}
/** What the document as a whole has taught. */
type Known = {
  readonly headings: ReadonlyMap<PageBlock, HeadingInfo>
  readonly hyphens: Hyphens
}

function nodeOf(block: PageBlock, { headings, hyphens }: Known): Block {
  switch (block.kind) {
    case 'table':
      return tableNode(block, hyphens)
    case 'contents':
      return contentsNode(block, hyphens)
    case 'figure':
      return figureNode(block)
    case 'text': {
      const info = headings.get(block)
      return info ? headingBlock(block, info, hyphens) : paragraph(...textOf(block.lines, hyphens))
    }
  }
}

/** The two as one block, when the second goes on with the first over a page end. */
function joinOver(last: PageBlock, first: PageBlock, { headings }: Known): PageBlock | undefined {
  if (last.kind === 'table' && first.kind === 'table') return joinTables(last, first)
  if (last.kind !== 'text' || first.kind !== 'text' || headings.has(last) || headings.has(first))
    return undefined
  return continuesOver(last, first) ? { ...last, lines: [...last.lines, ...first.lines] } : undefined
}

/** The same from the foot of a column to the head of the next one. */
function joinOverColumn(last: PageBlock, next: PageBlock, { headings }: Known): PageBlock | undefined {
  if (last.kind !== 'text' || next.kind !== 'text' || headings.has(last) || headings.has(next))
    return undefined
  const end = last.lines.at(-1)!
  const first = next.lines[0]!
  const isNextColumn = first.page === end.page && first.y1 < end.y0 && first.x0 > end.x0 + 4 * end.size
  const goesOn = /^\p{Ll}/u.test(first.text) || /\p{L}[-\u2010]$/u.test(end.text)
  return isNextColumn && !last.isLabels && !next.isLabels && goesOn && continuesOver(last, next)
    ? { ...last, lines: [...last.lines, ...next.lines] }
    : undefined
}

const textOf = (lines: readonly Line[], hyphens: Hyphens) => {
  const { content, spans, at } = joinLines(lines, hyphens)
  return [content, { at, spans }] as const
}

function headingBlock(
  block: TextBlock,
  { level, confidence, evidence }: HeadingInfo,
  hyphens: Hyphens,
): Block {
  const [content, extra] = textOf(block.lines, hyphens)
  // A heading is bold by being one.
  const plain = content.map((node) =>
    node.type === 'text' ? { ...node, marks: (node.marks ?? []).filter((mark) => mark !== 'bold') } : node,
  )
  return heading(level, plain, { ...extra, confidence, evidence })
}

const figureNode = ({ page, x0, y0, x1, y1, name, alt }: FigureBlock): Block =>
  figure(alt ?? '', { src: name, at: { page, boxes: [{ page, x0, y0, x1, y1 }] } })

/** Numbered by page, so that names stay when other pages are read. */
const noteBlock = ({ text, author, date, x0, y0, x1, y1 }: PageNote, page: number, at: number): Block => {
  const place = { page, boxes: [{ page, x0, y0, x1, y1 }] }
  const blocks = text
    .split(/\r\n?|\n/)
    .flatMap((line) => (line.trim() === '' ? [] : [paragraph(line.trim())]))
  return note('comment', `p${page}-${at + 1}`, blocks, { at: place, author, date })
}

const furnitureBlock = ({ role, line }: PageLayout['furniture'][number], { hyphens }: Known): Block => {
  const [content, extra] = textOf([line], hyphens)
  return furniture(role, [paragraph(content, extra)], { at: extra.at })
}

/** Does the first block of a page go on with the sentence that the page before broke off? */
function continuesOver({ lines, x0, x1 }: TextBlock, next: TextBlock): boolean {
  const last = lines.at(-1)!
  const first = next.lines[0]!
  if (last.tag && first.tag) return last.tag.element === first.tag.element
  if (Math.abs(last.size - first.size) > 0.06 * last.size || isLabelled(first.text)) return false
  if (/[-\u2010]$/.test(last.text)) return true
  if (/[.!?:;]["”’)]?$/.test(last.text)) return false
  if (/^[\p{Ll}(“"\d]/u.test(first.text)) return true
  // A line of its own fills no measure but its own: what follows tells how wide text is set here.
  const measure = Math.max(x1 - x0, next.x1 - next.x0)
  return last.x1 - x0 > measure - 4 * last.size
}
