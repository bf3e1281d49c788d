/** mdraft/rfp: requests for proposal as work a proposal team can act on. */
import type { Doc } from '../core/index.ts'
import type { Analysis } from './findings.ts'

export * from './findings.ts'

/** What the caller knows of the file that the Doc does not hold. */
export type AnalyzeOptions = { readonly filename: string; readonly sha256: string }

/** Analyses one solicitation by rules. Pure: the same Doc gives the same bytes. */
export function analyze(doc: Doc, { filename, sha256 }: AnalyzeOptions): Analysis {
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
    compliance_matrix: [],
    evaluation_criteria: [],
    annotated_outline: [],
    submission_checklist: [],
    coverage: { sentences: 0, by_disposition: {} },
    warnings: [],
  }
}
