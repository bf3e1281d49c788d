import { describe, expect, test } from 'vitest'
import type { ConvertOptions } from '../../../src/core/index.ts'
import { type Member, zip } from './ooxml/zip.ts'
import { read } from './sketch.ts'

const names = 'office text table style draw fo svg xlink dc meta number presentation math chart'
const xmlns = names
  .split(' ')
  .map((name) => `xmlns:${name}="urn:x:${name}"`)
  .join(' ')

type Parts = {
  kind?: string
  body: string
  styles?: string
  named?: string
  master?: string
  members?: readonly Member[]
}

function odf({ kind = 'text', body, styles = '', named = '', master = '', members = [] }: Parts): Buffer {
  return zip([
    { name: 'mimetype', data: `application/vnd.oasis.opendocument.${kind}`, stored: true },
    {
      name: 'content.xml',
      data: `<office:document-content ${xmlns}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    },
    {
      name: 'styles.xml',
      data: `<office:document-styles ${xmlns}><office:styles>${named}</office:styles><office:master-styles>${master}</office:master-styles></office:document-styles>`,
    },
    {
      name: 'meta.xml',
      data: `<office:document-meta ${xmlns}><office:meta><dc:title>T</dc:title><meta:initial-creator>A</meta:initial-creator></office:meta></office:document-meta>`,
    },
    ...members,
  ])
}
const odt = async (parts: Parts | string, options: ConvertOptions = {}) =>
  (await read(odf(typeof parts === 'string' ? { body: parts } : parts), options)).sketch

const p = (words: string, style = 'Standard') => `<text:p text:style-name="${style}">${words}</text:p>`
const li = (inner: string) => `<text:list-item>${inner}</text:list-item>`
const numbers = (name: string, ...formats: string[]) =>
  `<text:list-style style:name="${name}">${formats.map((format, at) => `<text:list-level-style-number text:level="${at + 1}" style:num-format="${format}" style:num-suffix="." text:display-levels="${at + 1}"/>`).join('')}</text:list-style>`

describe('text', () => {
  test('spaces, tabs, breaks; white space collapses', async () => {
    expect(await odt(p('a  \n b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e'))).toBe('p a b   c\td⏎e')
    expect((await odt(p('a<text:s text:c="2000000000"/>b'))).length).toBeLessThan(200)
  })
  test('marks by automatic and inherited styles', async () => {
    expect(
      await odt({
        body: p(
          '<text:span text:style-name="T1">a</text:span><text:span text:style-name="T2">b</text:span><text:span text:style-name="Source_20_Text">c</text:span>',
        ),
        styles:
          '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold" style:text-position="super 58%"/></style:style><style:style style:name="T2" style:family="text" style:parent-style-name="Em"/>',
        named:
          '<style:style style:name="Em" style:family="text"><style:text-properties fo:font-style="italic"/></style:style><style:style style:name="Source_20_Text" style:family="text"/>',
      }),
    ).toBe('p *^a^*/b/`c`')
  })
  test('styles that inherit from one another in a ring end', async () => {
    expect(
      await odt({
        body: p('x', 'A'),
        named:
          '<style:style style:name="A" style:family="paragraph" style:parent-style-name="B"/><style:style style:name="B" style:family="paragraph" style:parent-style-name="A"/>',
      }),
    ).toBe('p x')
  })
  test('code, quotations, rules, titles by their styles', async () => {
    expect(
      await odt(
        p('Doc', 'Title') +
          p('one', 'Preformatted_20_Text') +
          p('two', 'Preformatted_20_Text') +
          p('q', 'Quotations') +
          p('', 'Horizontal_20_Line') +
          '<text:h text:outline-level="1">H</text:h>',
      ),
    ).toBe('h1 Doc\ncode one⏎two\n> p q\n---\nh2 H')
  })
  test('links, cross-references and what they point to', async () => {
    const { sketch, doc } = await read(
      odf({
        body:
          p(
            '<text:a xlink:href="http://x.org/">x</text:a> <text:bookmark-ref text:ref-name="m">here</text:bookmark-ref>',
          ) + p('<text:bookmark text:name="m"/><text:bookmark text:name="other"/>target'),
      }),
    )
    expect(sketch).toBe('p [x](http://x.org/) [here](#m)\np target')
    expect(doc.blocks[1]?.anchors).toEqual(['m'])
  })
  test('notes and comments', async () => {
    expect(
      await odt(
        p(
          'a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note><office:annotation><dc:creator>Ann</dc:creator><dc:date>2024-01-01</dc:date><text:p>c</text:p></office:annotation>',
        ),
      ),
    ).toBe('p a[^1][^c1]\n[^1] p n\n[^c1] Ann: p c')
  })
  test.each([
    ['accept', 'p keep new'],
    ['reject', 'p keep old'],
    ['all', 'p keep +new+-old-'],
  ] as const)('tracked changes: %s', async (trackChanges, expected) => {
    const body = `<text:tracked-changes><text:changed-region text:id="i"><text:insertion/></text:changed-region><text:changed-region text:id="d"><text:deletion><office:change-info/><text:p>old</text:p></text:deletion></text:changed-region></text:tracked-changes>${p('keep <text:change-start text:change-id="i"/>new<text:change-end text:change-id="i"/><text:change text:change-id="d"/>')}`
    expect(await odt(body, { trackChanges })).toBe(expected)
  })
  test('hidden text is left out and said', async () => {
    const { sketch, codes } = await read(
      odf({
        body: p('a<text:span text:style-name="H">b</text:span>'),
        styles:
          '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>',
      }),
    )
    expect(sketch).toBe('p a')
    expect(codes).toEqual(['hidden-content'])
  })
})

describe('numbers', () => {
  test('of headings, by the outline style', async () => {
    const outline =
      '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/><text:outline-level-style text:level="2" style:num-format="1" style:num-suffix=")" text:display-levels="2"/></text:outline-style>'
    const h = (level: number, words: string) => `<text:h text:outline-level="${level}">${words}</text:h>`
    const { sketch, doc } = await read(
      odf({ body: h(1, 'A') + h(2, 'B') + h(2, 'C') + h(1, 'D'), named: outline }),
    )
    expect(sketch).toBe('h1 1 A\nh2 1.1) B\nh2 1.2) C\nh1 2 D')
    expect(doc.blocks[1]).toMatchObject({ number: '1.1)' })
  })
  test('of lists: nested, continued, started anew', async () => {
    const list = (inner: string, more = '') => `<text:list text:style-name="L"${more}>${inner}</text:list>`
    const body =
      list(li(p('a') + list(li(p('b')) + li(p('c'))))) +
      p('between') +
      list(li(p('d')), ' text:continue-numbering="true"') +
      p('x') +
      list(li(p('e')))
    expect(await odt({ body, styles: numbers('L', '1', 'a') })).toBe(
      '1. a\n  1.a. b\n  1.b. c\np between\n2. d\np x\n1. e',
    )
  })
  test('a deeper list without a line of its own hangs under the item before', async () => {
    const body = `<text:list>${li(p('a'))}${li(`<text:list>${li(p('b'))}</text:list>`)}</text:list>`
    expect(await odt(body)).toBe('- a\n  - b')
  })
  test('a deeper list that opens another list hangs under the last item of the list before', async () => {
    const next = `<text:list text:style-name="M">${li(`<text:list>${li(p('b'))}</text:list>`)}${li(p('c'))}</text:list>`
    expect(await odt(`<text:list>${li(p('a'))}</text:list>${next}`)).toBe('- a\n  - b\n- c')
    expect(await odt(p('x') + next)).toBe('p x\n- b\n- c')
  })
  test('the header of a list has no number', async () => {
    const head = `<text:list-header>${p('h')}</text:list-header>`
    expect(
      await odt({
        body: `<text:list text:style-name="L">${head}${li(p('a'))}${li(p('b'))}</text:list>`,
        styles: numbers('L', '1'),
      }),
    ).toBe('- h\n1. a\n2. b')
  })
  test('headings numbered as items are headings', async () => {
    const body = `<text:list text:style-name="L">${li('<text:h text:outline-level="1">A</text:h>')}</text:list>${p('x')}`
    expect(await odt({ body, styles: numbers('L', 'I') })).toBe('h1 I. A\np x')
  })
})

describe('tables, frames, objects', () => {
  test('a shape is told by its description', async () => {
    const shape = '<draw:custom-shape><svg:desc>From A to B</svg:desc></draw:custom-shape>'
    expect(await odt(p(shape))).toBe('figure From A to B ()')
  })
  test('header rows, spans, repeated cells', async () => {
    const cell = (words: string, more = '') =>
      `<table:table-cell${more}>${words === '' ? '' : p(words)}</table:table-cell>`
    const body = `<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row>${cell('h', ' table:number-columns-spanned="2"')}<table:covered-table-cell/>${cell('i')}</table:table-row></table:table-header-rows><table:table-row>${cell('a', ' table:number-columns-repeated="2"')}${cell('b', ' table:number-rows-spanned="9"')}</table:table-row><table:table-row>${cell('')}${cell('c')}</table:table-row></table:table>`
    expect(await odt(body)).toBe('# h [>2] | i\n| a | a | b [v2]\n|  | c')
  })
  test('a box with a picture and its caption is a figure; other boxes follow their paragraph', async () => {
    const frame = (inner: string) => `<draw:frame>${inner}</draw:frame>`
    const image = frame('<draw:image xlink:href="Pictures/a.png"/><svg:desc>A map</svg:desc>')
    expect(
      await odt(
        p(`x${frame(`<draw:text-box>${p(`${image}Figure 1`)}</draw:text-box>`)}`) +
          p(frame(`<draw:text-box>${p('note')}</draw:text-box>`)),
      ),
    ).toBe('p x\nfigure A map (Pictures/a.png) Figure 1\np note')
  })
  test('formulas and charts', async () => {
    const object = (name: string) =>
      `<draw:frame><draw:object xlink:href="./${name}"/><draw:image xlink:href="./R/${name}"/></draw:frame>`
    const members = [
      {
        name: 'F/content.xml',
        data: '<math><mrow><mi>E</mi><mo>=</mo><msup><mi>c</mi><mn>2</mn></msup></mrow></math>',
      },
      {
        name: 'C/content.xml',
        data: `<office:document-content ${xmlns}><office:body><office:chart><chart:chart><chart:title><text:p>Sales</text:p></chart:title><table:table><table:table-rows><table:table-row><table:table-cell/><table:table-cell><text:p>Q1</text:p></table:table-cell></table:table-row></table:table-rows></table:table></chart:chart></office:chart></office:body></office:document-content>`,
      },
    ]
    expect(await odt({ body: p(object('F')) + p(object('C')), members })).toBe(
      '$$ E=c^{2}\nfigure Chart ()\ncaption Sales\n#  | Q1',
    )
  })
  test('the table of contents with pages', async () => {
    const body = `<text:table-of-content><text:table-of-content-source/><text:index-body><text:index-title>${p('Contents')}</text:index-title>${p('One<text:tab/>3', 'Contents_20_1')}${p('<text:a xlink:href="#x">Two<text:tab/>12</text:a>', 'Contents_20_2')}</text:index-body></text:table-of-content>`
    const { sketch, doc } = await read(odf({ body }))
    expect(sketch).toBe('p Contents\ntoc1 One\ntoc2 [Two](#x)')
    expect(doc.blocks[1]?.type === 'contents' && doc.blocks[1].entries.map(({ page }) => page)).toEqual([
      '3',
      '12',
    ])
  })
  test('boxes to tick and choices of a form show their state', async () => {
    const mark = (type: string, ...params: (readonly [string, string])[]) =>
      `<text:fieldmark text:type="vnd.oasis.opendocument.field.${type}">${params.map(([name, value]) => `<text:param text:name="${name}" text:value="${value}"/>`).join('')}</text:fieldmark>`
    const choice = ['Dropdown_ListEntry', 'Red'] as const
    const body = `${mark('FORMCHECKBOX', ['Checkbox_Checked', 'true'])} yes ${mark('FORMCHECKBOX')} no ${mark('FORMDROPDOWN', choice, ['Dropdown_ListEntry', 'Blue'], ['Dropdown_Selected', '1'])}`
    expect(await odt(p(body))).toBe('p ☒ yes ☐ no Blue')
  })
  test('a new page that the author began is told, and counted', async () => {
    const auto =
      '<style:style style:name="P1" style:family="paragraph" style:master-page-name="Standard"/><style:style style:name="P2" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'
    const cell = `<table:table><table:table-row><table:table-cell>${p('in a cell', 'P2')}</table:table-cell></table:table-row></table:table>`
    const body = p('one', 'P1') + p('two', 'P2') + cell + p('three', 'P1')
    const { sketch, doc } = await read(odf({ body, styles: auto }))
    expect(sketch).toBe('p one\npage 2\np two\n| in a cell\npage 3\np three')
    expect(doc.blocks.at(-1)!.at.page).toBe(3)
  })
  test('headers and footers once; properties', async () => {
    const { sketch, doc } = await read(
      odf({
        body: p('x'),
        master: `<style:master-page style:name="A"><style:header>${p('Top')}</style:header><style:footer-left>${p('Foot')}</style:footer-left></style:master-page><style:master-page style:name="B"><style:header>${p('Top')}</style:header><style:footer>${p('Page 7')}</style:footer></style:master-page>`,
      }),
    )
    expect(sketch).toBe('header p Top\nfooter p Foot\np x')
    expect(doc.meta).toEqual({ title: 'T', author: 'A' })
  })
})

describe('other kinds', () => {
  test('a flat file', async () => {
    const flat = `<?xml version="1.0"?><office:document ${xmlns} office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>${p('flat')}</office:text></office:body></office:document>`
    expect((await read(flat)).sketch).toBe('p flat')
  })
  test('an encrypted package asks for its password', async () => {
    const manifest =
      '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    await expect(
      read(odf({ body: '', members: [{ name: 'META-INF/manifest.xml', data: manifest }] })),
    ).rejects.toMatchObject({ code: 'password_required' })
  })
  test('slides: title, parts from top to bottom, notes, hidden slides', async () => {
    const box = (words: string, y: number, more = '') =>
      `<draw:frame svg:x="1cm" svg:y="${y}cm" svg:width="9cm" svg:height="1cm"${more}><draw:text-box>${words}</draw:text-box></draw:frame>`
    const body = `<draw:page>${box(p('low'), 9)}${box(p('high'), 4)}${box(p('Title'), 12, ' presentation:class="title"')}${box(p('7'), 15, ' presentation:class="page-number"')}<presentation:notes>${box(p('say'), 1)}</presentation:notes></draw:page><draw:page draw:style-name="d">${box(p('Alone on top'), 1)}${box(p('below'), 5)}</draw:page>`
    const { sketch, codes, doc } = await read(
      odf({
        kind: 'presentation',
        body,
        styles:
          '<style:style style:name="d" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>',
      }),
    )
    expect(sketch).toBe(
      'h1 Title\np high\np low\nfooter p 7\n> p *Notes:*\n> p say\npage 2\nh1 Alone on top\np below',
    )
    expect(codes).toEqual(['hidden-content'])
    expect(doc.pages.length).toBe(2)
  })
  test('sheets: displayed text, repeats bounded, hidden rows said', async () => {
    const cell = (text: string, type = 'string') =>
      `<table:table-cell office:value-type="${type}"><text:p>${text}</text:p></table:table-cell>`
    const body = `<table:table table:name="Costs"><table:table-row>${cell('Item')}${cell('Cost')}</table:table-row><table:table-row table:visibility="collapse">${cell('Pump')}${cell('5.00 €', 'currency')}</table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`
    const { sketch, codes } = await read(odf({ kind: 'spreadsheet', body }))
    expect(sketch).toBe('h2 Costs\n# Item | Cost\n| Pump | 5.00 €')
    expect(codes).toEqual(['hidden-content'])
    const bomb = `<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`
    expect((await read(odf({ kind: 'spreadsheet', body: bomb }))).codes).toContain('sheet-truncated')
  })
})
