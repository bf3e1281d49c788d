import { describe, expect, test } from 'vitest'
import { convert } from '../../../../src/core/index.ts'
import { docxMembers, headingStyles, p } from './make-docx.ts'

const converted = async (xml: string, name: string) => {
  const { output, format, warnings, doc } = await convert(Buffer.from(xml), { name })
  return { output, format, codes: warnings.map(({ code }) => code), doc }
}
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('a Word document as one XML file', () => {
  test('a package in one file (flat OPC) reads like the archive', async () => {
    const members = docxMembers({
      body: p('Scope', '<w:pStyle w:val="Heading1"/>') + p('Text.'),
      styles: headingStyles,
    })
    const parts = members.map(
      ({ name, data }) =>
        `<pkg:part pkg:name="/${name}" pkg:contentType="application/xml"><pkg:xmlData>${data}</pkg:xmlData></pkg:part>`,
    )
    const picture = `<pkg:part pkg:name="/word/media/image1.png" pkg:contentType="image/png" pkg:compression="store"><pkg:binaryData>${pixel}</pkg:binaryData></pkg:part>`
    const xml = `<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">${parts.join('')}${picture}</pkg:package>`
    const { output, format, codes } = await converted(xml, 'plan.xml')
    expect(format).toBe('docx')
    expect(output).toBe('# Scope\n\nText.\n')
    expect(codes).toEqual([])
  })

  const word2003 = (body: string, rest = '') =>
    `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">${rest}<w:body><wx:sect>${body}</wx:sect></w:body></w:wordDocument>`
  const run = (text: string, properties = '') =>
    `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}<w:t>${text}</w:t></w:r>`

  test('Word 2003: headings, automatic numbers, tables, links, marks', async () => {
    const lists =
      '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="3"/><w:lvlText w:val="(%1)"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
    const item = (text: string) =>
      `<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr>${run(text)}</w:p>`
    const cell = (text: string, properties = '') =>
      `<w:tc><w:tcPr>${properties}</w:tcPr><w:p>${run(text)}</w:p></w:tc>`
    const body = [
      `<wx:sub-section><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run('Scope')}</w:p>`,
      `<w:p>${run('See ')}<w:hlink w:dest="https://example.org/a">${run('the page')}</w:hlink>${run(' and ')}${run('this', '<w:b/>')}${run('.')}</w:p>`,
      `${item('first')}${item('second')}</wx:sub-section>`,
      `<w:tbl><w:tr>${cell('a', '<w:vmerge w:val="restart"/>')}${cell('b')}</w:tr><w:tr>${cell('', '<w:vmerge/>')}${cell('c')}</w:tr></w:tbl>`,
    ].join('')
    const properties =
      '<o:DocumentProperties><o:Title>A &amp; B</o:Title><o:Author>Ann</o:Author></o:DocumentProperties>'
    const { output, format, codes, doc } = await converted(
      word2003(body, `${properties}${lists}<w:styles>${headingStyles}</w:styles>`),
      'plan.xml',
    )
    expect(format).toBe('docx')
    expect(codes).toEqual([])
    expect(doc.meta).toMatchObject({ title: 'A & B', author: 'Ann' })
    expect(output).toBe(
      [
        '# Scope\n',
        'See [the page](https://example.org/a) and **this**.\n',
        '- (A) first',
        '- (B) second\n',
        '<table>',
        '<tbody>',
        '<tr><td rowspan="2">a</td><td>b</td></tr>',
        '<tr><td>c</td></tr>',
        '</tbody>',
        '</table>\n',
      ].join('\n'),
    )
  })

  test('Word 2003 as LibreOffice writes it: names with `_20_`, runs inside runs', async () => {
    const styles =
      '<w:styles><w:style w:type="paragraph" w:styleId="Heading_20_1"><w:name w:val="Heading_20_1"/></w:style></w:styles>'
    const body = `<w:p><w:pPr><w:pStyle w:val="Heading_20_1"/></w:pPr>${run('Scope')}</w:p><w:p><w:hlink w:dest="https://example.org/"><w:r>${run('site')}</w:r></w:hlink></w:p>`
    const { output } = await converted(word2003(body, styles), 'plan.xml')
    expect(output).toBe('# Scope\n\n[site](https://example.org/)\n')
  })
  test('Word 2003: notes, comments, changes, headers and pictures', async () => {
    const change = (type: string, inner: string) =>
      `<aml:annotation aml:id="1" w:type="Word.${type}" aml:author="Ann" aml:createdate="2004-01-02T00:00:00Z"><aml:content>${inner}</aml:content></aml:annotation>`
    const note = `<w:r><w:footnote><w:p><w:r><w:footnoteRef/></w:r>${run('A note.')}</w:p></w:footnote></w:r>`
    const picture = `<w:r><w:pict><w:binData w:name="wordml://01000001.png">${pixel}</w:binData><v:shape alt="Plan of the site"><v:imagedata src="wordml://01000001.png"/></v:shape></w:pict></w:r>`
    const body = [
      `<w:p>${run('Old and ')}${change('Deletion', `<w:r><w:delText>gone</w:delText></w:r>`)}${change('Insertion', run('new'))}${note}</w:p>`,
      `<w:p>${run('Asked.')}<w:r>${change('Comment', `<w:p>${run('Why?')}</w:p>`)}</w:r></w:p>`,
      `<w:p>${picture}</w:p>`,
      `<w:p><w:pPr><w:sectPr><w:hdr w:type="odd"><w:p>${run('Draft 7')}</w:p></w:hdr></w:sectPr></w:pPr></w:p>`,
      `<w:p>${run('Last')}</w:p><w:sectPr><w:type w:val="next-page"/></w:sectPr>`,
    ].join('')
    const { output } = await converted(word2003(body), 'plan.doc')
    expect(output).toBe(
      [
        '<!-- header: Draft 7 -->',
        'Old and new[^1]',
        'Asked.[^c1]',
        '![Plan of the site]()',
        '<!-- page break -->',
        'Last',
        '[^1]: A note.',
        '[^c1]: Ann, 2004-01-02: Why?\n',
      ].join('\n\n'),
    )
  })
})
