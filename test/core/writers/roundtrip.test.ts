import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doc, paragraph, text } from '../../../src/core/doc/build.ts'
import type { Doc } from '../../../src/core/doc/model.ts'
import { defaultLimits } from '../../../src/core/limits.ts'
import { defaultReadOptions, defaultWriteOptions } from '../../../src/core/options.ts'
import type { ReadContext } from '../../../src/core/reader.ts'
import { readMarkdownText } from '../../../src/core/readers/md/md.ts'
import { createReport } from '../../../src/core/report.ts'
import { writeMarkdown } from '../../../src/core/writers/markdown/markdown.ts'
import { anyDoc, anyHtmlTable, content, noted, words } from './arbitrary.ts'
import { canonical } from './canonical.ts'

const context: ReadContext = {
  options: defaultReadOptions,
  limits: defaultLimits,
  report: createReport(),
  signal: new AbortController().signal,
  progress: () => {},
  isLate: () => false,
  keepImage: () => undefined,
  readMember: async () => undefined,
}
const print = (one: Doc) => writeMarkdown(one, defaultWriteOptions, []).text
const parse = async (markdown: string): Promise<Doc> =>
  doc('md', (await readMarkdownText(markdown, context)).blocks)

/** Printed and read again it says the same. */
async function holds(one: Doc): Promise<void> {
  const markdown = print(one)
  expect(canonical((await parse(markdown)).blocks), markdown).toEqual(canonical(one.blocks))
}

const numRuns = Number(process.env.ROUNDTRIP_RUNS ?? 300)

describe('Markdown that mdraft writes is read as the same tree', () => {
  test('one paragraph of plain text', () =>
    fc.assert(
      fc.asyncProperty(words, (value) => holds(doc('test', [paragraph(value)]))),
      { numRuns },
    ))

  test('one paragraph of styled text, links, pictures and formulas', () =>
    fc.assert(
      fc.asyncProperty(content, (inline) =>
        holds(doc('test', [paragraph([text('x'), ...inline]), ...noted])),
      ),
      { numRuns },
    ))

  test('any document', () => fc.assert(fc.asyncProperty(anyDoc, holds), { numRuns }))

  test('tables with spans and blocks in their cells', () =>
    fc.assert(
      fc.asyncProperty(anyHtmlTable, (table) =>
        holds(doc('test', [paragraph('before'), table, paragraph('after')])),
      ),
      { numRuns },
    ))

  test('printed again it is the same text', () =>
    fc.assert(
      fc.asyncProperty(anyDoc, async (one) => {
        const markdown = print(await parse(print(one)))
        expect(print(await parse(markdown))).toBe(markdown)
      }),
      { numRuns },
    ))
})
