/**
 * Tells a push dispatcher of new jobs, after their transaction: the notice is part of it and reaches this process when it
 * is committed. One that is lost with its process is made up for by `again`.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { CloudTasks } from './cloud-tasks.ts'
import type { Db, Trx } from './db/db.ts'
import type { QueueName } from './queue.ts'

const CHANNEL = 'mdraft_pushes'
const AT_ONCE = 16

type Job = { readonly kind: QueueName; readonly id: string }
export type Push = {
  /** In the transaction that enqueues. */
  tell(trx: Trx, job: Job): Promise<void>
  /** Jobs that still wait. */
  again(jobs: readonly Job[]): Promise<void>
  close(): Promise<void>
}

export async function openPush(db: Db, tasks: CloudTasks, onError: (error: unknown) => void): Promise<Push> {
  const own = randomUUID()
  const waiting: Job[] = []
  const running = new Set<Promise<void>>()
  const run = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await tasks.create(job).catch(onError)
  }
  const dispatch = (job: Job) => {
    waiting.push(job)
    if (running.size >= AT_ONCE) return
    const work = run()
    running.add(work)
    void work.then(() => running.delete(work))
  }
  const hear = (payload: string) => {
    const [from, kind, id] = payload.split(' ')
    // Whoever made it sends it; another process that sent it too would only make it twice.
    if (from === own && kind && id) dispatch({ kind: kind as QueueName, id }) // as `tell` wrote it
  }
  const listener = await db.listen(CHANNEL, hear, () => {})
  return {
    tell: async (trx, { kind, id }) => {
      await sql`select pg_notify(${CHANNEL}, ${`${own} ${kind} ${id}`})`.execute(trx)
    },
    again: async (jobs) => {
      for (const job of jobs) dispatch(job)
      await Promise.all(running)
    },
    close: async () => {
      await listener.close()
      await Promise.all(running)
      await tasks.close()
    },
  }
}
