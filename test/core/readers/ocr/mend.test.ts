import { expect, test } from 'vitest'
import { mended } from '../../../../src/core/readers/ocr/mend.ts'

const mend = (text: string, languages = ['eng']) =>
  mended(
    text
      .split(' ')
      .map((word) => ({ text: word, x0: 0, y0: 0, x1: 1, y1: 1, baseline: 1, confidence: 1, line: 0 })),
    languages,
  )
    .map(({ text: word }) => word)
    .join(' ')

test.each([
  ['Il. PURPOSE OF FUNDS', 'II. PURPOSE OF FUNDS'],
  ['Volume Ill, page 12', 'Volume III, page 12'],
  ['Part l and Factor ll', 'Part I and Factor II'],
  ['XIl. CLAUSES', 'XII. CLAUSES'],
  ['ldentify and lmplement', 'Identify and Implement'],
  // Words that are right stay right.
  ['Ill health in Springfield, Ill. is all', 'Ill health in Springfield, Ill. is all'],
  ['10 lbs of llama wool ltd', '10 lbs of llama wool ltd'],
  ['IV and VIII, Vol. XL', 'IV and VIII, Vol. XL'],
  ['It will fill', 'It will fill'],
])('%s → %s', (read, printed) => {
  expect(mend(read)).toBe(printed)
})

test('languages whose words may start otherwise are left alone', () => {
  expect(mend('lstivost', ['ces'])).toBe('lstivost')
})
