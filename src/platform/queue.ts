/**
 * The durable queue, on the same database: a job is enqueued in the transaction that writes its row, so neither can
 * exist without the other. At least once: a handler must be harmless when it runs twice.
 */
import { fromKysely, PgBoss } from 'pg-boss'
import { ids } from './context.ts'
import type { Db, Trx } from './db/db.ts'

const queueNames = ['conversion', 'analysis', 'webhook'] as const
export type QueueName = (typeof queueNames)[number]

/** Where work goes that failed every time: kept with its reason until an operator sends it back. */
const deadLetters = (name: QueueName): string => `${name}.dead`

export type Task = {
  readonly id: string
  /** 1 for the first. */
  readonly attempt: number
  readonly isLastAttempt: boolean
  /** The trace of whoever sent it (W3C Trace Context). */
  readonly traceparent?: string | undefined
  /** Aborted when the process drains, the time is over, or another worker has taken the job. */
  readonly signal: AbortSignal
}
/** `done`: settled, whatever the result. `again`: may succeed later. `dead`: never again without an operator. */
export type Outcome =
  | { readonly type: 'done' }
  | { readonly type: 'again'; readonly reason: string }
  | { readonly type: 'dead'; readonly reason: string }
export type Handler = (task: Task) => Promise<Outcome>

type Depth = {
  readonly queue: QueueName
  readonly ready: number
  readonly active: number
  readonly dead: number
}

type SendOptions = {
  /** Greater first. */
  readonly priority?: number
  /** An entry's own id, when the job was in the queue before: the queue keeps what has ended for a while. */
  readonly as?: string
  /** Not before so many seconds have passed. */
  readonly after?: number
  /** Jobs of one group share what `perGroup` leaves them. */
  readonly group?: string
}
type WorkOptions = {
  /** So many jobs of one group run at once, over all processes. */
  readonly perGroup?: number
}

export type Queue = {
  /** Enqueues a job, under its own id unless another is given. */
  send(trx: Trx, queue: QueueName, id: string, options?: SendOptions): Promise<void>
  cancel(trx: Trx, queue: QueueName, id: string): Promise<void>
  work(queue: QueueName, concurrency: number, handler: Handler, options?: WorkOptions): Promise<void>
  /** Runs the job whose turn it is, if any, for whoever was told from outside that there is work. */
  take(queue: QueueName, handler: Handler): Promise<void>
  /** What was taken is told to stop after so long. */
  endTaken(graceMs: number): void
  /** Calls back with each job that ran out of tries without its handler saying so: its process was killed. */
  onDeadLetter(queue: QueueName, handler: (id: string, reason: string) => Promise<void>): Promise<void>
  /** At the times of a cron expression (UTC), in one process of all. */
  schedule(name: string, cron: string, handler: () => Promise<void>): Promise<void>
  depths(): Promise<Depth[]>
  /** Takes no new work; running work may end within `graceMs`, then it is given back. */
  stop(graceMs: number): Promise<void>
}

export type QueueOptions = {
  /** This process runs work; else it only enqueues. */
  readonly works: boolean
  readonly retries: number
  readonly retrySeconds: number
  readonly timeoutSeconds: number
  /** A job whose worker gave no sign of life for this long is given to another. */
  readonly heartbeatSeconds: number
  readonly onError: (error: unknown) => void
}

