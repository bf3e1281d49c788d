import { doc } from '../doc/build.ts'
import { decodeText } from '../io/text.ts'
import type { FlowReader } from '../reader.ts'
import { textBlocks } from './text-blocks.ts'

/** Plain text: what its layout shows, nothing more. */
export const readTxt: FlowReader = async ({ bytes }, { limits, report }) => {
  const text = decodeText(bytes, report)
  const kept = text.slice(0, limits.outputChars)
  if (kept.length < text.length)
    report.warn('output-truncated', `Kept the first ${kept.length} of ${text.length} characters.`)
  return doc('txt', textBlocks(kept, { headings: true }))
}
