import type { Block } from '../../doc/model.ts'

/**
 * A document's title (the built-in style, which has no outline level) is the head of the outline: the headings that
 * follow it go one level down. A title further below is a heading like others.
 */
export function underTitle(blocks: readonly Block[]): readonly Block[] {
  const first = blocks.find((block) => block.type === 'heading')
  if (first?.type !== 'heading' || !isTitle(first)) return blocks
  return blocks.map((block) =>
    block.type === 'heading' && !isTitle(block) ? { ...block, level: block.level + 1 } : block,
  )
}

const isTitle = (block: Block): boolean => block.evidence?.includes('title') === true
