import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { jobSchema, jobsQuerySchema } from '../../contract/documents.ts'
import { idSchema, pageOf, success } from '../../contract/envelope.ts'
import { MdraftError } from '../../core/index.ts'
import { type App, bytes, failures, goneSignal, needs, ok } from '../http.ts'
import { eventStream } from './events.ts'
import type { JobService } from './service.ts'

type Needs = {
  readonly jobs: JobService
  /** Aborted when the process stops. */
  readonly leaving: AbortSignal | undefined
}

const byId = z.object({ id: idSchema })
const tags = ['jobs']

/** A stream costs a look at the database every few seconds for as long as its job waits. */
const MOST_STREAMS = 50

/** Counts what each caller holds open here. @throws MdraftError `rate_limited` */
function countStreams(): (callerId: string, reply: FastifyReply) => void {
  const open = new Map<string, number>()
  return (callerId, reply) => {
    const count = open.get(callerId) ?? 0
    if (count >= MOST_STREAMS)
      throw new MdraftError('rate_limited', `You follow ${MOST_STREAMS} jobs already.`, {
        fix: 'Close some of the streams, or ask for the jobs now and then.',
      })
    open.set(callerId, count + 1)
    reply.raw.once('close', () => {
      const left = (open.get(callerId) ?? 1) - 1
      if (left > 0) open.set(callerId, left)
      else open.delete(callerId)
    })
  }
}

export const jobRoutes =
  ({ jobs, leaving }: Needs) =>
  async (app: App): Promise<void> => {
    const countStream = countStreams()
    app.get(
      '/api/jobs',
      {
        schema: {
          ...needs('documents:read'),
          tags,
          summary: 'Your jobs, newest first',
          querystring: jobsQuerySchema,
          response: { 200: success(pageOf(jobSchema)), ...failures },
        },
      },
      async (request) => ok(await jobs.list(request.actor, request.query)),
    )

    app.get(
      '/api/jobs/:id',
      {
        schema: {
          ...needs('documents:read'),
          tags,
          summary: 'One job: its state and progress',
          params: byId,
          response: { 200: success(jobSchema), ...failures },
        },
      },
      async (request) => ok(await jobs.get(request.actor, request.params.id)),
    )

    app.delete(
      '/api/jobs/:id',
      {
        schema: {
          ...needs('documents:write'),
          tags,
          summary: 'Cancel a job that waits or runs',
          params: byId,
          response: { 200: success(jobSchema), ...failures },
        },
      },
      async (request) => ok(await jobs.cancel(request.actor, request.params.id), 'The job is cancelled.'),
    )

    app.get(
      '/api/jobs/:id/events',
      {
        schema: {
          ...needs('documents:read'),
          tags,
          summary: 'Follow a job: server-sent events',
          description:
            'Each event is the state of the job as it stands (`jobEvent`), its id a number that only rises. Send the last one as `Last-Event-ID` to get only what is newer. The stream ends when the job has ended.',
          params: byId,
          headers: z.object({ 'last-event-id': z.coerce.number().int().min(0).optional().catch(0) }),
          response: { ...bytes('text/event-stream'), ...failures },
        },
      },
      async (request, reply) => {
        const after = request.headers['last-event-id'] ?? 0
        countStream(request.actor.id, reply)
        const gone = goneSignal(reply)
        const ends = leaving ? AbortSignal.any([gone, leaving]) : gone
        const events = await jobs.events(request.actor, request.params.id, after, ends)
        return reply
          .type('text/event-stream')
          .header('cache-control', 'no-store')
          .header('x-accel-buffering', 'no')
          .send(Readable.from(eventStream(events)))
      },
    )
  }
