/**
 * The analysis of the rules with what a model said of it. The rules are the floor: a model adds rows, confirms rows and
 * fills in what was left open; nothing that rules found goes away because of it.
 */
import type { Doc } from '../../core/index.ts'
import { type AnalyzeOptions, analyze } from '../analyze.ts'
import type { Analysis, AnalysisWarning, Requirement } from '../findings.ts'
import { ground, groundOf } from '../ground.ts'
import { type Passage, type Reading, read } from '../passages/passages.ts'
import { type Answer, readAnswer } from './answers.ts'
import { type Asked, isAnswered, type Reply, type Unanswered } from './ask.ts'
import { costOf, type ModelOptions } from './cost.ts'
import { mergeChecklist, mergeCriteria, mergeOutline } from './facts.ts'
import { injectionsIn } from './injections.ts'
import { passageOf } from './quotes.ts'
import { mergeRequirements } from './requirements.ts'
import { type Window, windowsOf } from './windows.ts'

export type Answers = Asked & { readonly model: ModelOptions }

/** @param answers replies to the questions of `questionsOf` for the same Doc, in their order */
export function analyzeWith(doc: Doc, options: AnalyzeOptions, answers: Answers): Analysis {
  const { passages = false, ...about } = options
  const byRules = analyze(doc, { ...about, passages: true })
  const reading = read(doc)
  const windows = windowsOf(reading, answers.model.windowChars)
  const claims = claimsOf(windows, answers.replies)

  const merged = mergeRequirements(reading.passages, rowsByPassage(byRules, reading), claims.requirements)
  const place = groundOf(doc)
  const criteria = mergeCriteria(byRules.evaluation_criteria, claims.criteria)
  const checklist = mergeChecklist(byRules.submission_checklist, claims.checklist)
  const outline = mergeOutline(byRules.annotated_outline, claims.sections)
  const requirements = ground(merged.rows, (row) => row.requirement_text, place)

  const disagreements = [merged, criteria, checklist, outline].flatMap((one) => one.disagreements)
  const failed = answers.replies.filter((reply) => !isAnswered(reply)).length
  const { input, output } = { input: answers.inputTokens, output: answers.outputTokens }
  return {
    ...byRules,
    compliance_matrix: requirements.kept,
    evaluation_criteria: criteria.rows,
    annotated_outline: outline.rows,
    submission_checklist: checklist.rows,
    coverage: coverageWith(byRules, reading, merged.added, passages),
    warnings: [
      ...byRules.warnings,
      ...injectionsIn(reading.passages),
      ...unread(windows, answers.replies),
      ...atMost(disagreements),
      ...droppedWarning(claims.dropped + requirements.dropped.length),
    ],
    model: {
      name: answers.model.name,
      windows: windows.length,
      windows_unread: failed,
      windows_cached: answers.replies.filter((reply) => isAnswered(reply) && reply.isCached).length,
      input_tokens: input,
      output_tokens: output,
      cost_usd: costOf(input, output, answers.model.price),
      added: merged.added.size + criteria.added + checklist.added + outline.added,
      confirmed: merged.confirmed,
      unconfirmed: byRules.compliance_matrix.length - merged.confirmed,
      dropped: claims.dropped + requirements.dropped.length,
      malformed: claims.malformed,
    },
  }
}

/** The rules list each passage with the row that was read from it. */
function rowsByPassage(analysis: Analysis, { passages }: Reading): Map<Passage, Requirement> {
  const rowOf = new Map(analysis.compliance_matrix.map((row) => [row.requirement_id, row]))
  return new Map(
    (analysis.coverage.passages ?? []).flatMap(({ requirement_id }, index) => {
      const row = requirement_id === null ? undefined : rowOf.get(requirement_id)
      return row ? [[passages[index]!, row] as const] : []
    }),
  )
}

type Facts<K extends keyof Answer<'analyst'>> = { claim: Answer<'analyst'>[K][number]; passage: Passage }[]

