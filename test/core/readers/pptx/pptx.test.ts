import { describe, expect, test } from 'vitest'
import { type Block, plainText, readDoc, walk } from '../../../../src/core/index.ts'
import { autoNumber } from '../../../../src/core/readers/pptx/auto-numbers.ts'
import { makeDocx, p } from '../docx/make-docx.ts'
import { ap, makePptx, readDeck, sp, title } from './make-pptx.ts'

const texts = (blocks: readonly Block[]): string[] =>
  blocks.filter((block) => block.type !== 'pageBreak').map(plainText)

describe('slides', () => {
  test('come in the order of the show and carry its numbers', async () => {
    const doc = await readDeck({
      slides: [{ shapes: title('Second') }, { shapes: title('First') }],
      order: [2, 1],
    })
    expect(
      doc.blocks
        .filter((block) => block.type === 'heading')
        .map((block) => [plainText(block), block.at.page]),
    ).toEqual([
      ['First', 1],
      ['Second', 2],
    ])
    expect(doc.pages).toEqual([
      { number: 1, text: 'native', width: 720, height: 540 },
      { number: 2, text: 'native', width: 720, height: 540 },
    ])
  })

  test('the title stands first, wherever it is in the file', async () => {
    const doc = await readDeck({ slides: [{ shapes: sp(ap('Body')) + title('Title') }] })
    expect(texts(doc.blocks)).toEqual(['Title', 'Body'])
    expect(doc.blocks[0]).toMatchObject({ type: 'heading', anchors: ['slide-1'] })
  })

  test('a hidden slide is kept, marked and told of', async () => {
    const { doc, warnings } = await readDoc(makePptx({ slides: [{ shapes: title('Backup'), hidden: true }] }))
    expect(texts(doc.blocks)).toEqual(['Backup', '(Hidden slide)'])
    expect(warnings).toMatchObject([{ code: 'hidden-content', at: { page: 1 } }])
  })

  test('a slide that is missing costs that slide only', async () => {
    const { doc, warnings } = await readDoc(
      makePptx({ slides: [{ shapes: title('Here') }, { shapes: title('There') }], order: [1, 9, 2] }),
    )
    expect(texts(doc.blocks)).toEqual(['Here', 'There'])
    expect(doc.blocks.at(-1)).toMatchObject({ at: { page: 3 } })
    expect(warnings).toMatchObject([{ code: 'page-failed', at: { page: 2 } }])
  })
})

describe('reading order', () => {
  const box = (text: string, x: number, y: number, width = 100, height = 100) =>
    sp(ap(text), { at: [x, y, width, height] })

  test('goes by place, from top to bottom', async () => {
    const doc = await readDeck({ slides: [{ shapes: box('below', 0, 300) + box('above', 0, 0) }] })
    expect(texts(doc.blocks)).toEqual(['above', 'below'])
  })
  test('reads cards row by row', async () => {
    const shapes = box('1', 0, 0) + box('2', 200, 0) + box('3', 0, 200) + box('4', 200, 200)
    expect(texts((await readDeck({ slides: [{ shapes }] })).blocks)).toEqual(['1', '2', '3', '4'])
  })
  test('reads a comparison column by column when the author drew it so', async () => {
    const shapes =
      box('left head', 0, 0) +
      box('left text', 0, 200) +
      box('right head', 200, 0) +
      box('right text', 200, 200)
    expect(texts((await readDeck({ slides: [{ shapes }] })).blocks)).toEqual([
      'left head',
      'left text',
      'right head',
      'right text',
    ])
  })
  test('keeps a group together and places it by its own coordinates (20.1.7.5)', async () => {
    const group = `<p:grpSp><p:nvGrpSpPr/><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/><a:chOff x="0" y="9000"/><a:chExt cx="1000" cy="1000"/></a:xfrm></p:grpSpPr>${box('b', 0, 9600, 300, 300)}${box('a', 0, 9000, 300, 300)}</p:grpSp>`
    const doc = await readDeck({ slides: [{ shapes: box('after', 0, 200) + group }] })
    expect(texts(doc.blocks)).toEqual(['a', 'b', 'after'])
  })
})

