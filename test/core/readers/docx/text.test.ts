import { describe, expect, test } from 'vitest'
import { type Inline, inlineText, plainText } from '../../../../src/core/index.ts'
import { abstractNum, headingStyles, markdown, num, p, r, read, tbl, tc, tr } from './make-docx.ts'

const content = async (inside: string, styles?: string): Promise<readonly Inline[]> => {
  const doc = await read({ body: `<w:p>${inside}</w:p>`, ...(styles === undefined ? {} : { styles }) })
  const [block] = doc.blocks
  return block?.type === 'paragraph' ? block.content : []
}
const text = async (inside: string): Promise<string> => inlineText(await content(inside))

describe('runs', () => {
  test.each([
    ['a tab', '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>', 'a\tb'],
    ['a line break', '<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>', 'a\nb'],
    [
      'a hyphen that does not break',
      '<w:r><w:t>52.212</w:t><w:noBreakHyphen/><w:t>4</w:t></w:r>',
      '52.212-4',
    ],
    [
      'a soft hyphen, which shows only at line ends',
      '<w:r><w:t>con</w:t><w:softHyphen/><w:t>tract</w:t></w:r>',
      'contract',
    ],
    ['spaces that the file does not keep (17.3.3.31)', '<w:r><w:t> a </w:t></w:r>', 'a'],
    [
      'a symbol',
      '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> yes</w:t></w:r>',
      '☑ yes',
    ],
    ['the arrow that Word makes of -->', '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', '→'],
    ['a letter in a symbol font', '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>a</w:t></w:r>', 'α'],
    [
      'a reading aid',
      '<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>',
      '漢(kan)',
    ],
    [
      'smart tags and custom XML',
      '<w:smartTag><w:customXml><w:r><w:t>in</w:t></w:r></w:customXml></w:smartTag>',
      'in',
    ],
  ])('%s', async (_, inside, expected) => {
    expect(await text(inside)).toBe(expected)
  })

  test('formatting, direct and from a style, where two toggles cancel (17.7.3)', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>' +
      '<w:style w:type="character" w:styleId="C"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    const inside = `<w:pPr><w:pStyle w:val="P"/></w:pPr>${r('a')}${r('b', '<w:rStyle w:val="C"/>')}${r('c', '<w:b w:val="0"/>')}${r('d', '<w:vertAlign w:val="superscript"/>')}`
    expect(await content(inside, styles)).toEqual([
      { type: 'text', text: 'a', marks: ['bold'] },
      { type: 'text', text: 'bc' },
      { type: 'text', text: 'd', marks: ['bold', 'superscript'] },
    ])
  })

  test('hidden text is left out and told of, or kept when asked', async () => {
    const body = `<w:p>${r('seen')}${r(' unseen', '<w:vanish/>')}</w:p>`
    expect(await markdown(body)).toBe('seen\n')
    expect(await markdown(body, { hiddenText: 'keep' })).toBe('seen unseen\n')
  })
})

describe('text that nobody can read is left out', () => {
  const white = '<w:color w:val="FFFFFF"/>'
  const navy = '<w:shd w:val="clear" w:fill="000080"/>'
  test.each([
    ['white on the white page', `<w:p>${r('a')}${r('b', white)}</w:p>`, 'a'],
    ['a point high', `<w:p>${r('a')}${r('b', '<w:sz w:val="2"/>')}</w:p>`, 'a'],
    ['but not white on a ground of its own', `<w:p>${r('a')}${r('b', white + navy)}</w:p>`, 'ab'],
    ['nor in a shaded paragraph', `<w:p><w:pPr>${navy}</w:pPr>${r('b', white)}</w:p>`, 'b'],
    [
      'nor in a cell, which the style of the table may shade',
      tbl(tr(tc(`<w:p>${r('b', white)}</w:p>`))),
      'b',
    ],
  ])('%s', async (_, body, expected) => {
    expect(plainText((await read(body)).blocks[0]!)).toBe(expected)
  })
})

