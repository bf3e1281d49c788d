/** Change lists, as Standard Form 30 and its kin print them, against the solicitation they change. */
import { describe, expect, test } from 'vitest'
import { compareVersions } from '../../src/rfp/index.ts'
import { read } from './solicitation.ts'

const base = `
# Request for Proposals: Records Portal
## L.1 General
Offerors shall use the forms of this request and no others.
## L.4 Past Performance
Offerors shall list two contracts of the last three years.
Offerors shall name a contact for each contract.
## L.5 Staffing
The offeror shall describe how it intends to staff this effort from the first day.
## L.42 Samples
Offerors shall send one sample of their reports.
`
const amended = (...orders: string[]) =>
  compareVersions(
    read(base),
    read(`# Amendment 0001\n${orders.join('\n')}\nAll other terms and conditions remain unchanged.`, 'a.md'),
  )
const told = (found: ReturnType<typeof compareVersions>) =>
  found.changes.map(({ kind, old, new: now }) => `${kind}: ${old?.text ?? ''} > ${now?.text ?? ''}`)
const idOf = (start: string) =>
  read(base).analysis.compliance_matrix.find(({ requirement_text }) => requirement_text.startsWith(start))!
    .requirement_id

describe('an order of an amendment', () => {
  test('that swaps words changes the sentence that holds them, which keeps its id', () => {
    const found = amended('In Section L.4, change “two contracts” to “four contracts”.')
    expect(told(found)).toEqual([
      'changed: Offerors shall list two contracts of the last three years. > Offerors shall list four contracts of the last three years.',
    ])
    expect(found.changes[0]!.old!.requirement_id).toBe(idOf('Offerors shall list two'))
  })

  test('that tells what a sentence reads changes the sentence most like it', () => {
    const found = amended(
      'The sentence on staffing in Section L.5 is revised to read: “The offeror shall describe how it intends to staff this effort from the second week.”',
    )
    expect(found.changes.map(({ kind, old }) => [kind, old?.requirement_id])).toEqual([
      ['changed', idOf('The offeror shall describe how')],
    ])
  })

  test('that deletes a section removes its requirements and those of no other', () => {
    expect(told(amended('Section L.4 is hereby deleted in its entirety.'))).toEqual([
      'removed: Offerors shall list two contracts of the last three years. > ',
      'removed: Offerors shall name a contact for each contract. > ',
    ])
  })

  test('that replaces a section keeps what the new words repeat', () => {
    const found = amended(
      'Section L.4 is deleted and replaced with the following:',
      'Offerors shall list two contracts of the last five years.',
    )
    expect(told(found)).toEqual([
      'changed: Offerors shall list two contracts of the last three years. > Offerors shall list two contracts of the last five years.',
      'removed: Offerors shall name a contact for each contract. > ',
    ])
  })

  test('that names attachments names them all', () => {
    const found = amended('The following attachments were added:', 'Price Sheet 0002', 'Work Statement 0002')
    expect(found.directives.map(({ text }) => text)).toEqual([
      'The following attachments were added: Price Sheet 0002; Work Statement 0002',
    ])
  })
})

const titled = (title: string) => `
# Request for Proposals: Records Portal
## L.1 ${title}
The offeror shall describe how its data would move to the new system.
`
test('a title that is another one is a change', () => {
  const found = compareVersions(
    read(titled('Data Risks and Migration')),
    read(titled('Data Closeout and Migration'), 'v2.md'),
  )
  expect(found.form).toBe('full')
  expect(found.changes.map(({ old, new: now }) => [old?.text, now?.text])).toContainEqual([
    'Data Risks and Migration',
    'Data Closeout and Migration',
  ])
})
