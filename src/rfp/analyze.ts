/** The whole analysis of one document, by rules. */
import type { Doc } from '../core/index.ts'
import { checklistOf } from './analyzers/checklist/checklist.ts'
import { criteriaOf } from './analyzers/criteria/criteria.ts'
import { factsOf } from './analyzers/facts.ts'
import { outlineOf } from './analyzers/outline/outline.ts'
import { type Judged, judgeAll, requirementsOf } from './analyzers/requirements/requirements.ts'
import { warningsOf } from './analyzers/warnings.ts'
import { crosswalkOf } from './crosswalk.ts'
import type { Analysis, Requirement, Sentence } from './findings.ts'
import { ground, groundOf } from './ground.ts'
import { boxesOf, type Passage, read } from './passages/passages.ts'
import { columnTitles } from './passages/tables.ts'

export type AnalyzeOptions = {
  /** What the caller knows of the file that the Doc does not hold. */
  readonly filename: string
  readonly sha256: string
  /** List every sentence with its disposition and place in `coverage.passages`. */
  readonly passages?: boolean
}

/** Analyses one solicitation by rules. Pure: the same Doc gives the same bytes. */
export function analyze(doc: Doc, { filename, sha256, passages = false }: AnalyzeOptions): Analysis {
  const reading = read(doc)
  const judged = judgeAll(reading)
  const place = groundOf(doc)

  const rows = requirementsOf(judged)
  const passageOf = passagesOf(rows, judged)
  const requirements = ground(rows, (row) => row.requirement_text, place)
  const criteria = ground(criteriaOf(reading, columnTitles(reading.passages)), (one) => one.verbatim, place)
  const checklist = ground(checklistOf(reading), (item) => item.verbatim, place)
  const outline = outlineOf({ reading, requirements: requirements.kept, criteria: criteria.kept, passageOf })

  const dropped = requirements.dropped.length + criteria.dropped.length + checklist.dropped.length
  const warnings = warningsOf({
    reading,
    checklist: checklist.kept,
    criteria: criteria.kept,
    requirements: rows.length,
    dropped,
  })
  const facts = factsOf(reading)
  return {
    schema: 'mdraft.analysis/1',
    document: {
      filename,
      sha256,
      pages: doc.pages.length || null,
      title: facts.title ?? doc.meta.title ?? null,
    },
    solicitation: facts,
    compliance_matrix: requirements.kept,
    evaluation_criteria: criteria.kept,
    annotated_outline: outline,
    submission_checklist: checklist.kept,
    coverage: {
      sentences: judged.length,
      by_disposition: countDispositions(judged),
      ...(passages ? { passages: sentencesOf(judged, passageOf) } : {}),
    },
    crosswalk: crosswalkOf({ requirements: requirements.kept, criteria: criteria.kept, outline, warnings }),
    warnings,
  }
}

/** The passage each row was read from. */
function passagesOf(rows: readonly Requirement[], judged: readonly Judged[]): Map<string, Passage> {
  const sources = judged.filter(({ judgement }) => judgement.row)
  return new Map(rows.map((row, index) => [row.requirement_id, sources[index]!.passage]))
}

function countDispositions(judged: readonly Judged[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { judgement } of judged) counts[judgement.disposition] = (counts[judgement.disposition] ?? 0) + 1
  return counts
}

function sentencesOf(judged: readonly Judged[], passageOf: ReadonlyMap<string, Passage>): Sentence[] {
  const rowOf = new Map([...passageOf].map(([id, passage]) => [passage, id]))
  return judged.map(({ passage, judgement }) => ({
    page: passage.page,
    boxes: boxesOf(passage.run, passage.range),
    block_ids: [...passage.run.blocks],
    disposition: judgement.disposition,
    requirement_id: rowOf.get(passage) ?? null,
  }))
}
