/** The pages' blocks as one run of document blocks: furniture set aside, headings named, page ends bridged. */
import { furniture, heading, pageBreak, paragraph } from '../doc/build.ts'
import type { Block } from '../doc/model.ts'
import { findFurniture, type Role } from './furniture.ts'
import { bodyStyle, findHeadings, type HeadingInfo } from './headings.ts'
import type { PageLayout, TextBlock } from './page-layout.ts'
import { isLabelled, joinLines } from './paragraphs.ts'
import type { Line } from './text.ts'

export function assemble(pages: readonly PageLayout[]): Block[] {
  const roles = findFurniture(pages)
  const running = pages.map((page) => ({
    ...page,
    blocks: page.blocks.filter((block) => !roles.has(block)),
  }))
  const headings = findHeadings(
    running.flatMap((page) => page.blocks),
    bodyStyle(running),
  )
  const out: Block[] = []
  let open: OpenParagraph | undefined
  const flush = () => {
    if (open) out.push(paragraph(...textOf(open.lines)), ...open.after)
    open = undefined
  }
  for (const [index, page] of running.entries()) {
    const first = page.blocks[0]
    const aside = pages[index]!.blocks.filter((block) => roles.has(block)).map((block) =>
      furnitureBlock(block, roles.get(block)!),
    )
    const opening = [pageBreak(page.number), ...aside]
    const isCarried = open && first && !headings.has(first) && continuesOver(open, first)
    if (open && isCarried) {
      // One paragraph stays one: the break stands after it.
      open.lines.push(...first!.lines)
      open.after.push(...opening)
    } else {
      flush()
      out.push(...opening)
    }
    for (const block of isCarried ? page.blocks.slice(1) : page.blocks) {
      flush()
      const info = headings.get(block)
      if (info) out.push(headingBlock(block, info))
      else open = { lines: [...block.lines], block, after: [] }
    }
  }
  flush()
  return out
}

type OpenParagraph = {
  readonly lines: Line[]
  readonly block: TextBlock
  /** What comes after it once it is whole. */
  readonly after: Block[]
}

const textOf = (lines: readonly Line[]) => {
  const { content, spans, at } = joinLines(lines)
  return [content, { at, spans }] as const
}

function headingBlock(block: TextBlock, { level, confidence, evidence }: HeadingInfo): Block {
  const [content, extra] = textOf(block.lines)
  // A heading is bold by being one.
  const plain = content.map((node) =>
    node.type === 'text' ? { ...node, marks: (node.marks ?? []).filter((mark) => mark !== 'bold') } : node,
  )
  return heading(level, plain, { ...extra, confidence, evidence })
}

const furnitureBlock = (block: TextBlock, role: Role): Block => {
  const [content, extra] = textOf(block.lines)
  return furniture(role, [paragraph(content, extra)], { at: extra.at })
}

/** Does the first block of a page go on with the sentence that the page before broke off? */
function continuesOver(open: OpenParagraph, next: TextBlock): boolean {
  const last = open.lines.at(-1)!
  const first = next.lines[0]!
  if (Math.abs(last.size - first.size) > 0.06 * last.size || isLabelled(first.text)) return false
  if (/[-\u2010]$/.test(last.text)) return true
  if (/[.!?:;]["”’)]?$/.test(last.text)) return false
  return /^[\p{Ll}(“"\d]/u.test(first.text) || last.x1 > open.block.x1 - 4 * last.size
}
