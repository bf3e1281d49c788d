import { describe, expect, test } from 'vitest'
import { type Block, convert, plainText, readDoc, type Table } from '../../../../src/core/index.ts'
import { abstractNum, makeDocx, num, numbered, p, r, read, tbl, tc, tr } from './make-docx.ts'

const table = async (body: string): Promise<Table> => (await read(body)).blocks[0] as Table
const shape = ({ rows }: Table) =>
  rows.map(({ cells }) =>
    cells.map(
      ({ blocks, colSpan = 1, rowSpan = 1 }) => `${blocks.map(plainText).join('/')} ${colSpan}x${rowSpan}`,
    ),
  )

describe('tables', () => {
  test('cells merged across and down (17.4.17, 17.4.84)', async () => {
    const down = (value: string) => `<w:vMerge w:val="${value}"/>`
    const body = tbl(
      tr(tc(p('A'), down('restart')), tc(p('B'), '<w:gridSpan w:val="2"/>')),
      tr(tc(p(''), '<w:vMerge/>'), tc(p('1')), tc(p('2'))),
      tr(tc(p(''), down('continue')), tc(p('3')), tc(p('4'))),
    )
    expect(shape(await table(body))).toEqual([
      ['A 1x3', 'B 2x1'],
      ['1 1x1', '2 1x1'],
      ['3 1x1', '4 1x1'],
    ])
  })
  test('cells merged the way of Word 97 (17.4.22)', async () => {
    const body = tbl(
      tr(tc(p('A'), '<w:hMerge w:val="restart"/>'), tc(p(''), '<w:hMerge w:val="continue"/>'), tc(p('B'))),
    )
    expect(shape(await table(body))).toEqual([['A 2x1', 'B 1x1']])
  })
  test('columns left out before a row (17.4.15)', async () => {
    const skipped = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    const body = `<w:tbl>${tr(tc(p('A')), tc(p('B')))}${skipped}${tc(p('C'))}</w:tr></w:tbl>`
    expect(shape(await table(body))).toEqual([
      ['A 1x1', 'B 1x1'],
      [' 1x1', 'C 1x1'],
    ])
  })
  test.each([
    ['rows that repeat on each page', '', '<w:trPr><w:tblHeader/></w:trPr>', 1],
    ['the look of the first row', '<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>', '', 1],
    ['the look in bits', '<w:tblPr><w:tblLook w:val="04A0"/></w:tblPr>', '', 1],
    ['nothing', '<w:tblPr><w:tblLook w:firstRow="0"/></w:tblPr>', '', 0],
  ])('header rows by %s', async (_, tblPr, trPr, expected) => {
    const body = `<w:tbl>${tblPr}<w:tr>${trPr}${tc(p('H'))}</w:tr>${tr(tc(p('x')))}</w:tbl>`
    expect((await table(body)).headerRows).toBe(expected)
  })
  test('the first row is a head where it alone is bold throughout', async () => {
    const bold = (text: string) => `<w:p>${r(text, '<w:b/>')}</w:p>`
    expect(
      (await table(tbl(tr(tc(bold('Item')), tc(bold('Date'))), tr(tc(p('x')), tc(p('y')))))).headerRows,
    ).toBe(1)
    expect(
      (await table(tbl(tr(tc(bold('Item')), tc(p('Date'))), tr(tc(p('x')), tc(p('y')))))).headerRows,
    ).toBe(0)
    expect((await table(tbl(tr(tc(bold('Item'))), tr(tc(bold('x')))))).headerRows).toBe(0)
  })
  test('title and description of a table are told, once (17.4.62, 17.4.46)', async () => {
    const titled = `<w:tbl><w:tblPr><w:tblCaption w:val="Staff by year"/><w:tblDescription w:val="Rows are years"/></w:tblPr>${tr(tc(p('a')), tc(p('b')))}</w:tbl>`
    const said = async (body: string) => (await convert(makeDocx(body), { to: 'text' })).output
    expect(await said(titled)).toMatch(/^Staff by year: Rows are years\na/)
    expect(await said(p('Table 1. Staff by year: Rows are years') + titled)).toMatch(/^Table 1[^:]*: [^:]*$/)
  })
  test('a table in a cell', async () => {
    const { rows } = await table(tbl(tr(tc(p('out') + tbl(tr(tc(p('in'))))))))
    expect(rows[0]!.cells[0]!.blocks).toMatchObject([{ type: 'paragraph' }, { type: 'table' }])
  })
  test('rows and cells in content controls', async () => {
    const body = `<w:tbl><w:sdt><w:sdtContent>${tr(`<w:sdt><w:sdtContent>${tc(p('A'))}</w:sdtContent></w:sdt>`)}</w:sdtContent></w:sdt></w:tbl>`
    expect(shape(await table(body))).toEqual([['A 1x1']])
  })
  test('a deleted row is gone, an inserted one is gone by reject (17.13.5.12, 17.13.5.16)', async () => {
    const marked = (mark: string, text: string) =>
      `<w:tr><w:trPr><w:${mark} w:id="1"/></w:trPr>${tc(p(text))}</w:tr>`
    const body = tbl(tr(tc(p('stays'))), marked('del', 'old'), marked('ins', 'new'))
    expect(shape(await table(body))).toEqual([['stays 1x1'], ['new 1x1']])
    const rejected = (await read(body, { trackChanges: 'reject' })).blocks[0] as Table
    expect(shape(rejected)).toEqual([['stays 1x1'], ['old 1x1']])
  })
  test('a table over the limit is cut and told of', async () => {
    const bytes = makeDocx(tbl(...Array.from({ length: 30 }, () => tr(tc(p('x')), tc(p('y'))))))
    const { doc, warnings, partial } = await readDoc(bytes, {}, { limits: { tableCells: 20 } })
    expect((doc.blocks[0] as Table).rows).toHaveLength(10)
    expect([warnings[0]!.code, partial]).toEqual(['table-truncated', true])
  })
})

