/** The part of the proposal team a row concerns. First match wins. */
import type { Requirement } from '../../findings.ts'
import type { Actor } from '../../lexicon/parties.ts'
import type { Passage } from '../../passages/passages.ts'
import type { Disposition } from './judgement.ts'

type Category = Requirement['category']

const byWords: readonly (readonly [Category, RegExp])[] = [
  [
    'pricing',
    /\b(?:pric(?:e|es|ing)|costs?|rates?|budget|fees?|invoices?|payments?|discounts?|taxes|currency|labor hours|EMD|earnest money|bid security|performance guarantee)\b/i,
  ],
  [
    'past_performance',
    /\b(?:past performance|similar (?:experience|projects?)|references?|prior (?:contracts?|experience)|experience)\b/i,
  ],
  [
    'staffing',
    /\b(?:key personnel|personnel|staff(?:ing)?|r[eé]sum[eé]s?|labor categor\w+|employees?|project manager|subcontractors?|team(?:ing)?)\b/i,
  ],
  [
    'certification',
    /\b(?:certif\w+|represent(?:s|ations?)|licen[cs]e[sd]?|registr\w+|registered|affidavit|declar\w+|insurance|debar\w+|SAM\b)/i,
  ],
  [
    'management',
    /\b(?:management|schedule|milestones?|reports?|reporting|meetings?|quality (?:control|assurance)|risk|communicat\w+|transition|plan)\b/i,
  ],
]

export function categoryOf(
  passage: Passage,
  actor: Actor,
  isClause: boolean,
  disposition: Disposition,
): Category {
  if (isClause) return 'contract_clause'
  if (passage.role === 'evaluation' && actor !== 'contractor') return 'evaluation'
  const found = byWords.find(([, pattern]) => pattern.test(passage.text))?.[0]
  if (actor === 'offeror') return found ?? (disposition === 'instruction' ? 'instruction' : 'other')
  return found ?? 'technical'
}
