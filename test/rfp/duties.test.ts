/** Whom a sentence binds, told by sentences of solicitations written for these tests. */
import { describe, expect, test } from 'vitest'
import { analyzed } from './solicitation.ts'

const rowsOf = (source: string): string[] =>
  analyzed(source).compliance_matrix.map(({ requirement_text, actor, obligation }) =>
    [obligation, actor, requirement_text].join(' | '),
  )
const inInstructions = (sentence: string): string[] =>
  rowsOf(`# Instructions to Offerors\nOfferors shall read this part.\n${sentence}`).slice(1)
const inWork = (sentence: string): string[] =>
  rowsOf(`# Statement of Work\nThe Contractor shall do the work.\n${sentence}`).slice(1)

describe('a duty is found', () => {
  test.each([
    [
      'behind a condition with commas in it',
      'If a review of the firm’s rules, records, and systems was never made by the Government, the Offeror shall describe them.',
      'shall | offeror',
    ],
    ['behind "if any"', 'Import duties, if any, shall be part of the price.', 'shall | offeror'],
    [
      'in how pages look',
      'Line spacing or the amount of vertical space between lines of text shall not be less than single.',
      'shall | offeror',
    ],
    [
      'in what the buyer signs for the offeror',
      'The rating form must be filled in and signed by a contracting officer.',
      'must | offeror',
    ],
  ])('%s', (_, sentence, start) => {
    expect(inInstructions(sentence)).toEqual([`${start} | ${sentence}`])
  })

  test('by its agent behind the verb, whatever the subject', () => {
    const sentence =
      'Any order issued during the period shall be completed by the Contractor within its time.'
    expect(inWork(sentence)).toEqual([`shall | contractor | ${sentence}`])
  })

  test('told to "you" in the work statement, on who answers', () => {
    const sentence = 'Explain how you will keep the systems aligned.'
    expect(inWork(sentence)).toEqual([`required | offeror | ${sentence}`])
  })

  test('in an answer about the work, on who wins', () => {
    const answer = 'All staff shall hold a clearance before they enter the site.'
    const source = `# Questions and Answers\nQuestion 1: Who needs a clearance?\nAnswer: ${answer}`
    expect(rowsOf(source)).toEqual([expect.stringContaining('shall | contractor |')])
  })

  test('on a party that an annex calls by letters', () => {
    const duties = ['BA shall keep records.', 'BA shall notify CE of a breach.', 'BA shall return all data.']
    expect(inWork(`BA may use data for its work. ${duties.join(' ')}`)).toEqual(
      expect.arrayContaining(duties.map((duty) => `shall | contractor | ${duty}`)),
    )
  })
})

describe('no duty is invented', () => {
  test.each([
    'Goal of the interviews is to learn how the team works.',
    'The goal of the presentations is to assess the skills of the key personnel.',
    'All Offerors will be provided notice of the decision.',
    'If an amendment is issued, it will be provided to all who asked for this request.',
    'Answers will be posted by March 27, 2024.',
    'Proposals will be evaluated by a panel on these points.',
    'The Government has high confidence that the Offeror understands the work and will be successful.',
    'Experience of partners shall be considered in determining whether the Offeror is responsible.',
    'The decision of the Director on conflicts of interest shall be final.',
    'If the link fails during the presentation, the Government will stop the clock so that offerors receive their full time.',
  ])('%s', (sentence) => {
    expect(inInstructions(sentence)).toEqual([])
  })

  test.each([
    'The Government expects that it will sign an agreement with a host in spring.',
    'The Government does not expect the System to speak other languages.',
    'There is a need to keep risk low by working at two places.',
  ])('%s', (sentence) => {
    expect(inWork(sentence)).toEqual([])
  })

  test('what is included is no duty of its own', () => {
    expect(inWork('This includes, but is not limited to, logs and tickets.')).toEqual([])
  })

  test('"as many as are necessary" is leave, not duty', () => {
    const sentence = 'Offerors may bring as many people as are necessary.'
    expect(inInstructions(sentence)).toEqual([`may | offeror | ${sentence}`])
  })
})
