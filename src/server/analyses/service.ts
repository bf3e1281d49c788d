/** Analyses of solicitations: asked for by type, made once as a whole, kept. */
import type {
  AnalysesQuery,
  AnalysisDetail,
  AnalysisDownload,
  AnalysisSummary,
  AnalyzeRequest,
  CompareRequest,
} from '../../contract/analyses.ts'
import { type Doc, type ErrorCode, errorCodes, MdraftError } from '../../core/index.ts'
import { sha256 } from '../../core/io/hash.ts'
import { type Blobs, readText, writeText } from '../../platform/blobs/blobs.ts'
import type { Db } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import {
  type AgentRun,
  type Analysis,
  type AnalysisType,
  analysisTypes,
  type Comparison,
  type Requirement,
  type Sentence,
} from '../../rfp/findings.ts'
import type { AccountService } from '../accounts/service.ts'
import { type Actor, may } from '../actor.ts'
import { type DocumentService, storageKey } from '../documents/service.ts'
import { cleanFilename } from '../filename.ts'
import { hasEnded, type JobService } from '../jobs/service.ts'
import { type Page, pageOf } from '../page.ts'
import type { PlanService } from '../plans/service.ts'
import { callOf, type Desk, downloadOf, type MadeFile } from './download.ts'
import { type Agent, type AnalysisRow, type AnalysisStore, filesOf, type NewAnalysis } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: AnalysisStore
  readonly blobs: Blobs
  readonly accounts: AccountService
  readonly documents: DocumentService
  readonly jobs: JobService
  /** Makes files of analyses. */
  readonly desk: Desk
  /** Where users reach the server. */
  readonly baseUrl: string
  readonly engine: string
  /** "provider:model", when one is configured. */
  readonly model: string | undefined
  readonly plans: Pick<PlanService, 'allow'>
  readonly textChars: number
  /** How long a request waits for its result. */
  readonly waitMs: number
}

/** Less than this is no solicitation. */
const LEAST_CHARS = 100

export type Answered =
  | { readonly ready: true; readonly analysis_id: string; readonly analysis: Partial<Analysis> }
  | { readonly ready: false; readonly analysis_id: string; readonly job_id: string }

export type RunAnswered =
  | { readonly ready: true; readonly analysis_id: string; readonly run: AgentRun }
  | { readonly ready: false; readonly analysis_id: string; readonly job_id: string }

/** Under what name an analysis is kept that a model took part in. */
const engineWith = (engine: string, model: string | undefined): string =>
  model ? `${engine} + ${model}`.slice(0, 200) : engine

