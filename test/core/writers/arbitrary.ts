/** Documents nobody would write, for properties that must hold of all. */
import fc from 'fast-check'
import {
  cell,
  code,
  doc,
  figure,
  formula,
  heading,
  inlineFormula,
  inlineImage,
  item,
  lineBreak,
  link,
  list,
  note,
  noteRef,
  paragraph,
  quote,
  row,
  rule,
  table,
  text,
} from '../../../src/core/doc/build.ts'
import type { Block, Doc, Inline, Mark } from '../../../src/core/doc/model.ts'

const marks: readonly Mark[] = [
  'bold',
  'italic',
  'strike',
  'superscript',
  'code',
  'underline',
  'deleted',
  'inserted',
]

/** Characters and little strings that Markdown reads as something. */
const snippet = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('word', 'Shall', 'a', 'ü', '数', '7', ' ', '  ', ' and ', '.', ','),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ...[
        '*',
        '**',
        '_',
        '__',
        '~',
        '~~',
        '`',
        '``',
        '$',
        '$$',
        '$5',
        '\\',
        '[',
        ']',
        '(',
        ')',
        '](',
        '[^1]',
        '!',
      ],
      ...[
        '![',
        '<',
        '>',
        '<b>',
        '</',
        '<!--',
        '&',
        '&amp;',
        '&#65;',
        '#',
        '# ',
        '- ',
        '+ ',
        '1. ',
        '2) ',
        '> ',
        '|',
      ],
      ...[
        '---',
        '===',
        '```',
        '~~~',
        '[x] ',
        ': ',
        '"',
        '{',
        '}',
        '=',
        '-',
        '+',
        '\t',
        '\n',
        '“',
        '。',
        '(a) ',
        '€',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
)
export const words = fc.array(snippet, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))

const styledText = fc
  .tuple(words, fc.subarray([...marks], { maxLength: 2 }), fc.boolean())
  .map(([value, some, isPlain]) => text(value, isPlain ? [] : some))

const href = fc.constantFrom(
  'https://a.example/x',
  '#to',
  'a b.html',
  'x(1).pdf',
  'http://a.example',
  'y?a=1&copy;=2',
)
const formulaText = fc.constantFrom('x', 'a_1^2', '\\frac{1}{2}', 'a|b', 'x < y', '5', '\\$')

const simpleInline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 8, arbitrary: styledText },
  { weight: 1, arbitrary: fc.tuple(words, href).map(([alt, src]) => inlineImage(src, alt)) },
  { weight: 1, arbitrary: formulaText.map(inlineFormula) },
)
const anyInline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 10, arbitrary: simpleInline },
  {
    weight: 2,
    arbitrary: fc
      .tuple(href, fc.array(simpleInline, { minLength: 1, maxLength: 3 }))
      .map(([to, some]) => link(to, some)),
  },
  { weight: 1, arbitrary: fc.constant(lineBreak()) },
  { weight: 1, arbitrary: fc.constant(noteRef('n1')) },
)
export const content = fc.array(anyInline, { minLength: 1, maxLength: 5 })

const label = fc.constantFrom(undefined, undefined, '(a)', '(b)', 'L.4.2', 'a.', '1.', '2.', '3)', 'iv)')

const { block } = fc.letrec<{ block: Block; blocks: readonly Block[] }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    content.map((inline) => paragraph(inline)),
    fc.tuple(fc.integer({ min: 1, max: 8 }), content).map(([level, inline]) => heading(level, inline)),
    fc.constant(rule()),
    fc
      .tuple(words, fc.constantFrom(undefined, 'ts', 'c++'))
      .map(([value, language]) => code(value, { language })),
    formulaText.map((latex) => formula(latex)),
    fc.tuple(words, fc.constantFrom(undefined, 'pic.png')).map(([alt, src]) => figure(alt, { src })),
    fc
      .array(fc.array(content, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .chain((rows) =>
        fc
          .tuple(
            fc.integer({ min: 0, max: 1 }),
            fc.array(fc.constantFrom('left' as const, 'right' as const, null), { maxLength: 3 }),
          )
          .map(([headerRows, align]) =>
            table(
              rows.map((cells) => row(cells.map((inline) => cell([paragraph(inline)])))),
              { headerRows, align },
            ),
          ),
      ),
    (tie('blocks') as fc.Arbitrary<readonly Block[]>).map((blocks) => quote(blocks)),
    fc
      .tuple(
        fc.boolean(),
        fc.array(
          fc.tuple(
            label,
            fc.oneof(fc.constant([]), tie('blocks') as fc.Arbitrary<readonly Block[]>),
            content,
            fc.constantFrom(undefined, undefined, true, false),
          ),
          { minLength: 1, maxLength: 3 },
        ),
      )
      .map(([ordered, items]) =>
        list(
          items.map(([name, blocks, inline, checked]) =>
            item([paragraph([text('x'), ...inline]), ...blocks], { label: name, checked }),
          ),
          { ordered },
        ),
      ),
  ),
}))

/** A note is a note only where the text refers to it. */
export const noted: readonly Block[] = [
  paragraph([text('See'), noteRef('n1')]),
  note('footnote', 'n1', [paragraph('The note.')]),
]

export const anyDoc: fc.Arbitrary<Doc> = fc
  .array(block, { minLength: 1, maxLength: 4 })
  .map((blocks) => doc('test', [...blocks, ...noted]))

/** Cells that span, and hold blocks that a pipe cell cannot: printed as HTML. Every row is full. */
const cellBlocks: fc.Arbitrary<readonly Block[]> = fc.oneof(
  fc.array(styledText, { minLength: 1, maxLength: 3 }).map((inline) => [paragraph([text('x'), ...inline])]),
  fc.constant([]),
  fc.tuple(words, words).map(([one, other]) => [paragraph(`x${one}`), paragraph(`y${other}`)]),
  fc
    .array(words, { minLength: 1, maxLength: 3 })
    .map((items) => [list(items.map((one) => item([paragraph(`x${one}`)])))]),
  words.map((value) => [paragraph('x'), code(`x${value}\n\ny`)]),
  fc.tuple(words, href).map(([value, to]) => [paragraph([text('x '), link(to, `w${value}`)])]),
)
export const anyHtmlTable: fc.Arbitrary<Block> = fc
  .tuple(
    fc.integer({ min: 0, max: 2 }),
    fc.array(fc.tuple(cellBlocks, cellBlocks), { minLength: 1, maxLength: 3 }),
    cellBlocks,
  )
  .map(([headerRows, rows, wide]) =>
    table(
      [row([cell(wide, { colSpan: 2 })]), ...rows.map((cells) => row(cells.map((blocks) => cell(blocks))))],
      { headerRows },
    ),
  )
