import { describe, expect, test } from 'vitest'
import {
  type Block,
  type ConvertOptions,
  convert,
  readDoc,
  type Tools,
  walk,
} from '../../../../src/core/index.ts'
import { abstractNum, makeDocx, num, type Parts, p } from './make-docx.ts'

const named: ConvertOptions = { name: 'a.docx' }
const output = async (parts: Parts | string, tools: Tools = {}) =>
  (await convert(makeDocx(parts), named, tools)).output
const depthOf = (block: Block): number =>
  block.type === 'list'
    ? 1 + Math.max(...block.items.map(({ blocks }) => Math.max(0, ...blocks.map(depthOf))))
    : 0

describe('files made to break a reader', () => {
  test('styles based on one another without end, or in a ring', async () => {
    const chain = Array.from(
      { length: 5000 },
      (_, at) => `<w:style w:styleId="s${at}"><w:basedOn w:val="s${at + 1}"/></w:style>`,
    )
    const ring = ['a', 'b'].map(
      (id, at) => `<w:style w:styleId="${id}"><w:basedOn w:val="${'ba'[at]}"/></w:style>`,
    )
    const body = p('one', '<w:pStyle w:val="s0"/>') + p('two', '<w:pStyle w:val="a"/>')
    expect(await output({ body, styles: [...chain, ...ring].join('') })).toBe('one\n\ntwo\n')
  })
  test('lists inside one another, a thousand deep', async () => {
    const ids = Array.from({ length: 1000 }, (_, at) => at)
    const body = ids
      .map((id) => p('x', `<w:numPr><w:numId w:val="${id + 1}"/></w:numPr><w:ind w:left="${id * 100}"/>`))
      .join('')
    const numbering = ids.map((id) => abstractNum(id, [{ text: '%1.' }]) + num(id + 1, id)).join('')
    const { doc } = await readDoc(makeDocx({ body, numbering }), named)
    expect(Math.max(...doc.blocks.map(depthOf))).toBeLessThanOrEqual(30)
    expect([...walk(doc)].filter(({ type }) => type === 'paragraph')).toHaveLength(1000)
  })
  test('fields that never end', async () => {
    const begin =
      '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://a"</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
    const text = await output(
      `<w:p>${begin.repeat(5000)}<w:r><w:t>words</w:t></w:r></w:p>${p('more').repeat(500)}`,
    )
    expect(text).toContain('words')
    expect(text.match(/more/g)).toHaveLength(500)
  })
  test('parts that together hold more nodes than one may', async () => {
    const header = (name: string) => ({
      name: `word/${name}.xml`,
      data: `<w:hdr xmlns:w="w">${'<w:p/>'.repeat(600)}${p(name)}</w:hdr>`,
    })
    const names = ['h1', 'h2', 'h3']
    const { doc, warnings } = await readDoc(
      makeDocx({
        body: p('body'),
        links: Object.fromEntries(names.map((name) => [name, ['header', `${name}.xml`] as const])),
        members: names.map(header),
      }),
      named,
      { limits: { xmlNodes: 1000 } },
    )
    expect(warnings.map(({ code }) => code)).toEqual(['part-damaged', 'part-damaged'])
    expect(doc.blocks).toHaveLength(1)
  })
  test('a table of endless rows without a cell', async () => {
    const { warnings } = await readDoc(makeDocx(`<w:tbl>${'<w:tr/>'.repeat(500)}</w:tbl>`), named, {
      limits: { tableCells: 100 },
    })
    expect(warnings[0]!.code).toBe('table-truncated')
  })
  test('a cell over more columns than there are', async () => {
    const cell = `<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>${p('wide')}</w:tc>`
    const { doc } = await readDoc(makeDocx(`<w:tbl><w:tr>${cell}</w:tr></w:tbl>`), named)
    expect(doc.blocks[0]).toMatchObject({ rows: [{ cells: [{ colSpan: 200 }] }] })
  })
  test('work that is late stops with what is there', async () => {
    let calls = 0
    const { doc, warnings, partial } = await readDoc(makeDocx(p('x').repeat(1000)), named, {
      isLate: () => ++calls > 1,
    })
    expect([doc.blocks.length, warnings[0]!.code, partial]).toEqual([399, 'deadline-reached', true])
  })
})
