import { brotliCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { convert } from '../../../../src/core/convert.ts'
import { looksGarbled, looksOf } from '../../../../src/core/readers/pdf/garbled.ts'
import { writePdf } from '../../../pdf/write.ts'

const codes = (warnings: readonly { code: string }[]) => warnings.map(({ code }) => code)

test('a stream packed with Brotli is read', async () => {
  const stream = brotliCompressSync('BT /regular 12 Tf 72 700 Td (Offers are due on May 1.) Tj ET').toString(
    'latin1',
  )
  const bytes = writePdf({
    pages: [{ draw: [], extra: '/Contents 9 0 R' }],
    objects: () => ({
      objects: [`<< /Length ${stream.length} /Filter /BrotliDecode >>\nstream\n${stream}\nendstream`],
    }),
  })
  expect((await convert(bytes, { ocr: 'never' })).output.trim()).toBe('Offers are due on May 1.')
})

test('a file that the first engine refuses is read by the second, with places', async () => {
  const wreck = [
    '%PDF-1.\n1 0 obj\n<</Kids[<</Parent 1 0 R/Contents[2 0 R]>>]/Resources<<>>>>\nendobj',
    '2 0 obj\n<<>>\nstream\n/F1 12 Tf\n72 700 Td\n(Offers are due on May 1.) Tj\nendstream\nendobj',
    'trailer<</Root<</Pages 1 0 R>>>>',
  ].join('\n')
  const { output, warnings, doc } = await convert(new TextEncoder().encode(wreck), { ocr: 'never' })
  expect(output.trim()).toBe('Offers are due on May 1.')
  expect(codes(warnings)).toEqual(['second-engine'])
  expect(doc.blocks.find(({ type }) => type === 'paragraph')?.at.boxes?.[0]).toMatchObject({
    page: 1,
    x0: 72,
  })
})

test('what neither engine can read stays refused', async () => {
  const bytes = new TextEncoder().encode('%PDF-1.7\nnothing else')
  await expect(convert(bytes, { ocr: 'never' })).rejects.toMatchObject({ code: 'malformed' })
})

test('a blank page stays blank without a word about engines', async () => {
  const { warnings } = await convert(
    writePdf({ pages: [{ draw: [] }, { draw: [{ text: 'A', x: 72, y: 90 }] }] }),
    {
      ocr: 'never',
    },
  )
  expect(codes(warnings)).not.toContain('second-engine')
})

test('a dynamic form that only asks to wait says so', async () => {
  const { warnings, partial } = await convert(
    writePdf({
      pages: [
        { draw: [{ text: 'Please wait... If this message is not eventually replaced', x: 72, y: 100 }] },
      ],
      objects: () => ({
        objects: [],
        catalog: '/AcroForm << /Fields [] /XFA [(template) 7 0 R] >> /NeedsRendering true',
      }),
    }),
    { ocr: 'never' },
  )
  expect(codes(warnings)).toContain('unsupported-content')
  expect(partial).toBe(true)
})

describe('garbled text', () => {
  const looks = (text: string) => looksOf(text.split(' ').map((word) => ({ text: word })))
  const prose =
    'The contractor shall deliver a monthly report of all work done in the period before and the plan '
  test('is told by letters without meaning, and by words without vowels', () => {
    expect(looksGarbled(looks(prose.repeat(3).trim()))).toBe(false)
    const shifted = prose.replace(
      /[a-z]/gi,
      (letter) => ({ e: 'h', a: 'd', o: 'r', i: 'l', u: 'x', y: 'b' })[letter] ?? letter,
    )
    expect(looksGarbled(looks(shifted.repeat(3).trim()))).toBe(true)
    expect(looksGarbled(looks(prose.replace(/[aeiou]/g, '\uf8ff')))).toBe(true)
  })
  test('is not a table of numbers and short codes', () => {
    expect(looksGarbled(looks('FY24 12,345 67% CLIN 0001 EA $4.00 FFP T&M '.repeat(20).trim()))).toBe(false)
  })
})
