/** The desk of a server: a client's tools act as the owner of its key, on the owner's documents. */
import { MdraftError } from '../../core/index.ts'
import type { Desk } from '../../mcp/desk.ts'
import type { Rate } from '../../platform/config/config.ts'
import type { Counters } from '../../platform/counters/counters.ts'
import { fetchPublic } from '../../platform/fetch.ts'
import type { AnalysisType } from '../../rfp/findings.ts'
import type { UserActor } from '../actor.ts'
import type { AnalysisService } from '../analyses/service.ts'
import type { DocumentService } from '../documents/service.ts'
import { hasEnded, type JobService } from '../jobs/service.ts'

type Needs = {
  readonly documents: Pick<DocumentService, 'discard' | 'get' | 'receive' | 'submit'>
  readonly analyses: Pick<AnalysisService, 'get' | 'request'>
  readonly jobs: Pick<JobService, 'settled'>
  readonly counters: Counters
  readonly limits: { readonly uploadBytes: number; readonly uploadRate: Rate; readonly analysisRate: Rate }
}

/** A client waits for its tool; the connection is kept awake meanwhile. */
const WAIT_MS = 5 * 60_000
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const mcpService = ({ documents, analyses, jobs, counters, limits }: Needs) => {
  /** Tools are counted as what they do: a client may not do more through them than through the API. */
  const take = async (actor: UserActor, what: string, { max, windowMs }: Rate): Promise<void> => {
    const { count, resetsInMs } = await counters
      .add(`${what} user:${actor.id}`, windowMs)
      // As for requests: rather unlimited for a moment than not there at all.
      .catch(() => ({ count: 0, resetsInMs: 0 }))
    if (count > max)
      throw new MdraftError('rate_limited', `Too many requests: ${max} in ${windowMs / 1000} seconds.`, {
        fix: `Try again in ${Math.ceil(resetsInMs / 1000)} seconds.`,
      })
  }

  const settle = async (actor: UserActor, jobId: string): Promise<void> => {
    const job = await jobs.settled(actor, jobId, WAIT_MS)
    if (!hasEnded(job))
      throw new MdraftError('unavailable', 'The work goes on.', { fix: 'Call again in a while.' })
  }

  const upload = async (actor: UserActor, source: string, requestId: string, signal: AbortSignal) => {
    await take(actor, 'POST /api/upload', limits.uploadRate)
    const { bytes, url } = await fetchPublic(source, { signal, maxBytes: limits.uploadBytes })
    const name = URL.parse(url)?.pathname.split('/').at(-1)
    const received = await documents.receive(actor, once(bytes), name, signal)
    return documents.submit(actor, received, { ocr: 'auto', languages: 'eng' }, requestId)
  }

  /** One client's call: `requestId` finds it in the log. */
  return (actor: UserActor, requestId: string): Desk => ({
    takes: 'An http or https address on the public internet, or the id of a document that was uploaded.',

    convert: async (source, signal) => {
      let document = source
      if (!UUID.test(source)) {
        const { conversion_id, job_id } = await upload(actor, source, requestId, signal)
        await settle(actor, job_id)
        document = conversion_id
      }
      const { filename, format, pages, markdown, warnings, error } = await documents.get(actor, document)
      if (markdown === null)
        throw new MdraftError('conflict', error?.message ?? 'The document is not converted yet.', {
          fix: error?.fix ?? 'Call again in a while.',
        })
      const said = warnings.map(({ message, page }) => (page ? `Page ${page}: ${message}` : message))
      return { document, filename, format: format ?? '', pages, markdown, warnings: said }
    },

    analyse: async (document, part) => {
      await take(actor, 'mcp analyse', limits.analysisRate)
      const type: AnalysisType = part === 'all' ? 'compliance-matrix' : part
      const ask = () => analyses.request(actor, type, { conversion_id: idOf(document) }, requestId)
      let answer = await ask()
      if (!answer.ready) {
        await settle(actor, answer.job_id)
        answer = await ask()
      }
      if (!answer.ready) throw new MdraftError('unavailable', 'The analysis goes on.', { fix: 'Call again.' })
      if (part !== 'all') return answer.analysis
      return (await analyses.get(actor, answer.analysis_id)).analysis ?? answer.analysis
    },

    markdown: async (document) => {
      const { markdown } = await documents.get(actor, idOf(document))
      if (markdown === null)
        throw new MdraftError('conflict', 'The document is not converted.', {
          fix: 'Call convert with its id.',
        })
      return markdown
    },
  })
}

export type McpService = ReturnType<typeof mcpService>

function idOf(document: string): string {
  if (UUID.test(document)) return document
  throw new MdraftError('not_found', 'There is no such document.', {
    fix: 'Give the name that convert gave.',
  })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
