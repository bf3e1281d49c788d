/** A worker: takes jobs from the queue and runs them through the pool of reader processes. */
import type { Config } from '../platform/config/config.ts'
import type { JobKind } from '../platform/db/tables.ts'
import { openLlm } from '../platform/llm/llm.ts'
import type { Pool } from '../platform/pool/pool.ts'
import type { Handler } from '../platform/queue.ts'
import { webhookSender } from '../platform/webhooks-sender.ts'
import { analysisWork } from './analyses/analyze.ts'
import { conversionWork } from './documents/convert.ts'
import { runner, type Work } from './jobs/runner.ts'
import type { PushedKind } from './pushes.ts'
import { engine, type Platform, type Services } from './services.ts'
import { deliveryWork } from './webhooks/deliver.ts'

/** Every hour; a day's delay would keep what a plan promised to delete. */
const CLEANUP_AT = '7 * * * *'

const EVERY_MINUTE = '* * * * *'

/** Sending is mostly waiting; a receiver that is slow holds up only itself. */
const SENDERS = 4
const SENDERS_OF_ONE = 2

export async function startWorker(
  config: Config,
  platform: Platform,
  services: Services,
  pool: Pool,
  /** Filled with what runs a job of each kind, in place of looking for work. */
  pushed?: Map<PushedKind, Handler>,
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
      onPages: (trx, job, pages) => services.plans.meter(trx, job, 'pages', pages),
    }),
    analysis: analysisWork({
      store: analyses,
      answers: services.stores.answers,
      blobs,
      pool,
      plans: services.plans,
      metrics,
      trace: platform.trace,
      engine,
      analyst: config.llm && { llm: openLlm(config.llm), settings: config.llm },
    }),
  }
  await queue.schedule('cleanup', CLEANUP_AT, async () => {
    log.info(await services.cleanup.run(new Date().getUTCHours()), 'what had expired is deleted')
  })
  if (pushed) await queue.schedule('push', EVERY_MINUTE, services.jobs.pushAgain)
  const deliver = deliveryWork({
    ...platform,
    store: services.stores.webhooks,
    send: webhookSender(config.webhooksTo),
  })
  await queue.work('webhook', SENDERS, deliver, { perGroup: SENDERS_OF_ONE })
  await queue.onDeadLetter('webhook', (id) => services.stores.webhooks.drop(id))
  for (const name of Object.keys(works) as JobKind[]) {
    const { handle, bury } = runner({ ...platform, store, onEnded: services.onEnded }, name, works[name])
    if (pushed) pushed.set(name, handle)
    else await queue.work(name, concurrency, handle)
    await queue.onDeadLetter(name, bury)
  }
}
