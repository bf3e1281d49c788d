import { doc, paragraph } from '../doc/build.ts'
import { decodeText } from '../io/text.ts'
import type { FlowReader } from '../reader.ts'

/** Plain text: blank lines part paragraphs, line ends inside one are kept as spaces. */
export const readTxt: FlowReader = async ({ bytes }, { report }) => {
  const paragraphs = decodeText(bytes, report).split(/\n[ \t]*\n+/)
  return doc(
    'txt',
    paragraphs
      .filter((text) => text.trim() !== '')
      .map((text) => paragraph(text.trim().replace(/[ \t]*\n[ \t]*/g, ' '))),
  )
}
