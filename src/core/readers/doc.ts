import WordExtractor from 'word-extractor'
import { doc, note } from '../doc/build.ts'
import type { Block } from '../doc/model.ts'
import { MdraftError } from '../errors.ts'
import type { FlowReader } from '../reader.ts'
import { textBlocks } from './text-blocks.ts'

/** Word 97–2003: the text of all its stories. */
export const readDoc: FlowReader = async ({ bytes }) => {
  const word = await new WordExtractor().extract(Buffer.from(bytes)).catch((cause: unknown) => {
    throw new MdraftError('malformed', 'The Word 97–2003 file is damaged.', {
      cause,
      fix: 'Open it in Word, save it as .docx, and retry.',
    })
  })
  const blocks = (text: string): Block[] => textBlocks(text.replaceAll('\n', '\n\n'), { headings: false })
  const notes = blocks(word.getFootnotes()).map((block, index) =>
    note('footnote', String(index + 1), [block]),
  )
  return doc('doc', [...blocks(word.getBody()), ...blocks(word.getTextboxes()), ...notes])
}
