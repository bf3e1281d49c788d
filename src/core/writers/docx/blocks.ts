/** Blocks as paragraphs and tables, one row a type. */
import { text } from '../../doc/build.ts'
import type { Block, Table as DocTable, Inline, List, ListItem } from '../../doc/model.ts'
import { fieldWords } from '../markdown/form.ts'
import { listRuns, printedItems } from '../markdown/list.ts'
import type { DocxContext } from './context.ts'
import { bookmarked, clean, runs } from './inline.ts'
import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  type IParagraphOptions,
  PageBreak,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from './library.ts'
import { numberingOf } from './numbering.ts'
import { pictureRun } from './picture.ts'
import { columnWidths } from './widths.ts'

export type DocxBlock = Paragraph | Table

/** Half an inch, Word's own step of an indent. */
const STEP = 720
const HANGING = 360
export const bulletLevels = 9

export const wordBlocks = (blocks: readonly Block[], context: DocxContext): DocxBlock[] =>
  blocks.flatMap((block) => wordBlock(block, context))

type Writers = {
  readonly [T in Block['type']]: (
    block: Extract<Block, { type: T }>,
    context: DocxContext,
  ) => readonly DocxBlock[]
}

const wordBlock = <T extends Block['type']>(block: Extract<Block, { type: T }>, context: DocxContext) =>
  (writers[block.type] as Writers[T])(block, context) // the row of this block's own type

const levels = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const

const plain = ({ indent, style }: DocxContext, options: IParagraphOptions): Paragraph =>
  new Paragraph({
    ...(style ? { style } : {}),
    ...(indent > 0 ? { indent: { left: indent } } : {}),
    ...options,
  })
const words = (
  content: readonly Inline[],
  context: DocxContext,
  options: IParagraphOptions = {},
): Paragraph => plain(context, { ...options, children: runs(content, context) })

const writers: Writers = {
  heading: ({ content, level, anchors }, context) => [
    new Paragraph({
      heading: levels[Math.min(6, level) - 1]!,
      children: bookmarked(anchors, runs(content, context), context),
    }),
  ],
  paragraph: ({ content, anchors }, context) => [
    plain(context, { children: bookmarked(anchors, runs(content, context), context) }),
  ],
  list: listParagraphs,
  table: (block, context) => [
    ...(block.caption ? [words(block.caption, context, { style: 'Caption' })] : []),
    ...wordTable(block, context),
  ],
  code: ({ text: code }, context) => [
    plain(context, {
      style: 'SourceCode',
      children: code
        .replace(/\n$/, '')
        .split('\n')
        .map(
          (line, at) =>
            new TextRun({
              font: 'Courier New',
              size: 18,
              text: clean(line),
              ...(at > 0 ? { break: 1 } : {}),
            }),
        ),
    }),
  ],
  quote: ({ blocks }, context) =>
    wordBlocks(blocks, { ...context, indent: context.indent + STEP, style: 'Quote' }),
  figure: ({ src, alt, caption }, context) => [
    plain(context, { children: pictureRun(src ?? '', alt, context) }),
    ...(caption ? [words(caption, context, { style: 'Caption' })] : []),
  ],
  formula: ({ latex }, context) => [
    plain(context, {
      alignment: AlignmentType.CENTER,
      children: [new TextRun({ font: 'Cambria Math', text: clean(latex) })],
    }),
  ],
  // Those that are referred to are footnotes and comments of the document.
  note: ({ name, kind, author, blocks }, context) => {
    if (context.footnotes.has(name) || context.comments.has(name)) return []
    const who = kind === 'comment' ? `${author ?? 'Comment'}: ` : `${name} `
    return wordBlocks([{ type: 'paragraph', id: '', at: {}, content: [text(who)] }, ...blocks], context)
  },
  field: (field, context) => [words(fieldWords(field), context)],
  furniture: ({ blocks }, context) => (context.showFurniture ? wordBlocks(blocks, context) : []),
  contents: ({ entries }, context) =>
    entries.map(({ level, content, page }) =>
      words(page ? [...content, text(` ${page}`)] : content, {
        ...context,
        indent: context.indent + HANGING * Math.max(0, Math.min(8, Math.round(level) - 1)),
      }),
    ),
  pageBreak: ({ byAuthor }) => (byAuthor ? [new Paragraph({ children: [new PageBreak()] })] : []),
  rule: () => [
    new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '808080' } } }),
  ],
}

