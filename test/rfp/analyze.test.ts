import { describe, expect, test } from 'vitest'
import { cell, doc, heading, paragraph, row, table } from '../../src/core/doc/build.ts'
import { identify } from '../../src/core/enrich/identify.ts'
import { analyze } from '../../src/rfp/analyze.ts'
import { analysisSchema } from '../../src/rfp/findings.ts'
import { analyzed } from './solicitation.ts'

const source = `
# Request for Proposals: Records Portal
Issued March 2, 2026 by the City of Exampleton.
## 1. Background
The City runs a paper archive. Residents must often wait two weeks.
## 2. Scope of Work
The Contractor shall host the portal. The portal must keep an audit log.
The City will provide test data.
Deliverables include:
* A migration plan
* A training plan
## 3. Instructions to Proposers
Proposals must be received no later than 4:00 p.m. Eastern time on April 10, 2026.
Questions must be submitted by e-mail to buyer@exampleton.gov by March 20, 2026.
Submit one original and three copies. Late proposals will not be considered.
The City reserves the right to reject any proposal.
The proposal shall not exceed 20 pages, in 11-point font with 1-inch margins.
Your proposal shall contain the following sections, in this order:
1. Cover Letter
2. Technical Approach
3. Price Proposal
What experience does your team have?
## 4. Evaluation Criteria
Proposals will be scored as follows:
* Technical Approach: 60 points
* Experience: 25 points
* Price: 15 points
`

describe('a small solicitation', () => {
  const analysis = analyzed(source)
  const row = (start: string) =>
    analysis.compliance_matrix.find(({ requirement_text }) => requirement_text.startsWith(start))

  test('fits the contract and is the same in every run', () => {
    expect(analysisSchema.parse(analysis)).toEqual(analysis)
    expect(JSON.stringify(analyzed(source))).toBe(JSON.stringify(analysis))
  })

  test('binds contractor and offeror, not the buyer', () => {
    expect(row('The Contractor shall host')).toMatchObject({
      obligation: 'shall',
      actor: 'contractor',
      rfp_reference: '2',
    })
    expect(row('Submit one original')).toMatchObject({
      obligation: 'required',
      actor: 'offeror',
      rfp_reference: '3',
    })
    expect(row('What experience')).toMatchObject({ actor: 'offeror' })
    expect(row('The City will provide')).toBeUndefined()
    expect(row('The City reserves')).toBeUndefined()
  })

  test('items carry their stem', () => {
    expect(row('Cover Letter')).toMatchObject({
      obligation: 'shall',
      stem_text: expect.stringContaining('in this order'),
    })
  })

  test('finds the points', () => {
    expect(analysis.evaluation_criteria.map(({ name, points }) => [name, points])).toEqual([
      ['Technical Approach', 60],
      ['Experience', 25],
      ['Price', 15],
    ])
  })

  test('lists the facts of submission', () => {
    const told = (kind: string) =>
      analysis.submission_checklist.filter((one) => one.kind === kind).map(({ value }) => value)
    expect(told('due_date')).toEqual(['2026-04-10 16:00 Eastern time'])
    expect(told('qa_deadline')).toEqual(['2026-03-20'])
    expect(told('copies')).toHaveLength(1)
    expect(told('font')[0]).toContain('11-point')
    expect(told('margin')).toHaveLength(1)
  })

  test('outlines the response in the order demanded', () => {
    expect(analysis.annotated_outline.map(({ title }) => title)).toEqual([
      'Cover Letter',
      'Technical Approach',
      'Price Proposal',
    ])
  })

  test('every passage has a disposition', () => {
    const counts = Object.values(analysis.coverage.by_disposition)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(analysis.coverage.sentences)
  })
})

test('"(Hour) (Date)" under a box of a form is no heading', () => {
  const { compliance_matrix } = analyzed(`
# Instructions
Offers will be received until noon.
# (Hour) (Date)
Offerors shall sign the offer.
`)
  expect(compliance_matrix.find(({ binding_word }) => binding_word === 'shall')).toMatchObject({
    section_title: 'Instructions',
  })
})

test('parts called by their number alone have the name that the evaluation gives them', () => {
  const { annotated_outline } = analyzed(`
# Request for Quotes 21-7
## 9.2 Technical submissions
Technical submissions must consist of:
* Factor 1: Technical Approach
* Factor 2: Staffing Plan
* Factor 3: Similar Experience
## 9.6 Evaluation
The Government will evaluate the technical submission by these factors:
* Factor 1: Technical Approach
* Factor 2: Staffing Plan
* Factor 3: Similar Experience
`)
  expect(annotated_outline.map(({ title }) => title)).toEqual(
    expect.arrayContaining(['Factor 1: Technical Approach', 'Factor 2: Staffing Plan']),
  )
})

test('the label of a form’s box is no lead-in of the boxes below it', () => {
  const boxes = ['FOR INFORMATION CALL:', 'John Doe'].map((text) => cell([paragraph(text)]))
  const below = '12. In compliance with the above, the undersigned offeror agrees to furnish all items.'
  const form = [heading(1, 'Request for Proposal 12-001'), heading(2, 'SOLICITATION'), table([row(boxes)])]
  const read = identify(doc('md', [...form, paragraph(below)]))
  const { compliance_matrix } = analyze(read, { filename: 'rfp.md', sha256: 'x' })
  expect(compliance_matrix.map(({ stem_text }) => stem_text)).toEqual([null])
})
