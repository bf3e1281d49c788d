import { describe, expect, test } from 'vitest'
import {
  cell,
  code,
  contents,
  doc,
  field,
  figure,
  formula,
  furniture,
  heading,
  inlineFormula,
  inlineImage,
  item,
  lineBreak,
  link,
  list,
  note,
  noteRef,
  pageBreak,
  paragraph,
  quote,
  row,
  rule,
  table,
  text,
} from '../../../src/core/doc/build.ts'
import type { Block, Inline, Mark } from '../../../src/core/doc/model.ts'
import { defaultWriteOptions, type WriteOptions } from '../../../src/core/options.ts'
import { writeMarkdown } from '../../../src/core/writers/markdown/markdown.ts'

const md = (blocks: readonly Block[], options: Partial<WriteOptions> = {}) =>
  writeMarkdown(doc('test', blocks), { ...defaultWriteOptions, ...options }, []).text.replace(/\n$/, '')
const p = (...content: (string | Inline)[]) =>
  paragraph(content.map((one) => (typeof one === 'string' ? text(one) : one)))
const strong = (value: string) => text(value, ['bold'])
const em = (value: string) => text(value, ['italic'])

describe('text that looks like markup stays text, with no backslash too many', () => {
  test.each([
    // harmless as it is
    ['a * b', 'a * b'],
    ['5*3 = 15', '5*3 = 15'],
    ['* required', '\\* required'],
    ['Note* and more', 'Note* and more'],
    ['snake_case_name', 'snake_case_name'],
    ['Name: ________ Date: ____', 'Name: ________ Date: ____'],
    ['~100 and ~200', '~100 and ~200'],
    ['$5 and $10', '$5 and $10'],
    ['costs $5-$10', 'costs $5-$10'],
    ['[1] and [a, b]', '[1] and [a, b]'],
    ['see [1] (a)', 'see [1] (a)'],
    ['a < b > c', 'a < b > c'],
    ['AT&T & Co', 'AT&T & Co'],
    ['C:\\dir\\file', 'C:\\dir\\file'],
    ['1.2.3 Scope', '1.2.3 Scope'],
    ['it’s 50% + 3', 'it’s 50% + 3'],
    ['a ` b', 'a ` b'],
    ['x | y', 'x | y'],
    ['#hashtag', '#hashtag'],
    ['-dash', '-dash'],
    ['(a) first', '(a) first'],
    ['https://a.example/x_y_z', 'https://a.example/x_y_z'],
    // markup but for the backslash
    ['*a*', '\\*a\\*'],
    ['**a**', '\\*\\*a\\*\\*'],
    ['_a_', '\\_a\\_'],
    ['~~a~~', '\\~\\~a\\~\\~'],
    ['`a`', '\\`a\\`'],
    ['$a$', '\\$a\\$'],
    ['[a](b)', '[a\\](b)'],
    ['[^1]', '\\[^1]'],
    ['[a]: b', '\\[a]: b'],
    ['<b>', '\\<b>'],
    ['<!-- x -->', '\\<!-- x -->'],
    ['</div>', '\\</div>'],
    ['&amp; &#65;', '\\&amp; \\&#65;'],
    ['\\* x', '\\\\* x'],
    ['# x', '\\# x'],
    ['- x', '\\- x'],
    ['+ x', '\\+ x'],
    ['1. x', '1\\. x'],
    ['12) x', '12\\) x'],
    ['> x', '\\> x'],
    ['---', '\\---'],
    ['* * *', '\\* * *'],
    ['___', '\\___'],
    ['```', '\\`\\`\\`'],
    ['~~~', '\\~~~'],
    ['$$', '\\$\\$'],
  ])('%s → %s', (value, expected) => {
    expect(md([paragraph(value)])).toBe(expected)
  })

  test('at the start of a later line', () => {
    expect(md([p('a', lineBreak(), '- b', lineBreak(), '--- | ---')])).toBe('a\\\n\\- b\\\n\\--- | ---')
    expect(md([p('a', lineBreak(), '=')])).toBe('a\\\n\\=')
  })

  test('the end of a heading', () => {
    expect(md([heading(2, 'C #'), heading(2, 'C#'), heading(9, '1. Scope')])).toBe(
      '## C \\#\n\n## C#\n\n###### 1. Scope',
    )
  })

  test('control characters and halves of characters go', () => {
    expect(md([paragraph('a\0b\u0007c\ud800d\ufdd0e\u000bf')])).toBe('abc\ufffdde f')
  })
})

