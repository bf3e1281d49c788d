import { expect, test } from 'vitest'
import {
  cell,
  doc,
  field,
  furniture,
  heading,
  item,
  lineBreak,
  list,
  note,
  pageBreak,
  paragraph,
  quote,
  row,
  table,
  text,
} from '../../../src/core/doc/build.ts'
import { identify } from '../../../src/core/enrich/identify.ts'
import { defaultWriteOptions } from '../../../src/core/options.ts'
import { writeText } from '../../../src/core/writers/text.ts'

test('words only, and the map of them', () => {
  const blocks = [
    heading(1, '1. *One*'),
    paragraph([text('a', ['bold']), lineBreak(), text('b')]),
    list([
      item([paragraph('x'), list([item([paragraph('y')])])], { label: '(a)' }),
      item([paragraph('z')], { checked: true }),
    ]),
    table([row([cell('c'), cell([paragraph('d'), paragraph('e')])]), row([cell('f')])], {
      caption: [text('T')],
    }),
    furniture('header', [paragraph('h')]),
    pageBreak(2),
    quote([paragraph('q')]),
    field('checkbox', 'Yes', '', { checked: true }),
    note('footnote', '1', [paragraph('n')]),
  ]
  const { text: out, map } = writeText(identify(doc('t', blocks)), defaultWriteOptions, [])
  expect(out).toBe('1. *One*\n\na\nb\n\n(a) x\n  - y\n- ☒ z\n\nT\nc\td e\nf\n\nq\n\n☒ Yes\n\n[1] n\n')
  expect(map.map(({ block, start, end }) => [block, out.slice(start, end)])).toContainEqual(['p3', 'y'])
})
