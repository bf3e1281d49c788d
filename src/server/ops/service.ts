/** Whether this process can do its work, for load balancers and operators. */
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Db } from '../../platform/db/db.ts'
import { isBehind, migrationStatus } from '../../platform/db/migrate.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Queue } from '../../platform/queue.ts'
import type { JobService } from '../jobs/service.ts'

type Needs = {
  readonly db: Db
  readonly blobs: Blobs
  readonly queue: Queue
  readonly jobs: JobService
  readonly metrics: Metrics
  readonly isDraining: () => boolean
}
type Verdict = 'ok' | 'failed'
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, Verdict>> }

const CHECK_MS = 2_000

export const opsService = ({ db, blobs, queue, jobs, metrics, isDraining }: Needs) => {
  const database = () => verdict(db.executeSql('select 1'))
  const migrations = async (): Promise<Verdict> => {
    try {
      const status = await migrationStatus(db)
      return isBehind(status) || status.problems.length > 0 ? 'failed' : 'ok'
    } catch {
      return 'failed'
    }
  }
  return {
    database,

    /** Everything that a request may need. A schema newer than this program is fine: changes only add. */
    readiness: async (): Promise<Readiness> => {
      const [one, two, three] = await Promise.all([database(), verdict(blobs.check()), migrations()])
      const checks = {
        database: one,
        storage: two,
        migrations: three,
        accepting: isDraining() ? 'failed' : 'ok',
      } as const
      return { ready: Object.values(checks).every((check) => check === 'ok'), checks }
    },

    migrationStatus: () => migrationStatus(db),

    /** Counted when asked for, so that idle processes ask nothing of the database. */
    metrics: async (): Promise<{ type: string; text: string }> => {
      for (const { queue: name, ready, active, dead } of await queue.depths()) {
        metrics.queueDepth.set({ queue: name, state: 'ready' }, ready)
        metrics.queueDepth.set({ queue: name, state: 'active' }, active)
        metrics.queueDepth.set({ queue: name, state: 'dead' }, dead)
      }
      for (const { kind, seconds } of await jobs.oldestWaiting())
        metrics.oldestJob.set({ queue: kind }, seconds)
      return { type: metrics.registry.contentType, text: await metrics.registry.metrics() }
    },
  }
}

export type OpsService = ReturnType<typeof opsService>

/** A check that takes long has failed. */
async function verdict(check: Promise<unknown>): Promise<Verdict> {
  const late = new Promise<Verdict>((resolve) => {
    setTimeout(() => resolve('failed'), CHECK_MS).unref()
  })
  return Promise.race([
    check.then(
      (): Verdict => 'ok',
      (): Verdict => 'failed',
    ),
    late,
  ])
}