describe('headings', () => {
  const styles =
    headingStyles +
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="RFP Section"/><w:basedOn w:val="Heading2"/></w:style>' +
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>' +
    '<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Title"/></w:style>'
  test.each([
    ['a built-in style', '<w:pStyle w:val="Heading1"/>', 1],
    ['a style based on one', '<w:pStyle w:val="Mine"/>', 2],
    ['an outline level of its own (17.3.1.20)', '<w:outlineLvl w:val="2"/>', 3],
    ['the title', '<w:pStyle w:val="Title"/>', 1],
    ['level 9, which is body text', '<w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/>', undefined],
    ['a subtitle', '<w:pStyle w:val="Subtitle"/>', undefined],
    ['a style that the sheet does not define', '<w:pStyle w:val="Heading7"/>', undefined],
  ])('%s', async (_, properties, level) => {
    const [block] = (await read({ body: p('Words', properties), styles })).blocks
    expect(block?.type === 'heading' ? block.level : undefined).toBe(level)
  })

  test('without a style sheet the usual ids say what they are', async () => {
    expect((await read(p('Words', '<w:pStyle w:val="Heading2"/>'))).blocks[0]).toMatchObject({
      type: 'heading',
      level: 2,
    })
  })
  test('a clause of many words in the style of a heading is a numbered paragraph', async () => {
    const clause = 'The contractor shall deliver every report on time. '.repeat(8).trim()
    const body = p(
      clause,
      '<w:pStyle w:val="Heading2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    )
    const numbering = abstractNum(0, [{ text: 'C.%1' }]) + num(1, 0)
    const [block] = (await read({ body, styles, numbering })).blocks
    expect(block).toMatchObject({ type: 'paragraph', number: 'C.1' })
    expect(plainText(block!)).toBe(`C.1 ${clause}`)
  })
  test('a heading is not bold, it is a heading', async () => {
    const body = `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${r('All', '<w:b/>')}${r(' bold', '<w:b/>')}</w:p>`
    expect(await markdown({ body, styles })).toBe('# All bold\n')
  })
})

describe('fields', () => {
  const field = (instruction: string, result: string): string =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">${instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`

  test.each([
    ['a link', field(' HYPERLINK "https://sam.gov/x" ', 'SAM'), 'https://sam.gov/x'],
    ['a link to a place', field(' HYPERLINK \\l "here" ', 'here'), '#here'],
    ['a cross-reference', field(' REF _Ref1 \\h ', 'Section 3'), '#_Ref1'],
    ['a page reference', field(' PAGEREF _Toc1 \\h ', '7'), '#_Toc1'],
    ['a simple field', `<w:fldSimple w:instr=" REF _Ref2 \\h ">${r('L.4')}</w:fldSimple>`, '#_Ref2'],
  ])('%s', async (_, inside, href) => {
    expect(await content(inside)).toMatchObject([{ type: 'link', href }])
  })

  test.each([
    ['a value', field(' DATE \\@ "yyyy" ', '2026'), '2026'],
    ['a reference that is no link', field(' REF _Ref1 ', 'Section 3'), 'Section 3'],
    ['a symbol', field(' SYMBOL 111 \\f Wingdings ', ''), '☐'],
    ['a button', field(' MACROBUTTON NoMacro [Click and type] ', ''), '[Click and type]'],
    [
      'numbers in the text',
      field(' LISTNUM \\l 2 ', '') + r(' x ') + field(' LISTNUM \\l 2 ', ''),
      'a) x b)',
    ],
    ['legal numbers in the text', field(' LISTNUM LegalDefault \\l 2 ', ''), '1.1.'],
    ['a formula of old', field(' EQ \\f(1,\\r(3,2)) ', ''), '1/3√2'],
    ['an index entry, which prints nothing', field(' XE "bid" ', ''), ''],
    [
      'a field inside an instruction',
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>${field(' PAGE ', '3')}<w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('yes')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      'yes',
    ],
  ])('%s', async (_, inside, expected) => {
    expect(await text(inside)).toBe(expected)
  })

  const form = (data: string, kind: string, result = ''): string =>
    `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>${data}</w:ffData></w:fldChar></w:r><w:r><w:instrText> ${kind} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
  test.each([
    ['a ticked box', form('<w:checkBox><w:checked/></w:checkBox>', 'FORMCHECKBOX'), '☒'],
    [
      'an empty box',
      form('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', 'FORMCHECKBOX'),
      '☐',
    ],
    ['a box ticked by default', form('<w:checkBox><w:default w:val="1"/></w:checkBox>', 'FORMCHECKBOX'), '☒'],
    [
      'a choice',
      form(
        '<w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList>',
        'FORMDROPDOWN',
      ),
      'B',
    ],
    ['a text', form('<w:textInput/>', 'FORMTEXT', 'Jane'), 'Jane'],
  ])('form fields of Word 97: %s', async (_, inside, expected) => {
    expect(await text(inside)).toBe(expected)
  })

  test('a link goes on over the end of a paragraph', async () => {
    const [start, end] = field(' HYPERLINK "https://a.b" ', 'one|').split('|')
    const doc = await read(
      `<w:p>${start}</w:t></w:r></w:p><w:p>${r('two')}${end!.replace('</w:t></w:r>', '')}</w:p>${p('three')}`,
    )
    expect(doc.blocks.map((block) => (block.type === 'paragraph' ? block.content[0]!.type : ''))).toEqual([
      'link',
      'link',
      'text',
    ])
  })
})

describe('links', () => {
  const links = {
    l: ['hyperlink', 'https://sam.gov', true],
    s: ['hyperlink', 'javascript:alert(1)', true],
  } as const
  test.each([
    [
      'out of the file',
      '<w:hyperlink r:id="l" w:tooltip="SAM"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
      { href: 'https://sam.gov', title: 'SAM' },
    ],
    [
      'to a place in it',
      '<w:hyperlink r:id="l" w:anchor="top"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
      { href: 'https://sam.gov#top' },
    ],
    ['to a bookmark', '<w:hyperlink w:anchor="B"><w:r><w:t>x</w:t></w:r></w:hyperlink>', { href: '#B' }],
    [
      'that runs a script is none',
      '<w:hyperlink r:id="s"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
      { type: 'text', text: 'x' },
    ],
  ])('%s', async (_, inside, expected) => {
    const [block] = (await read({ body: `<w:p>${inside}</w:p>`, links })).blocks
    expect(block).toMatchObject({ content: [expected] })
  })

  test('bookmarks name the block they start in, or the next one', async () => {
    const mark = (name: string) => `<w:bookmarkStart w:id="1" w:name="${name}"/><w:bookmarkEnd w:id="1"/>`
    const doc = await read(`${mark('between')}<w:p>${mark('inside')}${r('words')}</w:p>`)
    expect(doc.blocks[0]).toMatchObject({ anchors: ['between', 'inside'] })
  })
})

describe('notes and comments', () => {
  const footnotes = `<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">${p('Second in the file')}</w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>${r(' First')}</w:p></w:footnote>`
  test('footnotes count in the order of their references; separators are none', async () => {
    const refer = (id: number) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`
    const doc = await read({ body: `<w:p>${r('a')}${refer(2)}${r('b')}${refer(1)}</w:p>`, footnotes })
    expect(
      doc.blocks.slice(1).map((block) => [block.type === 'note' && block.name, plainText(block)]),
    ).toEqual([
      ['1', 'Second in the file'],
      ['2', 'First'],
    ])
  })
  test('endnotes are told from footnotes', async () => {
    const doc = await read({
      body: `<w:p>${r('a')}<w:r><w:endnoteReference w:id="1"/></w:r></w:p>`,
      endnotes: `<w:endnote w:id="1">${p('End')}</w:endnote>`,
    })
    expect(doc.blocks[1]).toMatchObject({ type: 'note', kind: 'endnote', name: 'e1' })
  })
  test('comments keep author and date; off when asked', async () => {
    const parts = {
      body: `<w:p><w:commentRangeStart w:id="0"/>${r('text')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`,
      comments: `<w:comment w:id="0" w:author="Ada" w:date="2026-02-03T04:05:06Z">${p('Why?')}</w:comment>`,
    }
    const doc = await read(parts)
    expect(doc.blocks).toMatchObject([
      { content: [{ text: 'text' }, { type: 'noteRef', name: 'c1' }] },
      { type: 'note', kind: 'comment', name: 'c1', author: 'Ada', date: '2026-02-03T04:05:06Z' },
    ])
    expect((await read(parts, { comments: 'omit' })).blocks).toHaveLength(1)
  })
})

describe('tracked changes', () => {
  const body = `<w:p>${r('The ')}<w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del><w:ins w:id="2">${r('new')}</w:ins>${r(' rule')}</w:p>`
  test.each([
    ['accept', 'The new rule'],
    ['reject', 'The old rule'],
    ['all', 'The oldnew rule'],
  ] as const)('%s', async (trackChanges, expected) => {
    expect(plainText((await read(body, { trackChanges })).blocks[0]!)).toBe(expected)
  })
  test('all marks what came and what went', async () => {
    expect((await read(body, { trackChanges: 'all' })).blocks[0]).toMatchObject({
      content: [{}, { text: 'old', marks: ['deleted'] }, { text: 'new', marks: ['inserted'] }, {}],
    })
  })
  test('a move stands once', async () => {
    const moved = `<w:p><w:moveFrom w:id="1">${r('clause')}</w:moveFrom></w:p>${p('between')}<w:p><w:moveTo w:id="2">${r('clause')}</w:moveTo></w:p>`
    expect(await markdown(moved)).toBe('between\n\nclause\n')
    expect(await markdown(moved, { trackChanges: 'reject' })).toBe('clause\n\nbetween\n')
  })
  test('a deleted paragraph mark joins two paragraphs, which reject parts again', async () => {
    const joined = `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>${r('one ')}</w:p>${p('two')}`
    expect(await markdown(joined)).toBe('one two\n')
    expect(await markdown(joined, { trackChanges: 'reject' })).toBe('one\n\ntwo\n')
  })
  test('a changed style is taken back by reject', async () => {
    const changed = `<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pPrChange w:id="1"><w:pPr/></w:pPrChange></w:pPr>${r('x')}</w:p>`
    expect((await read({ body: changed, styles: headingStyles })).blocks[0]!.type).toBe('heading')
    expect(
      (await read({ body: changed, styles: headingStyles }, { trackChanges: 'reject' })).blocks[0]!.type,
    ).toBe('paragraph')
  })
})

describe('blocks made of paragraphs', () => {
  const style = (id: string, name: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`
  test('code lines are one block', async () => {
    const body = p('if (x)', '<w:pStyle w:val="S"/>') + p('  return', '<w:pStyle w:val="S"/>')
    expect((await read({ body, styles: style('S', 'Source Code') })).blocks).toMatchObject([
      { type: 'code', text: 'if (x)\n  return' },
    ])
  })
  test('quotes are one block', async () => {
    const body = p('one', '<w:pStyle w:val="Q"/>') + p('two', '<w:pStyle w:val="Q"/>') + p('after')
    expect((await read({ body, styles: style('Q', 'Quote') })).blocks).toMatchObject([
      { type: 'quote', blocks: [{}, {}] },
      { type: 'paragraph' },
    ])
  })
  test('a table of contents is recognised by its field, with pages and links', async () => {
    const begin =
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    const entry = (text: string, level: number, lead = '', tail = '') =>
      `<w:p><w:pPr><w:pStyle w:val="T${level}"/></w:pPr>${lead}<w:hyperlink w:anchor="_Toc1"><w:r><w:t>${text}</w:t><w:tab/><w:t>4</w:t></w:r></w:hyperlink>${tail}</w:p>`
    const doc = await read({
      body:
        entry('L</w:t><w:tab/><w:t>Instructions', 1, begin) +
        entry('L.1 Format', 2, '', '<w:r><w:fldChar w:fldCharType="end"/></w:r>') +
        p('Body'),
      styles: style('T1', 'toc 1') + style('T2', 'toc 2'),
    })
    expect(doc.blocks).toMatchObject([
      {
        type: 'contents',
        entries: [
          {
            level: 1,
            page: '4',
            content: [{ type: 'link', href: '#_Toc1', children: [{ text: 'L Instructions' }] }],
          },
          { level: 2, page: '4' },
        ],
      },
      { type: 'paragraph' },
    ])
  })
  test('a letter over several lines begins its paragraph', async () => {
    const cap = `<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>${r('T')}</w:p>`
    expect(await markdown(cap + p('he Government'))).toBe('The Government\n')
  })
  test('content controls are looked through, boxes keep their tick', async () => {
    const box =
      '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>'
    const body = `<w:sdt><w:sdtContent><w:sdt><w:sdtContent><w:p>${box}${r(' Small business')}</w:p></w:sdtContent></w:sdt></w:sdtContent></w:sdt>`
    expect(plainText((await read(body)).blocks[0]!)).toBe('☒ Small business')
  })
  test('a box to tick says whether it is ticked, whatever sign it is drawn with', async () => {
    const box = (checked: number, content: string, states = '') =>
      `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${checked}"/>${states}</w14:checkbox></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`
    const wingdings = '<w14:checkedState w14:val="00FE" w14:font="Wingdings"/>'
    const body = [
      box(1, r('X'), '<w14:checkedState w14:val="0058" w14:font="Arial"/>'),
      box(0, r('')),
      box(1, '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', wingdings),
    ].join('')
    expect(plainText((await read(`<w:p>${body}</w:p>`)).blocks[0]!)).toBe('☒☐☑')
  })
  test('an alternative is read once (part 3)', async () => {
    const choice = (inner: string) => `<mc:Choice Requires="wps">${inner}</mc:Choice>`
    const body = `<w:p><mc:AlternateContent>${choice(r('new'))}<mc:Fallback>${r('old')}</mc:Fallback></mc:AlternateContent></w:p>`
    expect(plainText((await read(body)).blocks[0]!)).toBe('new')
  })
})

test('a place is the part and the number of the paragraph in it', async () => {
  const doc = await read(p('one') + p('two'))
  expect(doc.blocks.map((block) => block.at)).toEqual([
    { path: 'word/document.xml#p1' },
    { path: 'word/document.xml#p2' },
  ])
})
