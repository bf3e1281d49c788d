/** A stretch of the document's text as blocks ([MS-DOC] 2.4.2 to 2.4.4). */
import { inlineImage, lineBreak, noteRef, text } from '../../doc/build.ts'
import type { Block, Inline, Mark } from '../../doc/model.ts'
import type { ReadContext } from '../../reader.ts'
import { symbol } from '../ooxml/symbols.ts'
import { countLabel } from '../paragraphs/counting.ts'
import type { Line, LinkTarget, Paragraph } from '../paragraphs/lines.ts'
import { createStory, type Story } from '../paragraphs/story.ts'
import { type Field, linkOf, newField, shownBy } from '../rtf/fields.ts'
import { formFieldAt } from './form-field.ts'
import { type CharacterFacts, characterFacts, type ParagraphFacts, paragraphFacts } from './paragraph.ts'
import { type Piece, pieceAt, pieceText, placeOf } from './pieces.ts'
import { runAt } from './properties.ts'
import type { Reading } from './reading.ts'

export type Cx = {
  readonly reading: Reading
  readonly context: ReadContext
  /** Notes and comments by the position of their mark in the text. */
  readonly marks: ReadonlyMap<number, string>
  /** Levels that headings sink because the document has a title. */
  readonly sink: number
  changes: number
}

export function readStretch(from: number, to: number, cx: Cx): readonly Block[] {
  const story = createStory((line) => outlineOf(line, cx), cx.context.report)
  const walker: Walker = { story, fields: [], cx, last: undefined }
  for (const segment of segments(from, to, cx.reading)) readSegment(segment, walker)
  return story.end(walker.last?.paragraph ?? paragraphFacts(undefined, undefined, cx.reading).paragraph)
}

type OpenField = Field & {
  inResult: boolean
  link: LinkTarget | undefined
  /** What a field of a form shows: it is not in the text. */
  form: string | undefined
}
type Walker = {
  readonly story: Story
  readonly fields: OpenField[]
  readonly cx: Cx
  last: ParagraphFacts | undefined
}
type Segment = {
  readonly words: string
  readonly from: number
  readonly piece: Piece
  readonly facts: CharacterFacts
  readonly styleMarks: ReadonlySet<Mark>
}

/** Text cut where a piece ends, where the style of characters changes, and after paragraphs. */
function* segments(from: number, to: number, reading: Reading): Generator<Segment> {
  for (let position = from; position < to; ) {
    const piece = pieceAt(reading.pieces, position)
    if (!piece) return
    const at = placeOf(piece, position)
    const run = runAt(reading.characters, at)
    const step = piece.isWide ? 2 : 1
    const left = run ? Math.max(1, Math.floor((run.to - at) / step)) : piece.to - position
    const block = runAt(reading.paragraphs, at)
    const lines = block ? Math.max(1, Math.floor((block.to - at) / step)) : left
    const end = Math.min(to, piece.to, position + Math.min(left, lines))
    const { styleMarks } = paragraphFacts(block, undefined, reading)
    yield {
      words: pieceText(reading.stream, piece, position, end),
      from: position,
      piece,
      facts: characterFacts(run, styleMarks, reading),
      styleMarks,
    }
    position = end
  }
}

const PARAGRAPH = 0x0d
const CELL = 0x07
const PAGE = 0x0c

function readSegment(segment: Segment, walker: Walker): void {
  const { words, from, facts } = segment
  let plain = ''
  const flush = () => {
    if (plain !== '') addText(plain, segment, walker)
    plain = ''
  }
  for (let at = 0; at < words.length; at++) {
    const code = words.charCodeAt(at)
    if (code >= 0x20 && !(facts.isSpecial && code === 0x28)) {
      plain += words[at]
      continue
    }
    if (code === 0x09) {
      plain += '\t'
      continue
    }
    flush()
    if (code === PARAGRAPH || code === CELL || code === PAGE) endParagraph(code, from + at, segment, walker)
    else readSpecial(code, from + at, segment, walker)
  }
  flush()
}

