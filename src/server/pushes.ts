/** Where Cloud Tasks brings work: the same queue and the same claims as a worker that looks for itself. */
import { z } from 'zod'
import { MdraftError } from '../core/index.ts'
import { WORKER_PATH } from '../platform/cloud-tasks.ts'
import type { Handler, Queue } from '../platform/queue.ts'
import type { App } from './http.ts'
import type { JobStore } from './jobs/store.ts'
import { perMinute } from './rates.ts'

const taskSchema = z.object({ kind: z.enum(['conversion', 'analysis']), id: z.uuid() })
export type PushedKind = z.infer<typeof taskSchema>['kind']

type Needs = {
  readonly queue: Pick<Queue, 'take'>
  readonly jobs: Pick<JobStore, 'peek'>
  readonly handlers: ReadonlyMap<PushedKind, Handler>
  readonly concurrency: number
  /** Whether a bearer is a token of the service account that sends tasks. */
  readonly isSender: (token: string) => Promise<boolean>
}

export const pushRoutes =
  ({ queue, jobs, handlers, concurrency, isSender }: Needs) =>
  async (app: App): Promise<void> => {
    let running = 0

    /** One job of its kind, the one whose turn it is. */
    const work = async (kind: PushedKind): Promise<void> => {
      if (running >= concurrency)
        throw new MdraftError('rate_limited', 'Every place of this worker is taken.', { fix: 'Try again.' })
      running++
      try {
        await queue.take(kind, handlers.get(kind)!)
      } finally {
        running--
      }
    }

    app.post(
      WORKER_PATH,
      { config: { ownRate: perMinute(600_000) }, schema: { hide: true, body: taskSchema } },
      async ({ body, headers }, reply) => {
        const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
        if (!token || !(await isSender(token)))
          throw new MdraftError('unauthenticated', 'This address is for Cloud Tasks.')
        const isOver = async () => {
          const job = await jobs.peek(body.id)
          return !job || !['queued', 'processing'].includes(job.status)
        }
        // A task may come twice, and another's turn may have come before.
        if (await isOver()) return reply.send({ status: 'success', data: null, message: 'It is done.' })
        await work(body.kind)
        if (await isOver()) return reply.send({ status: 'success', data: null, message: 'It is done.' })
        throw new MdraftError('unavailable', 'The job has not ended.', { fix: 'Send the task again.' })
      },
    )
  }
