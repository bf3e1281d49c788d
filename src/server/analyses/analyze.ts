/** What a worker does with an analysis. */
import { type Doc, MdraftError } from '../../core/index.ts'
import { type Blobs, readText, writeText } from '../../platform/blobs/blobs.ts'
import { type Analyst, analyzeDoc, linkRows, runAgent } from '../../platform/llm/analyze.ts'
import type { LlmOptions } from '../../platform/llm/llm.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Pool } from '../../platform/pool/pool.ts'
import type { Trace } from '../../platform/trace.ts'
import type { AgentRun, Analysis } from '../../rfp/findings.ts'
import { docKey, storageKey } from '../documents/service.ts'
import type { Tools, Work } from '../jobs/runner.ts'
import type { PlanService } from '../plans/service.ts'
import { noModel } from './service.ts'
import type { AnalysisRow, AnalysisStore, AnswerStore } from './store.ts'

type Needs = {
  readonly store: AnalysisStore
  readonly answers: AnswerStore
  readonly blobs: Blobs
  readonly pool: Pick<Pool, 'agent' | 'analyze' | 'convert' | 'questions'>
  readonly plans: Pick<PlanService, 'meter'>
  readonly metrics: Metrics
  readonly trace: Pick<Trace, 'span'>
  /** What analyses by rules are filed under. */
  readonly engine: string
  readonly analyst: Analyst | undefined
}

export const analysisWork = (needs: Needs): Work => {
  const { store, blobs, pool, plans, engine, analyst } = needs

  const docOf = async (row: AnalysisRow, { signal }: Tools): Promise<Doc> => {
    if (row.text_uri) {
      const bytes = new TextEncoder().encode(await readText(blobs, row.text_uri))
      return (await pool.convert(bytes, { name: row.filename, from: 'md' }, { signal })).doc
    }
    const prefix = await store.outputOfConversion(row.conversion_id!)
    // The conversion was finished when the analysis was asked for; only its removal takes its outputs away.
    return JSON.parse(await readText(blobs, docKey(prefix ?? '')))
  }

  /** Whoever asked was promised the model, or rules alone; the row says which. */
  const make = async (row: AnalysisRow, doc: Doc, tools: Tools): Promise<Analysis | AgentRun> => {
    const { filename, sha256, agent } = row
    const how = { ...tools, ...askingFor(needs, row) }
    if (agent) {
      if (!analyst) throw noModel()
      return answered(await runAgent(pool, doc, { filename, sha256, agent }, analyst, how))
    }
    const asked = row.engine === engine ? undefined : analyst
    const analysis = await analyzeDoc(pool, doc, { filename, sha256, passages: true }, asked, how)
    return asked ? linkRows(analysis, asked, how) : analysis
  }

  return {
    onState: (trx, job, state) => store.setStatus(trx, job.analysis_id!, state),

    run: async (job, tools) => {
      const row = await store.findForJob(job.analysis_id!)
      const doc = await docOf(row, tools)
      tools.onProgress({ stage: 'analysing' })
      const made = await make(row, doc, tools)
      const outputUri = `${storageKey('analyses', row.id)}/${job.claim}.gz`
      await writeText(blobs, outputUri, JSON.stringify(made))
      const tookPart = made.model !== undefined && made.model.windows_unread < made.model.windows
      return {
        format: doc.format,
        discard: () => blobs.remove([outputUri]),
        commit: async (trx) => {
          // A model that answered nothing is asked again the next time.
          await store.complete(trx, row.id, outputUri, tookPart ? row.engine : engine)
          if (tookPart) await plans.meter(trx, job, 'model_analyses', 1)
        },
      }
    },
  }
}

/** A prompt has no rules to fall back on. */
function answered(run: AgentRun): AgentRun {
  if (run.model.windows_unread < run.model.windows || run.model.windows === 0) return run
  throw new MdraftError('unavailable', run.warnings.at(-1)?.message ?? 'The language model did not answer.', {
    fix: 'Try again later.',
  })
}

/** Answers are kept with the analysis, found again for its owner alone, and counted. */
function askingFor({ answers, metrics, trace, analyst }: Needs, row: AnalysisRow): LlmOptions {
  const model = analyst?.llm.name ?? ''
  return {
    cache: {
      get: (key) => answers.find(row, key),
      put: (key, value) => answers.keep(row.id, key, value),
    },
    around: (ask) =>
      trace.span('model question', { kind: 'client', attributes: { 'gen_ai.request.model': model } }, ask),
    onUse: ({ outcome, inputTokens, outputTokens }) => {
      metrics.modelCalls.inc({ model, outcome })
      metrics.modelTokens.inc({ model, direction: 'in' }, inputTokens)
      metrics.modelTokens.inc({ model, direction: 'out' }, outputTokens)
    },
  }
}
