/** What stands on a page but not in its content. */
import { describe, expect, test } from 'vitest'
import { convert } from '../../../../src/core/index.ts'
import { type Draw, writePdf } from '../../../pdf/write.ts'

const HEIGHT = 792
/** The first object after those of a file of one page. */
const FIRST = 9
const rect = (x0: number, y0: number, x1: number, y1: number) =>
  `/Rect [${x0} ${HEIGHT - y1} ${x1} ${HEIGHT - y0}]`

const appearance = (width: number, height: number, operators: string) =>
  `<< /Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] /Resources << /Font << /regular 3 0 R >> >> /Length ${operators.length} >>\nstream\n${operators}\nendstream`
const typed = (text: string) => appearance(200, 14, `BT /regular 10 Tf 2 3 Td (${text}) Tj ET`)

async function read(
  draw: readonly Draw[],
  annotations: readonly string[],
  objects: readonly string[] = [],
  emphasis = true,
) {
  const bytes = writePdf({
    pages: [{ draw, extra: `/Annots [${annotations.join(' ')}]` }],
    objects: () => ({
      objects,
      catalog: '/AcroForm << /Fields [] /DA (/Helv 0 Tf 0 g) >>',
    }),
  })
  return (await convert(bytes, { name: 'form.pdf', emphasis })).output
}

const field = (at: string, more: string) => `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) ${at} ${more} >>`

describe('a filled form', () => {
  test('the due date typed into a form is not lost', async () => {
    const output = await read(
      [
        { text: 'Offers will be received until', x: 72, y: 100 },
        { text: 'at the place named in item 8.', x: 330, y: 100 },
      ],
      [field(rect(210, 90, 320, 104), `/V (05 Feb 2026) /AP << /N ${FIRST} 0 R >>`)],
      [typed('05 Feb 2026')],
    )
    expect(output).toContain('received until 05 Feb 2026 at the place')
  })

  test('check boxes show which is checked', async () => {
    const box = (y: number, state: string) =>
      `<< /Type /Annot /Subtype /Widget /FT /Btn /T (b${y}) ${rect(72, y, 82, y + 10)} /AS /${state} /AP << /N << /Yes ${FIRST} 0 R /Off ${FIRST + 1} 0 R >> >> >>`
    const output = await read(
      [
        { text: 'Sealed bid', x: 90, y: 108 },
        { text: 'Request for proposal', x: 90, y: 158 },
      ],
      [box(100, 'Off'), box(150, 'Yes')],
      [appearance(10, 10, '1 1 m 9 9 l 1 9 m 9 1 l S'), appearance(10, 10, '')],
    )
    expect(output).toMatch(/☐ Sealed bid/)
    expect(output).toMatch(/☒ Request for proposal/)
  })

  test('what is hidden on screen stays out', async () => {
    const output = await read(
      [{ text: 'Visible text of the page.', x: 72, y: 100 }],
      [field(rect(72, 120, 300, 134), `/F 2 /V (secret) /AP << /N ${FIRST} 0 R >>`)],
      [typed('secret')],
    )
    expect(output).not.toContain('secret')
  })
})

test('text typed over a page is read in its place', async () => {
  const output = await read(
    [
      { text: 'Name of the offeror:', x: 72, y: 100 },
      { text: 'Second line of the form.', x: 72, y: 130 },
    ],
    [
      `<< /Type /Annot /Subtype /FreeText ${rect(180, 90, 380, 104)} /Contents (Acme Corporation) /AP << /N ${FIRST} 0 R >> >>`,
    ],
    [typed('Acme Corporation')],
  )
  expect(output).toMatch(/Name of the offeror: Acme Corporation[\s\S]*Second line/)
})

describe('links laid over the page', () => {
  const link = (at: string, uri: string) =>
    `<< /Type /Annot /Subtype /Link ${at} /A << /S /URI /URI (${uri}) >> >>`
  const page = (emphasis: boolean) =>
    read(
      [
        { text: 'Register at the portal before the closing date of this notice.', x: 72, y: 100 },
        { text: 'Do not click here, says the second paragraph.', x: 72, y: 160 },
      ],
      [
        link(rect(122, 90, 165, 104), 'https://portal.example/register'),
        link(rect(110, 150, 160, 164), 'javascript:alert\\(1\\)'),
      ],
      [],
      emphasis,
    )
  test('are links of the text; other schemes are not', async () => {
    const output = await page(true)
    expect(output).toContain('[the portal](https://portal.example/register) before')
    expect(output).not.toContain('javascript')
  })
  test('are plain text where marks are not wanted', async () => {
    expect(await page(false)).toContain('Register at the portal before the closing')
  })
})
