import { describe, expect, test } from 'vitest'
import type { Criterion } from '../../src/contract/analyses.ts'
import { treeOf } from '../../web/parts/analysis/criteria-tree.ts'
import { daysUntil, momentOf } from '../../web/parts/analysis/words.ts'

const criterion = (criterion_id: string, parent_id: string | null, points: number | null): Criterion => ({
  criterion_id,
  name: criterion_id,
  parent_id,
  weight: null,
  points,
  percent: null,
  relative_importance: null,
  method: null,
  gate: false,
  verbatim: '',
  rfp_reference: '',
  page: null,
  boxes: [],
  block_ids: [],
})

describe('the tree of criteria', () => {
  test('puts children after their parent whatever the order, with their share of all points', () => {
    const tree = treeOf([
      criterion('1.1', '1', 30),
      criterion('2', null, 40),
      criterion('1', null, 60),
      criterion('1.1.1', '1.1', null),
    ])
    expect(tree.map(({ criterion_id, depth, share }) => [criterion_id, depth, share])).toEqual([
      ['2', 0, 0.4],
      ['1', 0, 0.6],
      ['1.1', 1, 0.3],
      ['1.1.1', 2, null],
    ])
  })

  test('loses none: unknown parents make roots, parents in a circle are still shown', () => {
    const tree = treeOf([criterion('a', 'gone', 1), criterion('b', 'c', 1), criterion('c', 'b', 1)])
    expect(tree.map(({ criterion_id }) => criterion_id).sort()).toEqual(['a', 'b', 'c'])
  })
})

describe('moments', () => {
  test('are said with day, time and zone', () => {
    expect(momentOf('2027-03-12 14:00 Eastern')).toMatchObject({
      day: 'Fri Mar 12, 2027',
      time: '2:00 p.m. Eastern',
    })
    expect(momentOf('2027-03-12 00:05')).toMatchObject({ time: '12:05 a.m., zone not stated' })
    expect(momentOf('2027-03-12')).toMatchObject({ time: null })
    expect(momentOf('30 pages')).toBeUndefined()
  })

  test('count days by the calendar, not by hours', () => {
    expect(daysUntil('2027-03-12 14:00 Eastern', new Date(2027, 2, 11, 23, 59))).toBe(1)
    expect(daysUntil('2027-03-12', new Date(2027, 2, 12, 0, 1))).toBe(0)
    expect(daysUntil('2027-03-12', new Date(2027, 2, 13))).toBe(-1)
  })
})
