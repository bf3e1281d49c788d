import { describe, expect, test } from 'vitest'
import { readDoc } from '../../../../src/core/convert.ts'
import { defaultLimits } from '../../../../src/core/limits.ts'
import { defaultReadOptions, type ReadOptions } from '../../../../src/core/options.ts'
import { readPdf } from '../../../../src/core/readers/pdf/pdf.ts'
import { createReport } from '../../../../src/core/report.ts'
import { type PdfSpec, writePdf } from '../../../pdf/write.ts'

async function pagesOf(spec: PdfSpec, options: Partial<ReadOptions> = {}) {
  const report = createReport()
  const source = await readPdf(
    { bytes: writePdf(spec) },
    {
      options: { ...defaultReadOptions, ...options },
      limits: defaultLimits,
      report,
      signal: new AbortController().signal,
      progress: () => {},
      isLate: () => false,
      keepImage: () => undefined,
      readMember: async () => undefined,
    },
  )
  const pages = []
  for await (const page of source.pages) pages.push(page)
  return { source, pages, report }
}

describe('words', () => {
  test('carry text, place, size and style', async () => {
    const { pages } = await pagesOf({
      pages: [{ draw: [{ text: 'Scope of work', x: 72, y: 100, size: 12, font: 'bold' }] }],
    })
    const [scope, of, work] = pages[0]!.words
    expect([scope, of, work].map((word) => word?.text)).toEqual(['Scope', 'of', 'work'])
    expect(scope).toMatchObject({ size: 12, bold: true, italic: false, baseline: 100 })
    expect(scope!.x0).toBeCloseTo(72, 0)
    expect(scope!.y0).toBeCloseTo(100 - 0.8 * 12, 3)
    expect(work!.x0).toBeGreaterThan(of!.x1)
  })

  test('stand where the page shows them when it is turned and cropped', async () => {
    const draw = [{ text: 'Hello', x: 100, y: 200, size: 10 }] as const
    const turned = await pagesOf({ pages: [{ draw, rotate: 90 }] })
    expect(turned.pages[0]).toMatchObject({ width: 792, height: 612 })
    // Page space (100, 592) shows at x = y - 0, y = x - 0 after a quarter turn clockwise.
    expect(turned.pages[0]!.words[0]).toMatchObject({ rotation: 270 })
    expect(turned.pages[0]!.words[0]!.y0).toBeCloseTo(100, 0)
    const cropped = await pagesOf({ pages: [{ draw, crop: [50, 92, 612, 692] }] })
    expect(cropped.pages[0]).toMatchObject({ width: 562, height: 600 })
    expect(cropped.pages[0]!.words[0]!.x0).toBeCloseTo(50, 0)
    expect(cropped.pages[0]!.words[0]!.baseline).toBeCloseTo(100, 3)
  })

  test('of two styles without a gap are joined', async () => {
    const { pages } = await pagesOf({
      pages: [{ draw: [{ raw: 'BT /bold 10 Tf 72 700 Td (Offer) Tj /regular 10 Tf (or) Tj ET' }] }],
    })
    expect(pages[0]!.words.map(({ text, joined }) => [text, joined])).toEqual([
      ['Offer', undefined],
      ['or', true],
    ])
  })
})

test('lines, thin rectangles and areas are told apart', async () => {
  const { pages } = await pagesOf({
    pages: [
      {
        draw: [
          { line: [72, 100, 300, 100], width: 1 },
          { rect: [72, 120, 300, 121], fill: '#000000' },
          { rect: [72, 140, 300, 160], fill: '#dddddd' },
        ],
      },
    ],
  })
  expect(pages[0]!.strokes).toHaveLength(2)
  expect(pages[0]!.fills).toMatchObject([{ y0: 140, y1: 160, color: '#dddddd' }])
})

test('borders filled as bars with mitred ends are ruling lines', async () => {
  const { pages } = await pagesOf({
    pages: [
      {
        draw: [
          { raw: '0 g 72 700 m 172 700 l 171.25 699.25 l 72.75 699.25 l h f' },
          { raw: '0 g 72 700 m 72 600 l 72.75 600.75 l 72.75 699.25 l h f' },
        ],
      },
    ],
  })
  expect(pages[0]!.strokes).toMatchObject([{ x0: 72, x1: 172 }, { x0: 72 }])
})

test('only the wanted pages are read', async () => {
  const spec = { pages: [1, 2, 3, 4].map((n) => ({ draw: [{ text: `Page ${n}`, x: 72, y: 90 }] })) }
  const { source, pages } = await pagesOf(spec, {
    pages: [
      { from: 2, to: 2 },
      { from: 4, to: 9 },
    ],
  })
  expect(source.pageCount).toBe(2)
  expect(pages.map((page) => page.number)).toEqual([2, 4])
  await expect(pagesOf(spec, { pages: [{ from: 7, to: 9 }] })).rejects.toMatchObject({ code: 'bad_option' })
})

test('the outline gives titles, pages and heights', async () => {
  const { source } = await pagesOf({
    pages: [{ draw: [] }, { draw: [] }],
    outline: [
      { title: '1 Scope', page: 1, y: 90 },
      { title: '2 Terms', page: 2 },
    ],
  })
  expect(source.bookmarks).toEqual([
    { title: '1 Scope', level: 1, page: 1, y: 90 },
    { title: '2 Terms', level: 1, page: 2 },
  ])
})

test('what is not a PDF is refused with its reason', async () => {
  await expect(
    readDoc(new TextEncoder().encode('%PDF-1.4 nothing here'), { from: 'pdf' }),
  ).rejects.toMatchObject({
    code: 'malformed',
  })
})

test('a page with ink and no text does not pass in silence', async () => {
  const { report } = await pagesOf({ pages: [{ draw: [{ line: [0, 0, 100, 100] }] }, { draw: [] }] })
  expect(report.warnings.map(({ code, at }) => [code, at?.page])).toEqual([['page-needs-ocr', 1]])
})

test('dates, title and language of the file are kept', async () => {
  const { source } = await pagesOf({
    pages: [{ draw: [] }],
    info: { Title: 'Terms', CreationDate: "D:20240131120000-05'00'" },
  })
  expect(source.meta).toMatchObject({ title: 'Terms', created: '2024-01-31T12:00:00-05:00' })
})
