import { expect, test } from 'vitest'
import { createSlugs } from '../../../src/core/doc/slug.ts'

test.each([
  [['Proposal Format'], ['proposal-format']],
  [['L.4.2 Price/Cost (Volume II)'], ['l42-pricecost-volume-ii']],
  [['a_b – c'], ['a_b--c']],
  [
    ['Same', 'Same', 'Same'],
    ['same', 'same-1', 'same-2'],
  ],
  [
    ['Same', 'Same 1', 'Same'],
    ['same', 'same-1', 'same-2'],
  ],
])('%j are named %j', (texts, names) => {
  const slugs = createSlugs()
  expect(texts.map((text) => slugs.next(text))).toEqual(names)
})
