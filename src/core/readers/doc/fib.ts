/** The file information block: where everything else stands ([MS-DOC] 2.5). */
import { MdraftError } from '../../errors.ts'

export type Fib = {
  readonly version: number
  readonly isEncrypted: boolean
  /** Which of the two table streams is in use. */
  readonly table: '0Table' | '1Table'
  /** Characters of each part of the document, in the order in which their text is stored. */
  readonly counts: Readonly<Record<Part, number>>
  /** Offset and length in the table stream of a structure, by its place in FibRgFcLcb97. */
  readonly place: (index: number) => { readonly at: number; readonly size: number }
  /** Bounds of the text in files that store it in one piece. */
  readonly textFrom: number
  readonly textTo: number
}

type Part = 'text' | 'footnotes' | 'headers' | 'macros' | 'comments' | 'endnotes' | 'boxes' | 'headerBoxes'

/** Places in FibRgFcLcb97 (2.5.6). */
export const places = {
  styles: 1,
  footnoteReferences: 2,
  footnoteTexts: 3,
  commentReferences: 4,
  commentTexts: 5,
  headerTexts: 11,
  characterPages: 12,
  paragraphPages: 13,
  pieces: 33,
  commentAuthors: 36,
  endnoteReferences: 46,
  endnoteTexts: 47,
  boxTexts: 56,
  lists: 73,
  listOverrides: 74,
} as const

export function readFib(stream: Buffer): Fib {
  if (stream.length < 68 || stream.readUInt16LE(0) !== 0xa5ec)
    throw new MdraftError('malformed', 'The Word 97–2003 file has no valid header.', {
      fix: 'Open it in Word, save it as .docx, and retry.',
    })
  const flags = stream.readUInt16LE(10)
  const words = stream.readUInt16LE(32)
  const longs = 34 + words * 2 + 2
  const long = (index: number) =>
    longs + index * 4 + 4 <= stream.length ? Math.max(0, stream.readInt32LE(longs + index * 4)) : 0
  const pairs = longs + stream.readUInt16LE(34 + words * 2) * 4 + 2
  return {
    version: stream.readUInt16LE(2),
    isEncrypted: (flags & 0x0100) !== 0,
    table: (flags & 0x0200) !== 0 ? '1Table' : '0Table',
    counts: {
      text: long(3),
      footnotes: long(4),
      headers: long(5),
      macros: long(6),
      comments: long(7),
      endnotes: long(8),
      boxes: long(9),
      headerBoxes: long(10),
    },
    place: (index) => {
      const at = pairs + index * 8
      return at + 8 <= stream.length
        ? { at: stream.readUInt32LE(at), size: stream.readUInt32LE(at + 4) }
        : { at: 0, size: 0 }
    },
    textFrom: stream.readUInt32LE(24),
    textTo: stream.readUInt32LE(28),
  }
}
