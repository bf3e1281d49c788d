import type { Element, Root } from 'hast'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { describe, expect, test } from 'vitest'
import {
  cell,
  doc,
  heading,
  item,
  list,
  paragraph,
  quote,
  row,
  table,
  text,
} from '../../src/core/doc/build.ts'
import type { Block } from '../../src/core/doc/model.ts'
import { identify } from '../../src/core/enrich/identify.ts'
import { defaultWriteOptions } from '../../src/core/options.ts'
import { writeMarkdown } from '../../src/core/writers/markdown/markdown.ts'
import { ChunkView } from '../../web/parts/result/chunk.tsx'
import { createSourceMap } from '../../web/parts/source-map.ts'

const render = (element: ReactElement) => renderToStaticMarkup(element)

/** The app's own road: Doc → Markdown and map → chunks → HTML. */
function show(blocks: readonly Block[]): string {
  const { text, map } = writeMarkdown(identify(doc('pdf', blocks)), defaultWriteOptions, [])
  const source = createSourceMap(
    text,
    map.map(({ start, end, block, at }) => ({
      start,
      end,
      block,
      page: at.page ?? null,
      boxes: [...(at.boxes ?? [])],
      path: at.path ?? null,
    })),
  )
  return source.chunks.map((chunk) => render(<ChunkView chunk={chunk} map={source} />)).join('')
}
const showMarkdown = (markdown: string): string => {
  const map = createSourceMap(markdown, [])
  return map.chunks.map((chunk) => render(<ChunkView chunk={chunk} map={map} />)).join('')
}

/** The id of the innermost element that holds the words. */
function blockOf(html: string, words: string): string | undefined {
  const before = html.slice(0, html.indexOf(words))
  const open: (string | undefined)[] = []
  for (const [tag, name] of before.matchAll(/<\/?([a-z0-9]+)(?:\s[^>]*)?>/g)) {
    if (tag.startsWith('</')) open.pop()
    else if (!/\/>$/.test(tag) && !['br', 'hr', 'img', 'input'].includes(name!))
      open.push(/data-block="([^"]*)"/.exec(tag)?.[1])
  }
  return open.findLast((id) => id !== undefined)
}

describe('a rendered block', () => {
  const blocks = [
    heading(2, 'L.4.2 Format'),
    paragraph('Pages shall be numbered.'),
    list([
      item([paragraph('one inch margins')], { label: '(a)' }),
      item([paragraph('eleven points'), list([item([paragraph('tables nine points')])])], { label: '(b)' }),
    ]),
    table(
      [
        row([cell('Factor', { header: true }), cell('Points', { header: true })]),
        row([cell('Price'), cell('250')]),
      ],
      { headerRows: 1 },
    ),
    table(
      [
        row([cell('CLIN', { rowSpan: 2 }), cell('Amounts', { colSpan: 2 })]),
        row([cell('Base'), cell('Option')]),
      ],
      { headerRows: 0 },
    ),
    quote([paragraph('shall not be duplicated')]),
  ]
  const html = show(blocks)
  const all = identify(doc('pdf', blocks))

  // Cells of an HTML table may have ranges of their own; the table has one in any case.
  const spanned = ['CLIN', 'Amounts', 'Base', 'Option']

  test('carries its id, also deep inside lists, tables and quotes', () => {
    const idOf = new Map<string, string>()
    const walk = (list: readonly Block[]) => {
      for (const block of list) {
        if ('content' in block) {
          const [first] = block.content
          if (first?.type === 'text') idOf.set(first.text, block.id)
        }
        if (block.type === 'list') for (const one of block.items) walk(one.blocks)
        if (block.type === 'table')
          for (const one of block.rows) for (const two of one.cells) walk(two.blocks)
        if (block.type === 'quote') walk(block.blocks)
      }
    }
    walk(all.blocks)
    expect(idOf.size).toBe(14)
    const wrong = [...idOf].filter(([words, id]) => {
      const block = blockOf(html, words)
      return block !== id && !(spanned.includes(words) && block === 't2')
    })
    expect(wrong.map(([words]) => [words, blockOf(html, words), idOf.get(words)])).toEqual([])
  })

  test('keeps the spans of a table', () => {
    expect(html).toMatch(/rowspan="2"/i)
    expect(html).toMatch(/colspan="2"/i)
  })
})

const harmless = new Set(
  'div section p span a h1 h2 table thead tbody tr th td pre code ul ol li em strong details br hr'.split(
    ' ',
  ),
)
const elements = (node: Root | Element): Element[] =>
  node.children.flatMap((child) => (child.type === 'element' ? [child, ...elements(child)] : []))

describe('nothing of a document runs', () => {
  const payloads = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)></svg>',
    '<svg><script>alert(1)</script></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '![x](javascript:alert(1))',
    '<details open ontoggle=alert(1)>',
    '<form action="javascript:alert(1)"><input type=submit>',
    '<input autofocus onfocus=alert(1)>',
    '<style>@import "//x";</style>',
    '<link rel=stylesheet href=//x>',
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    '<base href="//x">',
    '<p style="background:url(//x)">x</p>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<template><img src=x onerror=alert(1)></template>',
    '<img name=getElementById><form id=attributes>',
    '# <img src=x onerror=alert(1)>',
    '| a |\n| - |\n| <img src=x onerror=alert(1)> |',
    '<https://x" onmouseover="alert(1)>',
    '```html\n<script>alert(1)</script>\n```',
  ]
  test.each(payloads)('%s', (payload) => {
    const html = showMarkdown(`before\n\n${payload}\n\nafter`)
    const found = elements(unified().use(rehypeParse, { fragment: true }).parse(html))
    const names = found.map(({ tagName }) => tagName)
    expect(names.filter((name) => !harmless.has(name))).toEqual([])
    const attributes = found.flatMap(({ properties }) => Object.keys(properties))
    expect(
      attributes.filter((name) => /^(on|style|srcDoc|formAction|action|id|name|src)/i.test(name)),
    ).toEqual([])
    const links = found.flatMap(({ properties }) =>
      properties.href === undefined ? [] : [String(properties.href)],
    )
    expect(links.filter((href) => !/^(https?|mailto):/.test(href))).toEqual([])
    expect(html).toContain('before')
  })
})

test('a page mark is a line with the number, not text of the document', () => {
  const html = showMarkdown('<!-- page: iv -->\n')
  expect(html).toContain('Page iv')
  expect(html).not.toContain('&lt;!--')
})

test('a note shows its name and its text', () => {
  const html = showMarkdown('[^2]: See *L.4*.\n')
  expect(html).toContain('Note 2')
  expect(html).toContain('<em>L.4</em>')
})

test('emphasis is shown', () => {
  expect(show([paragraph([text('Due '), text('May 1', ['bold'])])])).toContain('<strong>May 1</strong>')
})
