/** What a section is for, found by its title and, failing that, by the section around it. */
import type { Node } from './tree.ts'

const roles = [
  'instructions',
  'evaluation',
  'work',
  'clauses',
  'admin',
  'form',
  'certification',
  'background',
  'definitions',
  'qa',
  'amendment',
  'schedule',
  'other',
] as const
export type Role = (typeof roles)[number]

/** First match wins: narrow titles stand before wide ones. */
const byTitle: readonly (readonly [Role, RegExp])[] = [
  [
    'qa',
    /^(?!.*\b(?:due|deadline|dates?|prior|submission)\b).*(?:\bquestions?\s*(?:and|&)\s*(?:answers?|responses?)\b|\bq\s*&\s*a\b|\bresponses? to (?:vendor |offeror |bidder )?questions\b)/i,
  ],
  [
    'amendment',
    /\bamendment (?:of|to) solicitation\b|\bsummary of (?:changes|amendments?)\b|\bdescription of (?:amendment|modification)/i,
  ],
  [
    'admin',
    /\b(?:payment|delivery|invoic\w+|shipping|packaging|billing|routing|WAWF)\b.{0,40}\binstructions?\b/i,
  ],
  ['definitions', /\b(?:definitions?|glossary|acronyms|abbreviations|terminology)\b/i],
  ['certification', /\b(?:representations?|certifications?|declarations?|affidavits?|undertaking)\b/i],
  // UCF sections B, L and M by their FAR 15.204 titles, before their words are read one by one.
  [
    'schedule',
    /\b(?:supplies or services|price schedule|schedule of (?:items|prices|supplies)|bill of quantities|pric(?:e|ing) (?:sheet|template|form))\b/i,
  ],
  [
    'evaluation',
    /\bevaluation (?:factors|criteria|process|procedures?|of)\b|\bbasis (?:of|for) (?:award|selection)\b|\b(?:award|selection|scoring|evaluation) (?:criteria|procedures?|process|method(?:ology)?|committee)\b|\bevaluation\b|\bmethod of award\b|\b(?:application|merit|proposal) review\b|\breview (?:criteria|process)\b|\bscoring\b|\bcontractor selection\b|^(?:(?:basis of )?(?:contract )?award|selection)$/i,
  ],
  [
    'instructions',
    /\binstructions?\b|\bsubmi(?:ssion|ttal|ssions)\b|\b(?:proposal|quot(?:e|ation)|bid|offer|tender|response|application) (?:format|preparation|contents?|guidelines|specifications?|requirements?|submission|submittal|packag\w+|organization|structure|due date|deadline|volumes?)\b|\bpreparation of (?:proposals?|offers?|bids?|quot\w+|tenders?)\b|\b(?:SOQ|statements? of qualifications)\b|\bwritten (?:technical|submission|response)\b|\boral presentations?\b|\bconditions of (?:tender|bid|quotation|participation)\b|\b(?:response|returnable|tender) (?:schedules?|documents?)\b|\bhow to (?:apply|respond|submit)\b|\bterms of procurement\b|\b(?:technical|financial|price|cost|management|staffing) (?:bid|proposal|quot\w+|volume|submission|offer)s?\b|\bvolume\s+(?:[ivx]+|\d)\b|\bquestions prior\b|\bdeadline for\b|\breturn instructions\b|\beligib(?:le|ility)\b|\bqualifications?\b|\bresponsiveness\b|\bpage limits?\b|\bcover (?:letter|page|sheet)\b|\bnotice(?:s)? to (?:offerors|bidders|quoters)\b|\binvitation\b|\bkey (?:information|dates)\b|\bearnest money\b|\bbid security\b|\bpre-?(?:bid|proposal)\b/i,
  ],
  [
    'clauses',
    /\b(?:contract )?clauses?\b|\bterms (?:and|&) conditions\b|\bgeneral (?:provisions|conditions|legal information)\b|\bspecial (?:contract requirements|conditions|provisions)\b|\bprovisions incorporated\b|\bstandard (?:contract|terms)\b/i,
  ],
  [
    'work',
    /\b(?:statement|scope|description) of (?:work|services?|objectives)\b|\bperformance work statement\b|\bpws\b|\bsow\b|\bscope\b|\bspecifications?\b|\brequirements?\b|\bdeliverables?\b|\btasks?\b|\bservices? (?:requested|required|to be)\b|\bperformance standards?\b|\bprogram elements\b|\bwork to be performed\b|\btechnical\b|\bsupport services\b|\btime schedule\b|\bobjectives?\b/i,
  ],
  [
    'admin',
    /\b(?:contract|purchase order|task order) administration\b|\binvoic\w+\b|\bpayments?\b|\bbilling\b|\bpackaging\b|\bmarking\b|\binspection\b|\bacceptance\b|\bdeliveries\b|\baward of contract\b/i,
  ],
  [
    'background',
    /\b(?:background|introduction|about (?:us|the)|overview|purpose|history|current (?:environment|state)|mission)\b/i,
  ],
  [
    'form',
    /\b(?:annexure|form|letter of intent|standard form|checklist|questionnaire|worksheet|exhibits?|attachments?|appendix|appendices)\b/i,
  ],
]

