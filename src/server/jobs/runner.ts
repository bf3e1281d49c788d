/**
 * The road of every job through a worker: claim, work, write with the claim still held, or say why not. Twice is
 * harmless: the second claim fences the first out, and a job that has ended is left alone.
 */
import { asMdraftError, MdraftError, type Progress } from '../../core/index.ts'
import { withIds } from '../../platform/context.ts'
import type { Db, Trx } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { Log } from '../../platform/log.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Handler, Outcome, QueueName, Task } from '../../platform/queue.ts'
import type { Reports } from '../../platform/reports.ts'
import type { OpenSpan, Trace } from '../../platform/trace.ts'
import { timeStages } from './stages.ts'
import type { Claim, JobRow, JobStore, Problem } from './store.ts'
import type { JobWatch } from './watch.ts'

/** What a kind of job does. Both ends of a job belong to the transaction that ends it. */
export type Work = {
  /** Does the work, stores its files, and gives what to write when the claim still holds. */
  readonly run: (job: JobRow, tools: Tools) => Promise<Finished>
  /** The job starts an attempt, goes back to the queue, or has failed for good. */
  readonly onState: (trx: Trx, job: JobRow, state: 'processing' | 'queued' | 'failed') => Promise<void>
}
export type Tools = { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void }
type Finished = {
  readonly commit: (trx: Trx) => Promise<void>
  /** Removes what was stored, when another attempt or a cancel came first. */
  readonly discard: () => Promise<void>
  readonly format: string
}

type Needs = {
  readonly db: Db
  readonly store: JobStore
  readonly watch: JobWatch
  readonly log: Log
  readonly metrics: Metrics
  /** What else follows from the end of a job, good or bad, in its transaction. */
  readonly onEnded: (trx: Trx, job: JobRow) => Promise<void>
  readonly trace: Trace
  readonly reports: Reports
}

/** Why a handler's signal was aborted. */
class LostClaim extends Error {}

const PROGRESS_MS = 300

export type Runner = {
  readonly handle: Handler
  /** Ends a job whose tries are used up, whether or not a handler lived to say so. */
  readonly bury: (id: string, reason: string) => Promise<void>
}

