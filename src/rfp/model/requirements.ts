/** Rows of the matrix that a model found too, or alone. What rules found stays as it is. */

import { fold, hash } from '../analyzers/requirements/ids.ts'
import { crossReferences } from '../analyzers/requirements/references.ts'
import type { AnalysisWarning, Requirement } from '../findings.ts'
import { headingsOf, type Passage } from '../passages/passages.ts'
import type { Answer } from './answers.ts'
import { placeOf } from './quotes.ts'

type Claim = Answer<'analyst'>['requirements'][number]
/** Claims by the passage that holds their quote. */
export type Claims = ReadonlyMap<Passage, Claim>
/** Rows of the rules by their passage. */
export type RowsOf = ReadonlyMap<Passage, Requirement>

/** Alone, without a rule that agrees. */
const CONFIDENCE_ALONE = 0.6

export type MergedRows = {
  readonly rows: Requirement[]
  readonly added: ReadonlyMap<Passage, Requirement>
  readonly confirmed: number
  readonly disagreements: AnalysisWarning[]
}

export function mergeRequirements(passages: readonly Passage[], byRules: RowsOf, claims: Claims): MergedRows {
  const added = new Map<Passage, Requirement>()
  const rows: Requirement[] = []
  const disagreements: AnalysisWarning[] = []
  const ids = new Map([...byRules.values()].map((row) => [row.requirement_id, fold(row.requirement_text)]))
  let confirmed = 0
  for (const passage of passages) {
    const rule = byRules.get(passage)
    const claim = claims.get(passage)
    if (rule && claim) {
      confirmed++
      rows.push(agreed(rule, claim))
      disagreements.push(...differences(rule, claim))
    } else if (rule) rows.push(rule)
    else if (claim) {
      const row = rowOf(passage, claim, nextId(passage.text, ids))
      added.set(passage, row)
      rows.push(row)
    }
  }
  return { rows, added, confirmed, disagreements }
}

/** The label of the rules stays; where they had none, the model's is taken. */
const agreed = (rule: Requirement, { category }: Claim): Requirement => ({
  ...rule,
  category: rule.category === 'other' ? category : rule.category,
  confidence: Math.round((1 - (1 - rule.confidence) / 2) * 100) / 100,
  source: 'both',
})

/** Ids of rules' rows never change because a model was asked: an added row takes the next free one. */
function nextId(text: string, taken: Map<string, string>): { id: string; duplicateOf: string | null } {
  const folded = fold(text)
  const first = `R-${hash(folded)}`
  const repeats = taken.get(first) === folded
  let id = first
  for (let turn = 2; taken.has(id); turn++) id = `${first}-${turn}`
  taken.set(id, folded)
  return { id, duplicateOf: repeats ? first : null }
}

function rowOf(
  passage: Passage,
  { obligation, actor, category }: Claim,
  { id, duplicateOf }: ReturnType<typeof nextId>,
): Requirement {
  const word = /\b(?:shall|must|should|will|may)\b(?:\s+not\b)?/i.exec(passage.text)?.[0] ?? ''
  const isSaid = obligation === 'required' || new RegExp(`\\b(?:${obligation}|may)\\b`, 'i').test(word)
  return {
    requirement_id: id,
    requirement_text: passage.text,
    stem_text: passage.stem?.text ?? null,
    section_title: headingsOf(passage.node).at(-1)?.title ?? null,
    ...placeOf(passage),
    binding_word: word,
    obligation: isSaid ? obligation : 'required',
    actor,
    category,
    is_clause: passage.role === 'clauses',
    cross_references: crossReferences(passage.text),
    duplicate_of: duplicateOf,
    confidence: CONFIDENCE_ALONE,
    source: 'llm',
  }
}

function differences(rule: Requirement, claim: Claim): AnalysisWarning[] {
  const fields = (['obligation', 'actor'] as const).filter((field) => rule[field] !== claim[field])
  if (fields.length === 0) return []
  const said = fields.map((field) => `${field} "${rule[field]}" by rules, "${claim[field]}" by the model`)
  return [
    {
      code: 'model-disagrees',
      message: `${rule.requirement_id} (${rule.rfp_reference}): ${said.join('; ')}.`,
      page: rule.page,
    },
  ]
}
