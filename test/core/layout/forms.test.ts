import { expect, test } from 'vitest'
import { convert } from '../../../src/core/convert.ts'
import { plainText } from '../../../src/core/doc/walk.ts'
import { layOutPage } from '../../../src/core/layout/page-layout.ts'
import { type Draw, textLines, writePdf } from '../../pdf/write.ts'

const read = async (...pages: readonly Draw[][]) =>
  convert(writePdf({ pages: pages.map((draw) => ({ draw })) }))
const headings = ({ doc }: Awaited<ReturnType<typeof read>>) =>
  doc.blocks.flatMap((block) => (block.type === 'heading' ? [[block.level, plainText(block)]] : []))
const filler = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, at) => `the words of line ${from + at} run all the way across the measure of this page`,
  )

test('a header that sits tight on the text is none of it when it counts the pages', async () => {
  const page = (n: number, first: string) => [
    { text: 'The Program of Many Words', x: 350, y: 40, size: 9 },
    { text: 'Open to Small Business', x: 350, y: 51, size: 9 },
    { text: `Solicitation W91-24-R-0001 page ${n} of 4`, x: 350, y: 62, size: 9 },
    ...textLines([first, ...filler(30, n * 50)], { y: 73 }).draw,
  ]
  const { output } = await read(
    page(1, 'the first words of all of them run across the measure of the page'),
    page(2, 'more words that go on from those of the page before run on here'),
    page(3, 'other words again that nobody has read before stand here alone'),
    page(4, 'last words of the text that will then stop after some lines'),
  )
  expect(output).not.toContain('Small Business')
  expect(output).not.toContain('W91-24-R-0001')
  for (const words of ['first words of all', 'more words that go', 'other words again', 'last words of'])
    expect(output).toContain(words)
})

test('a table head that comes again on every page is no header', async () => {
  const page = (n: number) => [
    { text: 'Number Name', x: 72, y: 50 },
    { text: 'of the item', x: 72, y: 62 },
    { text: 'as it was ordered', x: 72, y: 74 },
    ...textLines(filler(30, n * 50), { y: 86 }).draw,
  ]
  expect((await read(page(1), page(2), page(3))).output).toContain('as it was ordered')
})

test('“SECTION C” set like the numbered headings below it is a heading above them', async () => {
  const section = (name: string, title: string, y: number): Draw[] => [
    { text: `SECTION ${name} ${title}`, x: 220, y, font: 'bold' },
    { text: `${name}.1 GENERAL`, x: 72, y: y + 40, font: 'bold' },
    ...textLines(filler(6, y), { y: y + 70 }).draw,
    { text: `${name}.2 PARTICULAR`, x: 72, y: y + 160, font: 'bold' },
    ...textLines(filler(6, y + 10), { y: y + 190 }).draw,
  ]
  const found = headings(
    await read(
      [...section('B', 'SUPPLIES AND PRICES', 80), ...section('C', 'STATEMENT OF WORK', 400)],
      [...textLines(filler(8, 900), { y: 80 }).draw, ...section('D', 'PACKAGING', 300)],
    ),
  )
  expect(found.map(([, text]) => text)).toContain('SECTION C STATEMENT OF WORK')
  const levels = new Map(found.map(([level, text]) => [text, level as number]))
  expect(levels.get('C.1 GENERAL')).toBe(levels.get('SECTION C STATEMENT OF WORK')! + 1)
})

test('rows of a form to be filled in are labels, no headings', async () => {
  const ys = [100, 120, 140, 160, 180, 200]
  const labels = ['Company Name:', 'Contact Name:', 'Phone:', 'Quote Number:', 'Total Price: $']
  const found = await read([
    ...ys.map((y): Draw => ({ line: [72, y, 500, y] })),
    { line: [72, 100, 72, 200] },
    { line: [500, 100, 500, 200] },
    ...labels.map((text, at): Draw => ({ text, x: 78, y: ys[at]! + 14 })),
    ...textLines(filler(12), { y: 300 }).draw,
  ])
  expect(headings(found)).toEqual([])
  for (const label of labels) expect(found.output.replaceAll('\\', '')).toContain(`${label}\n`)
})

