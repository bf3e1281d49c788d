import { describe, expect, test } from 'vitest'
import { createSourceMap, mergeBoxes } from '../../web/parts/source-map.ts'

const box = (page: number, x0: number, y0: number, x1: number, y1: number) => ({ page, x0, y0, x1, y1 })
const row = (start: number, end: number, block: string, boxes = [box(1, 0, start, 100, end)]) => ({
  start,
  end,
  block,
  page: boxes[0]?.page ?? null,
  boxes,
  path: null,
})

//                0         1         2         3         4
//                0123456789012345678901234567890123456789012345
const markdown = '<!-- page: 1 -->\n\n# One\n\n- two\n- three\n\nfour\n'
const rows = [
  row(18, 23, 'h'),
  row(25, 38, 'list', [box(1, 0, 20, 100, 60)]),
  row(27, 30, 'i1', [box(1, 10, 20, 90, 40)]),
  row(33, 38, 'i2', [box(1, 10, 40, 90, 60)]),
  row(40, 44, 'p', [box(2, 0, 0, 50, 10)]),
]

describe('the map from Markdown to its source', () => {
  const map = createSourceMap(markdown, rows.toReversed())

  test('cuts at the blocks of the top level and keeps what lies between', () => {
    expect(map.chunks.map(({ text, block }) => [text.trim(), block])).toEqual([
      ['<!-- page: 1 -->', null],
      ['# One', 'h'],
      ['- two\n- three', 'list'],
      ['four', 'p'],
    ])
    expect(map.chunks.map(({ start, end }) => markdown.slice(start, end))).toEqual(
      map.chunks.map(({ text }) => text),
    )
  })

  test('knows the chunk of a nested block', () => {
    expect(['h', 'list', 'i1', 'i2', 'p', 'gone'].map(map.chunkOf)).toEqual([1, 2, 2, 2, 3, -1])
  })

  test('finds the innermost block at a character', () => {
    const at = (text: string) => map.blockAt(markdown.indexOf(text))?.block
    expect([at('One'), at('two'), at('three'), at('four'), at('<!--'), at('- two')]).toEqual([
      'h',
      'i1',
      'i2',
      'p',
      undefined,
      'list',
    ])
  })

  test('finds the smallest block under a point', () => {
    expect(map.blockUnder(1, 50, 30)).toBe('i1')
    expect(map.blockUnder(1, 5, 30)).toBe('list')
    expect(map.blockUnder(1, 500, 30)).toBeUndefined()
    expect(map.blockUnder(3, 5, 5)).toBeUndefined()
  })

  test('lists the blocks inside a stretch of Markdown', () => {
    expect(map.within(25, 38).map(({ block }) => block)).toEqual(['list', 'i1', 'i2'])
    expect(map.within(0, 17)).toEqual([])
  })

  test('is whole without any map', () => {
    const bare = createSourceMap('# One\n', [])
    expect(bare.chunks).toHaveLength(1)
    expect(bare.blockAt(2)).toBeUndefined()
    expect(createSourceMap('', []).chunks).toEqual([])
  })
})

test('boxes that follow one another on a line become one; columns stay apart', () => {
  const merged = mergeBoxes([
    box(1, 52, 10, 90, 20),
    box(1, 10, 10, 50, 20),
    box(1, 300, 10, 340, 20),
    box(1, 10, 22, 90, 32),
  ])
  expect(merged).toEqual([box(1, 10, 10, 90, 20), box(1, 300, 10, 340, 20), box(1, 10, 22, 90, 32)])
})
