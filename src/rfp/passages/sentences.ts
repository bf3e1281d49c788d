/** Where sentences end. Rules are data: each row names what a full stop may mean besides the end. */

export type Range = { readonly start: number; readonly end: number }

/** Never the end of a sentence. */
const titles = [
  'Mr',
  'Mrs',
  'Ms',
  'Dr',
  'Sr',
  'Jr',
  'Prof',
  'Hon',
  'Rev',
  'Gen',
  'Col',
  'Capt',
  'Lt',
  'Cmdr',
  'Asst',
  'Messrs',
  'St',
  'Mt',
  'Ft',
  'M/s',
]
/** The end only when no number, letter or name follows. */
const references = [
  'No',
  'Nos',
  'Sec',
  'Secs',
  'Art',
  'Fig',
  'Figs',
  'Vol',
  'Ch',
  'Para',
  'Paras',
  'Pt',
  'App',
  'Att',
  'Ex',
  'Ref',
  'Tab',
  'Pub',
  'Stat',
  'Reg',
  'Cl',
  'p',
  'pp',
  'Rm',
  'Ste',
  'Bldg',
  'Apt',
  'Ext',
  'Tel',
  'Ph',
  'Cat',
]
/** Abbreviations that may well end a sentence: they do when what follows can only start one. */
const either = [
  'Inc',
  'Corp',
  'Co',
  'Ltd',
  'LLC',
  'Bros',
  'Dept',
  'Div',
  'Govt',
  'Gov',
  'Ave',
  'Blvd',
  'Rd',
  'Hwy',
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Sept',
  'Oct',
  'Nov',
  'Dec',
  'Mon',
  'Tue',
  'Tues',
  'Wed',
  'Thu',
  'Thur',
  'Thurs',
  'Fri',
  'Sat',
  'Sun',
  'approx',
  'est',
  'min',
  'max',
  'hrs',
  'hr',
  'yrs',
  'etc',
  'al',
  'Ed',
  'Rs',
  'ca',
  'Univ',
  'Assn',
  'Int',
  'Intl',
  'Natl',
  'Mgr',
  'Mktg',
  'Acct',
  'Esq',
  'P.O',
  'Ph.D',
  'B.A',
  'M.A',
  'M.S',
  'B.S',
  'J.D',
  'U.S',
  'U.S.C',
  'U.S.A',
  'U.K',
  'U.N',
  'D.C',
  'C.F.R',
  'F.R',
  'E.O',
  'R.F.P',
  'a.m',
  'p.m',
  'A.M',
  'P.M',
]
/** Never the end. */
const never = ['e.g', 'i.e', 'viz', 'vs', 'cf', 'c/o', 'incl', 'excl', 'a.k.a', 'w.r.t', 'w.e.f']

/** Words that start sentences and rarely names: after an abbreviation they settle the case. */
const starters = new Set(
  'The This These Those That A An All Any Each Every No Both Such Other Some If When Where While Unless Until Upon Once After Before As In On At By For From To With Without Within Under It Its They Their We Our You Your He She His Her There Here However Therefore Further Furthermore Additionally Also Only Please Failure Late Offerors Offeror Bidders Bidder Proposals Proposal Quotes Quotations Bids Offers Vendors Vendor Contractor Contractors Applicants Applicant Respondents Submit Provide Include Describe Questions Responses Award What Which Who How Why Should Note NOTE'.split(
    ' ',
  ),
)

const close = /^["”’')\]*]*/

/** Splits running text into sentences. Offsets leave out the white space around each. */
export function sentencesOf(text: string): Range[] {
  const ends: number[] = []
  for (const match of text.matchAll(/[.?!]+|[;:](?=\s*[•\uf0b7])/g)) {
    const after = match.index + match[0].length
    const closed = after + (close.exec(text.slice(after, after + 4))?.[0].length ?? 0)
    if (isEnd(text, match.index, match[0], closed)) ends.push(closed)
  }
  return ranges(text, ends)
}

function ranges(text: string, ends: readonly number[]): Range[] {
  const found: Range[] = []
  let from = 0
  for (const end of [...new Set([...ends, text.length])]) {
    const part = text.slice(from, end)
    const trimmed = part.trim()
    if (trimmed !== '') {
      const start = from + part.indexOf(trimmed)
      found.push({ start, end: start + trimmed.length })
    }
    from = end
  }
  return found
}

function isEnd(text: string, at: number, mark: string, closed: number): boolean {
  const rest = text.slice(closed)
  if (rest.trim() === '') return true
  const glued = !/^\s/.test(rest)
  // "etc...if": dots inside; "quote.Offerors" (a lost space) is an end when a word of prose stands on both sides.
  if (glued)
    return (
      mark === '.' &&
      closed === at + 1 &&
      /[a-z)]{3}$/.test(text.slice(0, at)) &&
      /^[A-Z][a-z]+ [a-z]/.test(rest) &&
      !/\w[./@:]\w*$/.test(
        text
          .slice(Math.max(0, at - 30), at)
          .split(' ')
          .at(-1)!
          .slice(0, -1),
      )
    )
  const next = rest.trimStart()
  if (!/^["“‘'([*]*[A-Z0-9•\uf0b7$<]/.test(next)) return mark !== '.' && /^[A-Z]/.test(next)
  // "L.8 OFFER VOLUME. (APR 2022)": the date of a provision belongs to its title (FAR 52.101(f)).
  if (provisionDate.test(next)) return false
  // A stop inside brackets that close behind it ends the bracketed sentence.
  if (mark !== '.' || text.slice(at, closed).includes(')')) return true
  return !isAbbreviation(text.slice(0, at), next)
}

const provisionDate = /^\((?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.? (?:19|20)\d\d\)/i

function isAbbreviation(before: string, next: string): boolean {
  const word = /[^\s("“‘[]*$/.exec(before)?.[0] ?? ''
  const first = /^["“‘'([]*([A-Za-z]+)/.exec(next)?.[1] ?? ''
  if (titles.includes(word) || never.includes(word.toLowerCase())) return true
  if (references.includes(word))
    return (
      /^[("“]?(?:[A-Z]{0,6}-?\d|[A-Z]\b|[IVX]+\b|L\.)/.test(next) ||
      (word !== 'No' && /^[A-Z]/.test(next) && !starters.has(first))
    )
  if (either.some((known) => known.toLowerCase() === word.toLowerCase()))
    return !starters.has(first) && !/^\(?\d{1,2}[.)]\s/.test(next)
  // Initials of a name ("J. Smith"), and an enumerator in the middle of a line ("a. Format").
  if (/^[A-Z]$/.test(word)) return !starters.has(first)
  if (/^\(?(?:[a-z]|\d{1,2}|[ivx]{2,4})$/.test(word))
    return /(?:^|[.;:]\s*)$/.test(before.slice(0, before.length - word.length).trimEnd() || '.')
  return false
}
