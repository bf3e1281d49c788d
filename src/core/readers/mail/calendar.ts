/** Invitations (RFC 5545): what a mail program shows of them. */
import { heading, lineBreak, paragraph, text } from '../../doc/build.ts'
import type { Block, Inline } from '../../doc/model.ts'
import { decodeText } from '../../io/text.ts'
import { textBlocks } from '../text-blocks.ts'

type Line = { readonly name: string; readonly parameters: string; readonly value: string }

/** Rows that are shown, in this order, under the names that people know them by. */
const rows: readonly (readonly [property: string, shown: string])[] = [
  ['DTSTART', 'Start'],
  ['DTEND', 'End'],
  ['DUE', 'Due'],
  ['RRULE', 'Repeats'],
  ['LOCATION', 'Location'],
  ['ORGANIZER', 'Organizer'],
  ['ATTENDEE', 'Attendees'],
  ['STATUS', 'Status'],
]
const MOST_EVENTS = 500

/** Each event and task of the calendar; undefined when the bytes hold none. */
export function calendarBlocks(bytes: Uint8Array): readonly Block[] | undefined {
  const source = decodeText(bytes)
  if (!/^BEGIN:VCALENDAR\s*$/im.test(source.slice(0, 4000))) return undefined
  const events = eventsOf(source)
  return events.length > 0 ? events.flatMap(eventBlocks) : undefined
}

function eventsOf(source: string): Line[][] {
  const events: Line[][] = []
  let inner: string | undefined
  let open: Line[] | undefined
  // A line that starts with white space goes on with the one before (RFC 5545, 3.1).
  for (const raw of source.replace(/\n[ \t]/g, '').split('\n')) {
    const line = lineOf(raw)
    if (!line) continue
    const isEvent = /^(VEVENT|VTODO)$/i.test(line.value)
    if (line.name === 'BEGIN' && isEvent) open = []
    else if (line.name === 'END' && isEvent) {
      if (open && events.length < MOST_EVENTS) events.push(open)
      open = undefined
      // Alarms inside an event have descriptions of their own.
    } else if (line.name === 'BEGIN') inner = open && line.value
    else if (line.name === 'END') inner = undefined
    else if (inner === undefined) open?.push(line)
  }
  return events
}

function lineOf(raw: string): Line | undefined {
  const match = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)$/i.exec(raw.trimEnd())
  return match ? { name: match[1]!.toUpperCase(), parameters: match[2]!, value: match[3]! } : undefined
}

function eventBlocks(event: readonly Line[]): Block[] {
  const first = (name: string) => event.find((line) => line.name === name)
  const summary = plain(first('SUMMARY')?.value ?? '')
  const shown = rows.flatMap(([property, name]): Inline[][] => {
    const values = event.filter((line) => line.name === property).map(printed)
    return values.length > 0 ? [[text(`${name}:`, ['bold']), text(` ${values.join(', ')}`)]] : []
  })
  const about = plain(first('DESCRIPTION')?.value ?? '').trim()
  return [
    ...(summary === '' ? [] : [heading(1, summary)]),
    ...(shown.length > 0
      ? [paragraph(shown.flatMap((row, index) => (index > 0 ? [lineBreak(), ...row] : row)))]
      : []),
    ...textBlocks(about, { headings: false }),
  ]
}

function printed({ name, parameters, value }: Line): string {
  if (name === 'DTSTART' || name === 'DTEND' || name === 'DUE') return when(value, parameters)
  if (name !== 'ORGANIZER' && name !== 'ATTENDEE') return plain(value)
  const address = value.replace(/^mailto:/i, '')
  const known = /;CN=("[^"]*"|[^;:]*)/i.exec(parameters)?.[1]?.replaceAll('"', '')
  return known && known !== address ? `${address} (${known})` : address
}

/** 20260112T130000 with its zone → 2026-01-12 13:00 Eastern. */
function when(value: string, parameters: string): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(value.trim())
  if (!match) return plain(value)
  const [, year, month, day, hour, minute, utc] = match
  const zone = utc ? 'UTC' : (/;TZID=("[^"]*"|[^;:]*)/i.exec(parameters)?.[1]?.replaceAll('"', '') ?? '')
  return [`${year}-${month}-${day}`, ...(hour ? [`${hour}:${minute}`, zone] : [])].filter(Boolean).join(' ')
}

/** Escaped characters of a text (RFC 5545, 3.3.11). */
const plain = (value: string): string =>
  value.replace(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character))