/** Bullets and numbers are Word's own; a label that Word would count otherwise is printed as text. */
function listParagraphs(list: List, context: DocxContext): DocxBlock[] {
  return listRuns(printedItems(list)).flatMap(({ items }) => {
    const labels = items.map(({ marker, label }) => (label === '' ? marker : label))
    const reference = labels.every((label) => label === '-') ? 'bullets' : countedBy(labels, context)
    return items.flatMap(({ item }, at) => itemParagraphs(item, labels[at]!, reference, context))
  })
}

/** The name of a new numbering of the document, when Word can count these labels. */
function countedBy(labels: readonly string[], { numberings, level }: DocxContext): string | undefined {
  const numbering = numberingOf(labels)
  if (!numbering) return undefined
  numberings.push({ ...numbering, level: Math.min(level, bulletLevels - 1) })
  return numberingName(numberings.length)
}

export const numberingName = (count: number): string => `numbers-${count}`

function itemParagraphs(
  item: ListItem,
  label: string,
  counted: string | undefined,
  context: DocxContext,
): DocxBlock[] {
  const inner: DocxContext = { ...context, indent: context.indent + HANGING * 2, level: context.level + 1 }
  const [first, ...others] = item.blocks
  const opening = first?.type === 'paragraph' ? first : undefined
  const box = item.checked === undefined ? '' : item.checked ? '☒ ' : '☐ '
  const reference = counted ?? (label === '-' ? 'bullets' : undefined)
  const head = new Paragraph({
    ...(reference ? { numbering: { reference, level: Math.min(context.level, bulletLevels - 1) } } : {}),
    indent: { left: inner.indent, hanging: HANGING },
    children: [
      ...(reference ? [] : [new TextRun(`${clean(label)} `)]),
      ...(box === '' ? [] : [new TextRun(box)]),
      ...bookmarked(opening?.anchors, runs(opening?.content ?? [], inner), inner),
    ],
  })
  return [head, ...wordBlocks(opening ? others : item.blocks, inner)]
}

const line = { style: BorderStyle.SINGLE, size: 4, color: 'A6A6A6' } as const
const borders = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
}
/** In twentieths of a point; below a cell's last paragraph there is its own distance already. */
const cellMargins = { marginUnitType: WidthType.DXA, top: 80, bottom: 0, left: 120, right: 120 }

function wordTable(table: DocTable, context: DocxContext): DocxBlock[] {
  const rows = table.rows.filter(({ cells }) => cells.length > 0)
  if (rows.length === 0) return []
  const inCell: DocxContext = { ...context, indent: 0, level: 0, style: undefined }
  return [
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      columnWidths: columnWidths(rows),
      borders,
      margins: cellMargins,
      rows: rows.map(
        ({ cells }, at) =>
          new TableRow({
            tableHeader: at < table.headerRows,
            children: cells.map((cell) => {
              const isHead = at < table.headerRows || cell.header === true
              return new TableCell({
                ...(cell.colSpan ? { columnSpan: cell.colSpan } : {}),
                ...(cell.rowSpan ? { rowSpan: cell.rowSpan } : {}),
                ...(isHead ? { shading: { type: ShadingType.CLEAR, fill: 'E7E6E6' } } : {}),
                children: closed(wordBlocks(cell.blocks, inCell)),
              })
            }),
          }),
      ),
    }),
    // Two tables without a paragraph between them would be one.
    new Paragraph({}),
  ]
}

/** A cell must end with a paragraph (ECMA-376 17.4.65). */
const closed = (blocks: readonly DocxBlock[]): DocxBlock[] =>
  blocks.at(-1) instanceof Paragraph ? [...blocks] : [...blocks, new Paragraph({})]
