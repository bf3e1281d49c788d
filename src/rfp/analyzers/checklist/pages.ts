/** Limits in pages, wherever a sentence states them. */

const pageCount =
  /\b(?:(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|twenty-five|thirty|forty|fifty)(?:\s*\((\d+)\))?|one half|half)[\s-]*(?:(?:single|double)[\s-](?:sided|spaced)[\s-]?|additional |typed |typewritten |printed |letter-?size(?:d)? )*(?:pages?|sides? of one piece of paper|sheets?)\b/i

const numberWords: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  'twenty-five': 25,
  thirty: 30,
  forty: 40,
  fifty: 50,
}

export type PageLimit = {
  readonly pages: number
  readonly printed: string
  /** Words in front of the number, back to the start of its phrase. */
  readonly subject: string
  readonly from: number
  readonly to: number
  /** Mentioned only to say what counts toward it ("included as part of your 9-page limitation"). */
  readonly weak?: true
}

const limits =
  /\b(?:not (?:to )?exceed|no more than|not more than|not be (?:more|longer) than|maximum|max\.?|limit(?:ed|ation|s)?|up to|under|fewer than|less than|or (?:fewer|less)|exceed(?:s|ing)?|at most|within|on one side|total of)\b/i

/** "your 9-page limitation": a limit taken as known. */
const known = /^\S+[\s-]pages? (?:limit|limitation|maximum)/i

/** Mentions of a limit that set none: what counts toward it, what lies over it. */
const counting =
  /\b(?:does not|do not|not|will not be|shall not) (?:be )?(?:count(?:ed)?|included?)\b|\bexclud(?:ed|ing) from\b|\bincluded as part\b|\btowards?\b|\bpart of (?:your|the|a)\b|\bin excess of\b|\b(?:that|which) exceeds?\b|\bpages? in excess\b|\bpage \d+ of \d+\b|\bcount(?:s|ed)? (?:against|toward)/i

function numberOf([text, printed, digits]: RegExpExecArray): number {
  if (digits !== undefined) return Number(digits)
  if (printed === undefined) return /half/i.test(text) ? 0.5 : 1
  return numberWords[printed.toLowerCase()] ?? Number(printed)
}

/** The number in "three (3) pages", whatever it limits; undefined: none is told. */
export function pagesTold(text: string): number | undefined {
  const match = pageCount.exec(text)
  return match ? numberOf(match) : undefined
}

/** The limits a sentence sets, each with the phrase that names what is limited. */
export function pageLimits(text: string): PageLimit[] {
  const found: PageLimit[] = []
  for (let from = 0; ; ) {
    const match = pageCount.exec(text.slice(from))
    if (!match) break
    const at = from + match.index
    const end = at + match[0].length
    const pages = numberOf(match)
    const start = phraseStart(text, from, at)
    const phrase = text.slice(start, Math.min(text.length, end + 25))
    const limited = limits.test(text.slice(Math.max(start, at - 60), end + 20))
    const weak = limited && setsNone(text, start, end)
    if (limited && (!weak || known.test(text.slice(at, end + 14))) && Number.isFinite(pages) && pages > 0)
      found.push({
        ...(weak ? { weak } : {}),
        pages,
        printed: match[0],
        subject: text.slice(start, at),
        from: start,
        to: Math.min(end, start + phrase.length),
      })
    from = end
  }
  return found
}

/** "... of no more than four pages, a staffing plan of no more than three": the phrase starts behind the last comma. */
function phraseStart(text: string, from: number, at: number): number {
  const before = text.slice(from, at)
  const comma = Math.max(before.lastIndexOf(', '), before.lastIndexOf('; '), before.lastIndexOf(' plus '))
  return comma < 0 || at - (from + comma) < 18 ? from : from + comma + 2
}

function setsNone(text: string, start: number, end: number): boolean {
  const phrase = text.slice(Math.max(0, start - 10), end + 15)
  if (!counting.test(phrase) && !/^[^.]{0,40}\b(?:limit|limitation) (?:does|do|is|are) not\b/i.test(text))
    return false
  return !/\b(?:shall|must|may|should|can)\s?not exceed\b|\bno more than\b|\blimited to\b/i.test(phrase)
}
