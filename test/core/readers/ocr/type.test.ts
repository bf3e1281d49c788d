import { expect, test } from 'vitest'
import { boldOf } from '../../../../src/core/readers/ocr/type.ts'

const word = (text: string, line: number) => ({
  ...{ text, line, x0: 0, y0: 0, x1: 10, y1: 10, baseline: 10, confidence: 1 },
})

test('one word of a bold line that was measured thin broke its title in two', () => {
  const words = [
    ...['LETTER', 'INTENT', 'FORMS'].map((text) => word(text, 1)),
    ...['these', 'lines', 'hold', 'words', 'that', 'stand', 'here', 'plainly', 'today'].map((text) =>
      word(text, 2),
    ),
  ]
  const weights = [0.15, 0.12, 0.15, ...Array<number>(9).fill(0.1)]
  expect(boldOf(words, weights)).toEqual([true, true, true, ...Array<boolean>(9).fill(false)])
})

test('one heavy word of a light line stands alone', () => {
  const words = ['these', 'lines', 'hold', 'GREAT', 'words', 'there'].map((text) => word(text, 1))
  expect(boldOf(words, [0.1, 0.12, 0.1, 0.15, 0.1, 0.1])).toEqual([false, false, false, true, false, false])
})
