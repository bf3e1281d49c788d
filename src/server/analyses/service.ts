/** Analyses of solicitations: asked for by type, made once as a whole, kept. */
import type { AnalysisDetail, AnalysisDownload, AnalyzeRequest } from '../../contract/analyses.ts'
import { type ErrorCode, errorCodes, MdraftError } from '../../core/index.ts'
import { sha256 } from '../../core/io/hash.ts'
import { type Blobs, readText, writeText } from '../../platform/blobs/blobs.ts'
import type { Db } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import {
  type Analysis,
  type AnalysisType,
  analysisTypes,
  type Requirement,
  type Sentence,
} from '../../rfp/findings.ts'
import type { AccountService } from '../accounts/service.ts'
import { type Actor, may } from '../actor.ts'
import { type DocumentService, storageKey } from '../documents/service.ts'
import { cleanFilename } from '../filename.ts'
import { hasEnded, type JobService } from '../jobs/service.ts'
import { type Desk, downloadOf, type MadeFile } from './download.ts'
import { type AnalysisRow, type AnalysisStore, filesOf, type NewAnalysis } from './store.ts'

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
  readonly textChars: number
  /** How long a request waits for its result. */
  readonly waitMs: number
}

/** Less than this is no solicitation. */
const LEAST_CHARS = 100

export type Answered =
  | { readonly ready: true; readonly analysis_id: string; readonly analysis: Partial<Analysis> }
  | { readonly ready: false; readonly analysis_id: string; readonly job_id: string }

export const analysisService = (needs: Needs) => {
  const { db, store, blobs, accounts, documents, jobs, desk, baseUrl, engine, textChars, waitMs } = needs

  const find = async (actor: Actor, id: string): Promise<AnalysisRow> => {
    const row = await store.find(actor, id)
    if (!row) throw new MdraftError('not_found', 'There is no such analysis.')
    return row
  }

  const create = async (
    actor: Actor,
    made: Omit<NewAnalysis, 'id' | 'engine'>,
    requestId: string,
  ): Promise<{ id: string; job_id: string }> => {
    const ids = { id: newId(), job_id: newId() }
    const { filename, expiresAt, source } = made
    await db.query.transaction().execute(async (trx) => {
      await accounts.settle(trx, actor)
      await store.insert(trx, actor, { ...made, id: ids.id, engine })
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

  const ofConversion = async (actor: Actor, conversionId: string, requestId: string) => {
    const { filename, sha256, expiresAt } = await documents.forAnalysis(actor, conversionId)
    return (
      (await store.findOfConversion(actor, conversionId, engine)) ??
      create(actor, { source: { conversionId }, filename, sha256, expiresAt }, requestId)
    )
  }

  const ofText = async (actor: Actor, text: string, name: string | undefined, requestId: string) => {
    checkText(text, textChars)
    const filename = cleanFilename(name ?? 'text.md')
    const hash = sha256(text)
    const same = await store.findOfText(actor, { sha256: hash, filename, engine })
    if (same) return same
    const textUri = storageKey('texts', newId())
    await writeText(blobs, textUri, text)
    const expiresAt = await accounts.expiry(actor)
    return create(actor, { source: { textUri }, filename, sha256: hash, expiresAt }, requestId).catch(
      async (error) => {
        await blobs.remove([textUri])
        throw error
      },
    )
  }

  const stored = async (row: AnalysisRow): Promise<Analysis | null> =>
    row.output_uri ? JSON.parse(await readText(blobs, row.output_uri)) : null

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
    throw new MdraftError('conflict', 'The analysis is not finished.', { fix: 'Wait for its job to end.' })
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
      const { id, job_id } =
        'conversion_id' in body
          ? await ofConversion(actor, body.conversion_id, requestId)
          : await ofText(actor, body.text, body.filename, requestId)
      const job = await jobs.settled(actor, job_id, waitMs)
      if (!hasEnded(job)) return { ready: false, analysis_id: id, job_id }
      const analysis = await result(await find(actor, id))
      if (analysis) return { ready: true, analysis_id: id, analysis: partOf(analysis, type) }
      throw endedBadly(job.error)
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
        error,
        created_at: row.created_at.toISOString(),
      }
    },
  }
}

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