/** undefined: the text is not part of the version that was asked for, or hidden. */
function marksFor(
  { facts, styleMarks }: Segment,
  words: string,
  { cx }: Walker,
): readonly Mark[] | undefined {
  const { options, report } = cx.context
  if (facts.isHidden && options.hiddenText === 'omit') {
    if (words.trim() !== '')
      report.warn('hidden-content', `Hidden text was left out: "${words.trim().slice(0, 60)}".`)
    return undefined
  }
  // What the paragraph's style gives to every character is how that style looks, and no emphasis.
  const marks = [...facts.marks].filter((mark) => !styleMarks.has(mark))
  if (!facts.isInserted && !facts.isDeleted) return marks
  cx.changes++
  if (options.trackChanges === 'all') return [...marks, facts.isDeleted ? 'deleted' : 'inserted']
  const isLeftOut = options.trackChanges === 'accept' ? facts.isDeleted : facts.isInserted
  return isLeftOut ? undefined : marks
}

function addText(words: string, segment: Segment, walker: Walker): void {
  const instruction = walker.fields.findLast((field) => !field.inResult)
  if (instruction) {
    instruction.instruction += words
    return
  }
  const marks = marksFor(segment, words, walker)
  if (marks) add(text(words, marks), walker)
}

function add(node: Inline, { story, fields }: Walker): void {
  if (fields.some((field) => !field.inResult)) return
  story.add(node, fields.findLast((field) => field.link)?.link)
}

function readSpecial(code: number, position: number, segment: Segment, walker: Walker): void {
  const { facts } = segment
  const { fields, cx } = walker
  switch (code) {
    case 0x13:
      fields.push({ ...newField(), inResult: false, link: undefined, form: undefined })
      break
    case 0x14:
      startResult(fields.at(-1))
      break
    case 0x15: {
      const field = fields.pop()
      const shown = field?.form ?? (field && !field.hasResult ? shownBy(field) : '')
      if (shown !== '') addText(shown, segment, walker)
      break
    }
    case 0x0b:
      add(lineBreak(), walker)
      break
    case 0x1e:
      addText('-', segment, walker)
      break
    case 0x28:
      addText(facts.symbol ? (symbol('Symbol', facts.symbol.code) ?? '') : '(', segment, walker)
      break
    case 0x02:
    case 0x05: {
      const name = cx.marks.get(position)
      if (name !== undefined) add(noteRef(name), walker)
      break
    }
    case 0x01: {
      if (!facts.isSpecial || facts.picture === undefined) break
      const field = fields.at(-1)
      if (field && !field.inResult) field.form = formFieldAt(cx.reading.data, facts.picture)
      else add(inlineImage('', ''), walker)
    }
  }
}

function startResult(field: OpenField | undefined): void {
  if (!field) return
  field.inResult = true
  field.hasResult = true
  field.link = linkOf(field)
}

function endParagraph(code: number, position: number, { piece }: Segment, walker: Walker): void {
  const { story, cx } = walker
  const { reading } = cx
  const facts = paragraphFacts(runAt(reading.paragraphs, placeOf(piece, position)), piece.changes, reading)
  walker.last = facts
  const { paragraph } = facts
  const label = () => labelOf(paragraph, cx)
  if (facts.endsRow || facts.endsInnerRow) story.endRow(paragraph, facts.row)
  else if (code === CELL || facts.endsInnerCell) story.endCell(paragraph, label)
  else story.endParagraph(paragraph, label)
}

function labelOf({ list, level }: Paragraph, { reading: { lists } }: Cx): string | undefined {
  if (list === undefined || !lists.overrides.has(list)) return undefined
  return countLabel(lists, list, level) ?? '•'
}

function outlineOf({ paragraph, content }: Line, { reading, sink }: Cx): number | undefined {
  if (content.length === 0 || paragraph.inTable) return undefined
  const style = paragraph.style === undefined ? undefined : reading.styles.get(paragraph.style)
  if (style?.builtIn === TITLE) return 1
  if (style && style.builtIn >= 1 && style.builtIn <= 9) return style.builtIn + sink
  const named = /^heading (\d)/i.exec(style?.name ?? '')
  if (named) return Number(named[1]) + sink
  return paragraph.outline === undefined ? undefined : paragraph.outline + 1 + sink
}

/** Number of the built-in style "Title" ([MS-DOC] 2.9.260, sti). */
export const TITLE = 62
