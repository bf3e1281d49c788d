import { doc, furniture, note } from '../../doc/build.ts'
import type { Block, Furniture, Note } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { MdraftError } from '../../errors.ts'
import { openCompound } from '../../io/cfb.ts'
import type { FlowReader } from '../../reader.ts'
import { isPageNumber } from '../page-number.ts'
import { places } from './fib.ts'
import { isWord97, openReading, type Reading } from './reading.ts'
import { type Cx, readStretch, TITLE } from './walk.ts'

/** Word 97–2003 ([MS-DOC]); of Word 6 and 95 the text. */
export const readDoc: FlowReader = async ({ bytes }, context) => {
  const file = openCompound(bytes)
  if (!file)
    throw new MdraftError('malformed', 'The Word 97–2003 file is damaged.', {
      fix: 'Open it in Word, save it as .docx, and retry.',
    })
  const reading = openReading(file)
  if (!isWord97(reading.fib))
    context.report.warn(
      'unsupported-content',
      'The file is of Word 95 or older: only its text was read. Save it as .docx for its structure.',
    )
  if (file.names.some((name) => /^(macros|_vba_project)/i.test(name)))
    context.report.warn('macros-ignored', 'The document holds macros; they were not run or read.')
  const asked = notesOf(reading, context.options.comments === 'keep')
  const marks = new Map(asked.map(({ position, name }) => [position, name]))
  const hasTitle = [...reading.styles].some(
    ([number, style]) => style.builtIn === TITLE && reading.paragraphs.some((run) => run.style === number),
  )
  const cx: Cx = { reading, context, marks, sink: hasTitle ? 1 : 0, changes: 0 }
  const starts = partStarts(reading)
  const { counts } = reading.fib
  const blocks = readStretch(0, counts.text, cx)
  const notes = asked.map(
    ({ kind, name, from, to, author }): Note => note(kind, name, readStretch(from, to, cx), { author }),
  )
  const boxes = counts.boxes > 0 ? readStretch(starts.boxes, starts.boxes + counts.boxes, cx) : []
  if (cx.changes > 0) {
    const words = { accept: 'as if accepted', reject: 'as if rejected', all: 'both ways' }
    context.report.warn(
      'tracked-changes',
      `The document holds tracked changes; they were read ${words[context.options.trackChanges]}.`,
    )
  }
  return doc('doc', [...furnitureOf(reading, starts.headers, cx), ...blocks, ...boxes, ...notes])
}

type Starts = {
  readonly footnotes: number
  readonly headers: number
  readonly comments: number
  readonly endnotes: number
  readonly boxes: number
}

/** The parts of the document follow one another in one run of characters (2.3). */
function partStarts({ fib: { counts } }: Reading): Starts {
  const footnotes = counts.text
  const headers = footnotes + counts.footnotes
  const comments = headers + counts.headers + counts.macros
  const endnotes = comments + counts.comments
  return { footnotes, headers, comments, endnotes, boxes: endnotes + counts.endnotes }
}

/** Character positions of a table that starts with them; entries of `size` bytes follow. */
function positions(
  { table, fib }: Reading,
  index: number,
  size: number,
): { cps: number[]; data: (at: number) => Buffer } {
  const place = fib.place(index)
  const count = place.size < 8 ? 0 : Math.floor((place.size - 4) / (4 + size))
  const cps: number[] = []
  for (let at = 0; at <= count && count > 0 && place.at + at * 4 + 4 <= table.length; at++)
    cps.push(table.readUInt32LE(place.at + at * 4))
  const entries = place.at + (count + 1) * 4
  return { cps, data: (at) => table.subarray(entries + at * size, entries + (at + 1) * size) }
}

type Asked = {
  readonly kind: Note['kind']
  readonly name: string
  readonly position: number
  readonly from: number
  readonly to: number
  readonly author: string | undefined
}

const REFERENCE = 2
const COMMENT = 30

function notesOf(reading: Reading, wantsComments: boolean): Asked[] {
  const starts = partStarts(reading)
  const out: Asked[] = []
  const collect = (
    kind: Note['kind'],
    references: ReturnType<typeof positions>,
    texts: number[],
    start: number,
    author: (at: number) => string | undefined,
  ) => {
    for (let at = 0; at + 1 < references.cps.length && at + 1 < texts.length; at++) {
      const number = out.filter((one) => (one.kind === 'comment') === (kind === 'comment')).length + 1
      out.push({
        kind,
        name: kind === 'comment' ? `c${number}` : String(number),
        position: references.cps[at]!,
        from: start + texts[at]!,
        to: start + texts[at + 1]!,
        author: author(at),
      })
    }
  }
  const nobody = () => undefined
  collect(
    'footnote',
    positions(reading, places.footnoteReferences, REFERENCE),
    positions(reading, places.footnoteTexts, 0).cps,
    starts.footnotes,
    nobody,
  )
  collect(
    'endnote',
    positions(reading, places.endnoteReferences, REFERENCE),
    positions(reading, places.endnoteTexts, 0).cps,
    starts.endnotes,
    nobody,
  )
  if (wantsComments) {
    const references = positions(reading, places.commentReferences, COMMENT)
    const authors = authorsOf(reading)
    const author = (at: number) => {
      const entry = references.data(at)
      return entry.length === COMMENT ? authors[entry.readUInt16LE(20)] : undefined
    }
    collect('comment', references, positions(reading, places.commentTexts, 0).cps, starts.comments, author)
  }
  return out
}

/** Names one after another, each with its length before it (2.9.105). */
function authorsOf({ table, fib }: Reading): string[] {
  const { at, size } = fib.place(places.commentAuthors)
  const end = Math.min(table.length, at + size)
  const names: string[] = []
  for (let offset = at; offset + 2 <= end && size > 0; ) {
    const length = table.readUInt16LE(offset)
    names.push(table.toString('utf16le', offset + 2, Math.min(end, offset + 2 + length * 2)))
    offset += 2 + length * 2
  }
  return names
}

/** Six stories of separators come first; then six for each section: even, odd and first headers and footers (2.3.4). */
function furnitureOf(reading: Reading, start: number, cx: Cx): Furniture[] {
  const { cps } = positions(reading, places.headerTexts, 0)
  const out: Furniture[] = []
  const known = new Set<string>()
  for (let at = 6; at + 1 < cps.length; at++) {
    if (cps[at + 1]! <= cps[at]! + 1) continue
    const role = [0, 1, 4].includes(at % 6) ? 'header' : 'footer'
    const blocks: readonly Block[] = readStretch(start + cps[at]!, start + cps[at + 1]!, cx)
    const words = blocks.map(plainText).join('\n').trim()
    if (words === '' || isPageNumber(words) || known.has(`${role} ${words}`)) continue
    known.add(`${role} ${words}`)
    out.push(furniture(role, blocks))
  }
  return out
}
