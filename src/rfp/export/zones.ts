/** Time zones as solicitations name them. */

/** Daylight saving is the zone's own: buyers write "EST" in July too. Names that mean several zones are left out. */
const zones: readonly (readonly [RegExp, string])[] = [
  [/^(?:e[sd]?t|eastern)\b/i, 'America/New_York'],
  [/^(?:c[sd]?t|central)\b/i, 'America/Chicago'],
  [/^(?:m[sd]?t|mountain)\b/i, 'America/Denver'],
  [/^(?:p[sd]?t|pacific)\b/i, 'America/Los_Angeles'],
  [/^(?:ak[sd]?t|alaska)/i, 'America/Anchorage'],
  [/^(?:h[sd]?t|hawaii)/i, 'Pacific/Honolulu'],
  [/^(?:utc|gmt|z|zulu)\b/i, 'UTC'],
  [/^(?:india|indian)\b/i, 'Asia/Kolkata'],
]

export const zoneOf = (name: string): string | undefined =>
  zones.find(([pattern]) => pattern.test(name.trim()))?.[1]

/** The moment at which clocks of a zone show this; of two (when clocks are set back) the first. */
export function momentIn(zone: string, local: string): Date {
  const wanted = Date.parse(`${local}Z`)
  const first = wanted - offsetAt(zone, wanted)
  return new Date(wanted - offsetAt(zone, first))
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(zone: string, moment: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - moment
}
