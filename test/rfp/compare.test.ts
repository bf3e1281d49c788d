import { describe, expect, test } from 'vitest'
import { comparisonSchema } from '../../src/rfp/findings.ts'
import { compareVersions, exportComparison } from '../../src/rfp/index.ts'
import { read } from './solicitation.ts'

const base = `
# Request for Proposals: Records Portal
## 2. Scope of Work
The Contractor shall host the portal in two regions of the country.
The Contractor shall keep an audit log of every request for seven years.
The Contractor must answer calls of users within two hours on working days.
Minimum of 90% test coverage of all relevant code is the quality level of deliverables.
## 3. Instructions to Proposers
Proposals must be received no later than 4:00 p.m. Eastern time on July 10, 2026.
Staffing
The offeror shall describe how it intends to staff this effort from the first day.
The proposal shall not exceed 20 pages, in 11-point font with 1-inch margins.
The offeror shall submit one original and three copies of the proposal.
`
const words = (found: ReturnType<typeof compareVersions>, kind: string) =>
  found.changes
    .filter((one) => one.kind === kind)
    .map((one) =>
      one.words.map(({ kind: how, text }) => (how === 'same' ? text : `${how[0]}:${text}`)).join(' '),
    )

describe('a new version that repeats the old one', () => {
  const next = base
    .replace('July 10', 'July 24')
    .replace('two hours on working days', 'two hours on working days and on Saturdays')
    .replace('The Contractor shall keep an audit log of every request for seven years.\n', '')
    .replace('Staffing\nThe offeror', 'Staffing The offeror')
    .replace(
      'The proposal shall not',
      'Offerors shall register with the City before they submit.\nThe proposal shall not',
    )
  const found = compareVersions(read(base), read(next, 'v2.md'))

  test('fits its schema, and is the same in every run', () => {
    expect(comparisonSchema.parse(found)).toEqual(found)
    expect(compareVersions(read(base), read(next, 'v2.md'))).toEqual(found)
    expect(found.form).toBe('full')
  })

  test('shows each change word by word, and nothing that is only cut otherwise', () => {
    expect(words(found, 'changed')).toEqual([
      'The Contractor must answer calls of users within two hours on working days a:and on Saturdays.',
      expect.stringContaining('r:10, a:24, 2026.'),
    ])
    expect(words(found, 'added')).toEqual(['a:Offerors shall register with the City before they submit.'])
    expect(words(found, 'removed')).toEqual([expect.stringContaining('audit log')])
  })

  test('a changed row keeps the id it had', () => {
    const date = found.changes.find(
      ({ kind, new: now }) => kind === 'changed' && now?.text.includes('July 24'),
    )!
    expect(date.old!.requirement_id).not.toBe(date.new!.requirement_id)
    expect(found.kept_ids).toContainEqual({
      new_id: date.new!.requirement_id,
      old_id: date.old!.requirement_id,
    })
    expect(found.dates).toEqual([
      { kind: 'due_date', old: ['2026-07-10 16:00 Eastern time'], new: ['2026-07-24 16:00 Eastern time'] },
    ])
  })

  test('the same file twice has no changes', () => {
    const same = compareVersions(read(base), read(base))
    expect([same.changes, same.directives, same.dates, same.kept_ids]).toEqual([[], [], [], []])
  })

  test.each(['json', 'markdown', 'xlsx'] as const)('can be had as %s, the same twice', async (format) => {
    const made = await exportComparison(found, format)
    expect(made).toEqual(await exportComparison(found, format))
    if (format === 'markdown') expect(new TextDecoder().decode(made)).toContain('~~10,~~ **24,**')
  })
})

test('an amendment that says only what changes removes nothing by silence', () => {
  const found = compareVersions(
    read(base),
    read(
      `
# Amendment 0001
This amendment is issued to extend the due date.
Proposals must be received no later than 4:00 p.m. Eastern time on July 31, 2026.
All other terms and conditions remain unchanged.
`,
      'amd1.md',
    ),
  )
  expect(found.form).toBe('changes')
  expect(words(found, 'removed')).toEqual([])
  expect(words(found, 'changed')).toEqual([expect.stringContaining('r:10, a:31,')])
  expect(found.directives.map(({ text }) => text)).toEqual([
    'This amendment is issued to extend the due date.',
  ])
})

test('answers that change a requirement are told from answers that only explain', () => {
  const found = compareVersions(
    read(base),
    read(
      `
# Questions and answers
Q1: How large is the archive?
A1: The City expects about two million pages.
Q2: Does “all relevant code” mean all code?
A2: The quality level is amended to read: “Minimum of 90% test coverage of all code is the quality level of deliverables.”
Q3: May we host abroad?
A3: No. The Contractor must keep all data within the State of Exampleton.
`,
      'qa.md',
    ),
  )
  expect(found.form).toBe('answers')
  expect(found.changes.map(({ kind, answer }) => [kind, answer])).toEqual([
    ['changed', 'Question 2'],
    ['added', 'Question 3'],
  ])
  expect(words(found, 'changed')[0]).toContain('r:relevant')
})