test('items that are numbered on end stay apart where the one before fills its line', async () => {
  const items = [
    '2. Executive Order 13691 on sharing of information on cybersecurity in the private sector',
    '3. Executive Order 13800 on strengthening the cybersecurity of networks of the government',
    '4. Executive Order 13833',
  ]
  const { output } = await read(textLines(items).draw)
  expect(output.trim().split('\n\n')).toHaveLength(3)
})

const word = (text: string, x0: number, baseline: number, tag?: number) => ({
  text,
  x0,
  x1: x0 + 6 * text.length,
  y0: baseline - 8,
  y1: baseline + 2,
  size: 10,
  font: 'F',
  bold: false,
  italic: false,
  baseline,
  ...(tag === undefined ? {} : { tag }),
})
const tag = (type: string, parent: number | undefined, index: number, element: number) => ({
  type,
  ...(parent === undefined ? {} : { parent }),
  index,
  element,
})

test('values typed into a form whose labels alone are tagged stand beside their labels', () => {
  const rule = (x0: number, y0: number, x1: number, y1: number) => ({ x0, y0, x1, y1, width: 1 })
  const { blocks } = layOutPage({
    number: 1,
    width: 600,
    height: 800,
    source: 'native',
    words: [
      word('Number', 80, 112, 2),
      word('Effective', 310, 112, 3),
      word('Issued', 80, 152, 5),
      word('Administered', 310, 152, 6),
      word('0001', 80, 130),
      word('May', 310, 130),
      word('Navy', 80, 170),
    ],
    strokes: [
      ...[100, 140, 180].map((y) => rule(72, y, 540, y)),
      ...[72, 300, 540].map((x) => rule(x, 100, x, 180)),
    ],
    fills: [],
    images: [],
    tags: [
      tag('Table', undefined, 0, 0),
      tag('TR', 0, 0, 1),
      tag('TD', 1, 0, 2),
      tag('TD', 1, 1, 3),
      tag('TR', 0, 1, 4),
      tag('TD', 4, 0, 5),
      tag('TD', 4, 1, 6),
    ],
    fields: [],
    hidden: [],
  })
  expect(blocks.map(({ kind }) => kind)).toEqual(['table'])
  const [table] = blocks
  if (table?.kind !== 'table') throw new Error('no table')
  expect(table.cells.map(({ lines }) => lines.map(({ text }) => text).join(' '))).toEqual([
    'Number 0001',
    'Effective May',
    'Issued Navy',
    'Administered',
  ])
})

test('a title page of many sizes leaves numbered headings two levels', async () => {
  const cover = [30, 27, 24, 21, 18, 16, 14].map(
    (size, at): Draw => ({ text: `Office Number ${'ABCDEFG'[at]}`, x: 72, y: 100 + 60 * at, size }),
  )
  const sections = ['1.0 Purpose', '1.1 Background', '1.2 Vision', '2.0 Scope', '2.1 Budget'].flatMap(
    (text, at): Draw[] => [
      { text, x: 72, y: 80 + 130 * at, size: 12, font: 'bold' },
      ...textLines(filler(7, 10 * at), { y: 110 + 130 * at }).draw,
    ],
  )
  const levels = new Map(
    headings(await read(cover, sections)).map(([level, text]) => [text, level as number]),
  )
  expect(levels.get('1.1 Background')).toBe(levels.get('1.0 Purpose')! + 1)
  expect(levels.get('2.1 Budget')).toBe(levels.get('2.0 Scope')! + 1)
})

test('headings without numbers below a large title page are of the second and third level, not the sixth', async () => {
  const cover = [40, 32, 26, 22, 19, 16].map(
    (size, at): Draw => ({ text: `Office Number ${'ABCDEF'[at]}`, x: 72, y: 100 + 80 * at, size }),
  )
  const part = (title: string, detail: string, y: number): Draw[] => [
    { text: title, x: 72, y, size: 14, font: 'bold' },
    ...textLines(filler(5, y), { y: y + 25 }).draw,
    { text: detail, x: 72, y: y + 110, size: 10, font: 'bold' },
    ...textLines(filler(5, y + 5), { y: y + 130 }).draw,
  ]
  const found = await read(cover, [...part('Introduction', 'Purpose', 80), ...part('Scope', 'Tasks', 320)])
  expect(headings(found).filter(([, text]) => !String(text).startsWith('Office'))).toEqual([
    [2, 'Introduction'],
    [3, 'Purpose'],
    [2, 'Scope'],
    [3, 'Tasks'],
  ])
})
