import { plainText } from '../doc/walk.ts'
import type { Writer } from './writer.ts'

/** Words only: blocks parted by a blank line. */
export const writeText: Writer = (doc) => {
  const map = []
  let text = ''
  for (const block of doc.blocks) {
    if (block.type === 'furniture' || block.type === 'pageBreak' || block.type === 'rule') continue
    const start = text.length
    text += plainText(block)
    map.push({ start, end: text.length, block: block.id, at: block.at })
    text += '\n\n'
  }
  return { text: text.trimEnd() === '' ? '' : `${text.trimEnd()}\n`, map }
}
