import { describe, expect, test } from 'vitest'
import { convert } from '../../../src/core/index.ts'
import { read } from './sketch.ts'

const html = async (text: string) => (await read(text, { from: 'html' })).sketch

describe('text', () => {
  test('white space collapses over elements', async () => {
    expect(await html('<p>a <b> b </b>\n c</p>')).toBe('p a *b *c')
  })
  test('loose text between blocks is a paragraph', async () => {
    expect(await html('one<div>two</div>three')).toBe('p one\np two\np three')
  })
  test('marks, also from styles', async () => {
    expect(
      await html('<em>a</em><code>b</code><sup>2</sup><del>x</del><span style="font-weight:700">y</span>'),
    ).toBe('p /a/`b`^2^~x~*y*')
  })
  test('scripts, styles, templates and hidden elements are not text; hidden text is said', async () => {
    const { sketch, codes } = await read(
      '<p>a<script>x</script><template>t</template></p><p hidden>secret</p><div style="display: none">more</div>',
      { from: 'html' },
    )
    expect(sketch).toBe('p a')
    expect(codes).toEqual(['hidden-content', 'hidden-content'])
  })
  test('hidden text is kept when asked for', async () => {
    expect((await read('<p hidden>secret</p>', { from: 'html', hiddenText: 'keep' })).sketch).toBe('p secret')
  })
  test('line breaks and rules', async () => expect(await html('a<br>b<hr>c')).toBe('p a⏎b\n---\np c'))
  test('ruby is put in brackets', async () => {
    expect(await html('<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>')).toBe('p 漢(かん)')
  })
})

describe('links', () => {
  test('a link around blocks is a link in each', async () => {
    expect(await html('<a href="/x"><div>one</div><div>two</div></a>')).toBe('p [one](/x)\np [two](/x)')
  })
  test.each(['javascript:alert(1)', ' jav&#9;ascript:alert(1)', 'VBScript:x', 'data:text/html,x'])(
    '%s is no link',
    async (href) => {
      expect(await html(`<a href="${href}">t</a>`)).toBe('p t')
    },
  )
  test('relative links follow <base>', async () => {
    expect(await html('<base href="https://example.org/a/"><a href="b.html">t</a>')).toBe(
      'p [t](https://example.org/a/b.html)',
    )
  })
  test('only what is linked to gets an anchor', async () => {
    const { doc } = await read('<h2 id="a">A</h2><h2 id="b">B</h2><p><a href="#b">to B</a>', { from: 'html' })
    expect(doc.blocks.map(({ anchors }) => anchors)).toEqual([undefined, ['b'], undefined])
  })
  test('footnotes by role become notes', async () => {
    const sketch = await html(
      '<p>Fact<a href="#fn1" role="doc-noteref"><sup>1</sup></a>.</p><section role="doc-endnotes"><ol><li id="fn1"><p>Source. <a href="#fnref1" role="doc-backlink">↩</a></p></li></ol></section>',
    )
    expect(sketch).toBe('p Fact[^1].\n[^1] p Source.')
  })
  test('the number of a note that leads back to its call is no part of the note', async () => {
    const note = '<aside id="d1"><p><sup><a href="#c1">1</a></sup>Source <a href="#x">two</a></p></aside>'
    const sketch = await html(
      `<p id="x">Fact<sup id="c1"><a role="doc-noteref" href="#d1">1</a></sup>.</p>${note}`,
    )
    expect(sketch).toBe('p Fact[^1].\n[^1] p Source [two](#x)')
  })
})

test('an element with an empty id is not the top of the page', async () => {
  const page = '<a href="#">Top</a><p id="x">a <span id="">b</span></p><p><a href="#x">x</a></p>'
  expect((await convert(Buffer.from(page), { name: 'a.html' })).output).toContain('[Top](#)')
})
test('a line break of XHTML is one line break', async () => {
  expect(
    await html('<html xmlns="http://www.w3.org/1999/xhtml"><body><p>a<br/>b<hr/></p></body></html>'),
  ).toBe('p a⏎b\n---')
})

describe('lists', () => {
  test('an item without a bullet that only holds a list indents it', async () => {
    const wrapped = '<li style="list-style-type:none"><ul><li>b</ul></li>'
    expect(await html(`<ul><li>a<ul>${wrapped}</ul></li>${wrapped}</ul>`)).toBe('- a\n  - b\n  - b')
  })
  test('nested, ordered with start, by letters', async () => {
    expect(await html('<ul><li>a<ol start="3"><li>b<li>c</ol><li>d</ul>')).toBe('- a\n  3. b\n  4. c\n- d')
    expect(await html('<ol type="a"><li>x<li value="28">y</ol>')).toBe('a. x\nab. y')
  })
  test('a list directly inside a list belongs to the item before', async () => {
    expect(await html('<ul><li>a</li><ul><li>b</li></ul></ul>')).toBe('- a\n  - b')
  })
  test('boxes to tick', async () => {
    expect(
      await html('<ul><li><input type="checkbox" checked> done<li><input type="checkbox"> open</ul>'),
    ).toBe('- [x] done\n- [ ] open')
  })
  test('descriptions', async () => {
    expect(await html('<dl><dt>T<dd>one<dd>two<dt>U</dl>')).toBe('- *T*\n  - one\n  - two\n- *U*')
  })
})

