import { describe, expect, test } from 'vitest'
import { type Block, plainText, readDoc } from '../../../../src/core/index.ts'
import { makeDocx, type Parts, p, r, read } from './make-docx.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const blip = (id: string, alt = '') =>
  `<w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="${alt}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`
const withPicture = (inside: string): Parts => ({
  body: `<w:p>${inside}</w:p>`,
  links: { i: ['image', 'media/image1.png'] },
  members: [{ name: 'word/media/image1.png', data: PNG }],
})
const texts = (blocks: readonly Block[]) => blocks.map(plainText)

describe('pictures', () => {
  test('alone are figures with their alternative text', async () => {
    const { doc, images } = await readDoc(makeDocx(withPicture(`<w:r>${blip('i', 'Site map')}</w:r>`)), {
      images: 'extract',
    })
    expect(images).toMatchObject([{ mime: 'image/png' }])
    expect(doc.blocks).toMatchObject([{ type: 'figure', alt: 'Site map', src: images[0]!.name }])
  })
  test('in a line stay in it', async () => {
    const doc = await read(withPicture(`${r('see ')}<w:r>${blip('i', 'x')}</w:r>`))
    expect(doc.blocks[0]).toMatchObject({ content: [{ text: 'see ' }, { type: 'image', alt: 'x', src: '' }] })
  })
  test('of the older kind (VML) are pictures too', async () => {
    const vml = '<w:pict><v:shape alt="Logo"><v:imagedata r:id="i" o:title="logo"/></v:shape></w:pict>'
    expect((await read(withPicture(`<w:r>${vml}</w:r>`))).blocks).toMatchObject([
      { type: 'figure', alt: 'Logo' },
    ])
  })
  test('that are metafiles are told of', async () => {
    const parts = {
      body: `<w:p><w:r>${blip('e')}</w:r></w:p>`,
      links: { e: ['image', 'media/image1.emf'] },
    } as const
    expect((await readDoc(makeDocx(parts))).warnings).toMatchObject([{ code: 'image-not-readable' }])
  })
  test.each(['file:///etc/passwd', '\\\\host\\share\\x.png', 'http://127.0.0.1:9/x.png'])(
    'outside the file are told of and not fetched: %s',
    async (target) => {
      const outside = blip('i').replace('r:embed', 'r:link')
      const { doc, warnings } = await readDoc(
        makeDocx({ body: `<w:p><w:r>${outside}</w:r></w:p>`, links: { i: ['image', target, true] } }),
        { images: 'extract' },
      )
      expect(warnings.map(({ code }) => code)).toEqual(['external-reference'])
      expect(doc.images).toEqual([])
      expect(doc.blocks[0]).toMatchObject({ type: 'figure' })
    },
  )
})

describe('text boxes', () => {
  const box = (inner: string) => `<w:txbxContent>${inner}</w:txbxContent>`
  const shape = (inner: string) =>
    `<w:drawing><wp:anchor><wp:docPr id="2" name="Box"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box(inner)}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>`
  const vml = (inner: string) => `<w:pict><v:shape><v:textbox>${box(inner)}</v:textbox></v:shape></w:pict>`

  test('stand once, though the file says them twice', async () => {
    const inner = p('Inside the box')
    const body = `<w:p>${r('Outside')}<w:r><mc:AlternateContent><mc:Choice Requires="wps">${shape(inner)}</mc:Choice><mc:Fallback>${vml(inner)}</mc:Fallback></mc:AlternateContent></w:r></w:p>`
    expect(texts((await read(body)).blocks)).toEqual(['Outside', 'Inside the box'])
  })
  test('of the older kind are read', async () => {
    expect(texts((await read(`<w:p><w:r>${vml(p('Old'))}</w:r></w:p>`)).blocks)).toEqual(['Old'])
  })
  test('hold what pages hold', async () => {
    const inner = `<w:tbl><w:tr><w:tc>${p('cell')}</w:tc></w:tr></w:tbl>`
    expect((await read(`<w:p><w:r>${shape(inner)}</w:r></w:p>`)).blocks).toMatchObject([{ type: 'table' }])
  })
})

