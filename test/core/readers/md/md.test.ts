import { describe, expect, test } from 'vitest'
import { read } from '../sketch.ts'

const md = async (source: string) => (await read(source, { from: 'md' })).sketch

describe('Markdown', () => {
  test.each<[string, string, string]>([
    ['headings', '# One\n\nTwo\n===\n\n###### Six #', 'h1 One\nh1 Two\nh6 Six'],
    ['styles', '*a* **b** ~~c~~ `d` ***e***', 'p /a/ *b* ~c~ `d` */e/*'],
    ['HTML inside a line', 'H<sub>2</sub>O <b>x <i>y</i></b> <br>z <ins>n</ins>', 'p H,2,O *x **/y/* ⏎z +n+'],
    ['line breaks', 'a\\\nb  \nc\nd', 'p a⏎b⏎c d'],
    [
      'links',
      '[a](b "c") [d][e] <https://f.example> www.g.example\n\n[e]: /e',
      'p [a](b) [d](/e) [https://f.example](https://f.example) [www.g.example](http://www.g.example)',
    ],
    ['a picture alone', '![alt](x.png)', 'figure alt (x.png)'],
    ['a picture in a line', 'a ![alt](x.png)', 'p a ![alt](x.png)'],
    ['lists keep their numbers', '3. a\n4. b\n\n7) c', '3. a\n4. b\n7) c'],
    [
      'labels after a bullet',
      '- (a) one\n- L.4.2 two\n- iv) three\n- A bullet\n- 5 apples',
      '(a) one\nL.4.2 two\niv) three\n- A bullet\n- 5 apples',
    ],
    ['nested lists', '- a\n  1. b\n\n     c', '- a\n  1. b\n    p c'],
    ['tasks', '- [x] a\n- [ ] b', '- [x] a\n- [ ] b'],
    ['quotes', '> a\n>\n> > b', '> p a\n> > p b'],
    ['code', '```ts\na\n\nb\n```\n\n    c', 'code:ts a⏎⏎b\ncode c'],
    ['rules', 'a\n\n---', 'p a\n---'],
    ['tables', '| a | b |\n|:--|--:|\n| **c** | d<br>e |', '# a | b\n| *c* | d⏎e'],
    ['tables without a header', '|  |  |\n| --- | --- |\n| a | b |', '| a | b'],
    ['a bar in a cell', '| a |\n|--|\n| `b\\|c` \\| d |', '# a\n| `b|c` | d'],
    [
      'HTML tables',
      '<table>\n<tr><td colspan="2">a</td></tr>\n<tr><td>b</td><td>c</td></tr>\n</table>',
      '| a [>2]\n| b | c',
    ],
    [
      'other HTML',
      '<div>\n<p>a <em>b</em></p>\n<script>alert(1)</script>\n</div>\n\n**c**',
      'p a /b/\np *c*',
    ],
    ['footnotes', 'a[^1]\n\n[^1]: b\n\n    c', 'p a[^1]\n[^1] p b / p c'],
    ['formulas', '$x^2$ and\n\n$$\ny\n$$', 'p $x^2$ and\n$$ y'],
    ['amounts are no formulas', '$5 and $10, or US$3 to $4', 'p $5 and $10, or US$3 to $4'],
    [
      'comments of ours',
      '<!-- page: 3 -->\n\n<!-- header: Draft -->\n\n<!-- image -->\n\n<!-- anything -->\n\na',
      'page 3\nheader p Draft\nfigure  ()\np a',
    ],
    ['character references', '&amp; &#65; &copy; `&amp;`', 'p & A © `&amp;`'],
    ['nothing', '<!-- x -->', ''],
  ])('%s', async (_, source, expected) => {
    expect(await md(source)).toBe(expected)
  })

  test('front matter gives the properties', async () => {
    const source =
      '---\ntitle: "A \\"b\\""\nauthor: Ann Lee\ntags: [x, y]\nnested:\n  title: no\n---\n\n# H\n'
    const { doc, sketch } = await read(source, { from: 'md' })
    expect(doc.meta).toEqual({ title: 'A "b"', author: 'Ann Lee', keywords: 'x, y' })
    expect(sketch).toBe('h1 H')
  })

  test('every block knows its line', async () => {
    const { doc } = await read('# a\n\nb\n\n- c\n', { from: 'md' })
    expect(doc.blocks.map(({ at }) => at.path)).toEqual(['line 1', 'line 3', 'line 5'])
  })

  test('links to headings and to tags find their block', async () => {
    const { doc } = await read('[a](#two-words) [b](#x)\n\n## Two words\n\n<a id="x"></a>para', {
      from: 'md',
    })
    expect(doc.blocks.map(({ anchors }) => anchors)).toEqual([undefined, ['two-words'], ['x']])
  })
})
