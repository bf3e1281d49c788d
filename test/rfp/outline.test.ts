/** Page limits of the outline's parts, and criteria under the sections they stand in. */
import { describe, expect, test } from 'vitest'
import { analyzed } from './solicitation.ts'

const instructions = `
# Request for Quotations
## 1. Submission Instructions
Quotes must be e-mailed to buyer@example.gov.
### 1.1 Technical Submission
The technical submission must address the factors below.
#### 1.1.1 Factor 1 - Technical Approach
This section should be no more than five pages.
Describe your approach.
#### 1.1.2 Factor 2 - Staffing Plan
The resumes must tell the skills of each person, but cannot exceed one page each.
This section should be no more than three pages plus one additional page for each resume.
Describe your team.
### 1.2 Price Submission
Complete the price sheet.
## 2. Evaluation Factors
### 2.1 Factor 1 - Technical Approach
The agency will evaluate the approach.
### 2.2 Factor 2 - Staffing Plan
The agency will evaluate the team.
`

test('a limit that names "this section" is that section’s, one of resumes is not', () => {
  const { annotated_outline } = analyzed(instructions)
  const limitOf = (title: RegExp) => annotated_outline.find((one) => title.test(one.title))?.page_limit
  expect(limitOf(/Technical Approach/)).toBe('five pages')
  expect(limitOf(/Staffing Plan/)).toBe('three pages')
})

const provisions = `
# SECTION L - INSTRUCTIONS TO OFFERORS
## L.1 Mission Suitability Instructions
# Subfactor A - Technical Approach
A.1 Risk Management
The Offeror shall describe its risks.
# SECTION M - EVALUATION FACTORS FOR AWARD
## M.1 Mission Suitability Factor
# Subfactor A - Technical Approach
A.1 Risk Management
The agency will evaluate the risks.
# Subfactor B - Management Approach
B.1 Overall Approach
The agency will evaluate the management.
# Subfactor C - Data Approach
C.1 Migration
The subfactors will be scored on a scale of 1,000 points.
`

describe('a factor printed in larger type than the provision that names it', () => {
  const analysis = analyzed(provisions)
  test('stands under the provision', () => {
    const row = analysis.compliance_matrix.find(({ requirement_text }) => /its risks/.test(requirement_text))
    expect(row?.rfp_reference).toMatch(/L\.1, Subfactor A, A\.1$/)
  })
  test('makes no work statement of its paragraphs C.1', () => {
    expect(analysis.compliance_matrix.filter(({ actor }) => actor === 'contractor')).toEqual([])
  })
})

const volumes = `
# SECTION L - INSTRUCTIONS TO OFFERORS
## L.1 Submission
The proposal shall consist of the following volumes:
### Volume 1 - Price
The price proposal shall include the following:
(a) A completed price schedule
(b) Acknowledgement of amendments
### Volume 2 - Technical Approach
Describe your approach to the work.
The offeror shall show that the price schedule covers the approach.
# SECTION B - SUPPLIES AND PRICES
The offeror shall request an increase of the price in writing.
`

test('a requirement stands under the one part that answers it, not under all parts of its volume', () => {
  const { annotated_outline, compliance_matrix } = analyzed(volumes)
  const textOf = new Map(compliance_matrix.map((row) => [row.requirement_id, row.requirement_text]))
  const answers = Object.fromEntries(
    annotated_outline.map(({ title, requirement_ids }) => [
      title,
      requirement_ids.map((id) => textOf.get(id)),
    ]),
  )
  expect(answers).toEqual({
    Price: ['The price proposal shall include the following:'],
    'A completed price schedule': ['A completed price schedule'],
    'Acknowledgement of amendments': ['Acknowledgement of amendments'],
    'Technical Approach': [
      'Describe your approach to the work.',
      'The offeror shall show that the price schedule covers the approach.',
    ],
  })
})

const provision = `
# SECTION I - CONTRACT CLAUSES
## I.1 52.204-21 BASIC SAFEGUARDING OF COVERED CONTRACTOR INFORMATION SYSTEMS (NOV 2021)
The Contractor shall apply the following basic safeguarding requirements.
# SECTION L - INSTRUCTIONS TO OFFERORS
## L.1 52.215-210 MISSION PROPOSAL INSTRUCTIONS (MAY 2022)
The offeror shall describe its mission approach.
# SECTION M - EVALUATION FACTORS FOR AWARD
## M.1 Mission Approach
The agency will evaluate the mission approach.
`

test('a provision that instructs the bidder is no contract clause, though it has a number and a date', () => {
  const { compliance_matrix, crosswalk } = analyzed(provision)
  expect(compliance_matrix.map((row) => [row.actor, row.is_clause])).toEqual([
    ['contractor', true],
    ['offeror', false],
  ])
  expect(crosswalk?.gaps).toEqual([])
})
