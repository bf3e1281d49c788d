import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cell,
  code,
  doc,
  heading,
  item,
  list,
  noteRef,
  paragraph,
  row,
  table,
  text,
} from '../../../src/core/doc/build.ts'
import type { Block } from '../../../src/core/doc/model.ts'
import { inlineText } from '../../../src/core/doc/walk.ts'
import { identify } from '../../../src/core/enrich/identify.ts'
import { defaultWriteOptions } from '../../../src/core/options.ts'
import { type Chunk, chunksOf, writeChunks } from '../../../src/core/writers/chunks/chunks.ts'
import { sliceInline, splitBlock } from '../../../src/core/writers/chunks/split.ts'
import { estimateTokens } from '../../../src/core/writers/chunks/tokens.ts'
import { anyDoc, content } from './arbitrary.ts'

const chunks = (blocks: readonly Block[], chunkTokens = 100): Chunk[] =>
  chunksOf(identify(doc('t', blocks)), { ...defaultWriteOptions, chunkTokens })
const long = (sentences: number) =>
  Array.from({ length: sentences }, (_, index) => `Sentence number ${index + 1} says a little more.`).join(
    ' ',
  )

describe('chunks', () => {
  test('are cut at headings and know the path', () => {
    const found = chunks([
      heading(1, 'One'),
      heading(2, 'A'),
      paragraph(long(8), { at: { page: 2 } }),
      heading(2, 'B'),
      paragraph(long(8), { at: { page: 3 } }),
      heading(1, 'Two'),
      paragraph(long(8)),
    ])
    expect(found.map(({ heading_path, page }) => [heading_path, page])).toEqual([
      [['One', 'A'], 2],
      [['One', 'B'], 3],
      [['Two'], null],
    ])
    expect(found[0]?.text).toMatch(/^# One\n\n## A\n\nSentence number 1 /)
    expect(found[0]?.block_ids).toEqual(['h1', 'h2', 'p1'])
  })

  test('small sections under one heading come together, never over a heading of the first level', () => {
    const found = chunks([
      heading(1, 'One'),
      heading(2, 'A'),
      paragraph('Short.'),
      heading(2, 'B'),
      paragraph('Short too.'),
      heading(1, 'Two'),
      paragraph('Other.'),
    ])
    expect(found.map(({ heading_path }) => heading_path)).toEqual([['One'], ['Two']])
  })

  test('a long table is cut by rows and repeats its header', () => {
    const rows = Array.from({ length: 40 }, (_, index) =>
      row([cell(`Item ${index}`), cell('some words in a cell')]),
    )
    const found = chunks([table([row([cell('Name'), cell('Text')]), ...rows], { headerRows: 1 })])
    expect(found.length).toBeGreaterThan(2)
    for (const { text: part, tokens } of found) {
      expect(part).toMatch(/^\| Name \| Text \|\n\| --- \| --- \|\n\| Item /)
      expect(tokens).toBeLessThanOrEqual(160)
    }
    expect(
      found
        .map(({ text: part }) => part)
        .join('\n')
        .match(/Item \d+/g),
    ).toHaveLength(40)
  })

  test('no cut goes through a cell that spans rows', () => {
    const words = 'words '.repeat(20)
    const rows = [
      row([cell('a', { rowSpan: 3 }), cell(words)]),
      row([cell(words)]),
      row([cell(words)]),
      row([cell('b'), cell(words)]),
    ]
    expect(splitBlock(table(rows), 40).map((part) => (part.type === 'table' ? part.rows.length : 0))).toEqual(
      [3, 1],
    )
  })

  test('a list keeps its numbers, code its lines, a paragraph its sentences and their lines on the page', () => {
    const items = Array.from({ length: 20 }, () => item([paragraph(long(1))]))
    const lists = chunks([list(items, { ordered: true })])
    expect(
      lists.flatMap(({ text: part }) => [...part.matchAll(/^(\d+)\./gm)].map(([, number]) => Number(number))),
    ).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    const lines = Array.from({ length: 60 }, (_, index) => `line_${index}()`)
    expect(
      chunks([code(lines.join('\n'))]).flatMap(({ text: part }) => part.match(/line_\d+/g)),
    ).toHaveLength(60)
    const words = long(20)
    const half = words.indexOf('Sentence number 11')
    const box = (y0: number) => ({ page: 1, x0: 0, y0, x1: 100, y1: y0 + 10 })
    const spans = [
      { start: 0, end: half, box: box(0) },
      { start: half, end: words.length, box: box(10) },
    ]
    const found = chunks(
      [paragraph(words, { spans, at: { page: 1, boxes: spans.map((span) => span.box) } })],
      105,
    )
    expect(found.map(({ text: part }) => part).join(' ')).toBe(words)
    expect(found[0]?.boxes).toEqual([box(0)])
    expect(found.at(-1)?.boxes).toEqual([box(10)])
  })

  test('JSON lines', () => {
    const { text: lines } = writeChunks(identify(doc('t', [paragraph('a')])), defaultWriteOptions, [])
    expect(lines.endsWith('\n')).toBe(true)
    expect(JSON.parse(lines)).toEqual({
      id: 'chunk-1',
      text: 'a',
      heading_path: [],
      page: null,
      last_page: null,
      boxes: [],
      tokens: 1,
      block_ids: ['p1'],
    })
  })

  test('every block of any document is in some chunk, in order', () => {
    fc.assert(
      fc.property(anyDoc, fc.integer({ min: 32, max: 200 }), (one, chunkTokens) => {
        const named = identify(one)
        const found = chunksOf(named, { ...defaultWriteOptions, chunkTokens }).flatMap(
          ({ block_ids }) => block_ids,
        )
        const printed = new Set(
          chunksOf(named, { ...defaultWriteOptions, chunkTokens: 1e9 }).flatMap(({ block_ids }) => block_ids),
        )
        expect([...new Set(found)].filter((id) => printed.has(id))).toEqual(
          named.blocks.map(({ id }) => id).filter((id) => printed.has(id) && found.includes(id)),
        )
      }),
      { numRuns: 100 },
    )
  })
})

describe('sliceInline', () => {
  test('cut in two and joined it is the same text', () => {
    fc.assert(
      fc.property(content, fc.double({ min: 0, max: 1, noNaN: true }), (inline, share) => {
        const plain = inlineText(inline)
        const at = Math.floor(plain.length * share)
        const halves = [sliceInline(inline, 0, at), sliceInline(inline, at, plain.length)]
        // Pictures and formulas are not cut: the half they begin in keeps them.
        if (inline.some((node) => node.type !== 'text')) return
        expect(halves.map(inlineText).join('')).toBe(plain)
      }),
    )
  })
  test('a note stays with the words before it', () => {
    const inline = [text('ab'), noteRef('1'), text('cd')]
    expect(sliceInline(inline, 0, 2)).toEqual([text('ab'), noteRef('1')])
    expect(sliceInline(inline, 2, 4)).toEqual([text('cd')])
  })
})

test.each([
  ['', 0],
  ['abcd', 1],
  ['abcde', 2],
  ['数学', 2],
])('estimateTokens %j', (value, tokens) => {
  expect(estimateTokens(value)).toBe(tokens)
})
