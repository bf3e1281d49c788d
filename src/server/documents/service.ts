/** Documents: taking a file in, and giving back what became of it. */
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type {
  ConversionDetail,
  ConversionSummary,
  Job,
  Uploaded,
  uploadFieldsSchema,
} from '../../contract/documents.ts'
import { type Doc, MdraftError } from '../../core/index.ts'
import { type Blobs, type ByteRange, type LinkAs, readText, unpack } from '../../platform/blobs/blobs.ts'
import { tidily } from '../../platform/collect.ts'
import type { Db } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { AccountService } from '../accounts/service.ts'
import { type Actor, may, ownerColumn } from '../actor.ts'
import { cleanFilename, withExtension } from '../filename.ts'
import type { JobService } from '../jobs/service.ts'
import { type Page, pageOf } from '../page.ts'
import type { PlanService } from '../plans/service.ts'
import { kindOf } from './kind.ts'
import { type Output, outputKey, outputKeys, outputs, readView } from './outputs.ts'
import type { ConversionRow, ConversionStore, ProposalRole } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: ConversionStore
  readonly blobs: Blobs
  readonly accounts: AccountService
  readonly jobs: JobService
  readonly plans: Pick<PlanService, 'allow' | 'fileBound'>
  /** What makes conversions in this version. */
  readonly engine: string
}

export type ProposalDocument = ConversionSummary & { role: ProposalRole }
export type UploadOptions = z.infer<typeof uploadFieldsSchema>
/** A file that is stored but not yet anybody's document. */
export type Received = {
  readonly key: string
  readonly size: number
  readonly sha256: string
  readonly filename: string
}

/** Bytes for a client. `gzip`: they are packed, because the client takes that. */
export type Artefact = {
  readonly body: Readable
  readonly mime: string
  readonly filename: string
  readonly etag: string
  readonly gzip: boolean
}
export type Original = {
  readonly mime: string
  readonly filename: string
  readonly size: number
  readonly sha256: string
  readonly read: (range?: ByteRange) => Promise<Readable>
  /** An address at the storage itself, good for minutes; undefined where there is none. */
  readonly link: (as: LinkAs) => Promise<string | undefined>
}

/** `kind/xx/id`: the last two digits of an id are random, so folders fill evenly. */
export const storageKey = (kind: string, id: string): string => `${kind}/${id.slice(-2)}/${id}`

export const filesOf = ({
  stored_uri,
  output_uri,
}: {
  stored_uri: string
  output_uri: string | null
}): string[] => [stored_uri, ...(output_uri ? outputKeys(output_uri) : [])]

const dirname = (key: string): string => key.slice(0, key.lastIndexOf('/'))

/** The Doc of a finished conversion, as compressed JSON. */
export const docKey = (outputUri: string): string => outputKey(outputUri, 'json')

