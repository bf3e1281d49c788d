/** Papers that go with the offer: forms, certificates, and the other conditions of taking part. */
import type { Found, Kind } from './recipes.ts'
import { shorten, words } from './recipes.ts'
import type { Statement } from './statements.ts'

type Paper = {
  readonly kind: Kind
  readonly name: string
  readonly pattern: RegExp
  readonly not?: RegExp
  readonly most?: number
}

const table: readonly Paper[] = [
  {
    kind: 'form',
    name: 'cover sheet',
    pattern: /\b(?:proposal|submission|quote|bid) cover (?:sheet|page|letter)\b/i,
  },
  {
    kind: 'form',
    name: 'standard form',
    pattern: /\b(?:SF|Standard Form|OF|DD Form|AD)[ -]?(?:18|26|30|33|1442|1449|LLL|330|24|25|254)\b/i,
    most: 2,
  },
  { kind: 'form', name: 'letter of intent', pattern: /\bletters? of (?:intent|commitment)\b/i, most: 2 },
  {
    kind: 'form',
    name: 'memorandum of agreement',
    pattern: /\bmemorand(?:um|a) of (?:agreement|understanding)\b/i,
  },
  {
    kind: 'form',
    name: 'pricing form',
    pattern:
      /\b(?:pric(?:e|ing)|cost) (?:template|schedule|workbook|model|sheet|form|proposal form|spreadsheet)s?\b|\bexcel workbook\b|\bbid form\b/i,
    most: 2,
  },
  {
    kind: 'form',
    name: 'attachment',
    pattern:
      /\b(?:Attachment|Appendix|Exhibit|Annexure|Annex|Form|Enclosure)\s*[–-]?\s*(?:No\.\s*)?(?:\d+|[IVX]+|[A-Z])\b/,
    most: 8,
  },
  { kind: 'form', name: 'joint venture agreement', pattern: /\b(?:joint venture|teaming) agreements?\b/i },
  { kind: 'form', name: 'representations', pattern: /\brepresentations (?:and|&) certifications?\b/i },
  {
    kind: 'form',
    name: 'acknowledgement of amendments',
    pattern: /\backnowledge?ment of (?:amendments?|addend(?:a|um))\b/i,
  },
  {
    kind: 'form',
    name: 'conflict of interest statement',
    pattern: /\bconflicts? of interest (?:statement|disclosure|form)s?\b/i,
  },
  { kind: 'form', name: 'questionnaire', pattern: /\bquestionnaires?\b/i },
  {
    kind: 'certification',
    name: 'certification',
    pattern:
      /\bcertificat(?:e|es|ion|ions)\b|\bcertified\b|\bcertify\b|\bself-?certification\b|\baffidavit\b/i,
    most: 4,
  },
  {
    kind: 'certification',
    name: 'registration',
    pattern: /\bregistered in\b|\blisted as (?:verified|certified)\b/i,
  },
  {
    kind: 'certification',
    name: 'authorization',
    pattern: /\bproof of authorization\b|\bauthorization letter\b/i,
  },
  { kind: 'other', name: 'language', pattern: /\bin (?:the )?English\b/i },
  {
    kind: 'other',
    name: 'currency',
    pattern: /\bin (?:U\.?S\.? dollars|Indian National Rupees|Canadian dollars|euros?)\b/i,
  },
  {
    kind: 'other',
    name: 'signature',
    pattern:
      /\b(?:every|each) page\b[^.]{0,60}\bsigned\b|\bsigned by (?:a|an|the) (?:person|official|individual|company officer|officer|authorized)\b/i,
  },
  {
    kind: 'other',
    name: 'registration',
    pattern:
      /\b(?:active )?registration in (?:the )?(?:System for Award Management|SAM)\b|\bensure your firm\b[^.]*\bregistered\b/i,
  },
  { kind: 'other', name: 'no quote', pattern: /[“"]No (?:Quote|Bid)[”"]/i },
  { kind: 'other', name: 'all or none', pattern: /\ball[- ]or[- ]none\b/i },
  {
    kind: 'other',
    name: 'budget ceiling',
    pattern: /\bpriced at more than\b|\bexceed(?:s|ing)? (?:the|this) (?:budget|amount)\b/i,
  },
  {
    kind: 'other',
    name: 'letter of intent due',
    pattern: /\bletters? of intent\b[^.]*\b(?:due|submitted by)\b/i,
  },
  { kind: 'other', name: 'opening', pattern: /\bopening of (?:technical )?bids\b/i },
  {
    kind: 'other',
    name: 'performance guarantee',
    pattern: /\bperformance (?:guarantee|bond|security)\b[^.]*\d/i,
  },
  {
    kind: 'other',
    name: 'oral presentation',
    pattern:
      /\b(?:oral presentation|interview)\b[^.]*\b(?:minutes|participate)\b|\ballotted \d+ (?:total )?minutes\b/i,
  },
  { kind: 'other', name: 'unique entity identifier', pattern: /\bunique entity identifier\b/i },
  {
    kind: 'other',
    name: 'pricing basis',
    pattern:
      /\bfirm-?\s?fixed[- ]pric\w+\b[^.]*\b(?:must|shall|for all)\b|\b(?:must|shall) (?:provide|be)\b[^.]*\bfirm-?fixed[- ]pric\w+/i,
  },
  {
    kind: 'other',
    name: 'agreement with terms',
    pattern: /\bstatement specifying (?:the extent of )?agreement\b/i,
  },
]

const handed =
  /\b(?:submit\w*|provid\w+|includ\w+|complet\w+|attach\w*|enclos\w+|furnish\w*|sign\w*|return\w*|fill\w*|utiliz\w+|accompan\w+|prescribed|format|as per|must|shall|copy)\b/i

export function papers(statements: readonly Statement[]): Found[] {
  const taken = new Set<string>()
  return table.flatMap(({ kind, name, pattern, not, most = 1 }) => {
    const found: Found[] = []
    for (const statement of statements) {
      if (found.length >= most) break
      if (
        statement.role !== 'instructions' &&
        statement.role !== 'form' &&
        statement.role !== 'other' &&
        statement.role !== 'evaluation' &&
        statement.role !== 'certification'
      )
        continue
      if (statement.role === 'evaluation' && kind !== 'form') continue
      if (statement.text.length > 500 || statement.isHeading || statement.isRow) continue
      const match = pattern.exec(statement.text)
      if (!match || not?.test(statement.text)) continue
      if (!handed.test(statement.full)) continue
      const key = `${kind} ${words(statement.text)}`
      const paper = `${name} ${words(match[0])}`
      if (taken.has(key) || taken.has(paper)) continue
      taken.add(key).add(paper)
      found.push({ kind, value: shorten(statement.text, 140), statement })
    }
    return found
  })
}