describe('tables', () => {
  test('header, spans, caption', async () => {
    expect(
      await html(
        '<table><caption>C</caption><tr><th>a<th colspan=2>b<tr><td rowspan=9>1<td>2<td>3<tr><td>4<td>5</table>',
      ),
    ).toBe('caption C\n# a | b [>2]\n| 1 [v2] | 2 | 3\n| 4 | 5')
  })
  test('foot last, whatever its place', async () => {
    expect(await html('<table><thead><tr><td>h<tfoot><tr><td>f<tbody><tr><td>b</table>')).toBe(
      '# h\n| b\n| f',
    )
  })
  test('layout tables are no tables', async () => {
    expect(await html('<table role="presentation"><tr><td>a<td>b</table>')).toBe('p a\np b')
    expect(
      await html('<table><tr><td><table border=1><tr><td>x<td>y</table></td><td>side</td></table>'),
    ).toBe('| x | y\np side')
  })
  test('blocks in cells', async () => {
    expect(await html('<table border=1><tr><td><p>a</p><ul><li>b</ul><td>c</table>')).toBe('| a / - b | c')
  })
  test('spans that claim more than a table may have are dropped with a warning', async () => {
    const cells = '<td colspan="1000" rowspan="1000">x</td>'.repeat(60)
    const { doc, codes } = await read(`<table>${`<tr>${cells}</tr>`.repeat(200)}</table>`, { from: 'html' })
    expect(codes).toEqual(['table-doubtful'])
    expect(doc.blocks[0]?.type === 'table' && doc.blocks[0].rows[0]?.cells[0]?.colSpan).toBe(undefined)
  })
})

describe('code, quotes, figures, formulas', () => {
  test('code with its language', async () => {
    expect(await html('<pre><code class="language-ts">\nlet a\n  = 1\n</code></pre>')).toBe(
      'code:ts let a⏎  = 1',
    )
  })
  test('quote', async () => expect(await html('<blockquote><p>a<p>b</blockquote>')).toBe('> p a\n> p b'))
  test('figure with caption', async () => {
    expect(await html('<figure><img src="a.png" alt="A"><figcaption>Fig. 1</figcaption></figure>')).toBe(
      'figure A (a.png) Fig. 1',
    )
  })
  test('a picture in a sentence, a counter of one pixel', async () => {
    expect(await html('see <img src=i.png alt=icon> here<img src=t.gif width=1 height=1>')).toBe(
      'p see ![icon](i.png) here',
    )
  })
  test('a picture written into the page is kept when pictures are wanted', async () => {
    const page = '<p>x <img alt="dot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>'
    expect(await html(page)).toBe('p x ![dot]()')
    const { doc } = await read(page, { from: 'html', images: 'extract' })
    expect(doc.images[0]?.mime).toBe('image/gif')
  })
  test('MathML to LaTeX', async () => {
    expect(
      await html('<math display="block"><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac></math>'),
    ).toBe('$$ \\frac{a}{b^{2}}')
    expect(
      await html(
        'x <math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi></math>',
      ),
    ).toBe('p x $\\sum_{i=1}^{n}i$')
    expect(
      await html(
        '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\xi</annotation></semantics></math>',
      ),
    ).toBe('p $\\xi$')
  })
})

describe('pages', () => {
  test('title, language, author', async () => {
    const { doc } = await read(
      '<html lang="de"><title> Ein\n Titel </title><meta name="author" content="Ann"><p>x',
      { from: 'html' },
    )
    expect(doc.meta).toEqual({ title: 'Ein Titel', language: 'de', author: 'Ann' })
  })
  test('the declared encoding is believed', async () => {
    const page = Buffer.from('<meta charset="windows-1251"><p>\xcf\xf0\xe8\xe2\xe5\xf2', 'latin1')
    expect((await read(page, { from: 'html' })).sketch).toBe('p Привет')
  })
  test('XHTML: an empty element swallows nothing', async () => {
    expect(
      await html(
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p><a id="x"/>text</p></body></html>',
      ),
    ).toBe('p text')
  })
  test('headings by number and by role', async () => {
    expect(await html('<h1>A <small>b</small></h1><div role="heading" aria-level="3">C</div>')).toBe(
      'h1 A b\nh3 C',
    )
  })
  test.each([
    ['divs', '<div>'.repeat(100_000)],
    ['bold', `<p>${'<b>'.repeat(100_000)}`],
    ['lists', '<ul><li>x'.repeat(20_000)],
    ['tables', '<table><tr><td>'.repeat(3_000)],
    ['quotes', '<blockquote>'.repeat(20_000)],
  ])('%s nested without end are flattened', async (_, open) => {
    const { sketch, codes } = await read(`${open}core`, { from: 'html' })
    expect(sketch).toContain('core')
    expect(codes).toContain('nesting-flattened')
  })
})
