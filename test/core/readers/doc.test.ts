import { describe, expect, test } from 'vitest'
import { compound } from './binary/cfb.ts'
import { type TestWord, u16, u32, word } from './binary/word.ts'
import { read } from './sketch.ts'

const doc = async (options: TestWord) => (await read(word(options))).sketch
const sprm = (code: number, ...operand: number[]) => [code & 0xff, code >> 8, ...operand]
const inTable = sprm(0x2416, 1)
const rowEnd = [...inTable, ...sprm(0x2417, 1)]

/** Edges in twips, and flags of each cell (1 joined first, 2 joined, 0x60 first of a column, 0x20 joined to it). */
function definition(edges: readonly number[], flags: readonly number[] = []): number[] {
  const cells = edges.length - 1
  const body = Buffer.concat([
    Buffer.from([cells]),
    u16(...edges),
    ...Array.from({ length: cells }, (_, at) => Buffer.concat([u16(flags[at] ?? 0), Buffer.alloc(18)])),
  ])
  return [...sprm(0xd608), ...u16(body.length + 1), ...body]
}

describe('Word 97–2003', () => {
  test('headings by built-in style whatever its name, the title above them', async () => {
    expect(
      await doc({
        styles: [
          { name: 'Normal', builtIn: 0 },
          { name: 'Überschrift 1', builtIn: 1 },
          { name: 'Titel', builtIn: 62 },
        ],
        paragraphs: [{ text: 'Doc', style: 2 }, { text: 'One', style: 1 }, { text: 'text' }],
      }),
    ).toBe('h1 Doc\nh2 One\np text')
  })
  test('boxes to tick and choices of a form show their state', async () => {
    const words = (text: string) => Buffer.concat([u16(text.length), Buffer.from(text, 'utf16le')])
    const text = (value: string) => Buffer.concat([words(value), u16(0)])
    const form = (bits: number, standard: number, more = Buffer.alloc(0)) => {
      const rest = [u16(0xffff, 0xffff, bits, 0, 20), text('Box1'), u16(standard)]
      const inner = Buffer.concat([...rest, ...Array.from({ length: 5 }, () => text('')), more])
      return Buffer.concat([u32(68 + inner.length), u16(68), Buffer.alloc(62), inner])
    }
    const choices = Buffer.concat([u16(0xffff, 2, 0), words('Red'), words('Blue')])
    const fields = [form(1 | (1 << 2), 0), form(1 | (25 << 2), 0), form(2 | (1 << 2), 0, choices)]
    const starts = fields.map((_, at) => Buffer.concat(fields.slice(0, at)).length)
    const field = (name: string) => `\x13 ${name} \x01\x14\x15`
    const line = `${field('FORMCHECKBOX')} yes ${field('FORMCHECKBOX')} no ${field('FORMDROPDOWN')}`
    const places = [...line].flatMap((sign, at) => (sign === '\x01' ? [at] : []))
    const { sketch } = await read(
      word({
        paragraphs: [{ text: line }],
        runs: places.map((from, at) => ({
          ...{ from, to: from + 1 },
          sprms: [...sprm(0x0855, 1), 0x03, 0x6a, ...u32(starts[at]!)],
        })),
        data: Buffer.concat(fields),
      }),
    )
    expect(sketch).toBe('p ☒ yes ☐ no Blue')
  })
  test('marks, hidden text, line breaks, hyphens', async () => {
    const { sketch, codes } = await read(
      word({
        paragraphs: [{ text: 'a bold secret b\x0bc\x1ed\x1fe' }],
        runs: [
          { from: 2, to: 6, sprms: sprm(0x0835, 1) },
          { from: 7, to: 13, sprms: sprm(0x083c, 1) },
        ],
      }),
    )
    expect(sketch).toBe('p a *bold*  b⏎c-de')
    expect(codes).toEqual(['hidden-content'])
  })
  test.each([
    ['accept', 'p new'],
    ['reject', 'p old'],
    ['all', 'p +new+-old-'],
  ] as const)('tracked changes: %s', async (trackChanges, expected) => {
    const file = word({
      paragraphs: [{ text: 'newold' }],
      runs: [
        { from: 0, to: 3, sprms: sprm(0x0801, 1) },
        { from: 3, to: 6, sprms: sprm(0x0800, 1) },
      ],
    })
    expect((await read(file, { trackChanges })).sketch).toBe(expected)
  })
  test('links and fields', async () => {
    expect(
      await doc({
        paragraphs: [{ text: 'see \x13 HYPERLINK "http://x.org/" \x14here\x15, page \x13 PAGE \x147\x15' }],
      }),
    ).toBe('p see [here](http://x.org/), page 7')
  })
  test('tables: spans by edges, joined cells', async () => {
    expect(
      await doc({
        paragraphs: [
          { text: 'wide', mark: '\x07', sprms: inTable },
          { text: 'c', mark: '\x07', sprms: inTable },
          { text: '', mark: '\x07', sprms: [...rowEnd, ...definition([0, 2000, 3000])] },
          { text: 'a', mark: '\x07', sprms: inTable },
          { text: 'b', mark: '\x07', sprms: inTable },
          { text: 'down', mark: '\x07', sprms: inTable },
          { text: '', mark: '\x07', sprms: [...rowEnd, ...definition([0, 1000, 2000, 3000], [0, 0, 0x60])] },
          { text: 'd', mark: '\x07', sprms: inTable },
          { text: 'e', mark: '\x07', sprms: inTable },
          { text: '', mark: '\x07', sprms: inTable },
          { text: '', mark: '\x07', sprms: [...rowEnd, ...definition([0, 1000, 2000, 3000], [0, 0, 0x20])] },
          { text: 'after' },
        ],
      }),
    ).toBe('| wide [>2] | c\n| a | b | down [v2]\n| d | e\np after')
  })
  test('lists with the labels that Word prints', async () => {
    const level = (format: number, text: string) =>
      Buffer.concat([
        u32(1),
        Buffer.from([format]),
        Buffer.alloc(19),
        Buffer.from([0, 0, 0, 0]),
        u16(text.length),
        Buffer.from(text, 'utf16le'),
      ])
    const lists = Buffer.concat([
      u16(1),
      u32(99, 0),
      Buffer.alloc(18),
      u16(0),
      level(0, '\0.'),
      level(4, '(\x01)'),
      ...Array.from({ length: 7 }, () => level(23, '•')),
    ])
    const overrides = Buffer.concat([u32(1), u32(99, 0, 0), u32(0), u32(-1)])
    const at = (depth: number) => [...sprm(0x460b, 1, 0), ...sprm(0x260a, depth)]
    expect(
      await doc({
        paragraphs: [
          { text: 'one', sprms: at(0) },
          { text: 'inner', sprms: at(1) },
          { text: 'two', sprms: at(0) },
          { text: 'plain' },
        ],
        tables: { 73: lists, 74: overrides },
      }),
    ).toBe('1. one\n  (a) inner\n2. two\np plain')
  })
  test('footnotes', async () => {
    expect(
      await doc({
        paragraphs: [{ text: 'Fact\x02.' }],
        runs: [{ from: 4, to: 5, sprms: sprm(0x0855, 1) }],
        footnotes: { text: '\x02 Source\r\r', references: [4], starts: [0, 9, 10] },
      }),
    ).toBe('p Fact[^1].\n[^1] p Source')
  })
  test('an encrypted file asks for its password', async () => {
    await expect(doc({ paragraphs: [{ text: 'x' }], flags: 0x0100 })).rejects.toMatchObject({
      code: 'password_required',
    })
  })
  test.each([
    ['an empty main stream', compound({ WordDocument: Buffer.alloc(0) })],
    [
      'no main stream',
      Buffer.concat([compound({ WordDocumentX: Buffer.alloc(0) }), Buffer.from('WordDocument', 'utf16le')]),
    ],
  ])('%s is a damaged file', async (_, file) => {
    await expect(read(file, { from: 'doc' })).rejects.toMatchObject({ code: 'malformed' })
  })
})
