/** Other conditions of taking part, one row a condition: language, currency, signatures, registrations, samples, meetings. */
import { type Found, shorten, speaksOfOffer } from './recipe.ts'
import type { Statement } from './statements.ts'

type Condition = { readonly name: string; readonly pattern: RegExp; readonly most?: number }

const table: readonly Condition[] = [
  {
    name: 'language',
    pattern:
      /\b(?:written|submitted?|prepared|proposals?)\b[^.]*\bin (?:the )?(?:English|French|Spanish|German)\b/i,
  },
  {
    name: 'currency',
    pattern:
      /\b(?:quoted|submitted|expressed|stated|prices?|rates?)\b[^.]*\bin (?:the )?(?:U\.?S\.? dollars|Indian National Rupees|Indian Rupees|Canadian dollars|euros?|[A-Z][a-z]+ (?:dollars|pounds|francs))\b/i,
  },
  {
    name: 'signature',
    pattern:
      /\b(?:every|each) page\b[^.]{0,60}\bsigned\b|\bsigned by (?:a|an|the) (?:person|official|individual|company officer|officer|authorized)\b/i,
  },
  {
    name: 'registration',
    pattern:
      /\bregistration in (?:the )?(?:System for Award Management|SAM)\b|\b(?:must|shall) (?:be |have an? )?active(?:ly)? regist\w+|\bensure\b[^.]*\bregistered\b/i,
  },
  { name: 'no quote', pattern: /[“"‘']No[- ](?:Quote|Bid)[”"’']/i },
  { name: 'all or none', pattern: /\ball[- ]or[- ]none\b/i },
  {
    name: 'budget ceiling',
    pattern:
      /\bpriced (?:at more than|above|over)\b|\b(?:proposals?|bids?|quotes?)\b[^.]*\bexceed(?:s|ing)? (?:the|this) (?:budget|amount|ceiling)\b/i,
  },
  {
    name: 'letter of intent due',
    pattern: /\bletters? of intent\b[^.]*\b(?:due|submitted by)\b|\binform us by\b/i,
  },
  { name: 'opening', pattern: /\bopening of (?:the )?(?:technical )?(?:bids|proposals|tenders)\b[^.]*\d/i },
  { name: 'performance security', pattern: /\bperformance (?:guarantee|bond|security)\b[^.]*\d/i },
  {
    name: 'presentation',
    pattern:
      /\bkey personnel\b[^.]*\b(?:participate|attend)\b[^.]*\b(?:interview|presentation)\b|\ballotted \d+ (?:total )?minutes\b|\b(?:interview|oral presentation)s?\b[^.]*\b\d+ minutes\b/i,
  },
  {
    name: 'unique identifier',
    pattern: /\bannotation\b[^.]*\bunique entity identifier\b|\bCMMC unique identifier/i,
  },
  {
    name: 'pricing basis',
    pattern:
      /\bfirm-?\s?fixed[- ]pric\w+\b[^.]*\b(?:all|each|line items?)\b|\bquotes? must be submitted on that basis\b|\btime[- ]and[- ]materials\b[^.]*\bmust\b/i,
  },
  { name: 'agreement with terms', pattern: /\bstatement specifying (?:the extent of )?agreement\b/i },
  {
    name: 'eligibility',
    pattern:
      /\b(?:will|shall) (?:only )?consider (?:quotes|proposals|bids|offers) (?:only )?from\b|\bonly\b[^.]{0,40}\b(?:may|are eligible to) (?:bid|submit|respond|quote)\b/i,
  },
  {
    name: 'samples',
    pattern:
      /\b(?:provide|submit|include)\b[^.]{0,60}\b(?:\(\d\)|one|two|three|\d) (?:examples?|samples?) of\b|\bsource code samples must\b/i,
    most: 2,
  },
  {
    name: 'contents',
    pattern: /\bquot(?:e|ation)s? shall ?(?:contain|include) ?the following information\b/i,
  },
  {
    name: 'schedule contract',
    pattern: /\bFederal Supply Schedule\b[^.]*\bidentify\b|\bidentify the associated contract number\b/i,
  },
  {
    name: 'no price in technical',
    pattern:
      /\bshall not?\b[^.]{0,30}\b(?:any )?(?:information on )?pric(?:e|ing)\b[^.]*\b|\b(?:no|without) pric(?:e|ing) information\b|\bdo not include (?:any )?pric(?:e|ing)\b|\bnot contain any (?:cost|price|pricing) information\b|\bshall not include\b[^.]{0,30}\b(?:fees?|costs?) (?:proposals?|information|estimates?)\b/i,
  },
]

export function conditions(statements: readonly Statement[]): Found[] {
  return table.flatMap(({ name: _, pattern, most = 1 }) => {
    const seen = new Set<string>()
    return statements
      .filter((statement) => {
        const { text, isHeading, role } = statement
        if (
          (!speaksOfOffer(statement) && role !== 'evaluation') ||
          isHeading ||
          text.length > 460 ||
          !pattern.test(text) ||
          seen.has(text)
        )
          return false
        seen.add(text)
        return true
      })
      .slice(0, most)
      .map((statement): Found => ({ kind: 'other', value: shorten(statement.text, 140), statement }))
  })
}
