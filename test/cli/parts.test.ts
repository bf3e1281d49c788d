import { describe, expect, test } from 'vitest'
import { nameOfAddress } from '../../src/cli/convert/inputs.ts'
import { parsePages } from '../../src/cli/convert/page-ranges.ts'
import { barLine } from '../../src/cli/convert/progress-bar.ts'

describe('parsePages', () => {
  test.each([
    ['3', [{ from: 3, to: 3 }]],
    [
      '1-5,8',
      [
        { from: 1, to: 5 },
        { from: 8, to: 8 },
      ],
    ],
    [' 2 - 4 ', [{ from: 2, to: 4 }]],
    ['12-', [{ from: 12, to: Number.MAX_SAFE_INTEGER }]],
  ])('%s', (text, ranges) => {
    expect(parsePages(text)).toEqual(ranges)
  })
  test.each(['', '0', '5-1', 'a', '1,,2', '-3', '1;2'])('%j is refused', (text) => {
    expect(() => parsePages(text)).toThrow('not a list of pages')
  })
})

test.each([
  ['https://a.example/x/report%20one.pdf?y=1', 'report one.pdf'],
  ['https://a.example/', 'page.html'],
  ['https://a.example/..%2f..%2fetc', '.._2f.._2fetc'],
])('nameOfAddress %s', (url, name) => {
  expect(nameOfAddress(url)).toBe(name)
})

test('the bar counts pages of running files as parts of files', () => {
  const line = barLine(1, 2, new Map([['dir/b.pdf', { stage: 'reading' as const, page: 5, pages: 10 }]]), 200)
  expect(line).toBe(`[${'█'.repeat(18)}${'░'.repeat(6)}] 1/2 files  b.pdf: page 5 of 10`)
})
