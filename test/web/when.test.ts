import { describe, expect, test } from 'vitest'
import { dueIn, dueOf, dueText, instantOf, wallOf } from '../../web/parts/when.ts'

describe('the clock of a zone', () => {
  test.each([
    { wall: '2027-03-12T14:00', zone: 'America/New_York', at: '2027-03-12T19:00:00.000Z' },
    { wall: '2027-03-15T14:00', zone: 'America/New_York', at: '2027-03-15T18:00:00.000Z' },
    // The hours around a change of clocks.
    { wall: '2027-03-14T03:30', zone: 'America/New_York', at: '2027-03-14T07:30:00.000Z' },
    { wall: '2027-10-31T03:30', zone: 'Europe/Berlin', at: '2027-10-31T02:30:00.000Z' },
    { wall: '2027-01-01T00:15', zone: 'Asia/Kolkata', at: '2026-12-31T18:45:00.000Z' },
  ])('$wall in $zone', ({ wall, zone, at }) => {
    expect(instantOf(wall, zone)).toBe(at)
    expect(wallOf(at, zone)).toBe(wall)
  })

  test('an hour that the clocks skip is read as the hour after or before it', () => {
    expect(instantOf('2027-03-14T02:30', 'America/New_York')).toMatch(/^2027-03-14T0[67]:30/)
  })
})

describe('a due date', () => {
  test('of an analysis is the instant in the zone it names', () => {
    expect(dueOf('2027-03-12 14:00 Eastern Time')).toEqual({
      at: '2027-03-12T19:00:00.000Z',
      zone: 'America/New_York',
    })
    expect(dueOf('2027-07-01 9:30 PT')?.at).toBe('2027-07-01T16:30:00.000Z')
  })

  test('without a time is not guessed', () => {
    expect(dueOf('2027-03-12')).toBeUndefined()
    expect(dueOf('March 12')).toBeUndefined()
  })

  test('is said in its zone, and its days are counted by the calendar of the zone', () => {
    const due = { at: '2027-03-13T03:00:00.000Z', zone: 'America/New_York' }
    expect(dueText(due)).toMatch(/^Fri, Mar 12, 2027.*10:00.PM EST$/)
    expect(dueIn(due, new Date('2027-03-12T05:30:00Z'))).toEqual({ days: 0, text: 'today' })
    expect(dueIn(due, new Date('2027-03-12T04:30:00Z'))).toEqual({ days: 1, text: 'tomorrow' })
  })
})
