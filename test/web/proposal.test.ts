import { describe, expect, test } from 'vitest'
import type { Analysis } from '../../src/contract/analyses.ts'
import type { MatrixRow } from '../../src/contract/proposals.ts'
import { eventText } from '../../web/parts/proposal/events.ts'
import { collides } from '../../web/parts/proposal/row-editing.ts'
import { standingOf } from '../../web/parts/proposal/standing.ts'
import { plan } from '../../web/parts/proposal/start.ts'

const row = (values: Partial<MatrixRow>): MatrixRow => ({
  id: '1',
  analysis_id: null,
  requirement_id: 'R-1',
  requirement_text: 'The offeror shall sign.',
  rfp_reference: 'L.1',
  obligation: 'shall',
  category: 'instruction',
  page: 1,
  boxes: [],
  block_ids: [],
  status: 'open',
  owner_id: null,
  response_location: '',
  notes: '',
  version: 1,
  changed_at: null,
  previous_text: null,
  removed_at: null,
  updated_at: '2027-01-01T00:00:00Z',
  ...values,
})

describe('two people at one row', () => {
  test('collide in the same field only', () => {
    const theirs = row({ notes: 'Ada wrote this', version: 2 })
    expect(collides(row({}), theirs, { notes: 'mine' })).toBe(true)
    expect(collides(row({}), theirs, { status: 'compliant' })).toBe(false)
  })

  test('who wrote the same do not collide', () => {
    expect(collides(row({}), row({ status: 'compliant', version: 2 }), { status: 'compliant' })).toBe(false)
  })
})

test('a row that an amendment took away was counted as open work', () => {
  const done = row({ status: 'compliant' })
  const gone = row({ removed_at: '2027-01-02T00:00:00Z' })
  expect(standingOf([done, gone], null)).toMatchObject({ total: 1, decided: 100, nobodys: 0 })
  expect(standingOf([gone], null)).toMatchObject({ total: 0, decided: 100 })
  expect(standingOf([done, row({ owner_id: '7' })], '7')).toMatchObject({ decided: 50, mine: 1 })
})

const people = { me: null, all: [], mayEdit: true, name: () => 'Ada' }

describe('the history', () => {
  test.each([
    [
      { action: 'row changed', detail: { row_id: '1', status: { from: 'open', to: 'not_applicable' } } },
      'set the status from Open to Not applicable',
    ],
    [{ action: 'row changed', detail: { row_id: '1', owner_id: { from: null, to: '7' } } }, 'gave it to Ada'],
    [{ action: 'changed', detail: { title: { from: 'A', to: 'B' } } }, 'renamed it to “B”'],
    [{ action: 'matrix filled', detail: { added: 1 } }, 'filled the matrix with 1 requirement'],
    [{ action: 'something new', detail: {} }, 'something new'],
  ])('%o', (event, text) => {
    expect(eventText(event, people)).toBe(text)
  })
})

describe('the proposal that an analysis leads to', () => {
  const item = (value: string) => ({ kind: 'due_date', value }) as Analysis['submission_checklist'][number] // what the plan looks at
  const analysis = (values: string[]) =>
    ({
      document: { filename: 'a.pdf', title: null },
      solicitation: {
        number: 'N-1',
        title: 'Harbor sensors',
        issuing_office: 'Office of Acquisition, 400 Beacon Street',
      },
      submission_checklist: values.map(item),
    }) as unknown as Analysis // the parts that the plan looks at

  test('has the title, the client and the due date of the solicitation', () => {
    expect(plan(analysis(['2027-03-12 14:00 Eastern Time', '2027-03-12 14:00 Eastern Time']))).toEqual({
      title: 'N-1: Harbor sensors',
      client: 'Office of Acquisition',
      due: { at: '2027-03-12T19:00:00.000Z', zone: 'America/New_York' },
    })
  })

  test('has no due date when the document disagrees with itself', () => {
    expect(plan(analysis(['2027-03-12 14:00 ET', '2027-03-15 14:00 ET'])).due).toBeNull()
  })
})