describe('emphasis', () => {
  test.each<[string, readonly Inline[], string]>([
    ['bold and italic', [strong('a'), text(' '), em('b')], '**a** *b*'],
    ['both at once', [text('a', ['bold', 'italic'])], '***a***'],
    ['one inside the other', [strong('a '), text('b', ['bold', 'italic']), strong(' c')], '**a *b* c**'],
    ['white space moves out', [text('x'), strong(' a '), text('y')], 'x **a** y'],
    ['runs of one style are one', [strong('a'), text(' '), strong('b')], '**a b**'],
    ['over a line break', [strong('a'), lineBreak(), strong('b')], '**a\\\nb**'],
    ['inside a word', [text('un'), em('frigging'), text('believable')], 'un*frigging*believable'],
    ['punctuation before a letter moves out', [strong('重要。'), text('次')], '**重要**。次'],
    ['punctuation after a letter moves out', [text('f'), em('(x) y')], 'f(*x) y*'],
    [
      'what cannot move is a tag',
      [text('a'), text('`', ['code', 'bold']), text('b')],
      'a<strong>`` ` ``</strong>b',
    ],
    ['a star beside a fence', [text('*'), strong('a')], '\\***a**'],
    ['a star inside', [strong('a * b')], '**a * b**'],
    [
      'strike, deleted, inserted',
      [text('a', ['strike']), text('b', ['inserted']), text(' '), text('c', ['deleted'])],
      '~~a~~<ins>b</ins> ~~c~~',
    ],
    [
      'superscript and subscript',
      [text('H'), text('2', ['subscript']), text('O'), text('1', ['superscript'])],
      'H<sub>2</sub>O<sup>1</sup>',
    ],
    ['underline and highlight have no Markdown', [text('a', ['underline', 'highlight'])], 'a'],
    ['code', [text('a'), text('b`c', ['code'])], 'a``b`c``'],
    [
      'code with white space around',
      [text('a', ['code']), text(' '), text(' b ', ['code']), text('c')],
      '`a` `b` c',
    ],
    ['of all words of a link goes around it', [strong('see '), link('u', [strong('it')])], '**see [it](u)**'],
  ])('%s', (_, content, expected) => {
    expect(md([paragraph(content)])).toBe(expected)
  })

  test('off: only what says something else without it', () => {
    const all: Mark[] = ['bold', 'italic', 'strike', 'superscript', 'code']
    expect(
      md([p('a ', text('b', all), ' ', text('c', ['deleted']), ' ', text('d', ['inserted']))], {
        emphasis: false,
      }),
    ).toBe('a b ~~c~~ <ins>d</ins>')
  })

  test('a heading and a header cell are bold anyway', () => {
    expect(md([heading(1, [strong('All')]), heading(1, [strong('Some'), text(' words')])])).toBe(
      '# All\n\n# **Some** words',
    )
    const cells = (value: Inline) => row([cell([paragraph([value])])])
    expect(md([table([cells(strong('H')), cells(strong('b'))], { headerRows: 1 })])).toBe(
      '| H |\n| --- |\n| **b** |',
    )
  })
})

