/** Dates and times of day as solicitations print them, normalised to "YYYY-MM-DD HH:MM zone". Nothing is guessed. */

export type When = {
  /** ISO date, or null when only a time stands there. */
  readonly date: string | null
  /** A month and day without a year: "07-31". */
  readonly monthDay: string | null
  /** 24-hour time of day. */
  readonly time: string | null
  /** As printed: "Eastern", "EDT", "local time". */
  readonly zone: string | null
  readonly at: number
  readonly length: number
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const day = '(\\d{1,2})\\s?(?:st|nd|rd|th)?'
const year = '((?:19|20)\\d{2})'

type Form = {
  readonly pattern: RegExp
  readonly read: (match: RegExpExecArray) => { y?: string | undefined; m: number; d: string } | undefined
}

const monthOf = (text: string): number =>
  months.findIndex((name) => name.startsWith(text.toLowerCase().slice(0, 3))) + 1

/** Longest forms first: a date without a year is read only where no full date stands. */
const forms: readonly Form[] = [
  {
    pattern: new RegExp(`\\b(${monthName})\\s+${day},?\\s+${year}\\b`, 'gi'),
    read: ([, m, d, y]) => ({ y, m: monthOf(m!), d: d! }),
  },
  {
    pattern: new RegExp(`\\b${day}[\\s-]+(?:day\\s+)?(?:of\\s+)?(${monthName}),?[\\s-]+${year}\\b`, 'gi'),
    read: ([, d, m, y]) => ({ y, m: monthOf(m!), d: d! }),
  },
  { pattern: /\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b/g, read: ([, y, m, d]) => ({ y, m: Number(m), d: d! }) },
  { pattern: /\b(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)?\d{2})\b/g, read: numeric },
  // With stops the day stands first: 28.11.2022.
  {
    pattern: /\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})\b/g,
    read: ([, d, m, y]) => (Number(m) <= 12 ? { y, m: Number(m), d: d! } : undefined),
  },
  {
    pattern: new RegExp(`\\b(${monthName})\\s+${day}(?![\\d:]|\\s*(?:days|pages))(?!\\d)\\b`, 'gi'),
    read: ([, m, d]) => (/^may$/i.test(m!) && !/^M/.test(m!) ? undefined : { m: monthOf(m!), d: d! }),
  },
  {
    pattern: new RegExp(`\\b${day}\\s+(?:of\\s+)?(${monthName})(?!\\w)`, 'gi'),
    read: ([, d, m]) => (/^may$/i.test(m!) && !/^M/.test(m!) ? undefined : { m: monthOf(m!), d: d! }),
  },
]

/** Month first, as US solicitations write; day first only where the month could not be one. */
function numeric([, a, b, c]: RegExpExecArray): { y: string; m: number; d: string } | undefined {
  const y = c!.length === 2 ? `20${c}` : c!
  const [first, second] = [Number(a), Number(b)]
  if (first <= 12 && second <= 31) return { y, m: first, d: b! }
  return second <= 12 && first <= 31 ? { y, m: second, d: a! } : undefined
}

const zones =
  /^[\s,(]*((?:(?:U\.?S\.?\s+)?(?:Eastern|Central|Mountain|Pacific|Alaska|Hawaii(?:-Aleutian)?|Atlantic|Arizona|Indian|Greenwich)(?:\s+(?:Standard|Daylight|Prevailing))?(?:\s+Time)?|local(?:\s+(?:time|prevailing time|standard time))?|[ECMPA][SD]?T|AK[SD]?T|HST|IST|GMT|UTC|BST|CET|CEST|AEST|AEDT|NZST|SAST|ICT|EAT|WAT)(?:\s*\([^)]{2,20}\))?)(?![A-Za-z])/i

const clock =
  /\b(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap])?\.?\s?m?\b\.?|\b(\d{1,2})\s*([ap])\.?\s?m\b\.?|\b(12\s*)?noon\b|\bmidnight\b|\b(\d{2})(\d{2})\s*(?:hours|hrs|h)\b/gi

type Clock = {
  readonly time: string
  readonly zone: string | null
  readonly at: number
  readonly length: number
}