describe('text', () => {
  const bullets =
    '<p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr><a:lvl2pPr><a:buChar char="–"/></a:lvl2pPr></p:bodyStyle>'

  test('a body takes its bullets from the master, a text box has none', async () => {
    const doc = await readDeck({
      slides: [
        {
          shapes:
            sp(ap('one') + ap('inner', '<a:pPr lvl="1"/>') + ap('plain', '<a:pPr><a:buNone/></a:pPr>'), {
              ph: 'idx="1"',
            }) + sp(ap('box')),
        },
      ],
      layout: sp('', { ph: 'idx="1"' }),
      master: sp('', { ph: 'type="body"' }),
      masterStyles: bullets,
    })
    const [list, plain, box] = doc.blocks
    expect(list).toMatchObject({
      type: 'list',
      ordered: false,
      items: [{ blocks: [{ type: 'paragraph' }, { type: 'list', items: [{}] }] }],
    })
    expect([plainText(plain!), plainText(box!)]).toEqual(['plain', 'box'])
  })

  test('numbers count, and start where they are told to', async () => {
    const numbered = (text: string, start = '') =>
      ap(text, `<a:pPr><a:buAutoNum type="alphaLcParenR"${start}/></a:pPr>`)
    const doc = await readDeck({
      slides: [{ shapes: sp(numbered('x', ' startAt="3"') + numbered('y', ' startAt="3"')) }],
    })
    expect(doc.blocks[0]).toMatchObject({
      type: 'list',
      ordered: true,
      items: [{ label: 'c)' }, { label: 'd)' }],
    })
  })

  test.each([
    ['arabicPeriod', 3, '3.'],
    ['arabicPlain', 3, '3'],
    ['alphaUcParenBoth', 2, '(B)'],
    ['romanLcPeriod', 4, 'iv.'],
    ['circleNumDbPlain', 2, '②'],
  ])('%s prints %i as %s', (scheme, value, expected) => {
    expect(autoNumber(scheme, value)).toBe(expected)
  })

  test('a link leads to another slide', async () => {
    const run =
      '<a:p><a:r><a:rPr><a:hlinkClick r:id="l" action="ppaction://hlinksldjump"/></a:rPr><a:t>next</a:t></a:r></a:p>'
    const doc = await readDeck({
      slides: [{ shapes: sp(run), links: { l: ['slide', 'slide2.xml'] } }, { shapes: title('Target') }],
    })
    expect(doc.blocks[0]).toMatchObject({ content: [{ type: 'link', href: '#slide-2' }] })
    expect(doc.blocks[2]).toMatchObject({ type: 'heading', anchors: ['slide-2'] })
  })

  test('a script is no link', async () => {
    const run = '<a:p><a:r><a:rPr><a:hlinkClick r:id="l"/></a:rPr><a:t>click</a:t></a:r></a:p>'
    const doc = await readDeck({
      slides: [{ shapes: sp(run), links: { l: ['hyperlink', 'javascript:alert(1)', true] } }],
    })
    expect(doc.blocks[0]).toMatchObject({ content: [{ type: 'text', text: 'click' }] })
  })
})