describe('links, pictures, formulas', () => {
  test.each<[string, readonly Inline[], string]>([
    ['link', [link('https://a.example/x', 'words')], '[words](https://a.example/x)'],
    ['title', [link('u', 'w', 'a "b"')], '[w](u "a \\"b\\"")'],
    [
      'address with spaces and parentheses',
      [link('a b(1).pdf', 'w'), link('a)(b', 'w')],
      '[w](a%20b(1).pdf)[w](a%29%28b)',
    ],
    [
      'its own words',
      [link('https://a.example/x', 'https://a.example/x'), text(' ok')],
      'https://a.example/x ok',
    ],
    [
      'its own words before a letter',
      [link('https://a.example/x', 'https://a.example/x'), text('y')],
      '<https://a.example/x>y',
    ],
    ['white space at its ends moves out', [text('a'), link('u', ' w '), text('b')], 'a [w](u) b'],
    ['brackets in it', [link('u', 'a ] b'), link('u', '[1]')], '[a \\] b](u)[[1]](u)'],
    ['after an exclamation mark', [text('Look!'), link('u', 'w')], 'Look\\![w](u)'],
    ['without words', [text('a'), link('u', ''), text('b')], 'ab'],
    ['picture', [text('a '), inlineImage('pic.png', 'it [1]')], 'a ![it \\[1\\]](pic.png)'],
    ['formula', [inlineFormula('x^2'), text(' and $5')], '$x^2$ and \\$5'],
    ['formula before a digit', [inlineFormula('x'), text('5')], '$$x$$5'],
  ])('%s', (_, content, expected) => {
    expect(md([paragraph(content)])).toBe(expected)
  })

  test('pictures are linked in the folder they are saved to', () => {
    const blocks = [
      figure('A chart', { src: 'ab.png' }),
      p('x', inlineImage('cd.png', ''), inlineImage('https://a.example/e.png', '')),
    ]
    expect(md(blocks, { imageFolder: 'img/' })).toBe(
      '![A chart](img/ab.png)\n\nx![](img/cd.png)![](https://a.example/e.png)',
    )
  })

  test('anchors are printed where a link points to them', () => {
    expect(md([paragraph('One', { anchors: ['_Ref1'] }), p(link('#_Ref1', 'to one'))])).toBe(
      '<a id="_Ref1"></a>One\n\n[to one](#_Ref1)',
    )
    expect(md([paragraph('One', { anchors: ['_Ref1'] })])).toBe('One')
  })

  test('a block of several names is linked by its first', () => {
    expect(md([paragraph('One', { anchors: ['a', 'b'] }), p(link('#b', 'to one'))])).toBe(
      '<a id="a"></a>One\n\n[to one](#a)',
    )
  })

  test('a link to a heading uses the name that readers of Markdown give it', () => {
    const to = (name: string) => p(link(`#${name}`, name))
    expect(
      md([
        heading(2, 'L.4.2 Proposal Format', { anchors: ['a'] }),
        heading(2, 'Über', { anchors: ['b'] }),
        heading(2, 'Über', { anchors: ['c'] }),
        heading(2, '***', { anchors: ['d'] }),
        to('a'),
        to('b'),
        to('c'),
        to('d'),
      ]),
    ).toBe(
      '## L.4.2 Proposal Format\n\n## Über\n\n## Über\n\n## <a id="d"></a>***\n\n[a](#l42-proposal-format)\n\n[b](#über)\n\n[c](#über-1)\n\n[d](#d)',
    )
  })

  test.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java\u200bscript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'javascript&colon;alert(1)',
    'x-unknown:run',
  ])('%j is no link', (href) => {
    expect(md([p('a ', link(href, 'words'), ' b')])).toBe('a words b')
  })
})

