/** A worker: takes jobs from the queue and runs them through the pool of reader processes. */
import type { Config } from '../platform/config.ts'
import type { JobKind } from '../platform/db/tables.ts'
import type { Pool } from '../platform/pool/pool.ts'
import { analysisWork } from './analyses/analyze.ts'
import { conversionWork } from './documents/convert.ts'
import { runner, type Work } from './jobs/runner.ts'
import { engine, type Platform, type Services } from './services.ts'

/** Every hour; a day's delay would keep what a plan promised to delete. */
const CLEANUP_AT = '7 * * * *'

export async function startWorker(
  config: Config,
  platform: Platform,
  services: Services,
  pool: Pool,
): Promise<void> {
  const { blobs, queue, metrics, log } = platform
  const { jobs: store, conversions, analyses } = services.stores
  const { concurrency } = config.work
  const works: { readonly [K in JobKind]: Work } = {
    conversion: conversionWork({
      store: conversions,
      blobs,
      pool,
      metrics,
      engine,
      chunkTokens: config.limits.chunkTokens,
    }),
    analysis: analysisWork({ store: analyses, blobs, pool }),
  }
  await queue.schedule('cleanup', CLEANUP_AT, async () => {
    log.info(await services.cleanup.run(), 'what had expired is deleted')
  })
  for (const name of Object.keys(works) as JobKind[]) {
    const { handle, bury } = runner({ ...platform, store }, name, works[name])
    await queue.work(name, concurrency, handle)
    await queue.onDeadLetter(name, bury)
  }
}