export async function openQueue(db: Db, options: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.executeSql(text, values), listen: db.listen },
    backend: db.engine,
    useListenNotify: options.works,
    supervise: options.works,
    schedule: options.works,
    registerInstance: false,
    // A worker that was killed is noticed by these two passes.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  })
  boss.on('error', options.onError)
  boss.on('warning', options.onError)
  await boss.start()
  await createQueues(boss, options)

  const taken = new AbortController()
  const running = new Set<Promise<unknown>>()
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work)
    const forget = () => running.delete(work)
    work.then(forget, forget)
    return work
  }

  /** One place at a queue. A place that had work looks for more at once: only new jobs are announced, a backlog is not. */
  const takeWork = async (queue: QueueName, handler: Handler, { perGroup }: WorkOptions): Promise<void> => {
    const place = await boss.work<Sent, unknown, typeof workOptions>(
      queue,
      { ...workOptions, ...(perGroup === undefined ? {} : { groupConcurrency: perGroup }) },
      async ([job]) => {
        const { id: entry, data, retryCount, retryLimit, signal } = job!
        const isLastAttempt = retryCount >= retryLimit
        const { id, traceparent } = data
        const outcome = await track(
          handler({ id, attempt: retryCount + 1, isLastAttempt, traceparent, signal }),
        )
        boss.notifyWorker(place)
        return [{ id: entry, ...settlement(outcome) }]
      },
    )
  }

  return {
    send: async (trx, queue, id, { priority = 0, as = id, after, group } = {}) => {
      await boss.send(queue, sent(id), {
        id: as,
        priority,
        ...(after === undefined ? {} : { startAfter: Math.ceil(after) }),
        ...(group === undefined ? {} : { group: { id: group } }),
        db: fromKysely(trx),
      })
    },
    cancel: async (trx, queue, id) => {
      await boss.cancel(queue, id, { db: fromKysely(trx) })
    },
    work: async (queue, concurrency, handler, options = {}) => {
      for (let place = 0; place < concurrency; place++) await takeWork(queue, handler, options)
    },
    take: (queue, handler) => track(takeOne(boss, queue, handler, taken.signal)),
    endTaken: (graceMs) => {
      setTimeout(() => taken.abort(), graceMs).unref()
    },
    onDeadLetter: async (queue, handler) => {
      await boss.work<{ id: string }, unknown, typeof workOptions>(
        deadLetters(queue),
        workOptions,
        async ([job]) => {
          await handler(job!.data.id, reasonOf(job!.sourceOutput))
          return [{ id: job!.id, status: 'completed' }]
        },
      )
    },
    schedule: async (name, cron, handler) => {
      await boss.createQueue(name, { policy: 'singleton', retryLimit: 0, deleteAfterSeconds: 86_400 })
      await boss.schedule(name, cron)
      await boss.work(name, async () => handler())
    },
    depths: async () => {
      const { rows } = await db.executeSql(DEPTHS)
      const count = (queue: string, state: string) =>
        Number(rows.find((row) => row.name === queue && row.state === state)?.count ?? 0)
      return queueNames.map((queue) => ({
        queue,
        ready: count(queue, 'created') + count(queue, 'retry'),
        active: count(queue, 'active'),
        dead: count(deadLetters(queue), 'completed') + count(deadLetters(queue), 'created'),
      }))
    },
    stop: async (graceMs) => {
      await boss.stop({ graceful: true, timeout: graceMs, close: false })
      // Handlers that were told to stop still write down where they stopped.
      const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref())
      await Promise.race([Promise.allSettled(running), late])
    },
  }
}

/** What the queue keeps of a job. */
type Sent = { readonly id: string; readonly traceparent?: string }

function sent(id: string): Sent {
  const { traceparent } = ids()
  return { id, ...(traceparent ? { traceparent } : {}) }
}

const LAST_WORDS_MS = 5_000

const workOptions = {
  includeMetadata: true,
  perJobResults: true,
  batchSize: 1,
  pollingIntervalSeconds: 2,
  // Retries come due without a notice.
  notifyPollingIntervalSeconds: 5,
} as const

const DEPTHS = `select name, state::text, count(*)::int from pgboss.job
  where state < 'completed' or name like '%.dead' group by 1, 2`

async function createQueues(boss: PgBoss, options: QueueOptions): Promise<void> {
  const shared = {
    retryLimit: options.retries,
    retryDelay: options.retrySeconds,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: options.timeoutSeconds,
    heartbeatSeconds: options.heartbeatSeconds,
    notify: true,
  }
  for (const name of queueNames) {
    // A dead letter is kept for a quarter: long enough for somebody to look.
    await boss.createQueue(deadLetters(name), { notify: true, deleteAfterSeconds: 90 * 86_400 })
    await boss.createQueue(name, { ...shared, deadLetter: deadLetters(name) })
    // The settings of this start count, not those of the first.
    await boss.updateQueue(name, shared)
    // Kept in memory, so that enqueueing inside a transaction asks nothing outside of it.
    await boss.getQueue(name)
  }
}

/** As a worker of the library does it: signs of life while it runs, and a settlement that only counts for this attempt. */
async function takeOne(boss: PgBoss, queue: QueueName, handler: Handler, ending: AbortSignal): Promise<void> {
  const [job] = await boss.fetch<Sent>(queue, { includeMetadata: true, batchSize: 1 })
  if (!job) return
  const everyMs = ((job.heartbeatSeconds ?? 60) * 1000) / 3
  // A handler sees for itself when another attempt has taken its claim.
  const timer = setInterval(() => void boss.touch(queue, [job]).catch(() => {}), everyMs)
  const late = AbortSignal.timeout(job.expireInSeconds * 1000)
  try {
    const { id, traceparent } = job.data
    const outcome = await handler({
      id,
      attempt: job.retryCount + 1,
      isLastAttempt: job.retryCount >= job.retryLimit,
      traceparent,
      signal: AbortSignal.any([ending, late]),
    })
    if (outcome.type === 'done') await boss.complete(queue, job)
    // The last attempt that fails makes the job a dead letter.
    else await boss.fail(queue, job, { message: outcome.reason })
  } catch (error) {
    await boss.fail(queue, job, { message: String(error) })
    throw error
  } finally {
    clearInterval(timer)
  }
}

function settlement(outcome: Outcome) {
  if (outcome.type === 'done') return { status: 'completed' as const }
  const output = { message: outcome.reason }
  return { status: outcome.type === 'dead' ? ('deadletter' as const) : ('failed' as const), output }
}

function reasonOf(output: unknown): string {
  const value = (output as { value?: unknown } | null)?.value ?? output
  const message = (value as { message?: unknown } | null)?.message
  return typeof message === 'string' ? message : 'The process that did the work ended without a word.'
}
