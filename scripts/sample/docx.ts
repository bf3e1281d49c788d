/** Prints the sample solicitation as Word would hold it: numbers are automatic, never typed. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  SectionType,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TabStopType,
  TextRun,
  VerticalMergeType,
  WidthType,
} from 'docx'
import { type Cell, type Item, type Node, runs, type Table as SampleTable } from './model.ts'
import type { Entry, Solicitation } from './pdf.ts'
import { place } from './pdf-table.ts'
import { scanned } from './scan.ts'
import { repack } from './zip.ts'

/** Twentieths of a point. */
const INCH = 1440
const TEXT_WIDTH = 6.5 * INCH
const CREATED = '2027-01-19T14:00:00Z'

type Child = Paragraph | Table | TableOfContents
type Part = { readonly kind: 'text' | 'columns' | 'scan'; readonly children: Child[] }

export async function writeDocx(solicitation: Solicitation, entries: readonly Entry[]): Promise<Buffer> {
  const parts = await splitParts(solicitation.nodes, entries)
  const file = new Document({
    title: `${solicitation.number}: ${solicitation.name}`,
    creator: solicitation.agency,
    lastModifiedBy: solicitation.agency,
    styles,
    numbering,
    sections: parts.map((part) => sectionOf(part, solicitation)),
  })
  return repack(await Packer.toBuffer(file), (name, text) =>
    name === 'docProps/core.xml' ? text.replace(/(<dcterms:\w+ [^>]*>)[^<]*/g, `$1${CREATED}`) : text,
  )
}

const styles = {
  default: {
    document: { run: { font: 'Times New Roman', size: 21 } },
    heading1: {
      run: { font: 'Arial', size: 26, bold: true, allCaps: true },
      paragraph: { spacing: { before: 240, after: 100 }, keepNext: true },
    },
    heading2: {
      run: { font: 'Arial', size: 22, bold: true },
      paragraph: { spacing: { before: 120, after: 100 }, keepNext: true },
    },
    heading3: {
      run: { font: 'Arial', size: 21, italics: true },
      paragraph: { spacing: { before: 120, after: 100 }, keepNext: true },
    },
  },
} as const

const level = (
  depth: number,
  format: (typeof LevelFormat)[keyof typeof LevelFormat],
  text: string,
  left: number,
  hanging: number,
) => ({
  level: depth,
  format,
  text,
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left, hanging } } },
})
const numbering = {
  config: [
    {
      reference: 'sections',
      levels: [
        { ...level(0, LevelFormat.UPPER_LETTER, 'SECTION %1:', 0, 0), suffix: 'space' as const },
        level(1, LevelFormat.DECIMAL, '%1.%2', 720, 720),
        level(2, LevelFormat.DECIMAL, '%1.%2.%3', 720, 720),
      ],
    },
    {
      reference: 'clauses',
      levels: [
        level(0, LevelFormat.LOWER_LETTER, '(%1)', 640, 480),
        level(1, LevelFormat.DECIMAL, '(%2)', 1120, 480),
        level(2, LevelFormat.LOWER_ROMAN, '(%3)', 1600, 480),
      ],
    },
    { reference: 'bullets', levels: [level(0, LevelFormat.BULLET, '\u2022', 640, 280)] },
  ],
}

const textRuns = (text: string, extra: { bold?: boolean; size?: number; font?: string } = {}) =>
  runs(text).map(
    (run) =>
      new TextRun({ ...extra, text: run.text, bold: run.bold || extra.bold === true, italics: run.italic }),
  )