describe('lists', () => {
  test('labels are printed as they are', () => {
    const items = ['1.', '2.', undefined].map((label) => item([paragraph('x')], { label }))
    expect(md([list(items.slice(0, 2), { ordered: true })])).toBe('1. x\n2. x')
    expect(
      md([list([item([paragraph('x')], { label: '(a)' }), item([paragraph('y')], { label: '(b)' })])]),
    ).toBe('- (a) x\n- (b) y')
    expect(md([list([item([paragraph('x')], { label: 'L.4.2' })])])).toBe('- L.4.2 x')
    expect(md([list([item([paragraph('x')], { label: '•' })])])).toBe('- x')
  })

  test('numbers that Markdown would count otherwise start a new list', () => {
    const items = ['1.', '2.', '5.', '6)'].map((label) => item([paragraph('x')], { label }))
    expect(md([list(items, { ordered: true })])).toBe('1. x\n2. x\n\n<!-- -->\n\n5. x\n\n6) x')
  })

  test('numbers without labels count from the start', () => {
    const two = [item([paragraph('x')]), item([paragraph('y')])]
    expect(md([{ ...list(two, { ordered: true }), start: 4 } as Block])).toBe('4. x\n5. y')
  })

  test('nested, tight and loose', () => {
    const inner = list([item([paragraph('b')]), item([paragraph('c')])])
    expect(md([list([item([paragraph('a'), inner]), item([paragraph('d')])])])).toBe('- a\n  - b\n  - c\n- d')
    expect(md([list([item([paragraph('a'), paragraph('a2')]), item([paragraph('d')])])])).toBe(
      '- a\n\n  a2\n\n- d',
    )
    const numbered = list([item([paragraph('b')], { label: '2.' })], { ordered: true })
    expect(md([list([item([paragraph('a'), numbered])])])).toBe('- a\n\n  2. b')
    const ten = list([item([paragraph('a'), inner], { label: '10.' })], { ordered: true })
    expect(md([ten])).toBe('10. a\n    - b\n    - c')
  })

  test('code, tables and quotes stand inside their item', () => {
    const blocks = [
      paragraph('a'),
      code('x\n\ny'),
      table([row([cell('1')])], { headerRows: 1 }),
      quote([paragraph('q')]),
    ]
    expect(md([list([item(blocks)])])).toBe('- a\n\n  ```\n  x\n\n  y\n  ```\n\n  | 1 |\n  | --- |\n\n  > q')
  })

  test('two in a row stay two', () => {
    const one = (label?: string) => list([item([paragraph('x')], { label })])
    expect(md([one(), one(), one()])).toBe('- x\n\n* x\n\n- x')
    expect(md([one('1.'), one('1.')])).toBe('1. x\n\n<!-- -->\n\n1. x')
    expect(md([one('1.'), one()])).toBe('1. x\n\n- x')
  })

  test('tasks, and text that looks like one', () => {
    const items = [
      item([paragraph('a')], { checked: true }),
      item([paragraph('b')], { checked: false, label: '(a)' }),
    ]
    expect(md([list(items)])).toBe('- [x] a\n- [ ] (a) b')
    expect(md([list([item([paragraph('[x] a')])])])).toBe('- \\[x] a')
  })

  test('an item with nothing in it keeps its place', () => {
    expect(md([list([item([]), item([paragraph('b')])])])).toBe('-\n- b')
  })
})