describe('lists', () => {
  const bullets = (id: number, left = 720) =>
    `<w:abstractNum w:abstractNumId="${id}">${[0, 1].map((level) => `<w:lvl w:ilvl="${level}"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind w:left="${left * (level + 1)}"/></w:pPr></w:lvl>`).join('')}</w:abstractNum>`
  const numbers = abstractNum(0, [
    { text: '%1.', more: '' },
    { text: '(%2)', format: 'lowerLetter' },
  ])
  /** Items as "label text", lists inside items in brackets. */
  const outline = (blocks: readonly Block[]): string =>
    blocks
      .map((block) =>
        block.type === 'list'
          ? `[${block.items.map((item) => `${item.label ?? (item.checked === undefined ? '•' : item.checked ? 'x' : 'o')} ${outline(item.blocks)}`).join(', ')}]`
          : plainText(block),
      )
      .join(' ')
  const ind = (left: number) => `<w:ind w:left="${left}"/>`

  test('levels nest', async () => {
    const doc = await read({
      body: numbered('a') + numbered('b', 1) + numbered('c', 1) + numbered('d'),
      numbering: numbers + num(1, 0),
    })
    expect(outline(doc.blocks)).toBe('[1. a [(a) b, (b) c], 2. d]')
  })
  test('a list of another definition nests by its indent', async () => {
    const doc = await read({
      body: numbered('one', 0, 2) + numbered('deep', 0, 3) + numbered('two', 0, 2),
      numbering: bullets(1, 720) + bullets(2, 1440) + num(2, 1) + num(3, 2),
    })
    expect(outline(doc.blocks)).toBe('[• one [• deep], • two]')
  })
  test('a list that starts again is another list', async () => {
    const restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    const doc = await read({
      body: numbered('a') + numbered('b') + numbered('c', 0, 2),
      numbering: numbers + num(1, 0) + num(2, 0, restart),
    })
    expect(outline(doc.blocks)).toBe('[1. a, 2. b] [1. c]')
  })
  test('a list goes on counting after a paragraph', async () => {
    const doc = await read({
      body: numbered('a') + p('Between.') + numbered('b'),
      numbering: numbers + num(1, 0),
    })
    expect(outline(doc.blocks)).toBe('[1. a] Between. [2. b]')
  })
  test('a paragraph indented like the item belongs to it, and so does one behind a blank bullet', async () => {
    const blank =
      '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl></w:abstractNum>'
    const doc = await read({
      body: numbered('a', 0, 2) + p('more', ind(720)) + numbered('still', 0, 5) + p('out'),
      numbering: bullets(1) + blank + num(2, 1) + num(5, 5),
    })
    expect(outline(doc.blocks)).toBe('[• a more still] out')
  })
  test('empty paragraphs between items part nothing', async () => {
    const doc = await read({
      body: numbered('a', 0, 2) + p('') + numbered('b', 0, 2),
      numbering: bullets(1) + num(2, 1),
    })
    expect(outline(doc.blocks)).toBe('[• a, • b]')
  })
  test('signs that count (*, †, ‡) stay in front of their items', async () => {
    const doc = await read({
      body: numbered('first') + numbered('second'),
      numbering: abstractNum(1, [{ text: '%1', format: 'chicago' }]) + num(1, 1),
    })
    expect(outline(doc.blocks)).toBe('[* first, † second]')
  })
  test('boxes to tick, as bullets and in the text', async () => {
    const box =
      '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0a8"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>'
    const doc = await read({
      body: numbered('open', 0, 3) + numbered('☒ done', 0, 2),
      numbering: bullets(1) + box + num(2, 1) + num(3, 3),
    })
    expect(outline(doc.blocks)).toBe('[o open, x done]')
  })
})

