/** People and desks to write to, with what is printed of them: one sentence, or a few short lines below one another. */
import { email, type Found, isContract, phone, shorten } from './recipe.ts'
import type { Statement } from './statements.ts'

const office =
  /\b(?:contracting officer|contract specialist|contract administrator|procurement (?:officer|specialist|manager|analyst)|purchasing (?:agent|officer|manager)|buyer|points?[- ]of[- ]contacts?|POC|PCO|primary contact|contact(?:s| person)?|inquir(?:y|ies)|enquir(?:y|ies)|questions|quer(?:y|ies)|clarifications|asst\.? manager|manager|director|clerk|address correspondence|help ?desk|administrator|from:)\b/i
const unrelated =
  /\b(?:invoices?|WAWF|wide area|payments?|tungsten|electronic funds|ombudsman|privacy|incident|security office|patent|representative|protests?|standardization|visit)\b/i
const elsewhere: ReadonlySet<string> = new Set(['clauses', 'work', 'definitions', 'certification', 'qa'])

export function contacts(statements: readonly Statement[]): Found[] {
  const seen = new Map<string, Scored>()
  for (const lines of blocksOf(statements)) {
    const found = readBlock(lines)
    if (!found) continue
    const old = seen.get(found.key)
    if (!old || found.score > old.score) seen.set(found.key, found)
  }
  const all = [...seen.values()].map(({ found }) => found)
  // Who administers the contract is named when nobody else is.
  const beforeAward = all.filter(({ statement }) => !isContract(statement))
  return (beforeAward.length > 0 ? beforeAward : all).slice(0, 4)
}

type Scored = { readonly found: Found; readonly score: number; readonly key: string }

/** Short lines that follow one another make one block; a sentence is a block of its own. */
function blocksOf(statements: readonly Statement[]): Statement[][] {
  const blocks: Statement[][] = []
  let open: Statement[] = []
  for (const one of statements) {
    if (elsewhere.has(one.role)) {
      open = []
      continue
    }
    const last = open.at(-1)
    const goesOn =
      last && isLine(one) && isLine(last) && !one.isHeading && open.length < 8 && !startsAnew(one, open)
    if (goesOn) open.push(one)
    else {
      open = [one]
      blocks.push(open)
    }
  }
  return blocks
}

const isLine = ({ text, isRow, run }: Statement): boolean =>
  !isRow && !run.cell && text.length <= 110 && !(/[.;]$/.test(text) && text.split(' ').length > 8)

/** Another person's name below a number or an address: the next entry of a list. */
const startsAnew = ({ text }: Statement, open: readonly Statement[]): boolean =>
  isName(text) && open.some((line) => email.test(line.text) || phone.test(line.text))

function readBlock(lines: readonly Statement[]): Scored | undefined {
  const first = lines[0]!
  const text = lines.map((line) => line.text).join(' ')
  const about = `${text} ${first.titles}`
  if (!office.test(about) || unrelated.test(about)) return undefined
  const mails = [...new Set(text.match(new RegExp(email, 'g')) ?? [])]
  const mail = mails[0] ?? ''
  const number = phone.exec(text)?.[0] ?? ''
  const named = /\b(?:address correspondence|, contracting officer)\b/i.test(text)
  if (mail === '' && number === '' && !named) return undefined
  const line = lines.findIndex((one) => isName(one.text) || personIn(one.text) !== '')
  const name =
    line < 0 ? '' : isName(lines[line]!.text) ? bare(lines[line]!.text) : personIn(lines[line]!.text)
  const last = lines.findLastIndex((one) => email.test(one.text) || phone.test(one.text))
  const kept = lines.slice(
    line < 0 || named ? 0 : Math.min(line, Math.max(last, 0)),
    named ? undefined : last + 1,
  )
  const quote = kept.map((one) => one.text).join(' ')
  return {
    key: (mail || number || text).toLowerCase(),
    score:
      (name ? 2 : 0) +
      (number ? 1 : 0) +
      (/\b(?:contact|inquir\w+|questions|quer(?:y|ies))\b/i.test(text) ? 2 : 0) +
      (/[.;]$/.test(text) ? 1 : 0),
    found: {
      kind: 'contact',
      value: [name, ...mails, number].filter(Boolean).join(', ') || shorten(text),
      statement: kept[0] ?? first,
      verbatim: quote,
      mandatory: false,
    },
  }
}

const noName =
  /\b(?:Local|Eastern|Central|Pacific|Standard|Time|Contract\w*|Procurement|Officer|Office|Email|Phone|Contact|Questions?|Government|Department|Division|Buyer|Manager|Specialist|Analyst|Director|Clerk|Agent|Engineer|Purchasing|City|County|State|Street|Avenue|Court|Center|Warfare|Services?|Agency|Federal|National|Section|Cost|Technical|Proposal|Price|The|Requirements?|Description|Procuring|Financial|Education|Information|Data|Support|Award|Plan|Requests?|Submission|Chief|Senior)\b/i

const bare = (text: string): string =>
  text
    .replace(/^(?:attn|attention|name|contact|from)\s*:?\s*/i, '')
    .replace(/,.*$/, '')
    .trim()

/** A line that is a person's name, with a title or an office behind it at most. */
function isName(text: string): boolean {
  const name = bare(text)
  return (
    /^(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?[A-Z][a-z]+(?:\s[A-Z]\.?)?(?:\s[A-Z][a-zA-Z’'-]+){1,2}$/.test(name) &&
    text.length < 60 &&
    !noName.test(name)
  )
}

/** The first words that look like a person's name beside what people are reached by. */
function personIn(text: string): string {
  const names = text.matchAll(
    /\b(?:Mr\.|Ms\.|Mrs\.|Dr\.)?\s?([A-Z][a-z]+(?:\s[A-Z]\.)?\s[A-Z][a-zA-Z’'-]+)(?=,|\s*(?:at|Contract|Procurement|Buyer|Senior|Manager|Director|Clerk|Purchasing|–|-|Email|E-mail|Phone|Tel|\(|$))/g,
  )
  return [...names].map((match) => match[1]!).find((name) => !noName.test(name)) ?? ''
}
