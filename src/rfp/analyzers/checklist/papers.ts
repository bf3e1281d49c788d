/** Forms and certificates that go with the offer. */
import { type Found, type Kind, shorten, speaksOfOffer, words } from './recipe.ts'
import type { Statement } from './statements.ts'

type Paper = { readonly kind: Kind; readonly name: string; readonly pattern: RegExp; readonly most?: number }

/** A statement names its first paper; rows stand from the particular to the general. */
const table: readonly Paper[] = [
  {
    kind: 'certification',
    name: 'provision',
    pattern: /\bprovision fill-?ins?\b|\bcertif\w+\b[^.]{0,60}\b(?:completed|signed|returned|submitted)\b/i,
    most: 3,
  },
  {
    kind: 'form',
    name: 'cover sheet',
    pattern: /\b(?:proposal|submission|quote|bid) cover (?:sheet|page)\b/i,
  },
  {
    kind: 'form',
    name: 'standard form',
    pattern: /\b(?:SF|Standard Form|OF|DD Form|AD)[ -]?(?:18|26|30|33|1442|1449|LLL|330|24|25|254)\b/i,
    most: 2,
  },
  {
    kind: 'form',
    name: 'conflict of interest statement',
    pattern: /\bconflicts? of interest (?:statement|disclosure|form)s?\b/i,
  },
  { kind: 'form', name: 'letter of intent', pattern: /\bletters? of (?:intent|commitment)\b/i, most: 2 },
  {
    kind: 'form',
    name: 'memorandum of agreement',
    pattern: /\bmemorand(?:um|a) of (?:agreement|understanding)\b|\bMOA\b/i,
    most: 2,
  },
  {
    kind: 'form',
    name: 'joint venture agreement',
    pattern: /\bjoint venture agreements?\b|\bteaming agreements?\b/i,
  },
  {
    kind: 'form',
    name: 'acknowledgement of amendments',
    pattern: /\backnowledge?ments? of (?:amendments?|addend(?:a|um))\b/i,
  },
  {
    kind: 'form',
    name: 'contractor information',
    pattern:
      /\b(?:contractor|vendor|bidder|offeror) information\b|\bdetails of the bidder\b|\bvendor tax id\b|\bW-?9\b/i,
  },
  {
    kind: 'form',
    name: 'attachment',
    pattern:
      /\b(?:Attachment|Appendix|Exhibit|Annexure|Annex|Form|Enclosure)\s*[–-]?\s*(?:No\.\s*)?(?:\d+|[IVX]+|[A-Z])\b(?!\s+of the (?:Federal|DFARS))/,
    most: 8,
  },
  {
    kind: 'form',
    name: 'pricing form',
    pattern:
      /\b(?:completed |complete )?(?:pric(?:e|ing)|cost) (?:template|schedule|workbook|model|sheet|form|proposal form|spreadsheet)s?\b|\bexcel workbook\b|\bbid form\b/i,
    most: 1,
  },
  { kind: 'form', name: 'representations', pattern: /\brepresentations(?: and|,| &) certifications?\b/i },
  { kind: 'form', name: 'questionnaire', pattern: /\bquestionnaires?\b/i },
  {
    kind: 'certification',
    name: 'signed certification',
    pattern:
      /\b(?:signed|written|self-?|formal)\s?certification\b|\baffidavit\b|\bcertification (?:form|by)\b|\bcertificates? (?:of|to be|copy)\b|\bincorporation certificate\b/i,
    most: 4,
  },
  {
    kind: 'certification',
    name: 'registration',
    pattern: /\b(?:must|shall) be (?:registered|listed|certified|licensed)\b/i,
    most: 3,
  },
  {
    kind: 'certification',
    name: 'certification from',
    pattern:
      /\bcertifications? must be\b|\bmust (?:hold|possess|have)\b[^.]{0,60}\b(?:certification|license)\b/i,
  },
  {
    kind: 'certification',
    name: 'authorization',
    pattern: /\bproof of authorization\b|\bauthorization letter\b/i,
  },
  {
    kind: 'certification',
    name: 'conflict of interest',
    pattern: /\bstatement indicating whether\b[^.]*\bconflict of interest\b/i,
  },
]

const handed =
  /\b(?:submit\w*|provid\w+|includ\w+|complet\w+|attach\w*|enclos\w+|furnish\w*|sign\w*|return\w*|fill\w*|utiliz\w+|accompan\w+|prescribed|as per|must|shall|copy|consist|contain)\b/i
const told =
  /\b(?:is|are|was|were) (?:attached|provided|included|incorporated|listed|estimated|subject|not required|not (?:included|part))\b|\bnot (?:be )?(?:required|included)\b|\bas outlined in\b|\bif the provision at\b|\bprior to beginning work\b|\bprotester\b|\bbefore contract award\b|\bavailable\b/i

export function papers(statements: readonly Statement[]): Found[] {
  const taken = new Set<string>()
  const counts = new Map<string, number>()
  const found: Found[] = []
  for (const statement of statements) {
    if (!isAsked(statement)) continue
    for (const { kind, name, pattern, most = 1 } of table) {
      const match = pattern.exec(statement.text)
      if (!match) continue
      const paper = `${name} ${words(match[0])}`
      if (taken.has(paper) || taken.has(words(statement.text)) || (counts.get(name) ?? 0) >= most) break
      taken.add(paper).add(words(statement.text))
      counts.set(name, (counts.get(name) ?? 0) + 1)
      found.push({ kind, value: shorten(statement.text, 140), statement })
      break
    }
  }
  return found
}

/** Asked of the offeror in a sentence or an item of a list of what to hand in. */
function isAsked(statement: Statement): boolean {
  const { text, full, role, isHeading, isRow } = statement
  if (!speaksOfOffer(statement) || role === 'background' || isHeading || isRow || text.length > 420)
    return false
  return handed.test(full) && !told.test(text)
}
