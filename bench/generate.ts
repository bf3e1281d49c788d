/** Large documents of our own: prose, numbered clauses and tables, page after page. */
import { writeFileSync } from 'node:fs'
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import { type Draw, writePdf } from '../test/pdf/write.ts'

const sentences = [
  'The contractor shall deliver a monthly report within ten days after the end of each month.',
  'Offers that arrive after the closing date will not be reviewed unless the Government caused the delay.',
  'Questions must be sent by electronic mail to the contracting officer named in Section G.',
  'The technical volume shall not exceed fifty pages, with margins of one inch on all sides.',
  'Past performance on contracts of similar size and scope is more important than price.',
]
const sentence = (page: number, line: number): string => sentences[(page * 7 + line) % sentences.length]!

export function bigPdf(path: string, pages: number): void {
  const spec = Array.from({ length: pages }, (_, page) => {
    const draw: Draw[] = [
      { text: `L.${page + 1} Instructions, part ${page + 1}`, x: 72, y: 80, size: 14, font: 'bold' },
      { text: `Page ${page + 1} of ${pages}`, x: 270, y: 760, size: 9 },
    ]
    for (let line = 0; line < 34; line++)
      draw.push({ text: `(${line + 1}) ${sentence(page, line)}`, x: 72, y: 110 + line * 14, size: 10 })
    for (let row = 0; row <= 6; row++) draw.push({ line: [72, 600 + row * 20, 540, 600 + row * 20] })
    for (const x of [72, 228, 384, 540]) draw.push({ line: [x, 600, x, 720] })
    for (let row = 0; row < 6; row++)
      for (const [column, x] of [76, 232, 388].entries())
        draw.push({ text: `Item ${page}.${row}.${column}`, x, y: 614 + row * 20, size: 10 })
    return { draw }
  })
  writeFileSync(path, writePdf({ pages: spec }))
}

export async function bigDocx(path: string, pages: number): Promise<void> {
  const children = Array.from({ length: pages }, (_, page) => [
    new Paragraph({ text: `Part ${page + 1}`, heading: 'Heading1', pageBreakBefore: page > 0 }),
    ...Array.from({ length: 20 }, (_, line) => new Paragraph({ text: sentence(page, line) })),
    new Table({
      rows: Array.from(
        { length: 6 },
        (_, row) =>
          new TableRow({
            children: [0, 1, 2].map(
              (column) => new TableCell({ children: [new Paragraph(`Item ${page}.${row}.${column}`)] }),
            ),
          }),
      ),
    }),
  ]).flat()
  writeFileSync(path, await Packer.toBuffer(new Document({ sections: [{ children }] })))
}
