import { describe, expect, test } from 'vitest'
import { doc, paragraph, table } from '../../src/core/doc/build.ts'
import { identify } from '../../src/core/enrich/identify.ts'
import { analyze } from '../../src/rfp/analyze.ts'
import { analyzed } from './solicitation.ts'

describe('questions and answers', () => {
  const analysis = analyzed(`
# Questions and answers
Q1: Must the vendor provide a resume for every proposed person?
A1: Resumes are required for key personnel only.
Q2: The RFP states: "Proposals must not exceed ten pages." Does this include the cover letter? Please clarify.
A2: Yes. The cover letter shall be counted.
Q3: Will the City extend the due date?
A3: No.
`)
  const texts = analysis.compliance_matrix.map((row) => row.requirement_text)

  test('what a bidder asks is no requirement', () => {
    expect(texts.filter((text) => /^(?:Q\d|"?Proposals must|Please clarify|Does this)/.test(text))).toEqual(
      [],
    )
  })

  test('what the buyer answers may be one', () => {
    expect(texts).toEqual([
      'A1: Resumes are required for key personnel only.',
      'The cover letter shall be counted.',
    ])
  })

  test('in a table the column tells who speaks', () => {
    const cell = (text: string) => ({ blocks: [paragraph(text)] })
    const rows = [
      ['No.', 'Question', 'Government Response'],
      [
        '1',
        'Should the quoter include licenses in CLIN 0003?',
        'Quoters must not modify the CLIN 0003 price.',
      ],
      ['2', 'May we submit two quotes? We must know soon.', 'Only one quote shall be submitted.'],
    ].map((cells) => ({ cells: cells.map(cell) }))
    const built = identify(doc('md', [table(rows, { headerRows: 1 })]))
    expect(
      analyze(built, { filename: 'qa.md', sha256: 'x' }).compliance_matrix.map((row) => row.requirement_text),
    ).toEqual(['Quoters must not modify the CLIN 0003 price.', 'Only one quote shall be submitted.'])
  })
})
