/** Which rows answer which criterion, by a model: links are added to those of the rules. */
import type { Analysis, ModelUse, Requirement } from '../findings.ts'
import { readAnswer } from './answers.ts'
import { type Asked, isAnswered, type Question } from './ask.ts'
import { costOf, type ModelOptions } from './cost.ts'
import { enclosed, linkSystem } from './prompts.ts'
import { HIDDEN_SHEET, markFor } from './windows.ts'

/** Rows in one question. */
const ROWS = 150
const ROW_CHARS = 240

/** One question for each heap of rows; none when there is nothing to link. */
export function linkQuestions(analysis: Analysis): Question[] {
  const criteria = analysis.evaluation_criteria
    .filter(isShown)
    .map(({ criterion_id, name, verbatim }) => `${criterion_id} ${name}: ${verbatim.slice(0, ROW_CHARS)}`)
  const rows = linkable(analysis.compliance_matrix)
  if (criteria.length === 0) return []
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, part) => {
    const listed = rows
      .slice(part * ROWS, (part + 1) * ROWS)
      .map((row) => `${row.requirement_id} ${row.rfp_reference}: ${row.requirement_text.slice(0, ROW_CHARS)}`)
    const text = ['Criteria:', ...criteria, '', 'Rows:', ...listed].join('\n')
    return {
      kind: 'links' as const,
      prompt: { system: linkSystem, text: enclosed(text, 'Criteria and rows as quoted.', markFor(text)) },
    }
  })
}

const linkable = (rows: readonly Requirement[]): Requirement[] =>
  rows.filter(
    (row) =>
      isShown(row) &&
      !row.is_clause &&
      row.duplicate_of === null &&
      (row.actor === 'offeror' || row.actor === 'contractor'),
  )

/** Not of a sheet that Excel does not show: its title is part of every reference into it. */
const isShown = ({ rfp_reference }: { rfp_reference: string }): boolean =>
  !rfp_reference.includes(HIDDEN_SHEET)

/** The analysis with the links of the answers; ids that nobody gave out are dropped. */
export function withLinks(analysis: Analysis, asked: Asked, price: ModelOptions['price']): Analysis {
  const { crosswalk, model } = analysis
  if (!crosswalk || !model || asked.replies.length === 0) return analysis
  const actorOf = new Map(
    analysis.compliance_matrix.map(({ requirement_id, actor }) => [requirement_id, actor]),
  )
  const links = new Map(
    analysis.evaluation_criteria.map(({ criterion_id }) => {
      const known = crosswalk.links.find((link) => link.criterion_id === criterion_id)
      return [criterion_id, known ?? { criterion_id, instruction_ids: [], work_ids: [] }]
    }),
  )
  for (const reply of asked.replies) {
    if (!isAnswered(reply)) continue
    for (const { criterion_id, row_ids } of readAnswer('links', reply.value).answer.links) {
      const link = links.get(criterion_id)
      const of = (actor: string) => row_ids.filter((id) => actorOf.get(id) === actor)
      if (link)
        links.set(criterion_id, {
          criterion_id,
          instruction_ids: [...new Set([...link.instruction_ids, ...of('offeror')])],
          work_ids: [...new Set([...link.work_ids, ...of('contractor')])],
        })
    }
  }
  const now = [...links.values()]
  const answered = new Set(
    now.filter(({ instruction_ids }) => instruction_ids.length > 0).map(({ criterion_id }) => criterion_id),
  )
  const gaps = crosswalk.gaps.filter(
    ({ code, ids }) => code !== 'criterion-without-instruction' || !ids.every((id) => answered.has(id)),
  )
  return {
    ...analysis,
    crosswalk: { ...crosswalk, links: now, gaps },
    model: withUse(model, asked, price),
  }
}

function withUse(
  model: ModelUse,
  { inputTokens, outputTokens }: Asked,
  price: ModelOptions['price'],
): ModelUse {
  const input_tokens = model.input_tokens + inputTokens
  const output_tokens = model.output_tokens + outputTokens
  return { ...model, input_tokens, output_tokens, cost_usd: costOf(input_tokens, output_tokens, price) }
}
