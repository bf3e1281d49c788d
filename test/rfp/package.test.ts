import { expect, test } from 'vitest'
import { analysisSchema } from '../../src/rfp/findings.ts'
import { joinAnalyses } from '../../src/rfp/index.ts'
import { analyzed } from './solicitation.ts'

const base = analyzed(`
# Request for Proposals: Records Portal
## 3. Instructions to Proposers
Proposals must be received no later than 4:00 p.m. Eastern time on July 10, 2026.
The offeror shall complete Attachment 2. The offeror shall sign Attachment 9.
The offeror shall be registered.
Your proposal shall contain the following sections, in this order:
1. Cover Letter
2. Technical Approach
## 4. Evaluation Criteria
Proposals will be scored as follows:
* Technical Approach: 60 points
* Price: 40 points
`)
const attachment = analyzed(`
# Attachment 2: Statement of Work
## 1. Portal
The Contractor shall host the portal.
The offeror shall be registered.
## 5. Instructions to Offerors
Proposals must be received no later than 4:00 p.m. Eastern time on July 17, 2026.
`)
const joined = joinAnalyses([
  base,
  { ...attachment, document: { ...attachment.document, filename: 'Att_02-SOW.docx', sha256: 'y' } },
])

test('several files are one solicitation that fits the contract', () => {
  expect(analysisSchema.parse(joined)).toEqual(joined)
  expect(joined.documents?.map(({ filename, referred_as }) => [filename, referred_as])).toEqual([
    ['rfp.md', []],
    ['Att_02-SOW.docx', ['Attachment 2']],
  ])
  expect(joined.coverage.sentences).toBe(base.coverage.sentences + attachment.coverage.sentences)
})

test('rows know their file, ids of the first file stay, repeats point to it', () => {
  const ids = joined.compliance_matrix.map(({ requirement_id }) => requirement_id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.slice(0, base.compliance_matrix.length)).toEqual(
    base.compliance_matrix.map(({ requirement_id }) => requirement_id),
  )
  const [first, second] = joined.compliance_matrix.filter(({ requirement_text }) =>
    requirement_text.includes('registered'),
  )
  expect(second).toMatchObject({ duplicate_of: first!.requirement_id, file: 'Att_02-SOW.docx' })
})

test('an attachment in the package is not missing, another one is', () => {
  const missing = joined.warnings
    .filter(({ code }) => code === 'missing-attachment')
    .map(({ message }) => message)
  expect(missing).toEqual([
    expect.stringContaining('Attachment 9 is referred to once but is not in the package'),
  ])
  expect(joined.crosswalk?.questions.map(({ text }) => text).join()).toContain('Attachment 9')
})

test('due dates that differ between files are shown side by side', () => {
  const due = joined.submission_checklist.filter(({ kind }) => kind === 'due_date')
  expect(due.map(({ conflict_group, file }) => [conflict_group, file])).toEqual([
    ['due_date', 'rfp.md'],
    ['due_date', 'Att_02-SOW.docx'],
  ])
  expect(joined.warnings.find(({ code }) => code === 'conflicting-due-date')?.message).toContain(
    'Att_02-SOW.docx',
  )
})
