import { describe, expect, test } from 'vitest'
import {
  cell,
  code,
  contents,
  doc,
  field,
  figure,
  furniture,
  heading,
  item,
  lineBreak,
  link,
  list,
  note,
  noteRef,
  paragraph,
  quote,
  row,
  rule,
  table,
  text,
} from '../../../src/core/doc/build.ts'
import type { Block } from '../../../src/core/doc/model.ts'
import { openZip } from '../../../src/core/io/zip.ts'
import { defaultLimits } from '../../../src/core/limits.ts'
import { writeWord } from '../../../src/index.ts'
import { read } from '../readers/sketch.ts'

/** What Word's reader finds in what was written. */
const back = async (...blocks: Block[]) =>
  (await read(await writeWord(doc('t', blocks)), { name: 'x.docx' })).sketch

describe('Word documents', () => {
  test.each<[string, Block[], string]>([
    [
      'headings and styles',
      [heading(2, 'A'), paragraph([text('b', ['bold']), text(' c '), text('d', ['italic', 'strike'])])],
      'h2 A\np *b* c /~d~/',
    ],
    [
      'line breaks and code',
      [paragraph(['a', 'b'].flatMap((one) => [text(one), lineBreak()])), code('x\ny')],
      'p a⏎b\ncode x⏎y',
    ],
    [
      'bullets, nested',
      [list([item([paragraph('a'), list([item([paragraph('b')])])]), item([paragraph('c')])])],
      '- a\n  - b\n- c',
    ],
    [
      'numbers as printed',
      [
        list(
          ['3.', '4.', '7.'].map((label) => item([paragraph(`x${label}`)], { label })),
          { ordered: true },
        ),
      ],
      '3. x3.\n4. x4.\n7. x7.',
    ],
    [
      'letters and Roman numbers',
      [
        list(['(a)', '(b)', '(c)'].map((label) => item([paragraph('x')], { label }))),
        paragraph('-'),
        list(['i)', 'ii)', 'iii)'].map((label) => item([paragraph('y')], { label }))),
      ],
      '(a) x\n(b) x\n(c) x\np -\ni) y\nii) y\niii) y',
    ],
    [
      'tables with spans',
      [
        table(
          [row([cell('a', { colSpan: 2 })]), row([cell('b', { rowSpan: 2 }), cell('c')]), row([cell('d')])],
          { headerRows: 1 },
        ),
      ],
      '# a [>2]\n| b [v2] | c\n| d',
    ],
    ['quotes', [quote([paragraph('a'), paragraph('b')])], '> p a\n> p b'],
    [
      'links',
      [paragraph([link('https://a.example/', 'a'), text(' '), link('javascript:x', 'b')])],
      'p [_a_](https://a.example/) b',
    ],
    [
      'footnotes',
      [paragraph([text('a'), noteRef('9')]), note('footnote', '9', [paragraph('n')])],
      'p a[^1]\n[^1] p n',
    ],
    [
      'fields',
      [field('text', 'Name', 'Ann'), field('checkbox', 'Yes', '', { checked: true })],
      'p *Name:* Ann\np ☒ Yes',
    ],
    ['pictures that were not kept', [figure('A chart'), rule(), paragraph('z')], 'p /[A chart]/\np z'],
    ['characters that XML lacks', [paragraph('a\0b\ud800c\u000bd')], 'p ab\ufffdc d'],
  ])('%s', async (_, blocks, expected) => {
    expect((await back(...blocks)).replace('\n---', '')).toBe(expected)
  })

  test('a label that Word would count otherwise stays as it is', async () => {
    const items = ['L.4.2', '(b)'].map((label) => item([paragraph('x')], { label }))
    expect(await back(list(items))).toContain('L.4.2 x')
  })

  test('links inside the document find their place', async () => {
    const written = await writeWord(
      doc('t', [paragraph([link('#_Toc1', 'to it')]), heading(1, 'It', { anchors: ['_Toc1'] })]),
    )
    const { doc: again } = await read(written, { name: 'x.docx' })
    const [first, second] = again.blocks
    const href = first?.type === 'paragraph' && first.content[0]?.type === 'link' ? first.content[0].href : ''
    expect(second?.anchors?.map((name) => `#${name}`)).toContain(href)
  })

  test('headers, footers, contents and comments', async () => {
    const sketch = await back(
      furniture('header', [paragraph('Draft')]),
      contents([{ level: 1, content: [text('One')], page: '3' }]),
      paragraph([text('a'), noteRef('c')]),
      note('comment', 'c', [paragraph('Why?')], { author: 'Ann', date: '2026-01-02T03:04:05Z' }),
    )
    expect(sketch).toContain('header p Draft')
    expect(sketch).toContain('One 3')
    expect(sketch).toMatch(/Ann: .*Why\?/)
  })

  test('pictures keep their bytes', async () => {
    // A PNG of one pixel.
    const bytes = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const image = { name: 'p.png', mime: 'image/png', bytes, width: 1, height: 1 }
    const written = await writeWord(doc('t', [figure('dot', { src: 'p.png' })]), [image])
    const { doc: again } = await read(written, { name: 'x.docx', images: 'extract' })
    expect(again.images).toMatchObject([{ mime: 'image/png' }])
    expect(again.blocks).toMatchObject([{ type: 'figure', alt: 'dot' }])
  })

  test('the same Doc gives the same bytes', async () => {
    const one = doc('t', [
      paragraph([link('https://a.example/', 'a'), link('#x', 'b')]),
      heading(1, 'c', { anchors: ['x'] }),
    ])
    expect(Buffer.compare(Buffer.from(await writeWord(one)), Buffer.from(await writeWord(one)))).toBe(0)
  })
})

test('a table of many columns with long texts lies across the page; the text around it stands', async () => {
  const cells = [
    '1',
    'L.1.2.3',
    '12',
    'The offeror shall say how. '.repeat(8),
    'shall',
    'offeror',
    'management',
  ]
  const wide = table([cells, cells].map((texts) => row(texts.map((one) => cell([paragraph(one)])))))
  const narrow = table([row([cell([paragraph('a')]), cell([paragraph('b')])])])
  const bytes = await writeWord(
    doc('t', [heading(1, 'One'), narrow, heading(2, 'Matrix'), wide, paragraph('after')]),
  )
  const zip = await openZip(bytes, defaultLimits)
  const xml = new TextDecoder().decode((await zip.read('word/document.xml'))!)
  const orients = [...xml.matchAll(/<w:pgSz [^>]*w:orient="(\w+)"/g)].map(([, orient]) => orient)
  expect(orients).toEqual(['portrait', 'landscape', 'portrait'])
  expect(xml.indexOf('Matrix')).toBeGreaterThan(xml.indexOf('<w:sectPr'))
  const grid = [...xml.matchAll(/<w:tblGrid>(.*?)<\/w:tblGrid>/g)].map(([, columns]) =>
    [...columns!.matchAll(/w:w="(\d+)"/g)].map(([, width]) => Number(width)),
  )
  expect(grid[1]!.indexOf(Math.max(...grid[1]!))).toBe(3)
})