describe('pages, headers and footers', () => {
  const rendered = '<w:r><w:lastRenderedPageBreak/></w:r>'
  test('pages are those of Word’s last layout, and approximate', async () => {
    const doc = await read(`${p('one')}<w:p>${rendered}${r('two')}</w:p>${p('still two')}`)
    expect(doc.blocks.map(({ type, at }) => [type, at.page, at.approximate])).toEqual([
      ['paragraph', 1, true],
      ['pageBreak', 2, true],
      ['paragraph', 2, true],
      ['paragraph', 2, true],
    ])
  })
  test('an explicit break counts where there was no layout, and not twice where there was', async () => {
    const explicit = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    const pages = (blocks: readonly Block[]) =>
      blocks.filter(({ type }) => type === 'paragraph').map(({ at }) => at.page)
    expect(pages((await read(`${p('one')}${explicit}${p('two')}`)).blocks)).toEqual([1, 2])
    expect(pages((await read(`${p('one')}${explicit}<w:p>${rendered}${r('two')}</w:p>`)).blocks)).toEqual([
      1, 2,
    ])
    expect(pages((await read(p('no pages'))).blocks)).toEqual([undefined])
  })
  test('a new page that the author began is told where it was put, once', async () => {
    const explicit = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    const before = p('two', '<w:pageBreakBefore/>')
    const markdown = async (body: string) => (await convert(makeDocx(body), {})).output
    const marked = 'one\n\n<!-- page break -->\n\ntwo\n'
    expect(await markdown(`${p('one')}${explicit}${p('two')}`)).toBe(marked)
    expect(await markdown(p('one') + before)).toBe(marked)
    expect(await markdown(before)).toBe('two\n')
    expect(await markdown(`${p('one')}${explicit}<w:p>${rendered}${r('two')}</w:p>`)).toBe(marked)
    expect(await markdown(`${p('one')}<w:p>${rendered}${r('two')}</w:p>`)).toBe('one\n\ntwo\n')
  })
  test('a section begins a page unless it says that it goes on (17.6.22)', async () => {
    const section = (start?: string) =>
      `<w:sectPr><w:headerReference w:type="default"/>${start ? `<w:type w:val="${start}"/>` : ''}</w:sectPr>`
    const body =
      p('one', section()) +
      p('still one', section('continuous')) +
      p('two', section('nextPage')) +
      p('three, with a page left blank', section('oddPage')) +
      p('five', '<w:pageBreakBefore/>')
    const { blocks } = await read(`${body}${section('oddPage')}`)
    expect(blocks.filter(({ type }) => type === 'paragraph').map(({ at }) => at.page)).toEqual([
      1, 1, 2, 3, 5,
    ])
    expect(blocks.filter(({ type }) => type === 'pageBreak')).toHaveLength(3)
  })
  test('a section of before a change begins nothing', async () => {
    const change =
      '<w:sectPrChange><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:sectPrChange></w:sectPr>'
    const body = `${p('one', '<w:sectPr/>')}${p('two', `<w:sectPr><w:type w:val="continuous"/>${change}`)}`
    const { blocks } = await read(`${body}${p('three')}<w:sectPr/>`)
    expect(blocks.filter(({ type }) => type === 'paragraph').map(({ at }) => at.page)).toEqual([1, 1, 2])
  })
  test('a break of page or column parts the words around it', async () => {
    const broken = (type: string) => `<w:p>${r('one')}<w:r><w:br w:type="${type}"/></w:r>${r('two')}</w:p>`
    for (const type of ['page', 'column'])
      expect((await convert(makeDocx(broken(type)), {})).output).toMatch(/^one\\\ntwo\n/)
  })
  test('cells of a row begin on the same page', async () => {
    const cell = tc(`<w:p>${r('a')}${rendered}${r('b')}</w:p>`)
    const doc = await read(`${tbl(tr(cell, cell))}${p('after')}`)
    expect(doc.blocks.at(-1)!.at.page).toBe(2)
  })

  const part = (name: string, text: string) => ({
    name: `word/${name}.xml`,
    data: `<w:hdr xmlns:w="w">${p(text)}</w:hdr>`,
  })
  const refer = (kind: string, id: string, type = 'default') =>
    `<w:${kind}Reference w:type="${type}" r:id="${id}"/>`
  const links = { h1: ['header', 'h1.xml'], h2: ['header', 'h2.xml'], f1: ['footer', 'f1.xml'] } as const
  const members = [part('h1', 'Section B'), part('h2', 'Section C'), part('f1', 'Acme')]
  const furniture = (blocks: readonly Block[]) =>
    blocks.map((block) =>
      block.type === 'furniture' ? `${block.role}: ${plainText(block)}` : plainText(block),
    )

  test('stand with the section that prints them, once', async () => {
    const section = (inner: string) => `<w:p><w:pPr><w:sectPr>${inner}</w:sectPr></w:pPr></w:p>`
    const doc = await read({
      body:
        p('B text') +
        section(refer('header', 'h1') + refer('footer', 'f1')) +
        p('C text') +
        `<w:sectPr>${refer('header', 'h2') + refer('footer', 'f1')}<w:type w:val="continuous"/></w:sectPr>`,
      links,
      members,
    })
    expect(furniture(doc.blocks)).toEqual([
      'header: Section B',
      'B text',
      'footer: Acme',
      'header: Section C',
      'C text',
    ])
  })
  test.each(['2', 'Page 2 of 9', '- iv -', '3 (12)'])(
    'that are a page number say nothing: %s',
    async (text) => {
      const numbers = [part('h1', text)]
      const body = `${p('x')}<w:sectPr>${refer('header', 'h1')}</w:sectPr>`
      expect(furniture((await read({ body, links: { h1: links.h1 }, members: numbers })).blocks)).toEqual([
        'x',
      ])
    },
  )
  test('of a first page are printed only where it has its own (17.10.6)', async () => {
    const body = (more: string) => `${p('x')}<w:sectPr>${refer('header', 'h1', 'first')}${more}</w:sectPr>`
    expect(furniture((await read({ body: body(''), links, members })).blocks)).toEqual(['x'])
    expect(furniture((await read({ body: body('<w:titlePg/>'), links, members })).blocks)).toEqual([
      'header: Section B',
      'x',
    ])
  })
})
