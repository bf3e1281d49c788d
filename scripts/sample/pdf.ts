/** Prints the sample solicitation as PDF with the fonts every viewer has.  */
import PDFDocument from 'pdfkit'
import { type Item, itemLabel, type Node, type Numbered, numberer } from './model.ts'
import { layTable } from './pdf-table.ts'
import { type Frame, type Pen, pen } from './pdf-text.ts'
import { scanned } from './scan.ts'

const LETTER = { width: 612, height: 792 }
const MARGIN = 72
const TOP = 76
const BOTTOM = 724
const GUTTER = 24

export type Solicitation = {
  readonly number: string
  readonly name: string
  readonly agency: string
  readonly nodes: readonly Node[]
}
export type Entry = Numbered & { readonly page: number }

const page: Frame = { x: MARGIN, width: LETTER.width - 2 * MARGIN, top: TOP, bottom: BOTTOM }
const half = (page.width - GUTTER) / 2
const twoColumns: Frame[] = [
  { ...page, width: half },
  { ...page, x: MARGIN + half + GUTTER, width: half },
]

export async function writePdf(
  solicitation: Solicitation,
): Promise<{ bytes: Buffer; entries: readonly Entry[] }> {
  // The table of contents fills its page in the second run, so only the third prints every number right.
  let { bytes, entries } = await print(solicitation, [])
  for (let run = 0; run < 2; run++) ({ bytes, entries } = await print(solicitation, entries))
  return { bytes, entries }
}

async function print(solicitation: Solicitation, entries: readonly Entry[]) {
  const file = new PDFDocument({
    size: 'LETTER',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    info: {
      Title: `${solicitation.number}: ${solicitation.name}`,
      Author: solicitation.agency,
      Producer: 'mdraft sample',
      Creator: 'scripts/make-sample.ts',
      CreationDate: new Date('2027-01-19T14:00:00Z'),
      ModDate: new Date('2027-01-19T14:00:00Z'),
    },
  })
  const chunks: Buffer[] = []
  file.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve) => file.on('end', resolve))
  const found = await printNodes(file, solicitation, entries)
  printFurniture(file, solicitation, found.scans)
  file.end()
  await ended
  return { bytes: Buffer.concat(chunks), entries: found.entries }
}

async function printNodes(file: PDFKit.PDFDocument, solicitation: Solicitation, known: readonly Entry[]) {
  const numbered = numberer()
  const entries: Entry[] = []
  const scans = new Set<number>()
  const out = pen(file, [page])
  const printers: { [T in Node['type']]: (node: Extract<Node, { type: T }>) => void | Promise<void> } = {
    title: ({ lines }) => {
      for (const [index, line] of lines.entries())
        out.paragraph([{ text: line, bold: true, italic: false }], {
          font: 'Helvetica',
          size: index === 0 ? 12 : index === 1 ? 17 : 13,
          align: 'center',
          after: 5,
        })
      out.gap(8)
    },
    contents: () => printContents(out, known),
    section: heading,
    attachment: heading,
    heading,
    paragraph: ({ text }) => out.text(text, { after: 7 }),
    items: (node) => printItems(out, node.items, 0),
    bullets: (node) => {
      for (const text of node.items) out.labelled('•', text, { indent: 18, hang: 14, after: 4 })
      out.gap(3)
    },
    table: (node) => layTable(out, node),
    columns: async ({ nodes }) => {
      out.frames(twoColumns)
      for (const node of nodes) await write(node)
      out.frames([page])
    },
    newPage: () => out.page(),
    scan: async ({ nodes }) => {
      out.page()
      scans.add(out.pageNumber())
      const image = await scanned(nodes)
      file.image(image, 0, 0, { width: LETTER.width, height: LETTER.height })
    },
  }
  function heading(node: Extract<Node, { type: 'section' | 'attachment' | 'heading' }>): void {
    const { number, title, level } = numbered(node)!
    const size = level === 1 ? 13 : level === 2 ? 11 : 10.5
    out.need(level === 1 ? 90 : 58)
    out.gap(level === 1 ? 12 : 6)
    const join = level === 1 ? ': ' : '  '
    entries.push({ number, title, level, page: out.pageNumber() })
    if (level === 1) file.outline.addItem(`${number}: ${title}`)
    out.paragraph(
      [
        {
          text: `${number}${join}${level === 1 ? title.toUpperCase() : title}`,
          bold: level < 3,
          italic: level === 3,
        },
      ],
      {
        font: 'Helvetica',
        size,
        after: 5,
      },
    )
  }
  // The row of a node's own type takes that node.
  const write = async (node: Node) => (printers[node.type] as (node: Node) => void | Promise<void>)(node)
  out.page()
  for (const node of solicitation.nodes) await write(node)
  return { entries, scans }
}

function printItems(out: Pen, items: readonly Item[], depth: number): void {
  for (const [index, item] of items.entries()) {
    const text = typeof item === 'string' ? item : item.text
    out.labelled(itemLabel(depth, index), text, { indent: 8 + depth * 24, hang: 24, after: 4 })
    if (typeof item !== 'string') printItems(out, item.items, depth + 1)
  }
  if (depth === 0) out.gap(3)
}

function printContents(out: Pen, entries: readonly Entry[]): void {
  out.paragraph([{ text: 'TABLE OF CONTENTS', bold: true, italic: false }], {
    font: 'Helvetica',
    size: 13,
    align: 'center',
    after: 8,
  })
  for (const { number, title, level, page } of entries.filter((entry) => entry.level < 3))
    out.leader(`${number}${level === 1 ? ': ' : '  '}${title}`, String(page), {
      indent: level === 1 ? 0 : 16,
      bold: level === 1,
    })
  out.gap(10)
}

function printFurniture(file: PDFKit.PDFDocument, { number, name }: Solicitation, scans: Set<number>): void {
  const { count } = file.bufferedPageRange()
  for (let index = 0; index < count; index++) {
    if (scans.has(index + 1)) continue
    file.switchToPage(index)
    file.font('Helvetica').fontSize(8.5).fillColor('#333333')
    const right = (text: string, y: number) =>
      file.text(text, LETTER.width - MARGIN - file.widthOfString(text), y, { lineBreak: false })
    if (index > 0) {
      file.text(`Solicitation ${number}`, MARGIN, 46, { lineBreak: false })
      right(name, 46)
      file
        .moveTo(MARGIN, 60)
        .lineTo(LETTER.width - MARGIN, 60)
        .lineWidth(0.5)
        .stroke('#333333')
    }
    const foot = `Page ${index + 1} of ${count}`
    file.text('Source selection information: see FAR 2.101 and 3.104', MARGIN, 738, { lineBreak: false })
    right(foot, 738)
  }
}