function claimsOf(windows: readonly Window[], replies: readonly (Reply | Unanswered)[]) {
  const requirements = new Map<Passage, Answer<'analyst'>['requirements'][number]>()
  const criteria: Facts<'criteria'> = []
  const checklist: Facts<'checklist'> = []
  const sections: Facts<'sections'> = []
  let dropped = 0
  let malformed = 0
  for (const [index, window] of windows.entries()) {
    const reply = replies[index]
    if (!reply || !isAnswered(reply)) continue
    const read = readAnswer('analyst', reply.value)
    malformed += read.malformed
    const found = <C extends { line: number; quote: string }>(list: readonly C[]) =>
      list.flatMap((claim) => {
        const passage = passageOf(window, claim)
        if (!passage) dropped++
        return passage ? [{ claim, passage }] : []
      })
    for (const { claim, passage } of found(read.answer.requirements))
      if (passage.kind === 'heading') dropped++
      else requirements.set(passage, claim)
    criteria.push(...found(read.answer.criteria))
    checklist.push(...found(read.answer.checklist))
    sections.push(...found(read.answer.sections))
  }
  return { requirements, criteria, checklist, sections, dropped, malformed }
}

/** The counts still add up: an added row changes what became of its sentence. */
function coverageWith(
  { coverage }: Analysis,
  { passages }: Reading,
  added: ReadonlyMap<Passage, Requirement>,
  isListed: boolean,
): Analysis['coverage'] {
  const sentences = (coverage.passages ?? []).map((sentence, index) => {
    const row = added.get(passages[index]!)
    if (!row) return sentence
    const disposition = row.actor === 'offeror' ? 'instruction' : 'requirement'
    return { ...sentence, disposition, requirement_id: row.requirement_id }
  })
  const counts: Record<string, number> = {}
  for (const { disposition } of sentences) counts[disposition] = (counts[disposition] ?? 0) + 1
  return {
    sentences: coverage.sentences,
    by_disposition: counts,
    ...(isListed ? { passages: sentences } : {}),
  }
}

export function unread(
  windows: readonly Window[],
  replies: readonly (Reply | Unanswered)[],
): AnalysisWarning[] {
  const failed = windows.flatMap((window, index) => {
    const reply = replies[index] ?? { failed: 'error' as const, reason: 'it was not asked' }
    return isAnswered(reply) ? [] : [{ window, ...reply }]
  })
  const groups = Map.groupBy(failed, ({ reason }) => reason)
  const silent = [...groups].map(([reason, list]) => ({
    code: list[0]!.failed === 'budget' ? 'model-budget' : 'model-failed',
    message: `The model did not read ${list.length} of ${windows.length} parts (${pagesOf(list.map(({ window }) => window))}): ${reason}. The rules read all of it.`,
    page: list[0]!.window.pages[0] ?? null,
  }))
  const cut = windows.filter((_, index) => {
    const reply = replies[index]
    return reply && isAnswered(reply) && reply.isCut
  })
  return cut.length === 0
    ? silent
    : [
        ...silent,
        {
          code: 'model-answer-cut',
          message: `The model's answer broke off for ${cut.length} of ${windows.length} parts (${pagesOf(cut)}); what came was used. The rules read all of it.`,
          page: cut[0]!.pages[0] ?? null,
        },
      ]
}

function pagesOf(windows: readonly Window[]): string {
  const pages = windows.flatMap((window) => window.pages)
  if (pages.length === 0) return 'no pages'
  const [first, last] = [Math.min(...pages), Math.max(...pages)]
  return first === last ? `page ${first}` : `pages ${first} to ${last}`
}

const MOST = 50

function atMost(warnings: readonly AnalysisWarning[]): AnalysisWarning[] {
  const more = warnings.length - MOST
  return more <= 0
    ? [...warnings]
    : [
        ...warnings.slice(0, MOST),
        {
          code: 'model-disagrees',
          message: `${more} more rows are labelled differently by rules and model.`,
          page: null,
        },
      ]
}

export const droppedWarning = (dropped: number): AnalysisWarning[] =>
  dropped === 0
    ? []
    : [
        {
          code: 'model-ungrounded',
          message: `${dropped} findings of the model were dropped: their quote was not found in the document.`,
          page: null,
        },
      ]
