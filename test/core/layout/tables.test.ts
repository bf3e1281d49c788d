import { describe, expect, test } from 'vitest'
import { convert } from '../../../src/core/convert.ts'
import type { Doc, Table } from '../../../src/core/doc/model.ts'
import { plainText } from '../../../src/core/doc/walk.ts'
import { type Draw, type PageSpec, textLines, writePdf } from '../../pdf/write.ts'

const read = async (pages: readonly PageSpec[]): Promise<Doc> => (await convert(writePdf({ pages }))).doc
const tables = (doc: Doc): Table[] => doc.blocks.filter((block) => block.type === 'table')
const cells = (table: Table): string[][] =>
  table.rows.map((row) => row.cells.map((cell) => cell.blocks.map(plainText).join('\n')))

/** Text of a cell over several lines. */
const wrapped = (x: number, y: number, lines: readonly string[], font?: 'bold'): Draw[] =>
  lines.map((text, at) => ({ text, x, y: y + at * 12, ...(font ? { font } : {}) }))
const line = (x0: number, y0: number, x1: number, y1: number): Draw => ({ line: [x0, y0, x1, y1] })

const before = textLines(['Some words stand above the table and run across the whole measure of the page.'], {
  y: 80,
}).draw

describe('drawn grids', () => {
  const grid = (xs: readonly number[], ys: readonly number[]): Draw[] => [
    ...ys.map((y) => line(xs[0]!, y, xs.at(-1)!, y)),
    ...xs.map((x) => line(x, ys[0]!, x, ys.at(-1)!)),
  ]

  test('a wrapped cell stays one row', async () => {
    const doc = await read([
      {
        draw: [
          ...before,
          ...grid([72, 200, 400], [100, 120, 160, 180]),
          ...wrapped(76, 114, ['Deliverable'], 'bold'),
          ...wrapped(204, 114, ['Standard'], 'bold'),
          ...wrapped(76, 134, ['Tested code']),
          ...wrapped(204, 134, ['Code has substantial', 'test coverage']),
          ...wrapped(76, 174, ['Secure']),
          ...wrapped(204, 174, ['No findings']),
        ],
      },
    ])
    expect(cells(tables(doc)[0]!)).toEqual([
      ['Deliverable', 'Standard'],
      ['Tested code', 'Code has substantial test coverage'],
      ['Secure', 'No findings'],
    ])
    expect(tables(doc)[0]!.headerRows).toBe(1)
  })

  test('a missing line between cells is a span', async () => {
    const doc = await read([
      {
        draw: [
          ...[100, 120, 140, 160].map((y) => line(72, y, 400, y)),
          line(72, 100, 72, 160),
          line(400, 100, 400, 160),
          line(180, 100, 180, 160),
          line(290, 120, 290, 160),
          { text: 'Year', x: 76, y: 114 },
          { text: 'Enrolment', x: 184, y: 114 },
          { text: 'Public', x: 184, y: 134 },
          { text: 'Private', x: 294, y: 134 },
          { text: '2020', x: 76, y: 154 },
          { text: '12', x: 184, y: 154 },
          { text: '34', x: 294, y: 154 },
        ],
      },
    ])
    const [head] = tables(doc)[0]!.rows
    expect(head!.cells.map(({ colSpan = 1, rowSpan = 1 }) => [colSpan, rowSpan])).toEqual([
      [1, 1],
      [2, 1],
    ])
  })

  test('a frame around text and the axes of a chart are no tables', async () => {
    const framed = await read([
      { draw: [{ rect: [60, 60, 500, 200] }, ...textLines(['one', 'two', 'three']).draw] },
    ])
    expect(tables(framed)).toEqual([])
    const chart = await read([
      {
        draw: [...before, ...[100, 130, 160, 190].map((y) => line(100, y, 400, y)), line(100, 100, 100, 190)],
      },
    ])
    expect(tables(chart)).toEqual([])
  })
})

describe('lines across only', () => {
  test('columns come from the white between them, the head from the first line', async () => {
    const row = (y: number, texts: readonly string[]) =>
      texts.map((text, at): Draw => ({ text, x: [72, 220, 320][at]!, y }))
    const doc = await read([
      {
        draw: [
          ...before,
          line(72, 100, 400, 100),
          ...row(114, ['Port', 'Foreign', 'Domestic']),
          line(72, 120, 400, 120),
          ...row(134, ['Manila', '2,454', '6,125']),
          ...row(148, ['Cebu', '1,138', '79,500']),
          ...row(162, ['Davao', '750', '17,807']),
          line(72, 168, 400, 168),
        ],
      },
    ])
    expect(cells(tables(doc)[0]!)).toEqual([
      ['Port', 'Foreign', 'Domestic'],
      ['Manila', '2,454', '6,125'],
      ['Cebu', '1,138', '79,500'],
      ['Davao', '750', '17,807'],
    ])
  })
})