export const documentService = ({ db, store, blobs, accounts, jobs, plans, engine }: Needs) => {
  const find = async (actor: Actor, id: string): Promise<ConversionRow> => {
    const row = await store.find(actor, id)
    if (!row) throw new MdraftError('not_found', 'There is no such document.')
    return row
  }

  const finished = async (actor: Actor, id: string): Promise<ConversionRow & { output_uri: string }> => {
    const row = await find(actor, id)
    if (row.output_uri) return { ...row, output_uri: row.output_uri }
    throw new MdraftError('conflict', `The conversion is ${row.status}: there is no result.`, {
      fix: 'Ask for its job, and download when its status is completed.',
    })
  }

  const create = async (actor: Actor, received: Received, options: UploadOptions, requestId: string) => {
    const { key, size, sha256, filename } = received
    const { format, mime } = await kindOf(blobs, key, size, filename)
    const same = await store.findSame(actor, { sha256, format, options }, engine)
    if (same) return { job_id: same.job_id, conversion_id: same.id, status: same.status, reused: true }
    const ids = { conversion: newId(), job: newId() }
    const expiresAt = await accounts.expiry(actor)
    await db.query.transaction().execute(async (trx) => {
      await accounts.settle(trx, actor)
      await plans.allow(trx, actor, 'pages')
      await store.insert(trx, actor, {
        id: ids.conversion,
        filename,
        format,
        sha256,
        mime,
        size,
        storedUri: key,
        options,
        expiresAt,
      })
      await jobs.submit(trx, actor, {
        id: ids.job,
        kind: 'conversion',
        filename,
        conversionId: ids.conversion,
        analysisId: null,
        requestId,
        expiresAt,
      })
    })
    return { job_id: ids.job, conversion_id: ids.conversion, status: 'queued' as const, reused: false }
  }

  return {
    /** Streams a file into storage. Whoever receives must `submit` it or `discard` it. */
    receive: async (
      actor: Actor,
      content: AsyncIterable<Uint8Array>,
      name: string | undefined,
      signal: AbortSignal,
    ): Promise<Received> => {
      may(actor, 'documents:write')
      const key = storageKey('originals', newId())
      const bound = await plans.fileBound(actor)
      const stored = await blobs
        .write(key, tidily(content), { maxBytes: bound.bytes, signal })
        .catch((error) => {
          throw bound.isPlan && error instanceof MdraftError && error.code === 'too_large'
            ? beyondPlan(bound.bytes)
            : error
        })
      return { ...stored, key, filename: cleanFilename(name) }
    },

    discard: ({ key }: Received): Promise<void> => blobs.remove([key]),

    submit: async (
      actor: Actor,
      received: Received,
      options: UploadOptions,
      requestId: string,
    ): Promise<Uploaded> => {
      const uploaded = await create(actor, received, options, requestId).catch(async (error) => {
        await blobs.remove([received.key])
        throw error
      })
      if (uploaded.reused) await blobs.remove([received.key])
      return uploaded
    },

    get: async (actor: Actor, id: string): Promise<ConversionDetail> => {
      may(actor, 'documents:read')
      const row = await find(actor, id)
      const summary = presentConversion(row)
      if (!row.output_uri) {
        const { error } = await jobs.get(actor, row.job_id)
        return { ...summary, markdown: null, page_sizes: [], map: [], warnings: [], error }
      }
      const [markdown, view] = await Promise.all([
        readText(blobs, outputKey(row.output_uri, 'markdown')),
        readView(blobs, row.output_uri),
      ])
      return { ...summary, markdown, ...view, error: null }
    },

    list: (
      actor: Actor,
      query: { limit: number; cursor?: string | undefined },
    ): Promise<Page<ConversionSummary>> => {
      may(actor, 'documents:read')
      return pageOf(query, (page) => store.list(actor, page), presentConversion)
    },

    /** For proposals, which have asked whether the actor may reach them. */
    ofProposals: async (proposalIds: readonly string[]): Promise<ProposalDocument[]> =>
      proposalIds.length === 0
        ? []
        : (await store.ofProposals(proposalIds)).map((row) => ({
            ...presentConversion(row),
            role: row.proposal_role ?? 'attachment',
          })),
    setProposal: store.setProposal,
    putIntoProposal: store.putIntoProposal,
    takeFromProposal: store.takeFromProposal,

    /** The finished conversion behind a job, for the job's download. */
    ofJob: async (actor: Actor, jobId: string): Promise<{ job: Job; conversionId: string }> => {
      may(actor, 'documents:read')
      const job = await jobs.get(actor, jobId)
      if (job.kind === 'conversion' && job.conversion_id) return { job, conversionId: job.conversion_id }
      throw new MdraftError('conflict', 'The job is an analysis, not a conversion.', {
        fix: 'Download the analysis itself.',
      })
    },

    output: async (actor: Actor, id: string, format: Output, takesGzip: boolean): Promise<Artefact> => {
      may(actor, 'documents:read')
      const { output_uri, filename } = await finished(actor, id)
      const { mime, extension } = outputs[format]
      const packed = await blobs.read(outputKey(output_uri, format))
      return {
        body: takesGzip ? packed : unpack(packed),
        mime,
        filename: withExtension(filename, extension),
        // An attempt's prefix is written once, so it names the content.
        etag: `${output_uri.split('/').at(-1)}-${format}`,
        gzip: takesGzip,
      }
    },

    original: async (actor: Actor, id: string): Promise<Original> => {
      may(actor, 'documents:read')
      const row = await find(actor, id)
      return {
        mime: row.original_mime,
        filename: row.filename,
        size: row.original_size,
        sha256: row.sha256,
        read: (range) => blobs.read(row.stored_uri, range),
        link: (as) => blobs.link(row.stored_uri, as),
      }
    },

    /** A finished conversion that an analysis may read. */
    forAnalysis: async (actor: Actor, id: string) => {
      const { filename, sha256, expires_at } = await finished(actor, id)
      return { filename, sha256, expiresAt: expires_at }
    },

    /** A finished conversion as a Doc, with what names it. */
    readDoc: async (actor: Actor, id: string): Promise<{ doc: Doc; filename: string; sha256: string }> => {
      const { filename, sha256, output_uri } = await finished(actor, id)
      return { doc: JSON.parse(await readText(blobs, docKey(output_uri))), filename, sha256 }
    },

    /** Deletes what has expired, rows before files. Gives how many. */
    removeExpired: async (limit: number): Promise<number> => {
      const gone = await store.removeExpired(limit)
      await blobs.remove(gone.flatMap(filesOf))
      return gone.length
    },

    /** Of these keys of storage, those that no document names. */
    orphans: async (keys: readonly string[]): Promise<string[]> => {
      const originals = await store.knownOriginals(keys.filter((key) => key.startsWith('originals/')))
      const outputs = keys.filter((key) => key.startsWith('outputs/'))
      const prefixes = await store.knownOutputs([...new Set(outputs.map(dirname))])
      const known = new Set([...originals, ...prefixes])
      return keys.filter((key) => !known.has(key) && !known.has(dirname(key)))
    },

    /** Rows first: a file without a row is swept later, a row without its file would be a broken promise. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      may(actor, 'documents:write')
      const row = await find(actor, id)
      if (row.of_team && row[ownerColumn[actor.kind]] === actor.id) throw heldByTeam()
      // That it ended at this very moment is as good.
      if (row.status === 'queued' || row.status === 'processing')
        await jobs.cancel(actor, row.job_id).catch((error) => {
          if (!(error instanceof MdraftError) || error.code !== 'conflict') throw error
        })
      const removed = await store.remove(actor, id)
      if (!removed)
        throw new MdraftError('forbidden', 'Only who uploaded a document may delete it.', {
          fix: 'Take it out of the proposal instead.',
        })
      await blobs.remove(filesOf(removed))
    },
  }
}

export type DocumentService = ReturnType<typeof documentService>

const heldByTeam = () =>
  new MdraftError('conflict', 'A proposal of a team holds this document.', {
    fix: 'Take it out of the proposal first, or ask somebody in the team to.',
  })

const beyondPlan = (bytes: number) =>
  new MdraftError('plan_limit', `The file is larger than your plan allows: ${bytes / 2 ** 20} MB.`, {
    fix: 'Split the file, or choose a greater plan.',
  })

const presentConversion = (row: ConversionRow): ConversionSummary => ({
  id: row.id,
  job_id: row.job_id,
  analysis_id: row.analysis_id,
  filename: row.filename,
  status: row.status,
  format: row.format,
  pages: row.pages,
  partial: row.partial,
  sha256: row.sha256,
  original_mime: row.original_mime,
  original_size: row.original_size,
  proposal_id: row.proposal_id,
  created_at: row.created_at.toISOString(),
  expires_at: row.of_team ? null : (row.expires_at?.toISOString() ?? null),
})
