/** Dates of a solicitation as a calendar (RFC 5545). */
import type { Analysis, ChecklistItem } from '../findings.ts'
import { momentIn, zoneOf } from './zones.ts'

const names: Partial<Record<ChecklistItem['kind'], string>> = {
  due_date: 'Proposal due',
  qa_deadline: 'Questions due',
  conference: 'Conference',
}

export function icsOf({ submission_checklist, solicitation, document }: Analysis): string {
  const what = solicitation.number ?? solicitation.title ?? document.filename
  const events = submission_checklist.flatMap((item) => eventOf(item, what, document.sha256))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//mdraft//mdraft//EN',
    'CALSCALE:GREGORIAN',
    property('X-WR-CALNAME', what),
    ...events,
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

const stated = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?\s*(.*)$/

function eventOf(item: ChecklistItem, what: string, sha256: string): string[] {
  const name = names[item.kind]
  const match = stated.exec(item.value)
  if (!name || !match || !isDay(match)) return []
  const { start, note } = startOf(match)
  const place = [item.file, item.rfp_reference, item.page === null ? null : `page ${item.page}`]
    .filter(Boolean)
    .join(', ')
  const notes = [
    `${item.value}${place ? ` (${place})` : ''}`,
    `"${item.verbatim}"`,
    note,
    item.conflict_group ? 'The solicitation states another time elsewhere: ask the buyer.' : null,
  ]
  return [
    'BEGIN:VEVENT',
    property('UID', `${item.item_id}-${sha256.slice(0, 16)}@mdraft`),
    // No clock in here: the same solicitation gives the same file.
    'DTSTAMP:19800101T000000Z',
    start,
    property('SUMMARY', `${name}: ${what}`),
    property('DESCRIPTION', notes.filter((one) => one !== null).join('\n')),
    ...(item.kind === 'conference'
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          'TRIGGER:-P1D',
          property('DESCRIPTION', `${name} tomorrow`),
          'END:VALARM',
        ]),
    'END:VEVENT',
  ]
}

function isDay([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
}

/** In UTC where the zone is known; else floating, which calendars show as their own time, with a note that says so. */
function startOf([, year, month, day, hour, minute, zone]: RegExpExecArray): {
  start: string
  note: string | null
} {
  const date = `${year}${month}${day}`
  if (hour === undefined || minute === undefined)
    return { start: `DTSTART;VALUE=DATE:${date}`, note: 'The solicitation states no time of day.' }
  const known = zoneOf(zone!)
  if (known) {
    const moment = momentIn(known, `${year}-${month}-${day}T${hour}:${minute}:00`)
    return { start: `DTSTART:${moment.toISOString().replace(/[-:]|\.\d{3}/g, '')}`, note: null }
  }
  const note = zone
    ? `The time is that of "${zone}", which this calendar entry cannot know: it is shown without a zone.`
    : 'The solicitation states no time zone: the time is shown without one.'
  return { start: `DTSTART:${date}T${hour}${minute}00`, note }
}

const property = (name: string, value: string): string =>
  `${name}:${value
    .replaceAll('\\', '\\\\')
    .replace(/[;,]/g, '\\$&')
    .replace(/\r?\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ')}`

/** At most 75 octets a line, never within a character (RFC 5545, 3.1). */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let size = 0
  for (const char of line) {
    const bytes = Buffer.byteLength(char)
    if (size + bytes > 75) {
      parts.push(part)
      part = ' '
      size = 1
    }
    part += char
    size += bytes
  }
  return [...parts, part].join('\r\n')
}
