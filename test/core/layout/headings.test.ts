import { expect, test } from 'vitest'
import { convert } from '../../../src/core/convert.ts'
import { plainText } from '../../../src/core/doc/walk.ts'
import { assemble } from '../../../src/core/layout/assemble.ts'
import { layOutPage } from '../../../src/core/layout/page-layout.ts'
import { type Draw, textLines, writePdf } from '../../pdf/write.ts'

type Said = { readonly text: string; readonly as: string; readonly bold?: boolean }

const filler = (at: number): Said => ({
  text: `Words of part ${at} run across the page, say what is to be done, and end with a stop.`,
  as: 'P',
})

/** Headings of one page, each line of which is an element of the structure tree. */
function headingsOf(said: readonly Said[]): [number, string][] {
  const page = layOutPage({
    number: 1,
    width: 600,
    height: 800,
    source: 'native',
    words: said.flatMap(({ text, bold = false }, tag) => {
      const baseline = 80 + 28 * tag
      let x = 72
      return text.split(' ').map((one) => {
        const x0 = x
        x += 6 * one.length + 3
        return {
          ...{ text: one, x0, x1: x - 3, y0: baseline - 8, y1: baseline + 2, baseline },
          ...{ size: 10, font: bold ? 'F-Bold' : 'F', bold, italic: false, tag },
        }
      })
    }),
    strokes: [],
    fills: [],
    images: [],
    tags: said.map(({ as }, index) => ({ type: as, index, element: index })),
    fields: [],
    hidden: [],
  })
  return assemble([page], []).flatMap((block) =>
    block.type === 'heading' ? [[block.level, plainText(block)]] : [],
  )
}

test('titles that the author only made bold are headings beside those that carry a heading’s tag', () => {
  expect(
    headingsOf([
      { text: '1 INTRODUCTION', as: 'H1', bold: true },
      filler(1),
      { text: '2 QUESTIONS ON THE WORK', as: 'P', bold: true },
      filler(2),
      { text: '2.1 General Questions', as: 'P', bold: true },
      filler(3),
      { text: '3 SUMMARY', as: 'P', bold: true },
      filler(4),
      { text: 'Papers to Bring', as: 'P', bold: true },
      filler(5),
    ]),
  ).toEqual([
    [1, '1 INTRODUCTION'],
    [1, '2 QUESTIONS ON THE WORK'],
    [2, '2.1 General Questions'],
    [1, '3 SUMMARY'],
    [2, 'Papers to Bring'],
  ])
})

test('a sentence that carries a heading’s tag by mistake is text', () => {
  const text = 'hour, with a wage that is paid for 30 days. If you expect less than that, say so here.'
  expect(
    headingsOf([
      { text: '1 INTRODUCTION', as: 'H1', bold: true },
      filler(1),
      filler(2),
      { text, as: 'H1' },
      filler(3),
    ]),
  ).toEqual([[1, '1 INTRODUCTION']])
})

test('a numbered title between headings of its series is a heading, odd as it looks', async () => {
  const part = (title: string, y: number): Draw[] => [
    { text: title, x: 72, y, font: 'bold' },
    ...textLines(
      Array.from({ length: 4 }, (_, at) => `the words of line ${at} run all the way across the measure`),
      { y: y + 22 },
    ).draw,
  ]
  const { doc } = await convert(
    writePdf({
      pages: [
        {
          draw: [
            ...part('L.1 Instructions to Offerors', 80),
            ...part('L.2 FAX 52.216-1 TYPE OF CONTRACT. (APR 1984)', 170),
            ...part('L.3 Contents of the Volumes', 260),
            ...part('L.4 Delivery of the Volumes', 350),
          ],
        },
      ],
    }),
  )
  expect(
    doc.blocks.flatMap((block) => (block.type === 'heading' ? [plainText(block).slice(0, 3)] : [])),
  ).toEqual(['L.1', 'L.2', 'L.3', 'L.4'])
})
