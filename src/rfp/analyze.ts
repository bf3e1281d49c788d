/** The whole analysis of one document, by rules. */
import type { Doc } from '../core/index.ts'
import { checklistOf } from './analyzers/checklist/checklist.ts'
import { criteriaOf } from './analyzers/criteria/criteria.ts'
import { outlineOf } from './analyzers/outline/outline.ts'
import { type Judged, judgeAll, requirementsOf } from './analyzers/requirements/requirements.ts'
import type { Analysis } from './findings.ts'
import { read } from './passages/passages.ts'
import { columnTitles } from './passages/tables.ts'

/** What the caller knows of the file that the Doc does not hold. */
export type AnalyzeOptions = { readonly filename: string; readonly sha256: string }

/** Analyses one solicitation by rules. Pure: the same Doc gives the same bytes. */
export function analyze(doc: Doc, { filename, sha256 }: AnalyzeOptions): Analysis {
  const reading = read(doc)
  const judged = judgeAll(reading)
  const requirements = requirementsOf(judged)
  const criteria = criteriaOf(reading, columnTitles(reading.passages))
  const rows = judged.filter(({ judgement }) => judgement.row)
  const passageOf = new Map(requirements.map((row, index) => [row.requirement_id, rows[index]!.passage]))
  return {
    schema: 'mdraft.analysis/1',
    document: { filename, sha256, pages: doc.pages.length || null, title: doc.meta.title ?? null },
    solicitation: {
      number: null,
      title: null,
      issuing_office: null,
      type: null,
      naics: null,
      set_aside: null,
      contract_type: null,
    },
    compliance_matrix: requirements,
    evaluation_criteria: criteria,
    annotated_outline: outlineOf({ reading, requirements, criteria, passageOf }),
    submission_checklist: checklistOf(reading),
    coverage: { sentences: judged.length, by_disposition: countDispositions(judged) },
    warnings: [],
  }
}

function countDispositions(judged: readonly Judged[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { judgement } of judged) counts[judgement.disposition] = (counts[judgement.disposition] ?? 0) + 1
  return counts
}