export function clocksIn(text: string): Clock[] {
  return [...text.matchAll(clock)].flatMap((match): Clock[] => {
    const [all, h1, m1, ap1, h2, ap2, noon, h3, m3] = match
    const word = all.toLowerCase()
    let time: string | undefined
    if (noon !== undefined || word.includes('noon')) time = '12:00'
    else if (word === 'midnight') time = '00:00'
    else if (h1 !== undefined) {
      // "1.05" and "4.2" are section numbers: a dotted time needs am or pm.
      if (!ap1 && (/^\d{1,2}\./.test(all) || Number(h1) > 23 || Number(m1) > 59)) return []
      time = twentyFour(h1, m1!, ap1)
    } else if (h2 !== undefined) time = twentyFour(h2, '00', ap2)
    else if (h3 !== undefined) time = `${h3}:${m3}`
    if (!time) return []
    const end = match.index + all.length
    const hours = /^\s*(?:hours|hrs)\b\.?/i.exec(text.slice(end))?.[0].length ?? 0
    const named = zones.exec(text.slice(end + hours))
    // "10:00 A.M. at the site": an abbreviation is in capitals.
    const zone = named && /^[a-z]{2,4}$/.test(named[1]!) ? null : named
    return [
      {
        time,
        zone: zone?.[1]?.trim() ?? null,
        at: match.index,
        length: all.length + hours + (zone?.[0].length ?? 0),
      },
    ]
  })
}

function twentyFour(hour: string, minute: string, half: string | undefined): string | undefined {
  let value = Number(hour)
  if (value > 24) return undefined
  if (half && /p/i.test(half) && value < 12) value += 12
  if (half && /a/i.test(half) && value === 12) value = 0
  return `${String(value).padStart(2, '0')}:${minute}`
}

/** Every date of a text with the time of day that stands with it. */
export function whensIn(text: string): When[] {
  const dates: { date: string | null; monthDay: string; at: number; length: number }[] = []
  for (const { pattern, read } of forms)
    for (const match of text.matchAll(pattern)) {
      const found = read(match as RegExpExecArray) // matchAll yields the same shape
      if (!found || found.m < 1 || Number(found.d) < 1 || Number(found.d) > 31) continue
      if (
        dates.some(
          (other) => match.index < other.at + other.length && other.at < match.index + match[0].length,
        )
      )
        continue
      const monthDay = `${String(found.m).padStart(2, '0')}-${found.d.padStart(2, '0')}`
      dates.push({
        date: found.y ? `${found.y}-${monthDay}` : null,
        monthDay,
        at: match.index,
        length: match[0].length,
      })
    }
  dates.sort((a, b) => a.at - b.at)
  const clocks = clocksIn(text)
  return dates.map((one) => {
    const near = clocks
      .map((time) => ({
        time,
        gap: time.at >= one.at ? time.at - (one.at + one.length) : one.at - (time.at + time.length),
      }))
      .filter(({ gap }) => gap < 45)
      .sort((a, b) => a.gap - b.gap)[0]?.time
    return { ...one, time: near?.time ?? null, zone: near?.zone ?? null }
  })
}

/** Years for dates printed without one, by day; `any` is the only year the document prints. */
export type Years = { readonly ofDay: ReadonlyMap<string, string>; readonly any: string | undefined }

/** The year the same day carries elsewhere in the document, if it is always the same. */
export function yearsOf(texts: readonly string[]): Years {
  const seen = new Map<string, Set<string>>()
  const all = new Set<string>()
  for (const { date } of texts.flatMap(whensIn))
    if (date) {
      seen.set(date.slice(5), (seen.get(date.slice(5)) ?? new Set()).add(date.slice(0, 4)))
      all.add(date.slice(0, 4))
    }
  return {
    ofDay: new Map(
      [...seen].flatMap(([key, years]) => (years.size === 1 ? [[key, [...years][0]!] as const] : [])),
    ),
    any: all.size === 1 ? [...all][0] : undefined,
  }
}

/** "2026-02-13 12:00 Eastern"; parts that are not printed are left out. */
export function printWhen(when: When, years: Years): string {
  const year = when.monthDay && (years.ofDay.get(when.monthDay) ?? years.any)
  const known = when.date ?? (year ? `${year}-${when.monthDay}` : null)
  const date = known ?? (when.monthDay ? `--${when.monthDay}` : '')
  return [date, when.time, when.zone].filter(Boolean).join(' ')
}
