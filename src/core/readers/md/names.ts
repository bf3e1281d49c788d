import type { Block, Inline } from '../../doc/model.ts'
import { createSlugs } from '../../doc/slug.ts'
import { inlineText, rewriteBlocks, walk } from '../../doc/walk.ts'

/** Headings have names of themselves, which links use: those that some link uses become anchors. */
export function nameHeadings(blocks: readonly Block[]): readonly Block[] {
  const wanted = new Set<string>()
  for (const block of walk({ blocks })) if ('content' in block) collect(block.content, wanted)
  if (wanted.size === 0) return blocks
  const slugs = createSlugs()
  return rewriteBlocks(blocks, (block) => {
    if (block.type !== 'heading') return block
    const name = slugs.next(inlineText(block.content).replaceAll('\n', ' '))
    if (!wanted.has(name) || block.anchors?.includes(name)) return block
    return { ...block, anchors: [...(block.anchors ?? []), name] }
  })
}

function collect(content: readonly Inline[], wanted: Set<string>): void {
  for (const node of content) {
    if (node.type !== 'link') continue
    if (node.href.startsWith('#')) wanted.add(decode(node.href.slice(1)))
    collect(node.children, wanted)
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
