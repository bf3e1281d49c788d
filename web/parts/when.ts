/** A due time is the wall clock of the zone that a solicitation names. */
type Due = { readonly at: string; readonly zone: string }

/** What the clocks of a zone show at an instant: "2027-03-12T14:00", as a date and time field holds it. */
export function wallOf(at: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at))
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00'
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The instant at which the clocks of a zone show `wall`. */
export function instantOf(wall: string, zone: string): string {
  const wanted = Date.parse(`${wall}:00Z`)
  let at = wanted
  // The offset at a first guess may be that of the other side of a change of clocks.
  for (let round = 0; round < 2; round++)
    at += wanted - Date.parse(`${wallOf(new Date(at).toISOString(), zone)}:00Z`)
  return new Date(at).toISOString()
}

/** "Fri, Mar 12, 2027, 2:00 PM EST". */
export const dueText = ({ at, zone }: Due): string =>
  new Date(at).toLocaleString('en-US', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  })

/** "in 12 days", "tomorrow", "today", "3 days ago": days as the zone's calendar counts them. */
export function dueIn({ at, zone }: Due, now: Date = new Date()): { days: number; text: string } {
  const day = (time: string) => Date.parse(`${wallOf(time, zone).slice(0, 10)}T00:00:00Z`)
  const days = Math.round((day(at) - day(now.toISOString())) / 86_400_000)
  const text = new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(days, 'day')
  return { days, text }
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

const named: readonly (readonly [RegExp, string])[] = [
  [/^(eastern|e[sd]?t)\b/i, 'America/New_York'],
  [/^(central|c[sd]?t)\b/i, 'America/Chicago'],
  [/^(mountain|m[sd]?t)\b/i, 'America/Denver'],
  [/^(pacific|p[sd]?t)\b/i, 'America/Los_Angeles'],
  [/^(alaska|ak[sd]?t)\b/i, 'America/Anchorage'],
  [/^(hawaii|hst)\b/i, 'Pacific/Honolulu'],
  [/^(utc|gmt|z)\b/i, 'UTC'],
  [/^(bst|london)\b/i, 'Europe/London'],
  [/^(cest?|central european)\b/i, 'Europe/Berlin'],
]

/** The zone a solicitation names, as the names of zones go; undefined when it names none that is known. */
const zoneNamed = (text: string): string | undefined =>
  named.find(([pattern]) => pattern.test(text.trim()))?.[1]

/** A due date as an analysis prints it, "2027-03-12 14:00 Eastern Time"; without a time nothing is guessed. */
export function dueOf(value: string): Due | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})\s*(.*)$/.exec(value.trim())
  if (!match) return undefined
  const [, date, hour, minute, name] = match
  const zone = zoneNamed(name!) ?? ownZone()
  return { at: instantOf(`${date}T${hour!.padStart(2, '0')}:${minute}`, zone), zone }
}
