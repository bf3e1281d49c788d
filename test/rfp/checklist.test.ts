/** Facts of the checklist, told by sentences of solicitations written for these tests. */
import { describe, expect, test } from 'vitest'
import { analyzed } from './solicitation.ts'

const factsOf = (source: string): string[] =>
  analyzed(source).submission_checklist.map(({ kind, value }) => `${kind}: ${value}`)
const inInstructions = (sentence: string): string[] =>
  factsOf(`# Instructions to Offerors\nOfferors shall read this part.\n${sentence}`)

describe('a fact is found', () => {
  test.each([
    ['conference: 2024-03-13 09:00', 'A job walk will be held on March 13, 2024 at 9:00 a.m. at City Hall.'],
    ['validity: 120 days', 'Offerors are asked to state a proposal validity period of 120 days.'],
    [
      'other: Offerors must be actively registered',
      'Offerors must be actively registered in SAM when they submit.',
    ],
    [
      'page_limit: technical approach: 4 pages',
      'The technical approach shall have no more than four (4) additional pages.',
    ],
  ])('%s', (start, sentence) => {
    expect(inInstructions(sentence).join('\n')).toContain(start)
  })
})

test('lines of a cover page that were read as one text are told apart', () => {
  const facts = factsOf(`# Request for Proposals
BIDDERS’ CONFERENCE: June 26, 2024, 10:00 a.m. City Library LETTER OF INTENT DUE: July 7, 2024 PROPOSALS DUE: July 31, 2024, 5:00 p.m.`)
  expect(facts).toEqual([
    'due_date: 2024-07-31 17:00',
    'conference: 2024-06-26 10:00',
    'other: LETTER OF INTENT DUE: July 7, 2024',
  ])
})

describe('no fact is made of', () => {
  test.each([
    'Each award requiring an evaluation must be registered in the ratings system.',
    'Attachment C - Price Form has been updated to include a new line.',
    'All proposed hours subject to the adjusted rate shall be identified as regular or overtime hours.',
    'Offerors must notify Jane Doe of their intent to submit a proposal, to jane.doe@example.gov.',
  ])('%s', (sentence) => {
    const kinds = inInstructions(sentence).filter((fact) => !fact.startsWith('contact'))
    expect(kinds).toEqual([])
  })

  test('people who administer the contract, when somebody answers for the solicitation', () => {
    const facts = factsOf(`
# SECTION G - CONTRACT ADMINISTRATION DATA
Questions on property go to the point of contact Ann Lee, ann.lee@example.gov, (301) 555-0101.
# SECTION L - INSTRUCTIONS TO OFFERORS
Questions must be sent to the Contracting Officer Bo Park, bo.park@example.gov, by March 3, 2026.
# SECTION M - EVALUATION FACTORS FOR AWARD
The agency will evaluate price.`)
    expect(facts.filter((fact) => fact.startsWith('contact'))).toEqual([
      expect.stringContaining('bo.park@example.gov'),
    ])
  })
})
