import { expect, test } from 'vitest'
import { asDisplayed } from '../../../src/core/doc/frame.ts'

const box = { x0: 10, y0: 20, x1: 30, y1: 25 }

test.each([
  // Turned a quarter clockwise, the read page of 100 × 200 is displayed as 200 × 100.
  [90, { x0: 20, y0: 70, x1: 25, y1: 90 }],
  [180, { x0: 70, y0: 175, x1: 90, y1: 180 }],
  [270, { x0: 175, y0: 10, x1: 180, y1: 30 }],
] as const)('a page turned by %i shows its boxes where the viewer does', (turned, expected) => {
  expect(asDisplayed(box, { turned }, 100, 200)).toEqual(expected)
})

test('a level page keeps its boxes', () => {
  expect(asDisplayed(box, {}, 100, 200)).toBe(box)
})

test('a box of a skewed page encloses the words where they are', () => {
  const shown = asDisplayed({ x0: 0, y0: 100, x1: 100, y1: 100 }, { skew: 2 }, 100, 200)
  const rise = 50 * Math.sin((2 * Math.PI) / 180)
  expect(shown.y0).toBeCloseTo(100 - rise, 6)
  expect(shown.y1).toBeCloseTo(100 + rise, 6)
})