describe('what is not text', () => {
  const frame = (inner: string) =>
    `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name=""/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData>${inner}</a:graphicData></a:graphic></p:graphicFrame>`
  const cell = (text: string, attributes = '') => `<a:tc${attributes}><a:txBody>${ap(text)}</a:txBody></a:tc>`

  test('a table keeps its head and its merged cells', async () => {
    const doc = await readDeck({
      slides: [
        {
          shapes: frame(
            `<a:tbl><a:tblPr firstRow="1"/><a:tr>${cell('wide', ' gridSpan="2"')}${cell('', ' hMerge="1"')}</a:tr><a:tr>${cell('1')}${cell('2')}</a:tr></a:tbl>`,
          ),
        },
      ],
    })
    expect(doc.blocks[0]).toMatchObject({
      type: 'table',
      headerRows: 1,
      rows: [{ cells: [{ colSpan: 2 }] }, { cells: [{}, {}] }],
    })
  })

  test('a chart gives its data', async () => {
    const points = (values: readonly string[]) =>
      values.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`).join('')
    const chart = `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Offers</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>2026</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache>${points(['Q1', 'Q2'])}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>0%</c:formatCode>${points(['0.25', '0.5'])}</c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`
    const doc = await readDeck({
      slides: [{ shapes: frame('<c:chart r:id="c"/>'), links: { c: ['chart', '../charts/chart1.xml'] } }],
      members: [{ name: 'ppt/charts/chart1.xml', data: chart }],
    })
    expect(plainText(doc.blocks[0]!)).toBe('\t2026\nQ1\t25%\nQ2\t50%')
    expect(doc.blocks[0]).toMatchObject({ caption: [{ text: 'Offers' }], headerRows: 1 })
  })

  test('a diagram gives its texts as a nested list', async () => {
    const point = (id: string, text: string, type = 'node') =>
      `<dgm:pt modelId="${id}" type="${type}"><dgm:t><a:p><a:r><a:t>${text}</a:t></a:r></a:p></dgm:t></dgm:pt>`
    const data = `<dgm:dataModel xmlns:dgm="d" xmlns:a="a"><dgm:ptLst>${point('0', '', 'doc')}${point('2', 'Second')}${point('1', 'First')}${point('3', 'Under first')}</dgm:ptLst><dgm:cxnLst><dgm:cxn srcId="0" destId="2" srcOrd="1"/><dgm:cxn srcId="0" destId="1" srcOrd="0"/><dgm:cxn srcId="1" destId="3" srcOrd="0"/></dgm:cxnLst></dgm:dataModel>`
    const doc = await readDeck({
      slides: [
        { shapes: frame('<dgm:relIds r:dm="d"/>'), links: { d: ['diagramData', '../diagrams/data1.xml'] } },
      ],
      members: [{ name: 'ppt/diagrams/data1.xml', data }],
    })
    expect(texts(doc.blocks)).toEqual(['First\nUnder first\nSecond'])
    expect([...walk(doc)].filter((block) => block.type === 'list')).toHaveLength(2)
  })

  test('a picture has its alternative text', async () => {
    const pic =
      '<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 3" descr="Site map"/></p:nvPicPr><p:blipFill><a:blip r:embed="i"/></p:blipFill></p:pic>'
    const doc = await readDeck({ slides: [{ shapes: pic, links: { i: ['image', '../media/image1.png'] } }] })
    expect(doc.blocks[0]).toMatchObject({ type: 'figure', alt: 'Site map' })
  })

  test('a drawing or a table is told by its alternative text, too', async () => {
    const arrow = '<p:sp><p:nvSpPr><p:cNvPr id="5" name="Arrow" descr="From A to B"/></p:nvSpPr></p:sp>'
    const prices = frame(`<a:tbl><a:tr>${cell('1')}</a:tr></a:tbl>`).replace(
      'name=""',
      'name="" descr="Prices"',
    )
    const doc = await readDeck({ slides: [{ shapes: arrow + prices }] })
    expect(doc.blocks).toMatchObject([
      { type: 'figure', alt: 'From A to B' },
      { type: 'table', caption: [{ text: 'Prices' }] },
    ])
  })

  test('a formula', async () => {
    const math =
      '<a:p><mc:AlternateContent><mc:Choice Requires="a14"><a14:m><m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></a14:m></mc:Choice><mc:Fallback><a:r><a:t>picture</a:t></a:r></mc:Fallback></mc:AlternateContent></a:p>'
    const doc = await readDeck({ slides: [{ shapes: sp(math) }] })
    expect(doc.blocks[0]).toMatchObject({ content: [{ type: 'formula', latex: 'x^{2}' }] })
  })
  test('an embedded document stands under its picture', async () => {
    const object = frame(
      '<p:oleObj progId="Word.Document.12" r:id="e"><p:pic><p:nvPicPr><p:cNvPr id="5" name="" descr="Annex"/></p:nvPicPr></p:pic></p:oleObj>',
    )
    const doc = await readDeck({
      slides: [{ shapes: object, links: { e: ['package', '../embeddings/a.docx'] } }],
      members: [{ name: 'ppt/embeddings/a.docx', data: makeDocx(p('Annex words')) }],
    })
    expect(doc.blocks).toMatchObject([{ type: 'figure', alt: 'Annex' }, { type: 'quote' }])
    expect(plainText(doc.blocks[1]!)).toBe('Annex words')
  })
  test('a film is told of', async () => {
    const pic =
      '<p:pic><p:nvPicPr><p:cNvPr id="4" name=""/><p:nvPr><a:videoFile r:link="v"/></p:nvPr></p:nvPicPr></p:pic>'
    const { warnings } = await readDoc(makePptx({ slides: [{ shapes: pic }] }))
    expect(warnings).toMatchObject([{ code: 'image-not-readable' }])
  })

  test('a picture outside the file is told of and not fetched', async () => {
    const pic =
      '<p:pic><p:nvPicPr><p:cNvPr id="4" name=""/></p:nvPicPr><p:blipFill><a:blip r:link="i"/></p:blipFill></p:pic>'
    const { doc, warnings } = await readDoc(
      makePptx({ slides: [{ shapes: pic, links: { i: ['image', 'file:///etc/passwd', true] } }] }),
    )
    expect(doc.blocks[0]).toMatchObject({ type: 'figure', alt: '' })
    expect(doc.blocks[0]).not.toHaveProperty('src')
    expect(warnings).toMatchObject([{ code: 'external-reference' }])
  })
})

describe('beside the slide', () => {
  const space = 'xmlns:p="p" xmlns:a="a" xmlns:r="r"'
  const notesPart = `<p:notes ${space}><p:cSld><p:spTree>${sp(ap('Say hello'), { ph: 'type="body" idx="1"' })}${sp(ap('7'), { ph: 'type="sldNum"' })}</p:spTree></p:cSld></p:notes>`

  test('speaker notes stand under the slide as a quotation', async () => {
    const doc = await readDeck({
      slides: [{ shapes: title('T'), links: { n: ['notesSlide', '../notesSlides/notesSlide1.xml'] } }],
      members: [{ name: 'ppt/notesSlides/notesSlide1.xml', data: notesPart }],
    })
    expect(doc.blocks[1]).toMatchObject({ type: 'quote', evidence: ['speaker-notes'] })
    expect(plainText(doc.blocks[1]!)).toBe('Notes:\nSay hello')
  })

  test('comments are notes with author and date, at the title', async () => {
    const comments = `<p:cmLst ${space}><p:cm authorId="1" dt="2026-03-01T09:00:00"><p:text>Check the figure</p:text></p:cm></p:cmLst>`
    const authors = `<p:cmAuthorLst ${space}><p:cmAuthor id="1" name="Ada"/></p:cmAuthorLst>`
    const doc = await readDeck({
      slides: [{ shapes: title('T'), links: { k: ['comments', '../comments/comment1.xml'] } }],
      links: { au: ['commentAuthors', 'commentAuthors.xml'] },
      members: [
        { name: 'ppt/comments/comment1.xml', data: comments },
        { name: 'ppt/commentAuthors.xml', data: authors },
      ],
    })
    expect(doc.blocks[0]).toMatchObject({ content: [{ text: 'T' }, { type: 'noteRef', name: 'c1' }] })
    expect(doc.blocks.at(-1)).toMatchObject({
      type: 'note',
      kind: 'comment',
      author: 'Ada',
      date: '2026-03-01T09:00:00',
    })
  })

  test('a footer is told once, slide numbers never', async () => {
    const footer = sp(ap('Acme confidential'), { ph: 'type="ftr"' }) + sp(ap('1'), { ph: 'type="sldNum"' })
    const doc = await readDeck({ slides: [{ shapes: title('A') + footer }, { shapes: title('B') + footer }] })
    expect(doc.blocks.filter((block) => block.type === 'furniture').map(plainText)).toEqual([
      'Acme confidential',
    ])
    expect(texts(doc.blocks)).toEqual(['A', 'Acme confidential', 'B'])
  })
})
