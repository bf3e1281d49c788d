import { expect, test } from 'vitest'
import { newId } from '../../src/platform/ids.ts'

test('ids are UUIDv7, unique and sorted as they were made, even when the clock stands or goes back', () => {
  const start = Date.now() + 60_000
  const times = [
    ...Array<number>(20_000).fill(start),
    ...Array<number>(5_000).fill(start - 5_000),
    start + 60_000,
  ]
  const ids = times.map((time) => newId(time))
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
