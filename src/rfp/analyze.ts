/** The whole analysis of one document, by rules. */
import type { Doc } from '../core/index.ts'
import type { Analysis } from './findings.ts'
import { checklistOf } from './analyzers/checklist/checklist.ts'
import { judgeAll, requirementsOf } from './analyzers/requirements/requirements.ts'
import { read } from './passages/passages.ts'

/** What the caller knows of the file that the Doc does not hold. */
export type AnalyzeOptions = { readonly filename: string; readonly sha256: string }

/** Analyses one solicitation by rules. Pure: the same Doc gives the same bytes. */
export function analyze(doc: Doc, { filename, sha256 }: AnalyzeOptions): Analysis {
  const reading = read(doc)
  const judged = judgeAll(reading)
  const byDisposition: Record<string, number> = {}
  for (const { judgement } of judged) byDisposition[judgement.disposition] = (byDisposition[judgement.disposition] ?? 0) + 1
  return {
    schema: 'mdraft.analysis/1',
    document: { filename, sha256, pages: doc.pages.length || null, title: doc.meta.title ?? null },
    solicitation: { number: null, title: null, issuing_office: null, type: null, naics: null, set_aside: null, contract_type: null },
    compliance_matrix: requirementsOf(judged),
    evaluation_criteria: [],
    annotated_outline: [],
    submission_checklist: checklistOf(reading),
    coverage: { sentences: judged.length, by_disposition: byDisposition },
    warnings: [],
  }
}
