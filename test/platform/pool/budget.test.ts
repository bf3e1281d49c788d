import { expect, test } from 'vitest'
import { createBudget } from '../../../src/platform/pool/budget.ts'

const limits = { baseMillis: 60_000, millisPerPage: 500, ocrMillisPerPage: 20_000, maxMillis: 900_000 }

test('pages and recognised pages earn time, up to the ceiling', () => {
  const budget = createBudget(limits, undefined)
  expect(budget.hard()).toBe(60_000)
  budget.see({ stage: 'reading', page: 1, pages: 100 })
  expect(budget.hard()).toBe(110_000)
  budget.see({ stage: 'recognising', page: 1, pages: 100 })
  budget.see({ stage: 'recognising', page: 1, pages: 100 })
  budget.see({ stage: 'recognising', page: 2, pages: 100 })
  expect(budget.hard()).toBe(150_000)
  budget.see({ stage: 'reading', page: 1, pages: 5_000 })
  expect(budget.hard()).toBe(900_000)
  expect(budget.soft()).toBe(870_000)
})

test('a deadline of the caller stays as it is', () => {
  const budget = createBudget(limits, 5_000)
  budget.see({ stage: 'reading', page: 1, pages: 5_000 })
  expect(budget.hard()).toBe(5_000)
  expect(budget.soft()).toBe(4_000)
})
