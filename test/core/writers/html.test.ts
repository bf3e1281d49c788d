import { describe, expect, test } from 'vitest'
import {
  cell,
  code,
  doc,
  figure,
  furniture,
  heading,
  inlineFormula,
  item,
  lineBreak,
  link,
  list,
  note,
  noteRef,
  pageBreak,
  paragraph,
  row,
  table,
  text,
} from '../../../src/core/doc/build.ts'
import type { Block } from '../../../src/core/doc/model.ts'
import { identify } from '../../../src/core/enrich/identify.ts'
import { defaultWriteOptions, type WriteOptions } from '../../../src/core/options.ts'
import { writeHtml } from '../../../src/core/writers/html/html.ts'

const page = (blocks: readonly Block[], options: Partial<WriteOptions> = {}) =>
  writeHtml(
    identify(doc('test', blocks, { meta: { title: '<T>' } })),
    { ...defaultWriteOptions, ...options },
    [],
  )
const body = (blocks: readonly Block[], options: Partial<WriteOptions> = {}) =>
  /<body>\n([\s\S]*)\n<\/body>/.exec(page(blocks, options).text)?.[1]

describe('HTML', () => {
  test('is a whole page that may load and run nothing', () => {
    const { text: html } = page([])
    expect(html).toMatch(/^<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n/)
    expect(html).toContain(`content="default-src 'none';`)
    expect(html).toContain('<title>&lt;T&gt;</title>')
  })

  test.each<[string, Block, string]>([
    [
      'heading',
      heading(8, 'A & b', { anchors: ['one', 'two'] }),
      '<h6 id="to-one" data-block="h1"><a id="to-two"></a>A &amp; b</h6>',
    ],
    [
      'marks',
      paragraph([text('a', ['bold', 'italic', 'underline']), lineBreak(), text('c', ['code'])]),
      '<p data-block="p1"><u><strong><em>a</em></strong></u><br><code>c</code></p>',
    ],
    [
      'links',
      paragraph([link('#one', 'a'), link('javascript:x', 'b')]),
      '<p data-block="p1"><a href="#to-one">a</a>b</p>',
    ],
    ['formula', paragraph([inlineFormula('a<b')]), '<p data-block="p1">\\(a&lt;b\\)</p>'],
    [
      'numbered list',
      list([item([paragraph('a')], { label: '3.' }), item([paragraph('b')], { label: '5.' })], {
        ordered: true,
      }),
      '<ol start="3" data-block="l1"><li value="3" data-block="i1"><span data-block="p1">a</span></li><li value="5" data-block="i2"><span data-block="p2">b</span></li></ol>',
    ],
    [
      'labelled list',
      list([item([paragraph('a')], { label: '(a)', checked: true })], { ordered: true }),
      '<ul data-block="l1"><li data-block="i1">☒ (a) <span data-block="p1">a</span></li></ul>',
    ],
    [
      'table',
      table([row([cell('a', { colSpan: 2 })]), row([cell('b', { header: true }), cell('c')])], {
        headerRows: 1,
        caption: [text('T')],
      }),
      '<table data-block="t1">\n<caption>T</caption>\n<thead>\n<tr><th colspan="2"><span data-block="p1">a</span></th></tr>\n</thead>\n<tbody>\n<tr><th><span data-block="p2">b</span></th><td><span data-block="p3">c</span></td></tr>\n</tbody>\n</table>',
    ],
    [
      'code',
      code('a\n<b>', { language: 'c++" x' }),
      '<pre data-block="c1"><code class="language-c++x">a\n&lt;b&gt;</code></pre>',
    ],
    [
      'figure',
      figure('a "b"', { src: 'x.png', caption: [text('C')] }),
      '<figure data-block="f1"><img src="x.png" alt="a &quot;b&quot;"><figcaption>C</figcaption></figure>',
    ],
    ['page', pageBreak(2), '<hr class="page" data-page="2" data-block="k1">'],
    [
      'note',
      note('footnote', '1', [paragraph('F')]),
      '<aside class="footnote" id="to-note-1" data-block="n1"><sup>1</sup> <p data-block="p1">F</p></aside>',
    ],
    ['reference', paragraph([noteRef('1')]), '<p data-block="p1"><sup><a href="#to-note-1">1</a></sup></p>'],
  ])('%s', (_, block, expected) => {
    expect(body([block])).toBe(expected)
  })

  test('furniture only on request', () => {
    const block = furniture('header', [paragraph('x')])
    expect(body([block])).toBe('')
    expect(body([block], { headersFooters: 'show' })).toBe(
      '<div class="header" data-block="u1"><p data-block="p1">x</p></div>',
    )
  })

  test('ranges of the map hold their blocks', () => {
    const { text: html, map } = page([paragraph('a'), list([item([paragraph('b')])])])
    expect(map.map(({ block, start, end }) => [block, html.slice(start, end)])).toEqual([
      ['p1', '<p data-block="p1">a</p>'],
      ['l1', '<ul data-block="l1"><li data-block="i1"><span data-block="p2">b</span></li></ul>'],
      ['i1', '<li data-block="i1"><span data-block="p2">b</span></li>'],
      ['p2', '<span data-block="p2">b</span>'],
    ])
  })
})
