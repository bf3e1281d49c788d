import type { Block, Doc, Inline } from '../../doc/model.ts'
import { rewriteBlocks } from '../../doc/walk.ts'

/**
 * In a PDF a link is an area laid over the page, no mark of its text: where marks are not wanted, the words alone stay. Formats
 * that write links as part of the text keep them.
 */
export const withPlainLinks = ({ format, blocks }: Doc): readonly Block[] =>
  format === 'pdf'
    ? rewriteBlocks(blocks, (block) =>
        block.type === 'paragraph' || block.type === 'heading'
          ? { ...block, content: block.content.flatMap(words) }
          : block,
      )
    : blocks

const words = (node: Inline): readonly Inline[] => (node.type === 'link' ? node.children : [node])
