/** Forms and certificates that go with the offer. */
import { type Found, type Kind, shorten, speaksOfOffer, words } from './recipe.ts'
import type { Statement } from './statements.ts'

type Paper = { readonly kind: Kind; readonly name: string; readonly pattern: RegExp; readonly most?: number }

/** A statement names its first paper; rows stand from the particular to the general. */
const table: readonly Paper[] = [
  {
    kind: 'certification',
    name: 'provision',
    pattern:
      /\bprovision fill-?ins?\b|\bcertif\w+\b(?! cost or pricing)[^.]{0,60}\b(?:completed|signed|returned|submitted)\b/i,
    most: 3,
  },
  {
    kind: 'form',
    name: 'cover sheet',
    pattern:
      /\b(?:proposal|submission|quote|bid) cover (?:sheet|page)\b|\b(?:signature page|response form)$/i,
  },
  {
    kind: 'form',
    name: 'standard form',
    pattern:
      /\bHUD[- ]\d{4,5}(?:-[A-Z])?\b|\b(?:SF|Standard Form|OF|DD Form|AD)[ -]?(?:18|26|30|33|1442|1449|LLL|330|24|25|254|424[A-D]?|25A|1408|1413)\b/i,
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
  {
    kind: 'form',
    name: 'form',
    pattern:
      /\b(?:[Cc]ompleted |[Ss]igned )(?:[A-Z][\w-]* ){0,6}[Ff]orms?\b|\b(?:application|reference|disclosure|acknowledge?ment|experience) forms?\b/,
    most: 2,
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
    pattern:
      /\b(?:offerors?|bidders?|quoters?|proposers?|respondents?|applicants?|vendors?|contractors?|tenderers?|suppliers?|firms?|you)\b[^.;]{0,60}\b(?:must|shall) be (?:registered|listed|certified|licensed)\b/i,
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
  /\b(?:is|are|was|were) (?:attached|provided|included|incorporated|listed|estimated|subject|not required|not (?:included|part))\b|\bnot (?:be )?(?:required|included)\b|\bas outlined in\b|\bif the provision at\b|\b(?:government|agency|court|state|city|county) (?:has|will|shall|may|reserves|anticipates)\b|\bprior to (?:beginning work|the award)\b|\bprotester\b|\bbefore contract award\b|\bavailable\b|\b(?:has|have) been\b|\b(?:was|were) (?:updated|removed|revised|deleted|replaced|added|changed)\b|^examples? (?:include|of)\b/i

export function papers(statements: readonly Statement[]): Found[] {
  const best = new Map<string, Candidate>()
  const said = new Set<string>()
  for (const statement of statements) {
    if (!isAsked(statement) || said.has(words(statement.text))) continue
    const paper = table.find(({ pattern }) => pattern.test(statement.text))
    if (!paper) continue
    said.add(words(statement.text))
    const match = paper.pattern.exec(statement.text)!
    const key = `${paper.name} ${words(match[0])}`
    const score = clarity(statement, match.index)
    const old = best.get(key)
    if (!old || score > old.score) best.set(key, { paper, statement, score })
  }
  return table.flatMap((paper) =>
    [...best.values()]
      .filter((one) => one.paper === paper)
      .toSorted((a, b) => b.score - a.score || a.statement.order - b.statement.order)
      .slice(0, paper.most ?? 1)
      .map(({ statement }) => ({ kind: paper.kind, value: shorten(statement.text, 140), statement })),
  )
}

type Candidate = { readonly paper: Paper; readonly statement: Statement; readonly score: number }

/** How plainly a statement asks for the paper it names: the paper first, in a short duty of its own. */
const clarity = ({ text, isItem }: Statement, at: number): number =>
  (/\b(?:shall|must)\b[^.;]{0,40}\b(?:submit|include|provide|complete|sign|furnish|attach|return|utiliz|be accompanied)|^(?:please )?(?:submit|include|provide|complete|sign|attach|return)\b/i.test(
    text,
  )
    ? 2
    : 0) +
  (isItem ? 1 : 0) +
  (text.length < 220 ? 1 : 0) +
  (at < 100 ? 1 : 0) -
  (/\bconsists? of\b|\bonly include\b/i.test(text) ? 3 : 0)

/** A page of the solicitation that is itself the form: "OFFEROR SUBMISSION COVER PAGE". */
const titled =
  /^(?:the )?(?:offeror|bidder|quoter|vendor|proposal|quote|bid)(?:[’']?s)?(?: \w+){0,2} (?:cover (?:page|sheet)|signature page|bid form|response form)$/i

/** Asked of the offeror in a sentence or an item of a list of what to hand in. */
function isAsked(statement: Statement): boolean {
  const { text, full, role, isHeading, isRow } = statement
  if (isHeading) return titled.test(text) && speaksOfOffer(statement)
  if (!speaksOfOffer(statement) || role === 'background' || isRow || text.length > 420) return false
  return handed.test(full) && !told.test(text)
}
