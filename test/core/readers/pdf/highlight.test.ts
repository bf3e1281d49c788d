import PDFDocument from 'pdfkit'
import { expect, test } from 'vitest'
import { convert, highlight } from '../../../../src/core/index.ts'

/** Two pages, the second turned by a quarter. */
function pdf(): Promise<Uint8Array> {
  const file = new PDFDocument({ size: [300, 400], compress: false, info: { CreationDate: new Date(0) } })
  const chunks: Buffer[] = []
  file.on('data', (chunk: Buffer) => chunks.push(chunk))
  file.fontSize(12).text('The offeror shall submit.', 50, 60)
  file.addPage({ size: [300, 400] })
  file.text('The portal must keep a log.', 50, 60)
  Object.assign(file.page.dictionary.data, { Rotate: 90 })
  file.end()
  return new Promise((done) => file.on('end', () => done(Buffer.concat(chunks))))
}

const marks = (boxes: { page: number; x0: number; y0: number; x1: number; y1: number }[]) =>
  boxes.map((box, index) => ({
    boxes: [box],
    label: String(index + 1),
    note: `note – ${index + 1}`,
    color: [255, 226, 92] as const,
  }))

test('places are marked where the words are, on turned pages too, and the text stays', async () => {
  const bytes = await pdf()
  const { doc, output } = await convert(bytes, { pages: [{ from: 1, to: 1 }] })
  const words = doc.blocks.flatMap(({ at }) => at.boxes?.[0] ?? [])[0]!
  // As displayed after a quarter turn clockwise: what was x is y, what was y from below is x.
  const turned = { page: 2, x0: 330, y0: 50, x1: 340, y1: 200 }
  const made = await highlight(bytes, marks([words, turned]))
  const quads = [
    ...Buffer.from(made)
      .toString('latin1')
      .matchAll(/\/QuadPoints\s*\[([^\]]*)\]/g),
  ].map(([, numbers]) => numbers!.trim().split(/\s+/).map(Number))
  expect(quads).toHaveLength(2)
  const [first, second] = quads
  expect(first![0]).toBeCloseTo(50, 0)
  expect(first![1]).toBeCloseTo(400 - words.y0, 1)
  expect(first![5]).toBeCloseTo(400 - words.y1, 1)
  expect(second).toEqual([50, 340, 200, 340, 50, 330, 200, 330])
  expect((await convert(made)).output).toContain(output.trim().split('\n')[0])
  expect(await highlight(bytes, marks([words, turned]))).toEqual(made)
})

test('places on pages that are not there are passed over', async () => {
  const bytes = await pdf()
  const made = await highlight(bytes, marks([{ page: 9, x0: 1, y0: 1, x1: 9, y1: 9 }]))
  expect(Buffer.from(made).toString('latin1')).not.toContain('/QuadPoints')
})
