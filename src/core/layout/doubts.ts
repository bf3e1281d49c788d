/** Tables and headings that layout is not sure of, as warnings with their place. */
import type { Block } from '../doc/model.ts'
import type { Report } from '../report.ts'

/** Below this the evidence says yes only just. */
const SURE_TABLE = 0.6
const SURE_HEADING = 0.5
const QUOTED = 60

export function warnOfDoubts(blocks: readonly Block[], report: Report): void {
  for (const block of blocks) {
    const { confidence = 1, at } = block
    if (block.type === 'table' && confidence < SURE_TABLE)
      report.warn(
        'table-doubtful',
        `A table on page ${at.page} was found by the places of its words alone; it may be none.`,
        at,
      )
    else if (block.type === 'heading' && confidence < SURE_HEADING)
      report.warn('heading-doubtful', `"${words(block)}" on page ${at.page} may be no heading.`, at)
  }
}

function words({ content }: Extract<Block, { type: 'heading' }>): string {
  const text = content.map((node) => (node.type === 'text' ? node.text : '')).join('')
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text
}