describe('shading only', () => {
  test('shaded cells that fill a table are its grid', async () => {
    const [xs, ys] = [
      [72, 112, 160, 400],
      [100, 120, 150, 180],
    ]
    const tiles = ys.slice(1).flatMap((y1, row) =>
      xs.slice(1).map(
        (x1, col): Draw => ({
          rect: [xs[col]!, ys[row]!, x1, y1],
          fill: row % 2 === 0 ? '#dddddd' : '#ffffff',
        }),
      ),
    )
    const doc = await read([
      {
        draw: [
          ...tiles,
          ...wrapped(74, 114, ['Factor'], 'bold'),
          ...wrapped(116, 114, ['Weight'], 'bold'),
          ...wrapped(164, 114, ['Meaning'], 'bold'),
          ...wrapped(74, 132, ['Factor', '1']),
          ...wrapped(116, 138, ['10 %']),
          ...wrapped(164, 132, ['How well the plan', 'fits the work']),
          ...wrapped(74, 162, ['Factor', '2']),
          ...wrapped(116, 168, ['90 %']),
          ...wrapped(164, 162, ['What all of it costs', 'in the end']),
        ],
      },
    ])
    expect(cells(tables(doc)[0]!)).toEqual([
      ['Factor', 'Weight', 'Meaning'],
      ['Factor 1', '10 %', 'How well the plan fits the work'],
      ['Factor 2', '90 %', 'What all of it costs in the end'],
    ])
  })
})

describe('lines between rows only', () => {
  test('questions and answers side by side are rows, the first and the last of them too', async () => {
    const rows = [1, 2, 3, 4, 5, 6]
    const top = (at: number) => 100 + 44 * at
    const doc = await read([
      {
        draw: [
          ...rows.slice(0, -1).map((_, at) => line(72, top(at + 1) - 11, 540, top(at + 1) - 11)),
          ...rows.flatMap((row, at) => [
            ...wrapped(76, top(at), [String(row)]),
            ...wrapped(88, top(at), [
              'Does the vendor bring the tools that',
              'are named in the list of the things',
              `needed for part ${row}?`,
            ]),
            ...wrapped(252, top(at), at % 2 ? [] : ['Yes, the vendor brings all of these.']),
            ...wrapped(
              252,
              top(at),
              at % 2 ? ['No; the office has them ready for the', `vendor of part ${row}.`] : [],
            ),
          ]),
        ],
      },
    ])
    const found = tables(doc)
    expect(found).toHaveLength(1)
    expect(cells(found[0]!).map(([number]) => number)).toEqual(rows.map(String))
    expect(cells(found[0]!)[5]![2]).toBe('No; the office has them ready for the vendor of part 6.')
  })
})