async function splitParts(nodes: readonly Node[], entries: readonly Entry[]): Promise<Part[]> {
  const parts: Part[] = [{ kind: 'text', children: [] }]
  let lists = 0
  let breakBefore = false
  const add = (child: Child): void => {
    parts.at(-1)!.children.push(child)
  }
  const headings = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 }
  const head = (depth: 1 | 2 | 3, text: string, isNumbered: boolean) =>
    add(
      new Paragraph({
        heading: headings[depth],
        children: [new TextRun(text)],
        pageBreakBefore: breakBefore,
        ...(isNumbered ? { numbering: { reference: 'sections', level: depth - 1 } } : {}),
      }),
    )
  const addItems = (items: readonly Item[], depth: number) => {
    for (const item of items) {
      add(
        new Paragraph({
          children: textRuns(typeof item === 'string' ? item : item.text),
          numbering: { reference: 'clauses', level: depth, instance: lists },
          spacing: { after: 80 },
        }),
      )
      if (typeof item !== 'string') addItems(item.items, depth + 1)
    }
  }
  const printers: { [T in Node['type']]: (node: Extract<Node, { type: T }>) => void | Promise<void> } = {
    title: ({ lines }) => {
      for (const [index, line] of lines.entries())
        add(
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 100 },
            children: textRuns(line, {
              bold: true,
              font: 'Arial',
              size: index === 0 ? 24 : index === 1 ? 34 : 26,
            }),
          }),
        )
    },
    contents: () => {
      add(
        new Paragraph({
          alignment: AlignmentType.CENTER,
          pageBreakBefore: true,
          children: textRuns('TABLE OF CONTENTS', { bold: true, font: 'Arial', size: 26 }),
        }),
      )
      add(
        new TableOfContents('Contents', {
          headingStyleRange: '1-2',
          beginDirty: false,
          cachedEntries: entries
            .filter((entry) => entry.level < 3)
            .map(({ number, title, level, page }) => ({
              title: level === 1 ? `${number}: ${title}` : `${number}  ${title}`,
              level,
              page,
            })),
        }),
      )
    },
    section: ({ title }) => head(1, title, true),
    attachment: ({ label, title }) => head(1, `${label}: ${title}`, false),
    heading: (node) => head(node.level, node.title, true),
    paragraph: ({ text }) => add(new Paragraph({ children: textRuns(text), spacing: { after: 140 } })),
    items: ({ items }) => {
      lists += 1
      addItems(items, 0)
    },
    bullets: ({ items }) => {
      for (const text of items)
        add(
          new Paragraph({
            children: textRuns(text),
            numbering: { reference: 'bullets', level: 0 },
            spacing: { after: 80 },
          }),
        )
    },
    table: (node) => {
      add(tableOf(node))
      add(new Paragraph({ spacing: { after: 60 } }))
    },
    columns: async ({ nodes }) => {
      parts.push({ kind: 'columns', children: [] })
      for (const node of nodes) await write(node)
      parts.push({ kind: 'text', children: [] })
    },
    newPage: () => {
      breakBefore = true
    },
    scan: async ({ nodes }) => {
      const image = new ImageRun({
        type: 'png',
        data: await scanned(nodes),
        transformation: { width: 612 / 0.75, height: 792 / 0.75 },
        altText: { name: 'Scanned page', title: 'Scanned page', description: 'Scanned page' },
      })
      parts.push({ kind: 'scan', children: [new Paragraph({ children: [image] })] })
    },
  }
  // The row of a node's own type takes that node.
  const write = async (node: Node) => {
    const isBreak = node.type === 'newPage'
    if (node.type === 'columns') breakBefore = false
    await (printers[node.type] as (node: Node) => void | Promise<void>)(node)
    if (!isBreak) breakBefore = false
  }
  for (const node of nodes) await write(node)
  return parts.filter((part) => part.children.length > 0)
}

function tableOf(table: SampleTable): Table {
  const total = table.widths.reduce((sum, share) => sum + share, 0)
  const widths = table.widths.map((share) => Math.round((share / total) * TEXT_WIDTH))
  const rows = [...table.head, ...table.rows]
  const placed = place(rows)
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  const border = table.look === 'ruled' ? line : none
  const cellOf = (cell: Cell, row: number, across: number, merge: 'start' | 'on' | undefined) =>
    new TableCell({
      children: [
        new Paragraph({
          children: textRuns(merge === 'on' ? '' : typeof cell === 'string' ? cell : cell.text, {
            bold: row < table.head.length,
            size: 19,
          }),
        }),
      ],
      ...(across > 1 ? { columnSpan: across } : {}),
      ...(merge
        ? { verticalMerge: merge === 'start' ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE }
        : {}),
      ...(table.look === 'ruled' && row < table.head.length ? { shading: { fill: 'E6E6E6' } } : {}),
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
    })
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    borders: {
      top: border,
      bottom: border,
      left: border,
      right: border,
      insideHorizontal: border,
      insideVertical: border,
    },
    rows: rows.map(
      (_, row) =>
        new TableRow({
          tableHeader: row < table.head.length,
          cantSplit: true,
          children: placed
            .filter((cell) => cell.row <= row && row < cell.row + cell.down)
            .sort((one, other) => one.column - other.column)
            .map(({ cell, row: start, across, down }) =>
              cellOf(cell, row, across, down > 1 ? (start === row ? 'start' : 'on') : undefined),
            ),
        }),
    ),
  })
}

function sectionOf(part: Part, { number, name }: Solicitation): ISectionOptions {
  const isScan = part.kind === 'scan'
  const margin = isScan ? 0 : INCH
  const right = [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }]
  const small = (children: (string | (typeof PageNumber)[keyof typeof PageNumber])[]) =>
    new TextRun({ children, font: 'Arial', size: 17 })
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        size: { width: 8.5 * INCH, height: 11 * INCH },
        margin: { top: margin, bottom: margin, left: margin, right: margin },
      },
      ...(part.kind === 'columns' ? { column: { count: 2, space: 480 } } : {}),
    },
    headers: {
      default: new Header({
        children: isScan
          ? []
          : [new Paragraph({ tabStops: right, children: [small([`Solicitation ${number}\t${name}`])] })],
      }),
    },
    footers: {
      default: new Footer({
        children: isScan
          ? []
          : [
              new Paragraph({
                tabStops: right,
                children: [
                  small([
                    'Source selection information: see FAR 2.101 and 3.104\tPage ',
                    PageNumber.CURRENT,
                    ' of ',
                    PageNumber.TOTAL_PAGES,
                  ]),
                ],
              }),
            ],
      }),
    },
    children: part.children,
  }
}
