/** Jobs as their owner sees them: state, progress, events, cancelling. */
import type { Job, JobEvent } from '../../contract/documents.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db, Trx } from '../../platform/db/db.ts'
import type { JobKind, JobState } from '../../platform/db/tables.ts'
import type { Push } from '../../platform/push.ts'
import type { Queue } from '../../platform/queue.ts'
import { type Actor, may } from '../actor.ts'
import { type Page, pageOf } from '../page.ts'
import type { JobRow, JobStore, NewJob } from './store.ts'
import type { JobWatch } from './watch.ts'

type Needs = {
  readonly db: Db
  readonly store: JobStore
  readonly queue: Queue
  readonly watch: JobWatch
  /** Work is brought to workers from outside. */
  readonly push: Push | undefined
  /** What else ends with a cancelled job: its conversion, its analysis. */
  readonly onCancelled: (trx: Trx, job: JobRow) => Promise<void>
}

const ended: readonly JobState[] = ['completed', 'failed', 'cancelled']
export const hasEnded = ({ status }: { status: JobState }): boolean => ended.includes(status)

export const jobService = ({ db, store, queue, watch, push, onCancelled }: Needs) => {
  const find = async (actor: Actor, id: string): Promise<JobRow> => {
    const row = await store.find(actor, id)
    if (!row) throw new MdraftError('not_found', 'There is no such job.')
    return row
  }

  /** Resolves when the job may have changed, or when `signal` is aborted. */
  const change = (id: string, signal: AbortSignal): { wait: () => Promise<void>; stop: () => void } => {
    let isDue = true
    let wake = () => {}
    const mark = () => {
      isDue = true
      wake()
    }
    const off = watch.on(id, mark)
    signal.addEventListener('abort', mark, { once: true })
    return {
      wait: async () => {
        if (!isDue)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        isDue = false
      },
      stop: () => {
        off()
        signal.removeEventListener('abort', mark)
      },
    }
  }

  /** Each newer state of the job, until it has ended. A watcher that was away gets the present state, once. */
  async function* events(id: string, after: number, signal: AbortSignal): AsyncGenerator<JobEvent> {
    const changes = change(id, signal)
    try {
      for (let seen = after; !signal.aborted; ) {
        await changes.wait()
        const row = await store.peek(id)
        if (!row) return
        if (row.revision > seen) yield presentEvent(row)
        seen = Math.max(seen, row.revision)
        if (hasEnded(row)) return
      }
    } finally {
      changes.stop()
    }
  }

  return {
    /** Part of the caller's transaction: the row, its place in the queue, or neither. */
    submit: async (trx: Trx, actor: Actor, job: NewJob): Promise<void> => {
      // Behind in the queue by as much as the owner has in it: a heap of one does not delay the first of another.
      const priority = -Math.min(1_000, await store.countOpen(trx, actor))
      await store.insert(trx, actor, job)
      await queue.send(trx, job.kind, job.id, { priority })
      await push?.tell(trx, job)
    },

    /** Every job that has not ended goes back to the queue: after a restore no worker has it. */
    beginAgain: async (trx: Trx): Promise<void> => {
      for (const { id, kind } of await store.reopen(trx)) await queue.send(trx, kind, id)
    },

    get: async (actor: Actor, id: string): Promise<Job> => {
      may(actor, 'documents:read')
      return presentJob(await find(actor, id))
    },

    list: async (
      actor: Actor,
      query: { limit: number; cursor?: string | undefined; status?: JobState | undefined },
    ): Promise<Page<Job>> => {
      may(actor, 'documents:read')
      const { status } = query
      return pageOf(
        query,
        (page) => store.list(actor, { ...page, ...(status ? { status } : {}) }),
        presentJob,
      )
    },

    cancel: async (actor: Actor, id: string): Promise<Job> => {
      may(actor, 'documents:write')
      const job = await find(actor, id)
      if (job.status === 'cancelled') return presentJob(job)
      const cancelled = await db.query.transaction().execute(async (trx) => {
        const row = await store.cancel(trx, actor, id)
        if (!row) return undefined
        await queue.cancel(trx, row.kind, id)
        await onCancelled(trx, row)
        await store.announce(trx, id)
        return row
      })
      if (cancelled) return presentJob(cancelled)
      if (!hasEnded(await find(actor, id)))
        throw new MdraftError('forbidden', 'Only who started a job may cancel it.')
      throw new MdraftError('conflict', 'The job has ended already.', {
        fix: 'Delete its conversion instead.',
      })
    },

    /** Ownership is asked once, when the watching begins. */
    events: async (actor: Actor, id: string, after: number, signal: AbortSignal) => {
      may(actor, 'documents:read')
      await find(actor, id)
      return events(id, after, signal)
    },

    announce: store.announce,

    /** Jobs that have waited for longer than a dispatcher needs: their notice was lost, or they were sent back. */
    pushAgain: async (): Promise<void> => push?.again(await store.waiting()),

    /** How long the oldest job of each kind has waited. */
    oldestWaiting: async (): Promise<{ kind: JobKind; seconds: number }[]> =>
      (await store.oldestWaiting()).map(({ kind, since }) => ({
        kind,
        seconds: Math.max(0, (Date.now() - since.getTime()) / 1000),
      })),

    /** The job once it has ended, or as it stands after `ms`. */
    settled: async (actor: Actor, id: string, ms: number): Promise<Job> => {
      await find(actor, id)
      for await (const event of events(id, 0, AbortSignal.timeout(ms))) if (hasEnded(event)) break
      return presentJob(await find(actor, id))
    },
  }
}

export type JobService = ReturnType<typeof jobService>

const time = (date: Date | null): string | null => date?.toISOString() ?? null

const problemOf = ({ error_code, error_message, error_fix }: JobRow): Job['error'] =>
  error_code ? { code: error_code, message: error_message ?? '', fix: error_fix } : null

const progressOf = ({ stage, page, pages }: JobRow): Job['progress'] => ({ stage, page, pages })

const presentJob = (row: JobRow): Job => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  filename: row.filename,
  progress: progressOf(row),
  error: problemOf(row),
  conversion_id: row.conversion_id,
  analysis_id: row.analysis_id,
  attempts: row.attempts,
  created_at: row.created_at.toISOString(),
  started_at: time(row.started_at),
  completed_at: time(row.completed_at),
  expires_at: time(row.expires_at),
})

const presentEvent = (row: JobRow): JobEvent => ({
  seq: row.revision,
  status: row.status,
  progress: progressOf(row),
  error: problemOf(row),
})
