import * as sheetjs from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { hasHeader, kindOf } from '../../../src/core/readers/sheet/header.ts'
import { type Member, zip } from './ooxml/zip.ts'
import { read } from './sketch.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const rels = (...links: (readonly [id: string, type: string, target: string, external?: true])[]) =>
  `<Relationships>${links.map(([id, type, target, external]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`).join('')}</Relationships>`

type SheetParts = {
  name?: string
  state?: string
  rows: string
  after?: string
  before?: string
  links?: string
}
type Book = {
  sheets: readonly SheetParts[]
  strings?: readonly string[]
  styles?: string
  pr?: string
  members?: readonly Member[]
}

function xlsx({ sheets, strings = [], styles = '', pr = '', members = [] }: Book): Buffer {
  return zip([
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: '_rels/.rels', data: rels(['r', 'officeDocument', 'xl/workbook.xml']) },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns:r="${OFFICE}">${pr}<sheets>${sheets.map(({ name, state }, at) => `<sheet name="${name ?? `S${at + 1}`}" sheetId="${at + 1}" r:id="s${at}"${state ? ` state="${state}"` : ''}/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: rels(
        ...sheets.map((_, at) => [`s${at}`, 'worksheet', `worksheets/sheet${at + 1}.xml`] as const),
        ['ss', 'sharedStrings', 'sharedStrings.xml'],
        ['st', 'styles', 'styles.xml'],
      ),
    },
    { name: 'xl/sharedStrings.xml', data: `<sst>${strings.map((one) => `<si>${one}</si>`).join('')}</sst>` },
    { name: 'xl/styles.xml', data: `<styleSheet>${styles}</styleSheet>` },
    ...sheets.flatMap(({ rows, before = '', after = '', links }, at) => [
      {
        name: `xl/worksheets/sheet${at + 1}.xml`,
        data: `<worksheet xmlns:r="${OFFICE}"><dimension ref="A1:XFD1048576"/>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
      },
      ...(links ? [{ name: `xl/worksheets/_rels/sheet${at + 1}.xml.rels`, data: links }] : []),
    ]),
    ...members,
  ])
}
const t = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`
const n = (reference: string, value: number | string, style = 0) =>
  `<c r="${reference}" s="${style}"><v>${value}</v></c>`
const row = (number: number, cells: string, more = '') => `<row r="${number}"${more}>${cells}</row>`
const one = async (rows: string, more: Partial<SheetParts> = {}) =>
  (await read(xlsx({ sheets: [{ name: 'S', rows, ...more }] }))).sketch

describe('values as displayed', () => {
  const styles = (...codes: string[]) =>
    `<numFmts>${codes.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${codes.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join('')}<xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>`
  test.each([
    ['yyyy-mm-dd', 45_292, '2024-01-01'],
    ['&quot;$&quot;#,##0.00', 1234.5, '$1,234.50'],
    ['0.0%', 0.125, '12.5%'],
    ['#,##0;(#,##0)', -1500, '(1,500)'],
    ['h:mm AM/PM', 0.75, '6:00 PM'],
  ])('%s', async (code, value, expected) => {
    const book = xlsx({ sheets: [{ rows: row(1, n('A1', value, 1)) }], styles: styles(code) })
    expect((await read(book)).sketch).toBe(`h2 S1\n| ${expected}`)
  })
  test('built-in formats; the short date shows its whole year', async () => {
    const book = xlsx({ sheets: [{ rows: row(1, n('A1', 45_292, 1) + n('B1', 0.5, 2)) }], styles: styles() })
    expect((await read(book)).sketch).toBe('h2 S1\n| 1/1/2024 | 50%')
  })
  test('days counted from 1904', async () => {
    const book = xlsx({
      pr: '<workbookPr date1904="1"/>',
      sheets: [{ rows: row(1, n('A1', 1, 1)) }],
      styles: styles('yyyy-mm-dd'),
    })
    expect((await read(book)).sketch).toBe('h2 S1\n| 1904-01-02')
  })
  test('long whole numbers keep their digits; other kinds of cells', async () => {
    const cells = `${n('A1', '123456789012345')}<c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="str"><f>A1</f><v>calc</v></c><c r="E1"><f>SUM(A1)</f></c><c r="F1"><f>1+1</f><v>2</v></c>`
    expect(await one(row(1, cells))).toBe('h2 S\n| 123456789012345 | TRUE | #N/A | calc | =SUM(A1) | 2')
  })
  test('shared strings: runs joined, phonetic hints left out, escapes', async () => {
    const book = xlsx({
      sheets: [{ rows: row(1, '<c r="A1" t="s"><v>0</v></c>') }],
      strings: ['<r><t>東</t></r><r><rPr><b/></rPr><t>京_x0041_</t></r><rPh sb="0" eb="1"><t>トウ</t></rPh>'],
    })
    expect((await read(book)).sketch).toBe('h2 S1\n# 東京A')
  })
})

describe('tables on a sheet', () => {
  test('groups of cells that touch are tables; a blank row or column parts them', async () => {
    const rows =
      row(1, t('B1', 'Title')) +
      row(3, t('B3', 'Year') + t('C3', 'Count') + t('E3', 'x') + t('F3', 'y')) +
      row(4, n('B4', 2019) + n('C4', 5) + n('E4', 1) + n('F4', 2))
    expect(await one(rows)).toBe('h2 S\n# Title\n# Year | Count\n| 2019 | 5\n# x | y\n| 1 | 2')
  })
  test('tables that touch only at a corner are two', async () => {
    expect(
      await one(row(1, t('A1', 'a') + t('B1', 'b')) + row(2, n('A2', 1) + n('B2', 2)) + row(3, t('C3', 'c'))),
    ).toBe('h2 S\n# a | b\n| 1 | 2\n# c')
  })
  test('merged cells; a merge over the whole sheet ends with what is filled', async () => {
    const rows =
      row(1, t('A1', 'both') + t('C1', 'c')) +
      row(2, t('A2', 'x') + n('B2', 1) + n('C2', 2)) +
      row(3, n('B3', 3) + n('C3', 4))
    expect(
      await one(rows, { after: '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells>' }),
    ).toBe('h2 S\n# both [>2] | c\n| x [v2] | 1 | 2\n| 3 | 4')
    expect(
      await one(row(1, n('A1', 1)), { after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' }),
    ).toBe('h2 S\n| 1')
  })
  test('a grouped header has two lines', async () => {
    const rows =
      row(1, t('A1', 'Item') + t('B1', 'Cost')) +
      row(2, t('B2', 'Low') + t('C2', 'High')) +
      row(3, t('A3', 'Pump') + n('B3', 1) + n('C3', 2))
    expect(
      await one(rows, { after: '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>' }),
    ).toBe('h2 S\n# Item [v2] | Cost [>2]\n# Low | High\n| Pump | 1 | 2')
  })
  test('two cells at the ends of a sheet cost nothing', async () => {
    expect(await one(row(1, n('A1', 1)) + row(1_048_576, n('XFD1048576', 2)))).toBe('h2 S\n| 1\n| 2')
  })
  test('places are cells', async () => {
    const { doc } = await read(
      xlsx({
        sheets: [
          { name: 'Budget', rows: row(2, t('B2', 'a') + t('C2', 'b')) + row(3, n('B3', 1) + n('C3', 2)) },
        ],
      }),
    )
    const [, block] = doc.blocks
    expect(block?.at.path).toBe('Budget!B2:C3')
    expect(block?.type === 'table' && block.rows[1]?.cells[1]?.blocks[0]?.at.path).toBe('Budget!C3')
  })
})

describe('what else a workbook holds', () => {
  test('hidden sheets, rows and columns are read and said', async () => {
    const { sketch, warnings } = await read(
      xlsx({
        sheets: [
          {
            name: 'A',
            rows: row(1, n('A1', 1) + n('B1', 2)) + row(2, n('A2', 3), ' hidden="1"'),
            before: '<cols><col min="2" max="2" hidden="1"/></cols>',
          },
          { name: 'B', state: 'veryHidden', rows: row(1, t('A1', 'x')) },
        ],
      }),
    )
    expect(sketch).toBe('h2 A\n| 1 | 2\n| 3 | \nh2 B (hidden sheet)\n# x')
    expect(warnings.map(({ message }) => message)).toEqual([
      'Hidden in the sheet "A": row 2, column B.',
      'The sheet "B" is hidden in Excel.',
    ])
  })
  test('comments and threads with their authors, links', async () => {
    const book = xlsx({
      sheets: [
        {
          name: 'S',
          rows: row(1, t('A1', 'a') + t('B1', 'b')),
          after:
            '<hyperlinks><hyperlink ref="A1" r:id="h"/><hyperlink ref="B1" location="Other!A1"/></hyperlinks>',
          links: rels(
            ['h', 'hyperlink', 'https://x.org/', true],
            ['c', 'comments', '../comments1.xml'],
            ['t', 'threadedComment', '../threadedComments/t.xml'],
          ),
        },
      ],
      members: [
        {
          name: 'xl/comments1.xml',
          data: '<comments><authors><author>Ann</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>Ann:</t></r><r><t>\nWhy?</t></r></text></comment><comment ref="B1" authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>',
        },
        {
          name: 'xl/threadedComments/t.xml',
          data: '<ThreadedComments><threadedComment ref="B1" personId="p" dT="2024-01-01T00:00:00"><text>Fix</text></threadedComment></ThreadedComments>',
        },
        {
          name: 'xl/persons/person.xml',
          data: '<personList><person id="p" displayName="Bob"/></personList>',
        },
      ],
    })
    expect((await read(book)).sketch).toBe(
      'h2 S\n# [a](https://x.org/)[^c1] | b[^c2]\n[^c1] Ann: p Why?\n[^c2] Bob: p Fix',
    )
    expect((await read(book, { comments: 'omit' })).sketch).toBe('h2 S\n# [a](https://x.org/) | b')
  })
  test('shapes, pictures and charts where they float', async () => {
    const shape =
      '<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>5</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p><a:r><a:t>Loose note</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>'
    const chart =
      '<xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:row>1</xdr:row></xdr:from><xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="1" name="c" descr="Sales by year"/></xdr:nvGraphicFramePr><a:graphic><a:graphicData><c:chart r:id="c"/></a:graphicData></a:graphic></xdr:graphicFrame></xdr:twoCellAnchor>'
    const book = xlsx({
      sheets: [
        {
          name: 'S',
          rows: row(1, n('A1', 1)),
          after: '<drawing r:id="d"/>',
          links: rels(['d', 'drawing', '../drawings/drawing1.xml']),
        },
      ],
      members: [
        {
          name: 'xl/drawings/drawing1.xml',
          data: `<xdr:wsDr xmlns:r="${OFFICE}">${shape}${chart}</xdr:wsDr>`,
        },
        { name: 'xl/drawings/_rels/drawing1.xml.rels', data: rels(['c', 'chart', '../charts/chart1.xml']) },
        {
          name: 'xl/charts/chart1.xml',
          data: '<c:chartSpace><c:chart><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Sold</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>2024</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>',
        },
      ],
    })
    expect((await read(book)).sketch).toBe(
      'h2 S\n| 1\nfigure Sales by year ()\n#  | Sold\n| 2024 | 7\np Loose note',
    )
  })
})

describe('bounds', () => {
  test('a table longer than the limit is cut with a warning', async () => {
    const rows = Array.from({ length: 210_000 }, (_, at) => row(at + 1, n(`A${at + 1}`, 1))).join('')
    const { doc, codes } = await read(xlsx({ sheets: [{ rows }] }))
    expect(codes).toEqual(['table-truncated'])
    expect(doc.blocks[1]?.type === 'table' && doc.blocks[1].rows.length).toBe(200_000)
  })
  test('one long text used again and again ends with a warning', async () => {
    const rows = Array.from({ length: 2_000 }, (_, at) =>
      row(at + 1, `<c r="A${at + 1}" t="s"><v>0</v></c>`),
    ).join('')
    expect(
      (await read(xlsx({ sheets: [{ rows }], strings: [`<t>${'a'.repeat(1_000_000)}</t>`] }))).codes,
    ).toEqual(['sheet-truncated'])
  })
  test('a sheet cut off in the middle keeps what came before', async () => {
    const book = xlsx({ sheets: [{ name: 'S', rows: `${row(1, t('A1', 'kept'))}<row r="2"><c r="A2"` }] })
    const { sketch, codes } = await read(book)
    expect(sketch).toBe('h2 S\n# kept')
    expect(codes).toEqual(['part-damaged'])
  })
})

describe('binary workbooks', () => {
  test.each(['biff8', 'xlsb'] as const)('%s', async (bookType) => {
    const book = sheetjs.utils.book_new()
    sheetjs.utils.book_append_sheet(
      book,
      sheetjs.utils.aoa_to_sheet([
        ['Item', 'Cost'],
        ['Pump', 5],
      ]),
      'Costs',
    )
    const bytes: Buffer = sheetjs.write(book, { type: 'buffer', bookType })
    expect((await read(bytes)).sketch).toBe('h2 Costs\n# Item | Cost\n| Pump | 5')
  })
})

describe('is the first row a header?', () => {
  const kinds = (rows: string[][]) => rows.map((cells) => cells.map(kindOf))
  test.each([
    [
      true,
      [
        ['Year', 'Count'],
        ['2019', '5'],
      ],
    ],
    [
      true,
      [
        ['2023', '2024'],
        ['a', 'b'],
      ],
    ],
    [
      false,
      [
        ['2019', '5'],
        ['2020', '6'],
      ],
    ],
    [
      false,
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [true, [['Title']]],
    [false, [['7']]],
    [
      true,
      [
        ['', 'A'],
        ['x', '1'],
      ],
    ],
  ])('%s: %j', (expected, rows) => expect(hasHeader(kinds(rows))).toBe(expected))
  test.each([
    ['1,234.50', 'number'],
    ['$5', 'number'],
    ['(1,500)', 'number'],
    ['12%', 'number'],
    ['2024-01-31', 'date'],
    ['1/2/2024', 'date'],
    ['Item 5', 'text'],
    ['TRUE', 'boolean'],
  ])('%s is %s', (text, kind) => expect(kindOf(text)).toBe(kind))
})
