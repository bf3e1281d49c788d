/** What a worker does with an analysis. */
import type { Doc } from '../../core/index.ts'
import { type Blobs, readText, writeText } from '../../platform/blobs/blobs.ts'
import type { Pool } from '../../platform/pool/pool.ts'
import { docKey, storageKey } from '../documents/service.ts'
import type { Tools, Work } from '../jobs/runner.ts'
import type { AnalysisRow, AnalysisStore } from './store.ts'

type Needs = {
  readonly store: AnalysisStore
  readonly blobs: Blobs
  readonly pool: Pick<Pool, 'analyze' | 'convert'>
}

export const analysisWork = ({ store, blobs, pool }: Needs): Work => {
  const docOf = async (row: AnalysisRow, { signal }: Tools): Promise<Doc> => {
    if (row.text_uri) {
      const bytes = new TextEncoder().encode(await readText(blobs, row.text_uri))
      return (await pool.convert(bytes, { name: row.filename, from: 'md' }, { signal })).doc
    }
    const prefix = await store.outputOfConversion(row.conversion_id!)
    // The conversion was finished when the analysis was asked for; only its removal takes its outputs away.
    return JSON.parse(await readText(blobs, docKey(prefix ?? '')))
  }
  return {
    onState: (trx, job, state) => store.setStatus(trx, job.analysis_id!, state),

    run: async (job, tools) => {
      const row = await store.findForJob(job.analysis_id!)
      const doc = await docOf(row, tools)
      tools.onProgress({ stage: 'analysing' })
      const { filename, sha256 } = row
      const analysis = await pool.analyze(doc, { filename, sha256, passages: true }, { signal: tools.signal })
      const outputUri = `${storageKey('analyses', row.id)}/${job.claim}.gz`
      await writeText(blobs, outputUri, JSON.stringify(analysis))
      return {
        format: doc.format,
        discard: () => blobs.remove([outputUri]),
        commit: (trx) => store.complete(trx, row.id, outputUri),
      }
    },
  }
}