// Uniform contract format, FAR 15.204-1 Table 15-1.
const ucf: Record<string, Role> = {
  A: 'form',
  B: 'schedule',
  C: 'work',
  D: 'admin',
  E: 'admin',
  F: 'admin',
  G: 'admin',
  H: 'clauses',
  I: 'clauses',
  J: 'form',
  K: 'certification',
  L: 'instructions',
  M: 'evaluation',
}

/** Provisions that are instructions or evaluation whatever their title (FAR 52.212-1/-2, 52.214, 52.215-1, 52.217-5). */
const byClause: readonly (readonly [Role, RegExp])[] = [
  ['instructions', /\b52\.21(?:2-1|4-\d+|5-1|6-\d{1,2}|5-20)\b|\b52\.233-2\b|\b52\.204-7\b/],
  ['evaluation', /\b52\.212-2\b|\b52\.217-[345]\b/],
  [
    'certification',
    /\b52\.212-3\b|\b52\.2(?:04-8|09-[57]|22-18|22-22|25-2)\b|\b252\.2(?:04-70(?:07|16|17)|25-7000)\b/,
  ],
]

/** Whether the document is in the uniform contract format: it prints Sections L and M, or provisions L.1, M.1. */
export const isUcf = (nodes: readonly Node[]): boolean =>
  ['L', 'M'].every((letter) => nodes.some((node) => node.title !== null && ucfLetter(node) === letter))

/** The letter of a Section, or of a provision that stands outside one ("L.10", "M-307"). */
const ucfLetter = (node: Node): string | undefined =>
  /^section\s+([A-M])$/i.exec(node.number ?? '')?.[1]?.toUpperCase() ??
  (node.title !== null && (node.parent === null || node.parent.parent === null)
    ? /^([A-M])[.-]\d/.exec(node.number ?? '')?.[1]
    : undefined)

/** The letter of the Section a node stands in. */
export function sectionLetter(node: Node): string | undefined {
  for (let at: Node | null = node; at; at = at.parent) {
    const letter = ucfLetter(at)
    if (letter) return letter
  }
  return undefined
}

const ownRole = (node: Node, uniform: boolean): Role | undefined => {
  const letter = ucfLetter(node)
  if (uniform && letter) return ucf[letter]
  const number = node.number ?? ''
  if (node.style === 'clause' || /\b\d{2,3}\.\d{3}-\d/.test(node.title ?? '')) {
    const found = byClause.find(([, pattern]) => pattern.test(`${number} ${node.title ?? ''}`))
    if (found) return found[0]
  }
  if (node.title === null || node.isDocument) return undefined
  const text = node.style === 'word' ? `${number} ${node.title}` : node.title
  return byTitle.find(([, pattern]) => pattern.test(text))?.[0]
}

/** Roles a subsection's title may not overrule: "Page limits" inside the evaluation section still speaks of evaluation. */
const strong: ReadonlySet<Role> = new Set([
  'instructions',
  'evaluation',
  'clauses',
  'certification',
  'qa',
  'amendment',
])

/** `textOf` gives the running text of a section without its subsections: what a section without a telling title is for. */
export function roleFinder(nodes: readonly Node[], textOf: (node: Node) => string): (node: Node) => Role {
  const uniform = isUcf(nodes)
  const known = new Map<Node, Role>()
  // In the uniform contract format the section decides, whatever a heading inside it is called.
  const isFixed = (node: Node): boolean => {
    for (let at = node.parent; uniform && at; at = at.parent)
      if (/[ACIKLM]/.test(ucfLetter(at) ?? '')) return true
    return false
  }
  const find = (node: Node): Role => {
    const cached = known.get(node)
    if (cached) return cached
    const above = node.parent ? find(node.parent) : 'other'
    const own = ownRole(node, uniform)
    const kept =
      own === undefined || (own !== 'definitions' && isFixed(node)) || keepAbove(above, own, node.title ?? '')
    const role = kept ? above : own
    known.set(node, role)
    return role
  }
  // What a section's own text tells is its own: it is not handed down.
  const told = new Map<Node, Role>()
  return (node) => {
    const role = find(node)
    if (role !== 'other') return role
    const titled = titledAbove(node)
    if (!told.has(titled)) told.set(titled, byContent(textOf(titled)))
    return told.get(titled)!
  }
}

const titledAbove = (node: Node): Node =>
  node.title !== null || !node.parent ? node : titledAbove(node.parent)

/** Duties of the winner make a work statement, duties of bidders make instructions. */
function byContent(text: string): Role {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  const works = count(
    /\b(?:contractors?|vendors?|consultants?|suppliers?|providers?|system|solution)\b[^.]{0,30}\b(?:shall|must|will)\b/gi,
  )
  const bids = count(
    /\b(?:offerors?|bidders?|proposers?|applicants?|respondents?|quoters?|tenderers?|proposals?|bids?|quot(?:e|ation)s?|responses?)\b[^.]{0,30}\b(?:shall|must|should)\b/gi,
  )
  if (works >= 3 && works >= bids * 2) return 'work'
  return bids >= 2 && bids > works ? 'instructions' : 'other'
}

const keepAbove = (above: Role, own: Role, title: string): boolean =>
  (above === 'work' && own === 'evaluation') ||
  // "General provisions" of the instructions.
  (above === 'instructions' && own === 'clauses' && !/\b(?:contract|clauses?|terms)\b/i.test(title)) ||
  (strong.has(above) &&
    !strong.has(own) &&
    own !== 'definitions' &&
    !(above === 'instructions' && own === 'form'))
