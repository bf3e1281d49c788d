import { expect, test } from 'vitest'
import { convert } from '../../../../src/core/convert.ts'
import { type Draw, type PdfSpec, writePdf } from '../../../pdf/write.ts'

/** A page of which every object given is an annotation; `fields` also makes a form of them. */
function annotated(draw: readonly Draw[], annotations: readonly string[], fields: boolean): Uint8Array {
  // The objects of annotations follow those of the page tree, four fonts, one stream and one page.
  const first = 9
  const refs = annotations.map((_, at) => `${first + at} 0 R`).join(' ')
  const spec: PdfSpec = {
    pages: [{ draw, extra: `/Annots [${refs}]` }],
    objects: () => ({
      objects: annotations,
      catalog: fields ? `/AcroForm << /Fields [${refs}] /DA (/Helv 0 Tf 0 g) >>` : '',
    }),
  }
  return writePdf(spec)
}
const at = (x0: number, y0: number, x1: number, y1: number) => `/Rect [${x0} ${792 - y1} ${x1} ${792 - y0}]`
const read = async (bytes: Uint8Array) => await convert(bytes, { ocr: 'never' })

test('values of form fields stand where the form shows them', async () => {
  const { output } = await read(
    annotated(
      [
        { text: 'Contract number:', x: 72, y: 100 },
        { text: 'Small business', x: 92, y: 130 },
        { text: 'Large business', x: 92, y: 150 },
      ],
      [
        `<< /Type /Annot /Subtype /Widget /FT /Tx /T (number) /V (36C25226Q0147) ${at(160, 90, 300, 105)} >>`,
        `<< /Type /Annot /Subtype /Widget /FT /Btn /T (small) /V /Yes /AS /Yes /AP << /N << /Yes 3 0 R /Off 3 0 R >> >> ${at(72, 121, 82, 131)} >>`,
        `<< /Type /Annot /Subtype /Widget /FT /Btn /T (large) /V /Off /AS /Off /AP << /N << /Yes 3 0 R /Off 3 0 R >> >> ${at(72, 141, 82, 151)} >>`,
      ],
      true,
    ),
  )
  expect(output).toContain('Contract number: 36C25226Q0147')
  expect(output).toContain('☒ Small business')
  expect(output).toContain('☐ Large business')
})

test('the first line of a filled box does not slip into the cell above it', async () => {
  const shown = 'BT /regular 8 Tf 2 44 Td (NAVAL CENTER) Tj 0 -10 Td (CHARLESTON) Tj ET'
  const picture = `<< /Type /XObject /Subtype /Form /BBox [0 0 200 60] /Resources << /Font << /regular 3 0 R >> >> /Length ${shown.length} >>\nstream\n${shown}\nendstream`
  const rows = [80, 100, 160].map((y): Draw => ({ line: [72, y, 540, y] }))
  const columns = [72, 300, 540].map((x): Draw => ({ line: [x, 80, x, 160] }))
  const { output } = await read(
    annotated(
      [
        ...rows,
        ...columns,
        { text: '7. Issued by', x: 76, y: 94, size: 8 },
        { text: '8. Address', x: 304, y: 94, size: 8 },
        { text: 'See item 7', x: 304, y: 120, size: 8 },
      ],
      [
        // Taller than its cell, as such fields are.
        `<< /Type /Annot /Subtype /Widget /FT /Tx /T (issuer) /V (NAVAL CENTER\\nCHARLESTON) /AP << /N 10 0 R >> ${at(74, 94, 274, 154)} >>`,
        picture,
      ],
      true,
    ),
  )
  expect(output).toMatch(/7\. Issued by\s*\|\s*8\. Address/)
  expect(output).toMatch(/NAVAL CENTER CHARLESTON\s*\|\s*See item 7/)
})

test('words under a link lead to its address; a printed address is left as it is', async () => {
  const link = (place: string) =>
    `<< /Type /Annot /Subtype /Link ${place} /A << /S /URI /URI (https://sam.gov/opp) >> >>`
  const { output } = await read(
    annotated(
      [
        { text: 'See the notice for changes.', x: 72, y: 100 },
        { text: 'https://sam.gov/opp', x: 72, y: 140 },
      ],
      [link(at(89, 90, 134, 103)), link(at(72, 130, 200, 143))],
      false,
    ),
  )
  expect(output).toContain('See [the notice](https://sam.gov/opp) for changes.')
  expect(output).toMatch(/^https:\/\/sam\.gov\/opp$/m)
})

test('text boxes on the page are text, remarks are comments with their author', async () => {
  const { output, doc } = await read(
    annotated(
      [{ text: 'The period is one year.', x: 72, y: 100 }],
      [
        `<< /Type /Annot /Subtype /FreeText /Contents (Added by amendment 2) ${at(72, 200, 300, 215)} >>`,
        `<< /Type /Annot /Subtype /Text /T (J. Doe) /M (D:20260102) /Contents (Is this right?) ${at(300, 90, 320, 110)} >>`,
        `<< /Type /Annot /Subtype /Text /F 2 /Contents (Not shown) ${at(300, 90, 320, 110)} >>`,
      ],
      false,
    ),
  )
  expect(output).toContain('Added by amendment 2')
  expect(output).not.toContain('Not shown')
  expect(doc.blocks.filter(({ type }) => type === 'note')).toMatchObject([
    { kind: 'comment', author: 'J. Doe', date: '2026-01-02', at: { page: 1 } },
  ])
})
