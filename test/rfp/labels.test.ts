import { describe, expect, test } from 'vitest'
import { labelOf, readings } from '../../src/rfp/passages/labels.ts'

describe('enumerators', () => {
  test.each([
    ['(a) Format.', '(a)', 'a'],
    ['L-317 SUBMISSION OF PROPOSALS', 'L-317', 'L-317'],
    ['Section L - Instructions', 'Section L', 'Section L'],
    ['Section L.4 Past Performance', 'Section L.4', 'Section L.4'],
    ['Annexure – II', 'Annexure – II', 'Annexure II'],
    ['52.212-1 Instructions to Offerors', '52.212-1', '52.212-1'],
    ['FAR 52.227-17 Rights in Data', 'FAR 52.227-17', 'FAR 52.227-17'],
    ['IV. SERVICES REQUESTED', 'IV.', 'IV'],
    ['4.2.1 Approach', '4.2.1', '4.2.1'],
    ['10.PAYMENT SCHEDULE', '10.', '10'],
    ['Sec. 1.01 Purpose', 'Sec. 1.01', 'Sec. 1.01'],
    ['Factor A: Technical', 'Factor A', 'Factor A'],
    ['E.1 52.212-1 INSTRUCTIONS', 'E.1', 'E.1'],
    ['(ii)', '(ii)', 'ii'],
  ])('%s', (text, printed, number) => {
    expect(labelOf(text)).toMatchObject({ printed, number })
  })

  test.each([
    'Section 5 of the PWS applies',
    'Section L.4 is deleted.',
    'U.S. Government',
    '(951) 393-3702',
    '8.5 by 11 inches',
    'PROVISIONS INCORPORATED',
    'Items are due',
  ])('no enumerator: %s', (text) => {
    expect(labelOf(text)).toBeUndefined()
  })

  test('an ambiguous letter has both readings', () => {
    expect(readings(labelOf('(i) x')!)).toEqual([
      { style: 'lowerRoman', value: 1 },
      { style: 'lower', value: 9 },
    ])
  })
})