export const analysisService = (needs: Needs) => {
  const {
    db,
    store,
    blobs,
    accounts,
    documents,
    jobs,
    desk,
    baseUrl,
    engine,
    model,
    plans,
    textChars,
    waitMs,
  } = needs

  const find = async (actor: Actor, id: string): Promise<AnalysisRow> => {
    const row = await store.find(actor, id)
    if (!row) throw new MdraftError('not_found', 'There is no such analysis.')
    return row
  }

  const create = async (
    actor: Actor,
    made: Omit<NewAnalysis, 'id'>,
    requestId: string,
  ): Promise<{ id: string; job_id: string }> => {
    const ids = { id: newId(), job_id: newId() }
    const { filename, expiresAt, source } = made
    await db.query.transaction().execute(async (trx) => {
      await accounts.settle(trx, actor)
      await store.insert(trx, actor, { ...made, id: ids.id })
      await jobs.submit(trx, actor, {
        id: ids.job_id,
        kind: 'analysis',
        filename,
        conversionId: 'conversionId' in source ? source.conversionId : null,
        analysisId: ids.id,
        requestId,
        expiresAt,
      })
    })
    return ids
  }

  const ofConversion = async (actor: Actor, conversionId: string, wanted: Wanted, requestId: string) => {
    const { filename, sha256, expiresAt } = await documents.forAnalysis(actor, conversionId)
    const known = await store.findOfConversion(actor, conversionId, wanted)
    if (known) return known
    const allowed = await affordable(actor, wanted)
    return (
      (allowed === wanted ? undefined : await store.findOfConversion(actor, conversionId, allowed)) ??
      create(actor, { source: { conversionId }, filename, sha256, expiresAt, ...allowed }, requestId)
    )
  }

  const ofText = async (
    actor: Actor,
    { text, filename: name }: { text: string; filename?: string | undefined },
    wanted: Wanted,
    requestId: string,
  ) => {
    checkText(text, textChars)
    const filename = cleanFilename(name ?? 'text.md')
    const hash = sha256(text)
    const known = await store.findOfText(actor, { sha256: hash, filename, ...wanted })
    if (known) return known
    const allowed = await affordable(actor, wanted)
    const same =
      allowed === wanted ? undefined : await store.findOfText(actor, { sha256: hash, filename, ...allowed })
    if (same) return same
    const textUri = storageKey('texts', newId())
    await writeText(blobs, textUri, text)
    const expiresAt = await accounts.expiry(actor)
    const made = { source: { textUri }, filename, sha256: hash, expiresAt, ...allowed }
    return create(actor, made, requestId).catch(async (error) => {
      await blobs.remove([textUri])
      throw error
    })
  }

  /** With the model when the plan still has it this month, else by rules; a prompt cannot do without. */
  const affordable = async (actor: Actor, wanted: Wanted): Promise<Wanted> => {
    if (wanted.engine === engine) return wanted
    try {
      await db.query.transaction().execute((trx) => plans.allow(trx, actor, 'model_analyses'))
      return wanted
    } catch (error) {
      if (wanted.agent || !(error instanceof MdraftError) || error.code !== 'plan_limit') throw error
      return { engine }
    }
  }

  const begin = (actor: Actor, body: AnalyzeRequest, wanted: Wanted, requestId: string) =>
    'conversion_id' in body
      ? ofConversion(actor, body.conversion_id, wanted, requestId)
      : ofText(actor, body, wanted, requestId)

  const outputOf = async (row: AnalysisRow) =>
    row.output_uri ? JSON.parse(await readText(blobs, row.output_uri)) : null
  const stored = async (row: AnalysisRow): Promise<Analysis | null> => (row.agent ? null : outputOf(row))
  const runOf = async (row: AnalysisRow): Promise<AgentRun | null> => (row.agent ? outputOf(row) : null)

  /** Without the list of all sentences, which is as long as the document. */
  const result = async (row: AnalysisRow): Promise<Analysis | null> => {
    const analysis = await stored(row)
    if (!analysis) return null
    const { passages: _, ...coverage } = analysis.coverage
    return { ...analysis, coverage }
  }

  const finishedOf = async (row: AnalysisRow): Promise<Analysis> => {
    const analysis = await result(row)
    if (analysis) return analysis
    if (row.agent)
      throw new MdraftError('conflict', 'This is the run of a prompt, not an analysis.', {
        fix: 'Run one of the four analyses.',
      })
    throw new MdraftError('conflict', 'The analysis is not finished.', { fix: 'Wait for its job to end.' })
  }

  const docOf = async (actor: Actor, row: AnalysisRow, signal: AbortSignal): Promise<Doc> => {
    if (row.conversion_id) return (await documents.readDoc(actor, row.conversion_id)).doc
    const text = new TextEncoder().encode(await readText(blobs, row.text_uri!))
    return (await desk.convert(text, { name: row.filename, from: 'md' }, callOf(actor, signal))).doc
  }

  return {
    /** The part asked for, when it is there or comes soon; else where to ask again. */
    request: async (
      actor: Actor,
      type: AnalysisType,
      body: AnalyzeRequest,
      requestId: string,
    ): Promise<Answered> => {
      may(actor, 'analyses:write')
      const { id, job_id } = await begin(actor, body, { engine: engineWith(engine, model) }, requestId)
      const job = await jobs.settled(actor, job_id, waitMs)
      if (!hasEnded(job)) return { ready: false, analysis_id: id, job_id }
      const analysis = await result(await find(actor, id))
      if (analysis) return { ready: true, analysis_id: id, analysis: partOf(analysis, type) }
      throw endedBadly(job.error)
    },

    /** What a prompt finds. @throws MdraftError `unavailable` without a model */
    run: async (
      actor: Actor,
      agent: Agent,
      body: AnalyzeRequest,
      requestId: string,
    ): Promise<RunAnswered> => {
      may(actor, 'analyses:write')
      if (!model) throw noModel()
      const wanted = { engine: engineWith(engine, model), agent }
      const { id, job_id } = await begin(actor, body, wanted, requestId)
      const job = await jobs.settled(actor, job_id, waitMs)
      if (!hasEnded(job)) return { ready: false, analysis_id: id, job_id }
      const run = await runOf(await find(actor, id))
      if (run) return { ready: true, analysis_id: id, run }
      throw endedBadly(job.error)
    },

    /** What changed between two documents that the actor may read, by rules. */
    compare: async (actor: Actor, body: CompareRequest, signal: AbortSignal): Promise<Comparison> => {
      may(actor, 'analyses:write')
      const given = async (id: string) => {
        const { doc, ...about } = await documents.readDoc(actor, id)
        return { doc, analysis: await desk.analyze(doc, about, callOf(actor, signal)) }
      }
      const old = await given(body.old_conversion_id)
      return desk.compare(old, await given(body.new_conversion_id), callOf(actor, signal))
    },

    /** What changed between the documents of two analyses that the actor may read. */
    compareKept: async (
      actor: Actor,
      oldId: string,
      newId: string,
      signal: AbortSignal,
    ): Promise<Comparison> => {
      const given = async (id: string) => {
        const row = await find(actor, id)
        return { doc: await docOf(actor, row, signal), analysis: await finishedOf(row) }
      }
      const old = await given(oldId)
      return desk.compare(old, await given(newId), callOf(actor, signal))
    },

    /** The analysis as a file. */
    download: async (
      actor: Actor,
      id: string,
      wanted: AnalysisDownload,
      signal: AbortSignal,
    ): Promise<MadeFile> => {
      may(actor, 'analyses:read')
      const row = await find(actor, id)
      const analysis = await finishedOf(row)
      return downloadOf({ desk, documents, baseUrl, engine }, { actor, row, analysis, wanted, signal })
    },

    /** Every sentence with what became of it. */
    coverage: async (actor: Actor, id: string): Promise<{ sentences: Sentence[] | null }> => {
      may(actor, 'analyses:read')
      const analysis = await stored(await find(actor, id))
      return { sentences: analysis?.coverage.passages ?? null }
    },

    /** For a matrix: what an analysis that the actor may read requires. */
    requirements: async (actor: Actor, id: string): Promise<readonly Requirement[]> => {
      return (await finishedOf(await find(actor, id))).compliance_matrix
    },

    /** Deletes what has expired, rows before files. Gives how many. */
    removeExpired: async (limit: number): Promise<number> => {
      const gone = await store.removeExpired(limit)
      await blobs.remove(gone.flatMap(filesOf))
      return gone.length
    },

    /** Of these keys of storage, those that no analysis names. */
    orphans: async (keys: readonly string[]): Promise<string[]> => {
      const known = new Set(await store.knownFiles(keys))
      return keys.filter((key) => !known.has(key))
    },

    list: (actor: Actor, { conversion_id, type, ...page }: AnalysesQuery): Promise<Page<AnalysisSummary>> => {
      may(actor, 'analyses:read')
      return pageOf(page, (asked) => store.list(actor, { ...asked, conversion_id, type }), presentAnalysis)
    },

    get: async (actor: Actor, id: string): Promise<AnalysisDetail> => {
      may(actor, 'analyses:read')
      const row = await find(actor, id)
      const { error } = await jobs.settled(actor, row.job_id, 0)
      return {
        id: row.id,
        conversion_id: row.conversion_id,
        job_id: row.job_id,
        status: row.status,
        analysis: await result(row),
        run: await runOf(row),
        error,
        created_at: row.created_at.toISOString(),
      }
    },
  }
}