describe('what else is drawn', () => {
  test('lettering (WordArt, watermarks)', async () => {
    const body = '<w:p><w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p>'
    expect(texts((await read(body)).blocks)).toEqual(['DRAFT'])
  })
  test('a shape without a picture is told by its alternative text', async () => {
    const shape =
      '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Diagram" descr="From intake to award"/><a:graphic><a:graphicData><wps:wsp/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    const { blocks } = await read(`<w:p>${shape}</w:p>`)
    expect(blocks).toMatchObject([{ type: 'figure', alt: 'From intake to award' }])
  })
  test('a shape that is a link', async () => {
    const shape =
      '<w:drawing><wp:anchor><wp:docPr id="1" name=""/><a:graphic><a:graphicData><wps:wsp><wps:cNvPr id="2" name="" descr="Portal"><a:hlinkClick r:id="l"/></wps:cNvPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    const doc = await read({
      body: `<w:p><w:r>${shape}</w:r></w:p>`,
      links: { l: ['hyperlink', 'https://sam.gov', true] },
    })
    expect(doc.blocks[0]).toMatchObject({
      content: [{ type: 'link', href: 'https://sam.gov', children: [{ text: 'Portal' }] }],
    })
  })
  test('a line across the page', async () => {
    const body = '<w:p><w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r></w:p>'
    expect((await read(body)).blocks).toMatchObject([{ type: 'rule' }])
  })
  test('a chart, as its data', async () => {
    const chart = `<c:chartSpace xmlns:c="c"><c:chart><c:plotArea><c:pieChart><c:ser><c:tx><c:v>Share</c:v></c:tx><c:cat><c:strLit><c:pt idx="0"><c:v>A</c:v></c:pt><c:pt idx="1"><c:v>B</c:v></c:pt></c:strLit></c:cat><c:val><c:numLit><c:pt idx="0"><c:v>0.30000000000000004</c:v></c:pt><c:pt idx="1"><c:v>7</c:v></c:pt></c:numLit></c:val></c:ser></c:pieChart></c:plotArea></c:chart></c:chartSpace>`
    const doc = await read({
      body: '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name=""/><a:graphic><a:graphicData><c:chart xmlns:c="c" r:id="c"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>',
      links: { c: ['chart', 'charts/chart1.xml'] },
      members: [{ name: 'word/charts/chart1.xml', data: chart }],
    })
    expect(texts(doc.blocks)).toEqual(['\tShare\nA\t0.3\nB\t7'])
  })
  test('a chart tells what its axes are called', async () => {
    const title = (words: string) =>
      `<c:title><c:tx><c:rich><a:p><a:r><a:t>${words}</a:t></a:r></a:p></c:rich></c:tx></c:title>`
    const chart = `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart>${title('Ducks')}<c:plotArea><c:barChart><c:ser><c:val><c:numLit><c:pt idx="0"><c:v>7</c:v></c:pt></c:numLit></c:val></c:ser></c:barChart><c:valAx>${title('Number')}</c:valAx><c:catAx>${title('Year')}</c:catAx></c:plotArea></c:chart></c:chartSpace>`
    const doc = await read({
      body: '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name=""/><a:graphic><a:graphicData><c:chart xmlns:c="c" r:id="c"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>',
      links: { c: ['chart', 'charts/chart1.xml'] },
      members: [{ name: 'word/charts/chart1.xml', data: chart }],
    })
    expect(doc.blocks[0]).toMatchObject({ caption: [{ text: 'Ducks (Number)' }] })
    expect(texts(doc.blocks)[0]).toContain('Year\tSeries 1\n1\t7')
  })
  test('a document inside the document, under its picture', async () => {
    const object =
      '<w:object><v:shape><v:imagedata r:id="i"/></v:shape><o:OLEObject Type="Embed" ProgID="Word.Document.12" r:id="e"/></w:object>'
    const doc = await read({
      ...withPicture(`<w:r>${object}</w:r>`),
      links: { i: ['image', 'media/image1.png'], e: ['package', 'embeddings/inner.docx'] },
      members: [{ name: 'word/embeddings/inner.docx', data: makeDocx(p('Inner words')) }],
    })
    expect(doc.blocks).toMatchObject([{ type: 'figure' }, { type: 'quote', evidence: ['embedded'] }])
    expect(texts(doc.blocks)[1]).toBe('Inner words')
  })
  test('an object of another kind is told of', async () => {
    const object = '<w:object><o:OLEObject ProgID="Equation.3" r:id="e"/></w:object>'
    const bytes = makeDocx({
      body: `<w:p><w:r>${object}</w:r></w:p>`,
      links: { e: ['oleObject', 'embeddings/o.bin'] },
    })
    expect((await readDoc(bytes)).warnings[0]).toMatchObject({
      code: 'image-not-readable',
      message: expect.stringContaining('Equation.3'),
    })
  })
  test('a file embedded as a chunk is read in its place', async () => {
    const doc = await read({
      body: `${p('before')}<w:altChunk r:id="k"/>${p('after')}`,
      links: { k: ['aFChunk', 'chunk1.html'] },
      members: [{ name: 'word/chunk1.html', data: '<html><body><p>In <b>HTML</b></p></body></html>' }],
    })
    expect(texts(doc.blocks)).toEqual(['before', 'In HTML', 'after'])
  })
})
