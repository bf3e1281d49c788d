import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cell,
  doc,
  heading,
  item,
  link,
  list,
  paragraph,
  quote,
  row,
  table,
  text,
} from '../../src/core/doc/build.ts'
import type { Block, Box, Doc } from '../../src/core/doc/model.ts'
import { inlineText, walk } from '../../src/core/doc/walk.ts'
import { identify } from '../../src/core/enrich/identify.ts'
import { locate } from '../../src/core/locate.ts'
import { defaultWriteOptions } from '../../src/core/options.ts'
import { writeMarkdown } from '../../src/core/writers/markdown/markdown.ts'
import type { SourceRange } from '../../src/core/writers/writer.ts'
import { anyDoc } from './writers/arbitrary.ts'

const print = (one: Doc) => {
  const named = identify(one)
  const { text: output, map } = writeMarkdown(named, defaultWriteOptions, [])
  return { output, map, doc: named }
}
const box = (page: number, y: number): Box => ({ page, x0: 100, y0: y, x1: 200, y1: y + 10 })

describe('the source map', () => {
  test('ranges start and end with what the block prints, nested ones inside their parents', () => {
    const { output, map } = print(
      doc('t', [
        heading(1, 'One'),
        list([item([paragraph('a'), list([item([quote([paragraph('b')])])])], { label: '1.' })]),
        table([row([cell('c'), cell([paragraph('d'), paragraph('e')])])], { headerRows: 1 }),
      ]),
    )
    expect(map.map(({ start, end, block }) => [block, output.slice(start, end)])).toEqual([
      ['h1', '# One'],
      ['l1', '1. a\n   - > b'],
      ['i1', '1. a\n   - > b'],
      ['p1', 'a'],
      ['l2', '- > b'],
      ['i2', '- > b'],
      ['q1', '> b'],
      ['p2', 'b'],
      ['t1', '| c | d<br>e |\n| --- | --- |'],
      ['p3', 'c'],
      ['p4', 'd'],
      ['p5', 'e'],
    ])
  })

  test('in any document: ordered, nested, inside the output, not around white space, and every block is in the Doc', () => {
    fc.assert(
      fc.property(anyDoc, (one) => {
        const { output, map, doc: named } = print(one)
        const ids = new Set<string>()
        for (const block of walk(named)) {
          ids.add(block.id)
          if (block.type === 'list') for (const { id } of block.items) ids.add(id)
        }
        const open: SourceRange[] = []
        let last = 0
        for (const range of map) {
          while (open.length > 0 && open.at(-1)!.end <= range.start) open.pop()
          const parent = open.at(-1)
          expect(range.start).toBeGreaterThanOrEqual(last)
          expect(range.end).toBeLessThanOrEqual(parent?.end ?? output.length)
          expect(ids).toContain(range.block)
          const printed = output.slice(range.start, range.end)
          expect(printed).toBe(printed.trim())
          expect(printed).not.toBe('')
          open.push(range)
          last = range.start
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('locate', () => {
  const spans = [
    { start: 0, end: 20, box: box(3, 10) },
    { start: 21, end: 41, box: box(3, 20) },
    { start: 42, end: 51, box: box(4, 10) },
  ]
  const at = { page: 3, boxes: spans.map((span) => span.box) }
  const words = [
    text('The offeror '),
    text('shall', ['bold']),
    text(' submit * three * ('),
    link('u', 'copies'),
    text(') by noon'),
  ]
  const blocks: Block[] = [paragraph('Before', { at: { page: 2 } }), paragraph(words, { at, spans })]
  const printed = print(doc('t', blocks))
  const find = (needle: string) => {
    const start = printed.output.indexOf(needle)
    return locate(printed, start, start + needle.length)
  }

  test('the plain text has the lines of the test', () => {
    expect(inlineText(words)).toHaveLength(51)
    expect(printed.output).toContain('The offeror **shall** submit * three * ([copies](u)) by noon')
  })

  test('words of one line give its box, cut to their share of it', () => {
    expect(find('offeror')).toEqual([
      { block: 'p2', at: { page: 3, boxes: [{ ...box(3, 10), x0: 120, x1: 155 }] } },
    ])
    expect(find('**shall**')[0]?.at.boxes).toEqual([{ ...box(3, 10), x0: 160, x1: 185 }])
  })

  test('words over several lines give each of them, over pages too', () => {
    expect(find('three * ([copies](u)) by noon')[0]?.at.boxes?.map(({ page, y0 }) => [page, y0])).toEqual([
      [3, 20],
      [4, 10],
    ])
  })

  test('a block without lines gives its place', () => {
    expect(find('Before')).toEqual([{ block: 'p1', at: { page: 2 } }])
  })

  test('a selection over blocks gives each; one between blocks none', () => {
    const start = printed.output.indexOf('fore')
    expect(locate(printed, start, start + 10).map(({ block }) => block)).toEqual(['p1', 'p2'])
    expect(locate(printed, start + 4, start + 5)).toEqual([])
  })
})
