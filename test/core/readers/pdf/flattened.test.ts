import { describe, expect, test } from 'vitest'
import { convert } from '../../../../src/core/convert.ts'
import { writePdf } from '../../../pdf/write.ts'

const clause = 'The offeror shall submit a plan.'
/** Rectangle of the annotation over the clause, as PDF has it (from below). */
const OVER = [70, 688, 300, 704] as const

type Picture = { readonly content: string; readonly resources?: string; readonly extra?: string }

/** A filled field, whose picture makes the page be flattened, and an annotation with a picture over a clause. */
async function marked(subtype: string, picture: Picture, contents = '') {
  const form = ({ content, resources = '', extra = '' }: Picture, [w, h]: readonly [number, number]) =>
    `<< /Type /XObject /Subtype /Form /BBox [0 0 ${w} ${h}] ${extra} /Resources << /Font << /F 3 0 R >> ${resources} >> /Length ${content.length} >>\nstream\n${content}\nendstream`
  const bytes = writePdf({
    pages: [
      {
        draw: [
          { text: clause, x: 72, y: 100 },
          { text: 'Name:', x: 72, y: 200 },
        ],
        extra: '/Annots [9 0 R 11 0 R]',
      },
    ],
    objects: () => ({
      objects: [
        '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ada) /F 4 /AP << /N 10 0 R >> /Rect [120 586 220 600] >>',
        form({ content: 'BT /F 10 Tf 2 4 Td (Ada) Tj ET' }, [100, 14]),
        `<< /Type /Annot /Subtype /${subtype} /F 4 /AP << /N 12 0 R >> /Rect [${OVER.join(' ')}] /QuadPoints [70 704 300 704 70 688 300 688] /C [1 1 0] ${contents ? `/Contents (${contents})` : ''} >>`,
        form(picture, [230, 16]),
        form({ content: yellow }, [230, 16]),
      ],
      catalog: '/AcroForm << /Fields [9 0 R] >>',
    }),
  })
  const { output, warnings, doc } = await convert(bytes, { ocr: 'never' })
  return {
    output,
    doc,
    hidden: warnings.filter(({ code }) => code === 'hidden-text').map((one) => one.message),
  }
}

const yellow = '1 1 0 rg 0 0 230 16 re f'
const multiply = '/ExtGState << /M << /BM /Multiply >> >>'
const group = '/Group << /S /Transparency >>'

describe('text under a mark that lets it show is read, and nothing is reported', () => {
  const marks: Record<string, [string, Picture]> = {
    'a highlight that multiplies': ['Highlight', { content: `/M gs ${yellow}`, resources: multiply }],
    'a highlight that multiplies as a group': [
      'Highlight',
      { content: `/M gs ${yellow}`, resources: multiply, extra: group },
    ],
    'a highlight that a viewer multiplies, though its picture does not say so': [
      'Highlight',
      { content: yellow },
    ],
    'a highlight half clear': [
      'Highlight',
      { content: `/M gs ${yellow}`, resources: '/ExtGState << /M << /ca 0.4 >> >>' },
    ],
    'a stamp half clear': [
      'Stamp',
      { content: `/M gs ${yellow}`, resources: '/ExtGState << /M << /ca 0.4 >> >>' },
    ],
    'a stamp of an outline': ['Stamp', { content: '1 0 0 RG 2 w 1 1 228 14 re S' }],
    'a stamp whose parts multiply': [
      'Stamp',
      {
        content: '/M gs /X Do',
        resources: `${multiply} /XObject << /X 13 0 R >>`,
      },
    ],
  }
  for (const [name, [subtype, picture]] of Object.entries(marks))
    test(name, async () => {
      const { output, hidden } = await marked(subtype, picture)
      expect(output).toContain(clause)
      expect(output).toContain('Name: Ada')
      expect(hidden).toEqual([])
    })
})

test('text under a stamp that lets nothing show is reported', async () => {
  const { output, hidden } = await marked('Stamp', { content: '1 1 1 rg 0 0 230 16 re f' })
  expect(output).not.toContain(clause)
  expect(hidden).toEqual([expect.stringMatching(/covered.*The offeror shall submit a plan/)])
})

test('the words of a stamp are read once, beside what it is stamped on', async () => {
  const { output } = await marked('Stamp', { content: 'BT /F 8 Tf 180 4 Td (APPROVED) Tj ET' })
  expect(output).toContain(clause)
  expect(output.match(/APPROVED/g)).toHaveLength(1)
})

test('a remark on a highlight stays a remark', async () => {
  const { output, doc } = await marked(
    'Highlight',
    { content: `/M gs ${yellow}`, resources: multiply },
    'Ask why',
  )
  expect(output).toContain(clause)
  expect(doc.blocks.filter(({ type }) => type === 'note')).toHaveLength(1)
})
