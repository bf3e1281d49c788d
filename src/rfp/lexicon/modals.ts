/** Words that bind, and how strongly. The strongest in a sentence names its obligation. */
import type { Requirement } from '../findings.ts'

export type Obligation = Requirement['obligation']

type Rule = { readonly obligation: Obligation; readonly pattern: RegExp; readonly why: string }

/** Strongest first: FAR 2.101 gives shall and must the same force, but buyers score "shall" rows first, so it names the row. */
const modals: readonly Rule[] = [
  {
    obligation: 'shall',
    pattern: /\bshall(?=\b|not\b|contain|include|be\b)/i,
    why: 'FAR 2.101: denotes the imperative',
  },
  { obligation: 'must', pattern: /\bmust\b/i, why: 'FAR 2.101: as shall' },
  {
    obligation: 'must',
    pattern: /\bmay (?:not|only|in no (?:case|event))\b|\bcan ?not\b|\bcan only\b/i,
    why: 'a permission denied is a prohibition',
  },
  {
    obligation: 'must',
    pattern:
      /\b(?:is|are) (?:strictly |expressly |also )?(?:prohibited|forbidden|not (?:permitted|allowed|acceptable|authorized))\b|\bno\b[^.;]{1,60}\b(?:is|are) (?:permitted|allowed|acceptable)\b/i,
    why: 'prohibition without a modal',
  },
  {
    obligation: 'should',
    pattern:
      /\bshould\b(?! (?:the|a|an|any|you|there|it) \w+ (?:be|not|fail|require|have|find|become|wish|notify|decide|need)\b)/i,
    why: 'FAR 2.101: an expected course of action',
  },
  {
    obligation: 'will',
    pattern: /\bwill\b(?! of\b)|\bwould (?:comply|provide|be required)\b/i,
    why: 'a promise the document makes for the party',
  },
  {
    obligation: 'should',
    pattern:
      /\b(?:is|are|be) (?:\w+ )?expected\b|\bexpects?\b|\bit is (?:recommended|advised|desirable|preferred)\b|\b(?:is|are) (?:strongly )?recommended\b|\bprefers?\b/i,
    why: 'an expectation',
  },
  {
    obligation: 'required',
    pattern:
      /\b(?:is|are|be|being) (?:also |hereby |therefore |further )?(?:required|requested|obligated|obliged|instructed|directed|responsible|bound|due|reminded|subject to|limited to|needed|essential|mandatory|critical|necessary)\b|\b(?:is|are) to (?:be |also )?[a-z]+|\bto be (?:provided|submitted|attached|completed|furnished|enclosed|delivered|present|available|done|included|signed|filled|viewed|informed)\b|\bha(?:s|ve) to\b|(?<!\b(?:a|the|no|any|this|is|also a) )\bneeds? to\b|\bresponsibility (?:of|to)\b|\bresponsibility\b|\bagrees? to\b|\bundertakes? to\b|\brequir(?:es?|ing)\b/i,
    why: 'a duty in other words',
  },
  {
    obligation: 'may',
    pattern:
      /\bmay\b(?! (?:19|20)\d\d)|\b(?:is|are) (?:strongly )?(?:encouraged|permitted|allowed|welcome|invited|discouraged)\b|\bencourages?\b|\bcan\b|\bmight\b/i,
    why: 'a permission',
  },
]

export type Bound = { readonly word: string; readonly obligation: Obligation; readonly at: number }

/** Every binding word of a text, strongest kind first, each kind in reading order. */
export function boundBy(text: string): Bound[] {
  const found: Bound[] = []
  for (const { obligation, pattern } of modals)
    for (const match of text.matchAll(new RegExp(pattern, 'gi'))) {
      const clash = found.some(
        (other) => match.index < other.at + other.word.length && other.at < match.index + match[0].length,
      )
      if (!clash) found.push({ word: match[0], obligation, at: match.index })
    }
  return found
}

const order: readonly Obligation[] = ['shall', 'must', 'should', 'will', 'required', 'may']

export const strongest = (found: readonly Bound[]): Bound | undefined =>
  found.toSorted((a, b) => order.indexOf(a.obligation) - order.indexOf(b.obligation) || a.at - b.at)[0]
