/** Calendars and invitations (RFC 5545): what a calendar program shows of them. */
import { doc, heading, lineBreak, link, paragraph, text } from '../../doc/build.ts'
import type { Block, Inline } from '../../doc/model.ts'
import { MdraftError } from '../../errors.ts'
import { decodeText } from '../../io/text.ts'
import type { FlowReader } from '../../reader.ts'
import { safeHref } from '../ooxml/href.ts'
import { textBlocks } from '../text-blocks.ts'

type Line = { readonly name: string; readonly parameters: string; readonly value: string }

/** Rows that are shown, in this order, under the names that people know them by. */
const rows: readonly (readonly [property: string, shown: string])[] = [
  ['DTSTART', 'Start'],
  ['DTEND', 'End'],
  ['DURATION', 'Duration'],
  ['DUE', 'Due'],
  ['RRULE', 'Repeats'],
  ['EXDATE', 'Except'],
  ['LOCATION', 'Location'],
  ['ORGANIZER', 'Organizer'],
  ['ATTENDEE', 'Attendees'],
  ['STATUS', 'Status'],
  ['CATEGORIES', 'Categories'],
  ['URL', 'Link'],
]
const MOST_EVENTS = 5000

/** A calendar file: its name as title, then its events in their order. */
export const readCalendar: FlowReader = async ({ bytes }, { report }) => {
  const source = decodeText(bytes, report)
  if (!isCalendar(source))
    throw new MdraftError('malformed', 'The calendar file does not begin with BEGIN:VCALENDAR.', {
      fix: 'Export the calendar again.',
    })
  const { events, left } = eventsOf(source)
  if (left > 0)
    report.warn(
      'output-truncated',
      `Kept the first ${MOST_EVENTS} events of the calendar; ${left} were left out.`,
    )
  const title = plain(/^(?:X-WR-CALNAME|NAME)(?:;[^:\n]*)?:(.*)$/im.exec(unfolded(source))?.[1] ?? '').trim()
  const named = title === '' ? [] : [heading(1, title)]
  return doc('ics', [...named, ...events.flatMap((event) => eventBlocks(event, named.length + 1))], {
    ...(title === '' ? {} : { meta: { title } }),
  })
}

/** Each event and task of the calendar; undefined when the bytes hold none. */
export function calendarBlocks(bytes: Uint8Array): readonly Block[] | undefined {
  const source = decodeText(bytes)
  const { events } = isCalendar(source) ? eventsOf(source) : { events: [] }
  return events.length > 0 ? events.flatMap((event) => eventBlocks(event, 1)) : undefined
}

const isCalendar = (source: string): boolean => /^BEGIN:VCALENDAR\s*$/im.test(source.slice(0, 4000))

/** A line that starts with white space goes on with the one before (RFC 5545, 3.1). */
const unfolded = (source: string): string => source.replace(/\n[ \t]/g, '')

function eventsOf(source: string): { events: Line[][]; left: number } {
  const events: Line[][] = []
  let left = 0
  let inner: string | undefined
  let open: Line[] | undefined
  for (const raw of unfolded(source).split('\n')) {
    const line = lineOf(raw)
    if (!line) continue
    const isEvent = /^(VEVENT|VTODO)$/i.test(line.value)
    if (line.name === 'BEGIN' && isEvent) open = []
    else if (line.name === 'END' && isEvent) {
      if (open && events.length < MOST_EVENTS) events.push(open)
      else if (open) left++
      open = undefined
      // Alarms inside an event have descriptions of their own.
    } else if (line.name === 'BEGIN') inner = open && line.value
    else if (line.name === 'END') inner = undefined
    else if (inner === undefined) open?.push(line)
  }
  return { events, left }
}

function lineOf(raw: string): Line | undefined {
  const match = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)$/i.exec(raw.trimEnd())
  return match ? { name: match[1]!.toUpperCase(), parameters: match[2]!, value: match[3]! } : undefined
}

function eventBlocks(event: readonly Line[], level: number): Block[] {
  const first = (name: string) => event.find((line) => line.name === name)
  const summary = plain(first('SUMMARY')?.value ?? '')
  const shown = rows.flatMap(([property, name]): Inline[][] => {
    const lines = event.filter((line) => line.name === property)
    if (lines.length === 0) return []
    const values = lines.flatMap((line, index) => [...(index > 0 ? [text(', ')] : []), printed(line)])
    return [[text(`${name}:`, ['bold']), text(' '), ...values]]
  })
  const about = plain(first('DESCRIPTION')?.value ?? '').trim()
  return [
    ...(summary === '' ? [] : [heading(level, summary)]),
    ...(shown.length > 0
      ? [paragraph(shown.flatMap((row, index) => (index > 0 ? [lineBreak(), ...row] : row)))]
      : []),
    ...textBlocks(about, { headings: false }),
  ]
}

function printed({ name, parameters, value }: Line): Inline {
  const href = name === 'URL' ? safeHref(value.trim()) : undefined
  return href === undefined ? text(saidOf(name, parameters, value)) : link(href, href)
}

function saidOf(name: string, parameters: string, value: string): string {
  if (/^(DTSTART|DTEND|DUE)$/.test(name)) return when(value, parameters)
  if (name === 'EXDATE')
    return value
      .split(',')
      .map((one) => when(one, parameters))
      .join(', ')
  if (name === 'RRULE') return repeated(value)
  if (name === 'DURATION') return lasting(value)
  if (name !== 'ORGANIZER' && name !== 'ATTENDEE') return plain(value)
  const address = value.replace(/^mailto:/i, '')
  const known = /;CN=("[^"]*"|[^;:]*)/i.exec(parameters)?.[1]?.replaceAll('"', '')
  return known && known !== address ? `${address} (${known})` : address
}

/** FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE → weekly, interval 2, by day MO, WE (RFC 5545, 3.3.10). */
const repeated = (value: string): string =>
  value
    .split(';')
    .map((part) => {
      const [name = '', of = ''] = part.split('=', 2)
      if (/^FREQ$/i.test(name)) return of.toLowerCase()
      const said = name.toLowerCase().replace(/^by(?=\w)/, 'by ')
      return `${said} ${/^UNTIL$/i.test(name) ? when(of, '') : of.replaceAll(',', ', ')}`
    })
    .join(', ')

const units = { W: 'weeks', D: 'days', H: 'hours', M: 'minutes', S: 'seconds' } as const

/** P1DT2H30M → 1 days 2 hours 30 minutes (RFC 5545, 3.3.6). */
const lasting = (value: string): string =>
  [...value.matchAll(/(\d+)([WDHMS])/gi)]
    .map(([, count, unit]) => {
      const name = units[unit!.toUpperCase() as keyof typeof units] // the pattern allows no other
      return `${count} ${count === '1' ? name.slice(0, -1) : name}`
    })
    .join(' ') || plain(value)

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
