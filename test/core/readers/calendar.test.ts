import { expect, test } from 'vitest'
import { read } from './sketch.ts'

const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')

test('a calendar file tells its events with zone, place, people and description', async () => {
  const { doc, sketch } = await read(
    calendar(
      'X-WR-CALNAME:Bid dates',
      'BEGIN:VEVENT',
      'SUMMARY:Site visit',
      'DTSTART;TZID=America/New_York:20260112T130000',
      'DURATION:PT1H30M',
      'RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260201T000000Z',
      'LOCATION:Dock 4\\, gate B',
      'ORGANIZER;CN=Ann Lee:mailto:ann@example.org',
      'URL:https://example.org/visit',
      'DESCRIPTION:Bring boots.\\n\\nPark at the',
      '  gate.',
      'BEGIN:VALARM',
      'DESCRIPTION:Reminder',
      'END:VALARM',
      'END:VEVENT',
      'BEGIN:VTODO',
      'SUMMARY:Send questions',
      'DUE;VALUE=DATE:20260115',
      'END:VTODO',
    ),
  )
  expect(doc.format).toBe('ics')
  expect(doc.meta.title).toBe('Bid dates')
  expect(sketch).toBe(
    [
      'h1 Bid dates',
      'h2 Site visit',
      'p *Start:* 2026-01-12 13:00 America/New_York⏎*Duration:* 1 hour 30 minutes⏎*Repeats:* weekly, by day MO, WE, until 2026-02-01 00:00 UTC⏎*Location:* Dock 4, gate B⏎*Organizer:* ann@example.org (Ann Lee)⏎*Link:* [https://example.org/visit](https://example.org/visit)',
      'p Bring boots.',
      'p Park at the gate.',
      'h2 Send questions',
      'p *Due:* 2026-01-15',
    ].join('\n'),
  )
})
test('a file that only its name makes a calendar says so', async () => {
  await expect(read('Hello.', { name: 'x.ics' })).rejects.toThrow(/BEGIN:VCALENDAR/)
})
test('events beyond the bound are counted', async () => {
  const event = 'BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT'
  const { codes } = await read(calendar(...Array.from({ length: 5001 }, () => event)))
  expect(codes).toEqual(['output-truncated'])
})