describe('tables', () => {
  const cells = (...values: string[]) => row(values.map((value) => cell(value)))

  test('pipes, alignment, short rows', () => {
    expect(md([table([cells('a', 'b'), cells('1')], { headerRows: 1, align: ['left', 'right'] })])).toBe(
      '| a | b |\n| :--- | ---: |\n| 1 |  |',
    )
  })

  test('without a header row', () => {
    expect(md([table([cells('a', 'b')])])).toBe('|  |  |\n| --- | --- |\n| a | b |')
  })

  test('a bar is escaped wherever it stands', () => {
    const content = [
      text('a|b '),
      text('c|d', ['code']),
      text(' '),
      inlineFormula('|x|'),
      text(' '),
      link('u|v', 'w|x'),
    ]
    expect(md([table([row([cell([paragraph(content)])])], { headerRows: 1 })])).toBe(
      '| a\\|b `c\\|d` $\\vert x\\vert$ [w\\|x](u%7Cv) |\n| --- |',
    )
  })

  test('paragraphs and line breaks in a cell', () => {
    const inner = [p('a', lineBreak(), 'b'), p('c')]
    expect(md([table([row([cell(inner)])], { headerRows: 1 })])).toBe('| a<br>b<br>c |\n| --- |')
  })

  test('spans make it HTML, in which nothing is Markdown', () => {
    const head = row([cell('a <b>', { colSpan: 2 })])
    const body = row([cell([p(strong('x*y'), lineBreak(), link('javascript:x', 'w'))]), cell('&amp;')])
    expect(md([table([head, body], { headerRows: 1 })])).toBe(
      [
        '<table>',
        '<thead>',
        '<tr><th colspan="2">a &lt;b&gt;</th></tr>',
        '</thead>',
        '<tbody>',
        '<tr><td><strong>x*y</strong><br>w</td><td>&amp;amp;</td></tr>',
        '</tbody>',
        '</table>',
      ].join('\n'),
    )
  })

  test('so do blocks that a pipe cell cannot hold, without a blank line', () => {
    const inner = [p('a'), list([item([p('b')]), item([p('c')])]), code('x\n\ny')]
    expect(md([table([row([cell(inner)])])])).toBe(
      '<table>\n<tbody>\n<tr><td><p>a</p><ul><li>b</li><li>c</li></ul><pre><code>x&#10;&#10;y</code></pre></td></tr>\n</tbody>\n</table>',
    )
  })

  test('the caption stands before it', () => {
    expect(md([table([cells('a')], { headerRows: 1, caption: [text('Table 1. *x*')] })])).toBe(
      'Table 1. \\*x\\*\n\n| a |\n| --- |',
    )
  })
})

