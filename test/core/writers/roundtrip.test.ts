import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doc, paragraph, text } from '../../../src/core/doc/build.ts'
import type { Doc } from '../../../src/core/doc/model.ts'
import { defaultLimits } from '../../../src/core/limits.ts'
import { defaultWriteOptions } from '../../../src/core/options.ts'
import { readMarkdownText } from '../../../src/core/readers/md/md.ts'
import { createReport } from '../../../src/core/report.ts'
import { writeMarkdown } from '../../../src/core/writers/markdown/markdown.ts'
import { anyDoc, content, noted, words } from './arbitrary.ts'
import { canonical } from './canonical.ts'

const print = (one: Doc) => writeMarkdown(one, defaultWriteOptions, []).text
const parse = (markdown: string): Doc =>
  doc('md', readMarkdownText(markdown, { report: createReport(), limits: defaultLimits }).blocks)

const runs = Number(process.env.ROUNDTRIP_RUNS ?? 300)

describe('Markdown that mdraft writes is read as the same tree', () => {
  test('one paragraph of plain text', () => {
    fc.assert(
      fc.property(words, (value) => {
        const one = doc('test', [paragraph(value)])
        expect(canonical(parse(print(one)).blocks), print(one)).toEqual(canonical(one.blocks))
      }),
      { numRuns: runs },
    )
  })

  test('one paragraph of styled text, links, pictures and formulas', () => {
    fc.assert(
      fc.property(content, (inline) => {
        const one = doc('test', [paragraph([text('x'), ...inline]), ...noted])
        expect(canonical(parse(print(one)).blocks), print(one)).toEqual(canonical(one.blocks))
      }),
      { numRuns: runs },
    )
  })

  test('any document', () => {
    fc.assert(
      fc.property(anyDoc, (one) => {
        expect(canonical(parse(print(one)).blocks), print(one)).toEqual(canonical(one.blocks))
      }),
      { numRuns: runs },
    )
  })

  test('printed again it is the same text', () => {
    fc.assert(
      fc.property(anyDoc, (one) => {
        const markdown = print(parse(print(one)))
        expect(print(parse(markdown))).toBe(markdown)
      }),
      { numRuns: runs },
    )
  })
})
