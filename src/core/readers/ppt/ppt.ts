import {
  cell,
  doc,
  figure,
  furniture,
  heading,
  pageBreak,
  paragraph,
  quote,
  row,
  table,
  text,
} from '../../doc/build.ts'
import type { Block, Inline, PageInfo } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { MdraftError } from '../../errors.ts'
import { openCompound } from '../../io/cfb.ts'
import type { FlowReader } from '../../reader.ts'
import { assembleLines, type Line } from '../paragraphs/lines.ts'
import { inferredHeaderRows } from '../table-head.ts'
import { type Deck, openDeck, type SlideEntry } from './deck.ts'
import { child, type Rec, types } from './records.ts'
import { descriptionOf, drawnOn, isPicture, type Shape } from './shapes.ts'
import { boxRecords, type ShapeText, textsIn } from './text.ts'

/** PowerPoint 97–2003 ([MS-PPT]): titles, texts with their levels, tables, notes. */
export const readPpt: FlowReader = async ({ bytes }, context) => {
  const file = openCompound(bytes)
  if (!file)
    throw new MdraftError('malformed', 'The PowerPoint 97–2003 file is damaged.', {
      fix: 'Open it in PowerPoint, save it as .pptx, and retry.',
    })
  const deck = openDeck(file)
  const blocks: Block[] = []
  const pages: PageInfo[] = []
  for (const [index, entry] of deck.slides.entries()) {
    const page = index + 1
    context.progress({ stage: 'reading', page, pages: deck.slides.length })
    if (page > context.limits.pages || context.isLate()) {
      context.report.warn(
        'pages-skipped',
        `Slides from ${page} on were not read: over the limit of pages or time.`,
        { page },
      )
      break
    }
    if (isHidden(entry.slide))
      context.report.warn('hidden-content', `Slide ${page} is hidden in the show.`, { page })
    if (page > 1) blocks.push(pageBreak(page))
    blocks.push(...slideBlocks(entry, deck).map((block): Block => ({ ...block, at: { page } })))
    pages.push({ number: page, text: 'native' })
  }
  return doc('ppt', blocks, { pages })
}

/** SlideShowSlideInfoAtom, fHidden (2.4.22.3). */
function isHidden(slide: Rec): boolean {
  const data = child(slide, types.showInfo)?.data
  return data !== undefined && data.length >= 12 && (data.readUInt16LE(10) & 4) !== 0
}

/** Kinds of placeholders that repeat on slides (2.13.23). */
const furnitureKinds: Readonly<Record<number, 'header' | 'footer' | 'none'>> = {
  7: 'none',
  8: 'none',
  9: 'footer',
  10: 'header',
}

type Scope = {
  readonly outline: readonly ShapeText[]
  readonly deck: Deck
  readonly title: Inline[][]
  readonly used: Set<ShapeText>
}

function slideBlocks({ slide, texts, notes }: SlideEntry, deck: Deck): Block[] {
  const scope: Scope = { outline: textsIn(texts, deck.links), deck, title: [], used: new Set() }
  const body: Block[] = []
  for (const drawn of drawnOn(slide)) {
    if ('cells' in drawn) body.push(...tableBlocks(drawn.cells, scope))
    else body.push(...shapeBlocks(drawn, scope))
  }
  // Texts of the outline that no shape claims.
  for (const one of scope.outline) if (!scope.used.has(one)) body.push(...textBlocks(one, scope))
  const titles = scope.title.map((content) => heading(1, content))
  return [...titles, ...body, ...notesOf(notes, deck)]
}

const textsOf = (shape: Shape, scope: Scope): ShapeText[] => {
  const list = boxRecords(shape.record)
  const reference = list.find(({ type }) => type === types.outlineText)?.data
  const outline = reference && reference.length >= 4 ? scope.outline[reference.readUInt32LE(0)] : undefined
  if (!outline) return textsIn(list, scope.deck.links)
  scope.used.add(outline)
  return [outline]
}

function shapeBlocks(shape: Shape, scope: Scope): Block[] {
  const texts = textsOf(shape, scope)
  const role = shape.placeholder === undefined ? undefined : furnitureKinds[shape.placeholder]
  if (role !== undefined) {
    const blocks = texts.flatMap(({ lines }) => assembleLines(lines, () => undefined))
    return role === 'none' || blocks.length === 0 ? [] : [furniture(role, blocks)]
  }
  const blocks = texts.flatMap((one) => textBlocks(one, scope))
  if (blocks.length > 0 || texts.some(({ kind }) => kind === 'title')) return blocks
  return isPicture(shape) ? [figure(descriptionOf(shape))] : []
}

function textBlocks({ kind, lines }: ShapeText, { title }: Scope): readonly Block[] {
  if (kind !== 'title') return assembleLines(lines, () => undefined)
  const content = lines
    .filter((line) => line.content.length > 0)
    .flatMap(({ content }, at): Inline[] => (at > 0 ? [text(' '), ...content] : [...content]))
  const plain = content.map((node): Inline => (node.type === 'break' ? text(' ') : node))
  if (plain.length > 0) title.push(plain)
  return []
}

/** Edges closer than this are the same edge. */
const SAME_EDGE = 20

/** A table is a group of boxes; its grid is told by their edges. */
function tableBlocks(shapes: readonly Shape[], scope: Scope): Block[] {
  const cells = shapes.flatMap((shape) => {
    const texts = textsOf(shape, scope)
    return shape.box && texts.length > 0
      ? [
          {
            box: shape.box,
            blocks: texts.flatMap(({ lines }) => assembleLines(lines.map(plainLine), () => undefined)),
          },
        ]
      : []
  })
  if (cells.every(({ blocks }) => blocks.length === 0)) return []
  const tops = edges(cells.map(({ box }) => box.top))
  const lefts = edges(cells.map(({ box }) => box.left))
  const span = (from: number, to: number, list: readonly number[]) =>
    list.filter((edge) => edge >= from - SAME_EDGE && edge < to - SAME_EDGE).length
  const rows = tops.map((top) => {
    const line = cells
      .filter(({ box }) => Math.abs(box.top - top) <= SAME_EDGE)
      .sort((one, other) => one.box.left - other.box.left)
    return row(
      line.map(({ box, blocks }) => {
        const [colSpan, rowSpan] = [span(box.left, box.right, lefts), span(box.top, box.bottom, tops)]
        return cell(blocks, { ...(colSpan > 1 ? { colSpan } : {}), ...(rowSpan > 1 ? { rowSpan } : {}) })
      }),
    )
  })
  return [table(rows, { headerRows: inferredHeaderRows(rows) })]
}

const plainLine = (line: Line): Line => ({ ...line, label: undefined })

function edges(values: readonly number[]): number[] {
  const out: number[] = []
  for (const value of [...values].sort((one, other) => one - other))
    if (out.length === 0 || value - out.at(-1)! > SAME_EDGE) out.push(value)
  return out
}

function notesOf(notes: Rec | undefined, deck: Deck): Block[] {
  if (!notes) return []
  const blocks = drawnOn(notes).flatMap((drawn): readonly Block[] => {
    if ('cells' in drawn || (drawn.placeholder !== undefined && drawn.placeholder in furnitureKinds))
      return []
    return textsIn(boxRecords(drawn.record), deck.links)
      .filter(({ kind }) => kind === 'notes')
      .flatMap(({ lines }) => assembleLines(lines.map(plainLine), () => undefined))
  })
  const kept = blocks.filter((block) => plainText(block).trim() !== '')
  return kept.length > 0
    ? [quote([paragraph([text('Notes:', ['bold'])]), ...kept], { evidence: ['speaker-notes'] })]
    : []
}