describe('other blocks', () => {
  test('code', () => {
    expect(md([code('a ``` b\n', { language: 'ts' })])).toBe('````ts\na ``` b\n````')
    expect(md([code('x', { language: 'a`b c' })])).toBe('```abc\nx\n```')
  })

  test('quotes', () => {
    expect(md([quote([paragraph('a'), quote([paragraph('b')]), paragraph('# c')])])).toBe(
      '> a\n>\n> > b\n>\n> \\# c',
    )
  })

  test('formulas', () => {
    expect(md([formula('a\n\nb')])).toBe('$$\na\nb\n$$')
  })

  test('figures with captions, and pictures that were not kept', () => {
    expect(md([figure('A chart', { src: 'a.png', caption: [text('Figure 1. It')] })])).toBe(
      '![A chart](a.png)\n\nFigure 1. It',
    )
    expect(md([figure(''), figure('A logo')])).toBe('<!-- image -->\n\n![A logo]()')
    const boxes = [{ page: 1, x0: 0, y0: 0, x1: 9, y1: 9 }]
    expect(md([figure('', { at: { page: 1, boxes } })])).toBe('')
    expect(md([figure('', { at: { page: 1, boxes, path: 'slide1.xml' } })])).toBe('<!-- image -->')
  })

  test('notes stand where they are, and are text when nothing refers to them', () => {
    const one = note('footnote', '1', [paragraph('Foot.'), paragraph('More.')])
    expect(md([p('a', noteRef('1'), noteRef('9')), one])).toBe(
      'a[^1]<sup>9</sup>\n\n[^1]: Foot.\n\n    More.',
    )
    expect(md([p('a'), one])).toBe('a\n\n<sup>1</sup> Foot.\n\nMore.')
    const comment = note('comment', 'c 1', [paragraph('Why?')], {
      author: 'Ann',
      date: '2026-01-02T03:04:05Z',
    })
    expect(md([p('a', noteRef('c 1')), comment])).toBe('a[^c-1]\n\n[^c-1]: Ann, 2026-01-02: Why?')
  })

  test('a note of an HTML table is text, since Markdown reads no notes there', () => {
    const spanned = table([row([cell([p('a', noteRef('1'))], { colSpan: 2 })])])
    expect(md([spanned, note('footnote', '1', [paragraph('Foot.')])])).toContain('<sup>1</sup> Foot.')
  })

  test('a reference followed by a colon does not become a definition', () => {
    expect(md([p(noteRef('1'), ': x'), note('footnote', '1', [paragraph('Foot.')])])).toBe(
      '[^1]\\: x\n\n[^1]: Foot.',
    )
  })

  test('fields of a form', () => {
    const blocks = [
      field('text', 'Name', 'Ann'),
      field('text', 'Date', ''),
      field('checkbox', 'Yes', '', { checked: true }),
      field('checkbox', 'No', '', { checked: false }),
    ]
    expect(md(blocks)).toBe('**Name:** Ann\n\n**Date:**\n\n- [x] Yes\n- [ ] No')
    expect(md(blocks.slice(0, 1), { emphasis: false })).toBe('Name: Ann')
  })

  test('furniture: said once where the format says it once', () => {
    const once = furniture('header', [paragraph('Draft -- 1 -->')])
    const onPage = furniture('footer', [paragraph('Page 1')], { at: { page: 1 } })
    expect(md([once, onPage])).toBe('<!-- header: Draft - - 1 - - > -->')
    expect(md([once, onPage], { headersFooters: 'omit' })).toBe('')
    expect(md([once, onPage], { headersFooters: 'show' })).toBe('Draft -- 1 -->\n\nPage 1')
  })

  test('contents nest by level', () => {
    const entries = [
      { level: 1, content: [text('1. One')], page: '3' },
      { level: 3, content: [link('#a', '1.1 Two')], page: '4' },
      { level: 1, content: [text('2. Three')] },
    ]
    expect(md([contents(entries)])).toBe('- 1\\. One 3\n  - [1.1 Two](#a) 4\n- 2\\. Three')
  })

  test('page markers on request; a rule', () => {
    expect(md([pageBreak(1), p('a'), pageBreak(2), rule()], { pageMarkers: true })).toBe(
      '<!-- page: 1 -->\n\na\n\n<!-- page: 2 -->\n\n---',
    )
    expect(md([pageBreak(1), rule(), p('a')])).toBe('***\n\na')
    expect(md([p('a'), pageBreak(2, { byAuthor: true })])).toBe('a\n\n<!-- page break -->')
  })

  test('front matter that YAML reads back', () => {
    const one = {
      ...doc('pdf', [p('a')], { meta: { title: 'A: "b"', author: 'Ann' } }),
      source: { sha256: 'ab12', bytes: 3 },
    }
    const warning = { code: 'hidden-text', level: 'note', message: 'Said: x', at: { page: 2 } } as const
    expect(writeMarkdown(one, { ...defaultWriteOptions, frontMatter: true }, [warning]).text).toBe(
      [
        '---',
        'title: "A: \\"b\\""',
        'author: Ann',
        'sha256: ab12',
        'format: pdf',
        'engine: mdraft',
        'warnings:',
        '  - code: hidden-text',
        '    message: "Said: x"',
        '    page: 2',
        '---',
        '',
        'a',
        '',
      ].join('\n'),
    )
  })

  test('what prints nothing leaves no trace', () => {
    expect(md([p(''), heading(1, ' '), quote([]), p('a'), list([]), table([]), pageBreak(2), p('b')])).toBe(
      'a\n\nb',
    )
    expect(md([])).toBe('')
  })

  test('the output is cut off at its bound', () => {
    const cut = writeMarkdown(doc('test', [p('abc'), p('def')]), { ...defaultWriteOptions, maxChars: 5 }, [])
    expect(cut).toMatchObject({ text: 'abc\n', isTruncated: true })
  })
})
