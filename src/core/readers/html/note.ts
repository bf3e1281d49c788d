/** The body of a note as it is to be read: without the number that leads back to where it was called. */
import { tidyInline } from '../../doc/inline.ts'
import type { Block } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'

export function noteBody(blocks: readonly Block[]): readonly Block[] {
  const [first, ...rest] = blocks
  if (first?.type !== 'paragraph') return blocks
  const at = first.content.findIndex((node) => inlineText([node]).trim() !== '')
  const lead = first.content[at]
  if (lead?.type !== 'link' || !lead.href.startsWith('#') || !isMark.test(inlineText(lead.children)))
    return blocks
  const content = tidyInline(first.content.slice(at + 1))
  return content.length > 0 ? [{ ...first, content }, ...rest] : rest
}

/** "1", "[12]", "iv.", "*" */
const isMark = /^[\s[(^]*([\divxlc]{1,5}|[a-z*†‡§↩↑]{1,2})[\s\]).:]*$/i
