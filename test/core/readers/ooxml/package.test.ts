import { describe, expect, test } from 'vitest'
import { convert, readDoc } from '../../../../src/core/index.ts'
import { docxMembers, makeDocx, p, read, relationship, relationships } from '../docx/make-docx.ts'
import { type Member, zip } from './zip.ts'

const named = { name: 'test.docx' }
const hello = p('Hello from Word')
const codes = async (bytes: Uint8Array) => (await readDoc(bytes, named)).warnings.map(({ code }) => code)
const failure = async (bytes: Uint8Array) =>
  convert(bytes, named).then(
    () => 'read',
    (error: { code?: string }) => error.code,
  )
/** The package with one member replaced, or left out by `undefined`. */
const withMember = (name: string, data: string | undefined): Member[] =>
  docxMembers({ body: hello })
    .filter((member) => member.name !== name)
    .concat(data === undefined ? [] : [{ name, data }])

describe('a damaged file is read as far as it goes', () => {
  test('a wrong checksum', async () => {
    const members = docxMembers({ body: hello }).map((member) =>
      member.name === 'word/document.xml' ? { ...member, crc: 1 } : member,
    )
    expect((await convert(zip(members), named)).output).toBe('Hello from Word\n')
    expect(await codes(zip(members))).toEqual(['file-salvaged'])
  })
  test('a directory that is cut off', async () => {
    const bytes = makeDocx(hello)
    const cut = bytes.subarray(0, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 40)
    expect((await convert(cut, named)).output).toBe('Hello from Word\n')
    expect(await codes(cut)).toEqual(['file-salvaged'])
  })
  test('a text that stops in the middle: what stands before is kept', async () => {
    const whole = docxMembers({ body: p('first') + p('second') }).find(
      ({ name }) => name === 'word/document.xml',
    )!
    const broken = String(whole.data).slice(0, String(whole.data).indexOf('second'))
    const { output, partial, warnings } = await convert(zip(withMember('word/document.xml', broken)), named)
    expect([output, partial, warnings[0]!.code]).toEqual(['first\n', true, 'part-damaged'])
  })
  test('data that do not inflate', async () => {
    const bytes = Buffer.from(makeDocx({ body: hello, styles: '<w:style w:styleId="x"/>'.repeat(200) }))
    const styles = bytes.indexOf('word/styles.xml') + 'word/styles.xml'.length
    bytes.fill(0xff, styles + 20, styles + 30)
    expect((await convert(bytes, named)).output).toBe('Hello from Word\n')
    expect(await codes(bytes)).toContain('file-salvaged')
  })
  test('parts that the file names and does not hold', async () => {
    const bytes = makeDocx({ body: hello, links: { s: ['styles', 'styles.xml'] } })
    const { output, warnings } = await convert(bytes, named)
    expect([output, warnings[0]!.code]).toEqual(['Hello from Word\n', 'part-missing'])
  })
  test('relationships that are lost', async () => {
    expect((await convert(zip(withMember('_rels/.rels', undefined)), named)).output).toBe('Hello from Word\n')
  })
})

describe('what ends in an error says why', () => {
  test('a package without a main part', async () => {
    expect(await failure(zip(withMember('word/document.xml', undefined)))).toBe('malformed')
  })
  test('half a file', async () => {
    const bytes = makeDocx(hello)
    expect(await failure(bytes.subarray(0, bytes.length >> 2))).toBe('malformed')
  })
  test('a document type, whatever it would fetch', async () => {
    const bomb =
      '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:body><w:p/></w:body></w:document>'
    expect(await failure(zip(withMember('word/document.xml', bomb)))).toBe('xml_dtd_forbidden')
  })
  test('a document type in any other part', async () => {
    const members = [...docxMembers({ body: hello, styles: '' })]
    const styles = members.findIndex(({ name }) => name === 'word/styles.xml')
    members[styles] = { name: 'word/styles.xml', data: '<!DOCTYPE a><w:styles xmlns:w="w"/>' }
    expect(await failure(zip(members))).toBe('xml_dtd_forbidden')
  })
  test('content nested beyond all sense keeps what stands before it', async () => {
    const deep = `${hello}${'<w:sdt><w:sdtContent>'.repeat(5000)}${p('core')}${'</w:sdtContent></w:sdt>'.repeat(5000)}`
    const { output, partial } = await convert(makeDocx(deep), named)
    expect([output, partial]).toEqual(['Hello from Word\n', true])
  })
  test('a file that inflates without end', async () => {
    expect(await failure(makeDocx(p('a'.repeat(40_000_000))))).toBe('bomb')
  })
})

describe('packages as other programs make them', () => {
  test('the strict form', async () => {
    const strict = (xml: string) =>
      xml
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
          'http://purl.oclc.org/ooxml/officeDocument/relationships',
        )
        .replaceAll(
          'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
          'http://purl.oclc.org/ooxml/wordprocessingml/main',
        )
    const members = docxMembers({ body: hello, styles: '' }).map(({ name, data }) => ({
      name,
      data: strict(String(data)),
    }))
    expect((await convert(zip(members), named)).output).toBe('Hello from Word\n')
  })
  test('a main part of another name', async () => {
    const members = withMember('word/document.xml', undefined)
      .filter(({ name }) => name !== '_rels/.rels')
      .concat([
        {
          name: '_rels/.rels',
          data: relationships([relationship('r', 'officeDocument', '/word/document2.xml')]),
        },
        {
          name: 'word/document2.xml',
          data: `<w:document xmlns:w="w"><w:body>${hello}</w:body></w:document>`,
        },
      ])
    expect((await convert(zip(members), named)).output).toBe('Hello from Word\n')
  })
  test('other prefixes, other case, backslashes', async () => {
    const members = docxMembers({ body: hello }).map(({ name, data }) => ({
      name: name.replace('word/document.xml', 'Word\\Document.xml'),
      data: String(data).replaceAll('w:', 'ns0:'),
    }))
    expect((await convert(zip(members), named)).output).toBe('Hello from Word\n')
  })
  test('macros are neither run nor read', async () => {
    const { warnings, output } = await convert(
      makeDocx({ body: hello, members: [{ name: 'word/vbaProject.bin', data: 'Sub AutoOpen()' }] }),
      { name: 'test.docm' },
    )
    expect([output, warnings.map(({ code }) => code)]).toEqual(['Hello from Word\n', ['macros-ignored']])
  })
  test('a template that lies elsewhere is told of and not fetched', async () => {
    const bytes = makeDocx({
      body: hello,
      links: { t: ['attachedTemplate', 'http://127.0.0.1:9/t.dotm', true] },
    })
    expect(await codes(bytes)).toEqual(['external-reference'])
  })
  test('what the package says about itself', async () => {
    const doc = await read({ body: hello, members: [] })
    expect(doc.meta).toEqual({})
    const core = `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Plan</dc:title><dc:creator>Ada</dc:creator><dcterms:created>2026-01-02T03:04:05Z</dcterms:created></cp:coreProperties>`
    const members = withMember('_rels/.rels', undefined).concat([
      {
        name: '_rels/.rels',
        data: relationships([
          relationship('r', 'officeDocument', 'word/document.xml'),
          '<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>',
        ]),
      },
      { name: 'docProps/core.xml', data: core },
    ])
    expect((await readDoc(zip(members), named)).doc.meta).toEqual({
      title: 'Plan',
      author: 'Ada',
      created: '2026-01-02T03:04:05Z',
    })
  })
})
