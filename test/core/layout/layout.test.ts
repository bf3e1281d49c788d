import { describe, expect, test } from 'vitest'
import { convert } from '../../../src/core/convert.ts'
import { plainText } from '../../../src/core/doc/walk.ts'
import { type PdfSpec, textLines, writePdf } from '../../pdf/write.ts'

const markdown = async (spec: PdfSpec, options = {}) => convert(writePdf(spec), options)

const filler = (count: number, start = 0) =>
  Array.from(
    { length: count },
    (_, at) => `the words of line ${start + at} run all the way across the measure`,
  )

describe('paragraphs', () => {
  test('lines are joined, hyphens at line ends cut, a span kept for each line', async () => {
    const { draw } = textLines([
      'The offeror shall submit one proposal that is com-',
      'plete and signed by an officer of the firm who can',
      'bind it.',
    ])
    const { doc, output } = await markdown({ pages: [{ draw }] })
    expect(output.trim()).toBe(
      'The offeror shall submit one proposal that is complete and signed by an officer of the firm who can bind it.',
    )
    const block = doc.blocks.find((one) => one.type === 'paragraph')!
    expect(block.spans).toHaveLength(3)
    const [first] = block.spans!
    expect(plainText(block).slice(first!.start, first!.end)).toBe(
      'The offeror shall submit one proposal that is com',
    )
    expect(first!.box).toMatchObject({ page: 1, x0: 72 })
  })

  test('a paragraph that runs over a page end stays one, its boxes on both pages', async () => {
    const page = (lines: string[]) => ({ draw: textLines(lines).draw })
    const { doc, output } = await markdown(
      {
        pages: [
          page(['The contractor shall keep all records for a period of']),
          page(['three years after final payment.']),
        ],
      },
      { pageMarkers: true },
    )
    expect(output.trim()).toBe(
      '<!-- page: 1 -->\n\nThe contractor shall keep all records for a period of three years after final payment.\n\n<!-- page: 2 -->',
    )
    const block = doc.blocks.find((one) => one.type === 'paragraph')!
    expect(block.at.boxes?.map((box) => box.page)).toEqual([1, 2])
  })

  test('a title at the foot of a page was read into the text of the next page', async () => {
    const first = ['Some text stands above and ends here.', '', 'Element A3: Use of the Archive']
    const next = [
      'Scenario: An old archive has been moved into the cloud under a tight schedule',
      'and must be kept.',
    ]
    const { output } = await markdown({
      pages: [first, next].map((lines) => ({ draw: textLines(lines).draw })),
    })
    expect(output).toContain('Element A3: Use of the Archive\n')
    expect(output).toMatch(/^Scenario: An old archive/m)
  })
})

test('two columns are read one after the other, below what spans them', async () => {
  const column = (word: string, x: number) =>
    textLines(
      Array.from({ length: 12 }, (_, at) => `${word} column line number ${at} of many`),
      { x, y: 120 },
    ).draw
  const { output } = await markdown({
    pages: [
      {
        draw: [
          { text: 'A title that spans both of the columns of this page', x: 72, y: 90, size: 16 },
          ...column('left', 72),
          ...column('right', 320),
        ],
      },
    ],
  })
  expect(output.indexOf('left column line number 11')).toBeLessThan(
    output.indexOf('right column line number 0'),
  )
  expect(output.startsWith('# A title')).toBe(true)
})

test('headers, footers and page numbers are kept out of the text and in the Doc', async () => {
  const pages = [1, 2, 3].map((n) => ({
    draw: [
      { text: 'Solicitation W91-24-R-0001', x: 72, y: 40 },
      ...textLines(filler(20, n * 100)).draw,
      { text: `Page ${n} of 3`, x: 280, y: 760 },
    ],
  }))
  const { output, doc } = await markdown({ pages })
  expect(output).not.toContain('Solicitation')
  expect(output).not.toContain('Page 2')
  expect(doc.blocks.filter((block) => block.type === 'furniture').map((block) => block.role)).toEqual([
    'header', 'page-number', 'header', 'page-number', 'header', 'page-number',
  ]) // biome-ignore format: three pages
})

test('bigger and bolder lines are headings of falling level', async () => {
  const { draw, y } = textLines(filler(10), { y: 160 })
  const { doc } = await markdown({
    pages: [
      {
        draw: [
          { text: 'Statement of Work', x: 72, y: 90, size: 20 },
          { text: 'Background', x: 72, y: 130, size: 14, font: 'bold' },
          ...draw,
          { text: 'Objectives', x: 72, y: y + 14, size: 14, font: 'bold' },
          ...textLines(filler(10), { y: y + 40 }).draw,
        ],
      },
    ],
  })
  expect(
    doc.blocks.flatMap((block) => (block.type === 'heading' ? [[block.level, plainText(block)]] : [])),
  ).toEqual([
    [1, 'Statement of Work'],
    [2, 'Background'],
    [2, 'Objectives'],
  ])
})

test('a formula set apart is a line of text, its raised and lowered signs marked, its number beside it', async () => {
  const { output } = await markdown({
    pages: [
      {
        draw: [
          { text: 'The score is computed from the price as follows:', x: 72, y: 100 },
          { text: 'S = P', x: 200, y: 130, size: 12 },
          { text: 'min', x: 230, y: 133, size: 7 },
          { text: '/ P', x: 246, y: 130, size: 12 },
          { text: '2', x: 261, y: 125, size: 7 },
          { text: '(1)', x: 500, y: 130, size: 12 },
          { text: 'where P is the price of the offer that is scored.', x: 72, y: 160 },
        ],
      },
    ],
  })
  expect(output.split('\n\n').map((text) => text.trim())).toEqual([
    'The score is computed from the price as follows:',
    'S = P<sub>min</sub> / P<sup>2</sup> (1)',
    'where P is the price of the offer that is scored.',
  ])
})