describe('no lines', () => {
  const body = [
    ...wrapped(72, 134, ['Tested code']),
    ...wrapped(200, 134, ['Code delivered must', 'have tests and a', 'clean code base']),
    ...wrapped(340, 134, ['Minimum of 90%', 'coverage']),
    ...wrapped(72, 170, ['Deployed']),
    ...wrapped(200, 170, ['Code must build and', 'deploy into staging']),
    ...wrapped(340, 170, ['One command']),
    ...wrapped(72, 194, ['Secure']),
    ...wrapped(200, 194, ['No findings']),
    ...wrapped(340, 194, ['Clean tests']),
  ]
  const head = (y: number) => [
    ...wrapped(72, y, ['Deliverable'], 'bold'),
    ...wrapped(200, y, ['Standard'], 'bold'),
    ...wrapped(340, y, ['Quality level'], 'bold'),
  ]

  test('a row begins where a column that had ended takes up again', async () => {
    const doc = await read([{ draw: [...before, ...head(114), ...body] }])
    expect(cells(tables(doc)[0]!)).toEqual([
      ['Deliverable', 'Standard', 'Quality level'],
      ['Tested code', 'Code delivered must have tests and a clean code base', 'Minimum of 90% coverage'],
      ['Deployed', 'Code must build and deploy into staging', 'One command'],
      ['Secure', 'No findings', 'Clean tests'],
    ])
  })

  test('two spaces after a sentence above a table make no cell of it', async () => {
    const points = ['Plan of the work', 'Skills of the staff', 'Price']
    const doc = await read([
      {
        draw: [
          { text: 'The plan is written in type of twelve points.', x: 72, y: 100 },
          { text: 'Points are given for', x: 267, y: 100 },
          { text: 'each of its parts as follows:', x: 72, y: 112 },
          ...wrapped(90, 130, points),
          ...wrapped(300, 130, ['50 points', '30 points', '20 points']),
        ],
      },
    ])
    expect(plainText(doc.blocks.find(({ type }) => type === 'paragraph')!)).toBe(
      'The plan is written in type of twelve points. Points are given for each of its parts as follows:',
    )
  })

  test('text in two columns is no table', async () => {
    const column = (x: number) =>
      textLines(
        Array.from({ length: 14 }, (_, at) => `running words of line ${at} fill all the column`),
        { x, y: 100 },
      ).draw
    expect(tables(await read([{ draw: [...column(72), ...column(320)] }]))).toEqual([])
  })

  test('a numbered list with hanging text is no table', async () => {
    const draw = Array.from({ length: 6 }, (_, at): Draw[] => [
      { text: `${at + 1}.`, x: 72, y: 100 + at * 14 },
      { text: `Item number ${at} says something of its own`, x: 100, y: 100 + at * 14 },
    ]).flat()
    expect(tables(await read([{ draw }]))).toEqual([])
  })

  test('a table that goes on on the next page is one, its repeated head dropped, its broken row mended', async () => {
    const foot = { text: 'Attachment 2', x: 72, y: 760 }
    const doc = await read([
      {
        draw: [
          ...textLines(
            Array.from(
              { length: 40 },
              (_, at) => `line ${at} of the text before the table runs right across the page`,
            ),
            { y: 60 },
          ).draw,
          ...head(600),
          ...body.map((one) => ('text' in one ? { ...one, y: one.y + 486 } : one)),
          foot,
        ],
      },
      {
        draw: [
          ...head(60),
          ...wrapped(200, 80, ['and no warnings']),
          ...wrapped(72, 104, ['Documented']),
          ...wrapped(200, 104, ['All parts listed']),
          ...wrapped(340, 104, ['Diagram given']),
          ...wrapped(72, 128, ['Available']),
          ...wrapped(200, 128, ['Stored in a repository']),
          ...wrapped(340, 128, ['All code there']),
          foot,
        ],
      },
    ])
    expect(tables(doc)).toHaveLength(1)
    expect(cells(tables(doc)[0]!).slice(3)).toEqual([
      ['Secure', 'No findings and no warnings', 'Clean tests'],
      ['Documented', 'All parts listed', 'Diagram given'],
      ['Available', 'Stored in a repository', 'All code there'],
    ])
    expect(tables(doc)[0]!.at.boxes?.map((box) => box.page)).toEqual([1, 2])
  })

  test('the first row of the new page was read as part of the last one, and its requirement was lost', async () => {
    const xs = [72, 180, 300, 420, 540]
    const drawn = (y: number, rows: readonly (readonly string[])[]): Draw[] => [
      ...[...rows, []].map((_, at) => line(xs[0]!, y + at * 20, xs.at(-1)!, y + at * 20)),
      ...xs.map((x) => line(x, y, x, y + rows.length * 20)),
      ...rows.flatMap((row, at) =>
        row.map((text, column) => ({ text, x: xs[column]! + 4, y: y + at * 20 + 14 })),
      ),
    ]
    const lead = Array.from(
      { length: 40 },
      (_, at) => `line ${at} of the text before runs right across the page`,
    )
    const doc = await read([
      {
        draw: [
          ...textLines(lead, { y: 60 }).draw,
          ...drawn(640, [
            ['Quality', 'Measure', 'Limit', 'How'],
            ['Styled Code', 'House Guide', '0 warnings', 'automated testing'],
          ]),
        ],
      },
      {
        draw: drawn(60, [
          ['Accessible', 'Contrast Rules', '0 errors', 'https://tool.example'],
          ['Deployed', 'One Command', 'No manual step', 'by hand'],
        ]),
      },
    ])
    expect(cells(tables(doc)[0]!).slice(1)).toEqual([
      ['Styled Code', 'House Guide', '0 warnings', 'automated testing'],
      ['Accessible', 'Contrast Rules', '0 errors', 'https://tool.example'],
      ['Deployed', 'One Command', 'No manual step', 'by hand'],
    ])
  })
})

test('a printed table of contents is kept as one, dots and page numbers with it', async () => {
  const { doc, output } = await convert(
    writePdf({
      pages: [
        {
          draw: [
            ['1 Scope', '........', '3'],
            ['2 Requirements', '........', '5'],
            ['3 Terms', '........', '12'],
          ].flatMap(([title, dots, page], at): Draw[] => [
            { text: title!, x: 72, y: 100 + at * 14 },
            { text: dots!, x: 300, y: 100 + at * 14 },
            { text: page!, x: 500, y: 100 + at * 14 },
          ]),
        },
      ],
    }),
  )
  const block = doc.blocks.find((one) => one.type === 'contents')!
  expect(block.entries.map(({ page }) => page)).toEqual(['3', '5', '12'])
  expect(output).toContain('2 Requirements ........ 5')
})
