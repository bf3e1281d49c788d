/** What a worker does with a conversion. */
import { buffer } from 'node:stream/consumers'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Trx } from '../../platform/db/db.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Pool, Publication } from '../../platform/pool/pool.ts'
import type { Work } from '../jobs/runner.ts'
import { outputKeys, storeOutputs, written } from './outputs.ts'
import { storageKey, type UploadOptions } from './service.ts'
import type { ConversionStore } from './store.ts'

type Needs = {
  readonly store: ConversionStore
  readonly blobs: Blobs
  readonly pool: Pick<Pool, 'publish'>
  readonly metrics: Metrics
  readonly engine: string
  readonly chunkTokens: number
  /** So many pages were read, in the transaction that keeps them. */
  readonly onPages: (trx: Trx, job: Parameters<Work['run']>[0], pages: number) => Promise<void>
}

export const conversionWork = ({
  store,
  blobs,
  pool,
  metrics,
  engine,
  chunkTokens,
  onPages,
}: Needs): Work => ({
  onState: (trx, job, state) => store.setStatus(trx, job.conversion_id!, state),

  run: async (job, { signal, onProgress }) => {
    const id = job.conversion_id!
    const row = await store.findForJob(id)
    // A row's options are what `submit` wrote.
    const { ocr, languages } = row.options as UploadOptions
    const bytes = await buffer(await blobs.read(row.stored_uri))
    const made = await pool.publish(
      bytes,
      { name: row.filename, ocr, languages: languages.split(','), pageMarkers: true, chunkTokens },
      written,
      { signal, onProgress },
    )
    // Each attempt writes under its own prefix, so a late one cannot touch the files of the one that won.
    const outputUri = `${storageKey('outputs', id)}/${job.claim}`
    const discard = () => blobs.remove(outputKeys(outputUri))
    await storeOutputs(blobs, outputUri, made).catch(async (error) => {
      await discard().catch(() => {})
      throw error
    })
    return {
      format: made.format,
      discard,
      commit: async (trx) => {
        await store.complete(trx, id, { outputUri, engine, ...facts(made) })
        // What has no pages counts as one.
        await onPages(trx, job, made.pages.length || 1)
        count(metrics, made)
      },
    }
  },
})

const facts = ({ format, pages, partial, warnings }: Publication) => ({
  format,
  pages: pages.length || null,
  partial,
  warnings: warnings.length,
})

function count(metrics: Metrics, { format, pages, warnings }: Publication): void {
  metrics.pages.inc({ format }, pages.length || 1)
  const recognised = pages.filter(({ text }) => text === 'ocr').length
  if (recognised > 0) metrics.recognised.inc({ format }, recognised)
  for (const { code, more = 0 } of warnings) metrics.warnings.inc({ code }, 1 + more)
}