export function runner(needs: Needs, queue: QueueName, work: Work): Runner {
  const { db, store, watch, log, metrics, trace, reports, onEnded } = needs
  const handle: Handler = async (task) => {
    const job = await begin(task)
    if (!job) return done
    const span = trace.begin(`${queue} job`, {
      kind: 'consumer',
      parent: task.traceparent,
      attributes: { 'mdraft.job': job.id, 'mdraft.attempt': job.attempts },
    })
    const { traceparent } = span
    return withIds({ traceparent, user: ownerOf(job) }, () => attempt(task, job, span))
  }

  async function attempt(task: Task, job: JobRow, span: OpenSpan): Promise<Outcome> {
    const claim: Claim = { id: job.id, token: job.claim! }
    const stages = timeStages()
    const started = performance.now()
    const jobLog = log.child({ job: job.id, request: job.request_id, queue, attempt: job.attempts })
    const holding = holdClaim(claim, task.signal)
    try {
      const onProgress = (progress: Progress) => {
        stages.see(progress)
        holding.progress(progress)
      }
      const finished = await work.run(job, { signal: holding.signal, onProgress })
      tellStages(stages.ended(), finished.format)
      span.end({ attributes: { 'mdraft.format': finished.format } })
      const won = await finish(claim, finished)
      const seconds = (performance.now() - started) / 1000
      if (won) {
        metrics.jobs.inc({ queue, outcome: 'completed' })
        metrics.jobSeconds.observe({ queue, format: finished.format }, seconds)
        jobLog.info({ seconds: Number(seconds.toFixed(3)), format: finished.format }, 'job completed')
      } else {
        await finished.discard()
        jobLog.warn('the result was dropped: the job was cancelled or taken by another worker')
      }
      return done
    } catch (error) {
      tellStages(stages.ended())
      span.end({ error })
      return await settle(job, claim, task, holding.signal, error, jobLog)
    } finally {
      holding.stop()
    }
  }

  function tellStages(stages: ReturnType<ReturnType<typeof timeStages>['ended']>, format?: string): void {
    for (const { stage, from, to } of stages) {
      trace.past(stage, { from, to })
      if (format) metrics.stageSeconds.observe({ queue, format, stage }, (to - from) / 1000)
    }
  }

  const bury = async (id: string, reason: string) => {
    await db.query.transaction().execute(async (trx) => {
      const failed = await store.fail(trx, { id }, { ...killed, detail: reason })
      if (failed) await fallen(trx, failed)
      await store.markDeadLetter(trx, id, reason)
      await store.announce(trx, id)
    })
    log.error({ job: id, queue, reason }, 'job is a dead letter')
    reports.report(new MdraftError('crashed', 'dead letter'), { job: id, queue })
  }
  return { handle, bury }

  async function begin({ id }: Task): Promise<JobRow | undefined> {
    const job = await store.claim(id, newId())
    if (!job) return undefined
    await db.query.transaction().execute((trx) => work.onState(trx, job, 'processing'))
    await store.announce(db.query, id)
    return job
  }

  async function fallen(trx: Trx, job: JobRow): Promise<void> {
    await work.onState(trx, job, 'failed')
    await onEnded(trx, job)
  }

  /** Aborts the work as soon as the claim is gone (cancelled, or another attempt), and writes progress at a bounded rate. */
  function holdClaim(claim: Claim, task: AbortSignal) {
    const lost = new AbortController()
    const look = async () => {
      if (!(await store.holds(claim).catch(() => true))) lost.abort(new LostClaim())
    }
    const off = watch.on(claim.id, () => void look())
    const timer = setInterval(() => void look(), 1_000)
    let waiting: Progress | undefined
    let isWriting = false
    const write = async () => {
      isWriting = true
      while (waiting) {
        const progress = waiting
        waiting = undefined
        await store.progress(claim, progress).catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, PROGRESS_MS))
      }
      isWriting = false
    }
    return {
      signal: AbortSignal.any([task, lost.signal]),
      progress: (progress: Progress) => {
        waiting = progress
        if (!isWriting) void write()
      },
      stop: () => {
        waiting = undefined
        off()
        clearInterval(timer)
      },
    }
  }

  async function finish(claim: Claim, { commit }: Finished): Promise<boolean> {
    return db.query.transaction().execute(async (trx) => {
      const row = await store.complete(trx, claim)
      if (!row) return false
      await commit(trx)
      await onEnded(trx, row)
      await store.announce(trx, claim.id)
      return true
    })
  }

  async function settle(
    job: JobRow,
    claim: Claim,
    task: Task,
    signal: AbortSignal,
    thrown: unknown,
    jobLog: Log,
  ): Promise<Outcome> {
    if (signal.reason instanceof LostClaim) {
      jobLog.info('job stopped: it was cancelled or taken by another worker')
      return done
    }
    const error = asMdraftError(thrown)
    const reason = `${error.code}: ${error.message}`
    // A draining process aborts its work: that is no fault of the file.
    const isPassing = task.signal.aborted || error.transient
    countKill(error)
    if (isPassing && !task.isLastAttempt) {
      await db.query.transaction().execute(async (trx) => {
        await store.release(trx, claim)
        await work.onState(trx, job, 'queued')
        await store.announce(trx, job.id)
      })
      metrics.jobs.inc({ queue, outcome: 'retried' })
      jobLog.warn({ err: error.cause ?? error, code: error.code }, 'job goes back to the queue')
      return { type: 'again', reason }
    }
    await db.query.transaction().execute(async (trx) => {
      const { code, message, fix } = error
      const failed = await store.fail(trx, claim, { code, message, fix, detail: detailOf(error) })
      if (failed) await fallen(trx, failed)
      await store.announce(trx, job.id)
    })
    metrics.jobs.inc({ queue, outcome: isPassing ? 'dead' : 'failed' })
    if (isPassing || error.code === 'internal' || error.code === 'crashed')
      reports.report(error, { job: job.id, queue, request: job.request_id ?? undefined })
    jobLog[isPassing ? 'error' : 'info']({ code: error.code, err: error.cause }, 'job failed')
    return isPassing ? { type: 'dead', reason } : done
  }

  function countKill({ code }: MdraftError): void {
    if (code === 'timeout' || code === 'memory' || code === 'crashed' || code === 'aborted')
      metrics.kills.inc({ reason: code })
  }
}

const ownerOf = ({ user_id, visitor_session_id }: JobRow): string =>
  user_id ? `user:${user_id}` : `visitor:${visitor_session_id}`

const done: Outcome = { type: 'done' }

const killed: Problem = {
  code: 'crashed',
  message: 'The work was broken off each time it was tried.',
  fix: 'Try another version of the file; if it fails again, report it.',
}

function detailOf({ cause }: MdraftError): string | undefined {
  if (cause === undefined) return undefined
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
