import { expect, test } from 'vitest'
import { convert } from '../../../src/core/convert.ts'
import type { Block } from '../../../src/core/doc/model.ts'
import { plainText } from '../../../src/core/doc/walk.ts'
import { type Draw, textLines, writePdf } from '../../pdf/write.ts'

const read = async (...pages: readonly (readonly Draw[])[]) =>
  convert(writePdf({ pages: pages.map((draw) => ({ draw })) }))
const filler = (count: number) =>
  Array.from({ length: count }, (_, at) => `the words of line ${at} run all the way across the measure of it`)
const roles = (blocks: readonly Block[]) =>
  blocks.flatMap((one) => (one.type === 'furniture' ? [[one.role, one.blocks.map(plainText).join()]] : []))

/** Lines that run up the page, the first of them leftmost. */
const upward = (lines: readonly string[], x: number): Draw[] =>
  lines.map((text, at) => ({ text, x: x + 14 * at, y: 700, turn: 90 }))

test('a page whose lines run up its side was left out; it is read as if it were turned', async () => {
  const { output, doc } = await read(
    textLines(['The first page stands upright.']).draw,
    upward(['The second page is bound in sideways,', 'as wide tables are,', 'and says all of this.'], 200),
  )
  expect(output).toContain('The second page is bound in sideways, as wide tables are, and says all of this.')
  const { turned, width, height } = doc.pages[1]!
  expect([turned, width, height]).toEqual([90, 612, 792])
  const { boxes } = doc.blocks.find((one) => one.at.page === 2 && one.type === 'paragraph')!.at
  expect(boxes![0]!.x0).toBeGreaterThan(185)
  expect(boxes![0]!.x1).toBeLessThan(240)
})

test('names of columns that are set sideways were missing from the table', async () => {
  const xs = [72, 140, 170, 200, 400]
  const ys = [100, 180, 200, 220]
  const rows = [
    ['Task', 76, 170],
    ['Remarks', 204, 170],
    ['One', 76, 195],
    ['X', 150, 195],
    ['X', 180, 195],
    ['none', 204, 195],
    ['Two', 76, 215],
    ['X', 150, 215],
    ['some', 204, 215],
  ] as const
  const { output } = await read([
    ...xs.map((x): Draw => ({ line: [x, 100, x, 220] })),
    ...ys.map((y): Draw => ({ line: [72, y, 400, y] })),
    ...rows.map(([text, x, y]): Draw => ({ text, x, y })),
    { text: 'Technical', x: 158, y: 175, turn: 90 },
    { text: 'Price factor', x: 188, y: 175, turn: 90 },
  ])
  expect(output).toContain('| Task | Technical | Price factor | Remarks |')
})

test('a pale word behind the text is a watermark, and none of the sentences it lies under', async () => {
  const { output, doc } = await read([
    { text: 'CONFIDENTIAL', x: 90, y: 160, size: 60, color: '#dddddd' },
    ...textLines(filler(20)).draw,
  ])
  expect(output).not.toContain('CONFIDENTIAL')
  expect(roles(doc.blocks)).toEqual([['watermark', 'CONFIDENTIAL']])
})

test('what runs up the margin is kept beside the text, what runs up inside the page is text', async () => {
  const { output, doc } = await read([
    { text: 'Source selection information', x: 30, y: 500, turn: 90 },
    { text: 'Points earned', x: 150, y: 500, turn: 90 },
    ...textLines(filler(20)).draw,
  ])
  expect(roles(doc.blocks)).toEqual([['header', 'Source selection information']])
  expect(output).toContain('Points earned')
})

test('a sentence that runs over the foot of a column is one paragraph', async () => {
  const column = (lines: readonly string[], x: number) => textLines(lines, { x, y: 100 }).draw
  const left = [
    'Words of the first column are',
    'set in lines that are short,',
    'one below the other, and the',
  ]
  const right = [
    'last sentence of it runs on at',
    'the head of the second one.',
    'Then it ends and that is all.',
  ]
  const { doc } = await read([
    ...column([...left, ...left, ...left.map((one) => one.replace('Words', 'More'))], 72),
    ...column([...right, ...right, ...right], 320),
  ])
  expect(doc.blocks.filter(({ type }) => type === 'paragraph').map(plainText)[0]).toContain(
    'and the last sentence of it runs on',
  )
})

test('a shaded box beside the text is read after it, not in the midst of it', async () => {
  const column = Array.from(
    { length: 24 },
    (_, at) => `Line ${at} of the text is set narrow and runs to here`,
  )
  const { output } = await read([
    { rect: [340, 80, 540, 380], fill: '#eeeeee' },
    ...textLines(column, { y: 90 }).draw,
    ...textLines(
      ['Key dates', 'Questions by the first of May', 'Offers by the second of June', 'Ask Jane Roe'],
      {
        x: 350,
        y: 100,
        leading: 20,
      },
    ).draw,
  ])
  expect(output.indexOf('Key dates')).toBeGreaterThan(output.indexOf('Line 23'))
})

test('items whose bullets are drawn, not written, ran into one paragraph', async () => {
  const items = ['the plan of the work', 'the names of the staff', 'the price of each part']
  const { output } = await read([
    ...textLines(['The offer holds these things:']).draw,
    ...items.flatMap((text, at): Draw[] => [
      { rect: [77, 106 + 12 * at, 81, 110 + 12 * at], fill: '#000000' },
      { text, x: 90, y: 112 + 12 * at },
    ]),
  ])
  for (const text of items) expect(output).toContain(`\n• ${text}\n`)
})
