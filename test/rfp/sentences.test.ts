import { describe, expect, test } from 'vitest'
import { sentencesOf } from '../../src/rfp/passages/sentences.ts'

const split = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end))

describe('where sentences end', () => {
  test.each([
    ['Quotes are due by 12:00 p.m. Eastern time on Friday. Late ones are not read.', 2],
    ['Offers close at 5:00 p.m. Late offers will not be considered.', 2],
    ['Write on it that it is for Solicitation No. N6523X. Sign it.', 2],
    ['Revise L.8 OFFER VOLUME. (APR 2022) to add a number.', 1],
    ['See No. 5 of the U.S. Code and Pub. L. 113-235.', 1],
    ['Ship to 115 S. 84th St., Ste 100, Milwaukee. Call first.', 2],
    ['Send it to Sr. Manager, NISM Bhavan, e.g. by courier.', 1],
    ['How often? Who will provide it? (See Appendix B.) Done.', 4],
    ['The code is at https://github.com/18F/a.b. Use it.', 2],
    ['It covers pens, paper, etc. Offerors shall list the rest.', 2],
    ['He said "no." Then he left.', 2],
  ])('%s', (text, count) => {
    expect(split(text)).toHaveLength(count)
  })

  test('keeps every character but the white space between', () => {
    const text = '  A first. A second?  A third '
    expect(split(text)).toEqual(['A first.', 'A second?', 'A third'])
  })
})
