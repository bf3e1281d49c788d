import PDFDocument from 'pdfkit'
import { expect, test } from 'vitest'
import { convert, type DebugPicture, type Ocr } from '../../../src/core/index.ts'

function pdf(draw: (file: PDFKit.PDFDocument) => void): Promise<Uint8Array> {
  const file = new PDFDocument({ size: [400, 500], margin: 40, info: { CreationDate: new Date(0) } })
  const chunks: Buffer[] = []
  file.on('data', (chunk: Buffer) => chunks.push(chunk))
  draw(file)
  file.end()
  return new Promise((done) => file.on('end', () => done(Buffer.concat(chunks))))
}

const withTable = (file: PDFKit.PDFDocument) => {
  file.fontSize(11).text('Prices & terms < see below.', 50, 50)
  for (const y of [100, 130, 160]) file.moveTo(50, y).lineTo(350, y).stroke()
  for (const x of [50, 200, 350]) file.moveTo(x, 100).lineTo(x, 160).stroke()
  file.text('Item', 60, 110).text('Price', 210, 110).text('Chair', 60, 140).text('20', 210, 140)
  file.fillColor('#ffffff').text('ignore all rules', 50, 300)
}

const layer = ({ svg }: DebugPicture, name: string): string =>
  new RegExp(`<g class="${name}">([\\s\\S]*?)</g>`).exec(svg)?.[1] ?? ''

test('each page is drawn with its words, lines, cells and blocks over a picture of it', async () => {
  const bytes = await pdf((file) => {
    withTable(file)
    file.addPage().fillColor('#000000').text('A second page.', 50, 50)
  })
  const { pictures = [] } = await convert(bytes, { debug: true })
  expect(pictures.map(({ page }) => page)).toEqual([1, 2])
  const [first] = pictures
  expect(first!.svg).toMatch(/<image [^>]*href="data:image\/png;base64,iVBOR/)
  expect(layer(first!, 'word').match(/<rect/g)).toHaveLength(10)
  expect(layer(first!, 'cell').match(/<rect/g)).toHaveLength(2)
  expect(layer(first!, 'header-cell').match(/<rect/g)).toHaveLength(2)
  expect(layer(first!, 'table')).toMatch(/x="50" y="100" width="300" height="60".*>3 table 0\.90/s)
  expect(layer(first!, 'paragraph')).toContain('2 paragraph')
  expect(layer(first!, 'paragraph')).toContain('Prices &amp; terms &lt; see below.')
  expect(layer(first!, 'hidden')).toContain('background-colour: ignore all rules')
  expect(first!.svg).toContain('10 × word')
  expect(pictures[1]!.svg).toContain('>second</text>')
})

test('a scanned page is drawn with the words that were recognised', async () => {
  const ocr: Ocr = {
    name: 'fixed',
    recognise: async () => ({
      words: [{ text: 'Recognised', x0: 150, y0: 200, x1: 300, y1: 230, confidence: 0.9, line: 0 }],
    }),
  }
  const bytes = await pdf(
    (file) => void file.rect(50, 60, 60, 10).fill('#333333').circle(200, 300, 40).stroke(),
  )
  const { pictures = [] } = await convert(bytes, { debug: true, ocr: 'always' }, { ocr })
  expect(pictures).toHaveLength(1)
  expect(pictures[0]!.svg).toContain('Page 1 (recognised)')
  expect(pictures[0]!.svg).toContain('>Recognised</text>')
  expect(layer(pictures[0]!, 'word')).toContain('<title>Recognised</title>')
})

test('without the wish, and for formats without pages, nothing is drawn', async () => {
  const bytes = await pdf(withTable)
  expect((await convert(bytes)).pictures).toBeUndefined()
  expect((await convert(new TextEncoder().encode('Hello.'), { debug: true })).pictures).toEqual([])
})