type Wanted = Pick<NewAnalysis, 'engine' | 'agent'>

export const noModel = () =>
  new MdraftError('unavailable', 'No language model is configured, and a prompt cannot run without one.', {
    fix: 'The operator sets MDRAFT_LLM=provider:model; the four analyses run by rules meanwhile.',
  })

export type AnalysisService = ReturnType<typeof analysisService>

function checkText(text: string, most: number): void {
  const { length } = text.trim()
  if (length < LEAST_CHARS)
    throw new MdraftError(
      'bad_option',
      `The text has ${length} characters; at least ${LEAST_CHARS} are needed.`,
      {
        fix: 'Send the whole solicitation.',
      },
    )
  if (length > most)
    throw new MdraftError('bad_option', `The text has ${length} characters; the limit is ${most}.`, {
      fix: 'Upload it as a file and send the id of its conversion.',
    })
}

const presentAnalysis = (row: AnalysisRow): AnalysisSummary => ({
  id: row.id,
  type: row.agent ? 'prompt' : 'analysis',
  agent: row.agent?.name ?? null,
  conversion_id: row.conversion_id,
  job_id: row.job_id,
  filename: row.filename,
  status: row.status,
  engine: row.engine,
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at?.toISOString() ?? null,
})

/** What was asked for, and what every answer carries. */
function partOf(analysis: Analysis, type: AnalysisType): Partial<Analysis> {
  const { schema, document, solicitation, coverage, warnings } = analysis
  const name = analysisTypes[type]
  return { schema, document, solicitation, [name]: analysis[name], coverage, warnings }
}

function endedBadly(error: { code: string; message: string; fix: string | null } | null): MdraftError {
  if (!error) return new MdraftError('conflict', 'The analysis was cancelled.', { fix: 'Ask for it again.' })
  const code = error.code in errorCodes ? (error.code as ErrorCode) : 'internal'
  return new MdraftError(code, error.message, error.fix ? { fix: error.fix } : {})
}
