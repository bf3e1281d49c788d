import { expect, test } from 'vitest'
import { cell, doc, item, list, paragraph, row, table } from '../../../src/core/doc/build.ts'
import { walk } from '../../../src/core/doc/walk.ts'
import { displayed } from '../../../src/core/enrich/displayed.ts'

const box = { page: 1, x0: 10, y0: 20, x1: 30, y1: 25 }
const at = { page: 1, boxes: [box] }
const shown = { page: 1, x0: 20, y0: 70, x1: 25, y1: 90 }
const words = paragraph('words', { at, spans: [{ start: 0, end: 5, box }] })

test('every place of a turned page goes back, nested or not, and the page gets its own size', () => {
  const read = doc(
    'pdf',
    [words, list([item([words], { at })], { at }), table([row([cell([words], { at })])], { at })],
    {
      pages: [{ number: 1, width: 100, height: 200, text: 'ocr', turned: 90 }],
    },
  )
  const result = displayed(read)
  expect(result.pages[0]).toMatchObject({ width: 200, height: 100, turned: 90 })
  for (const block of walk(result)) expect(block.at.boxes).toEqual([shown])
  expect(result.blocks[0]).toMatchObject({ spans: [{ box: shown }] })
  expect(result.blocks[2]).toMatchObject({ rows: [{ cells: [{ at: { boxes: [shown] } }] }] })
})

test('pages as they were printed stay as they are', () => {
  const read = doc('pdf', [words], { pages: [{ number: 1, width: 100, height: 200, text: 'native' }] })
  expect(displayed(read)).toBe(read)
})
