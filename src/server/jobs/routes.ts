import { Readable } from 'node:stream'
import { z } from 'zod'
import { jobSchema, jobsQuerySchema } from '../../contract/documents.ts'
import { idSchema, pageOf, success } from '../../contract/envelope.ts'
import { type App, bytes, failures, goneSignal, needs, ok } from '../http.ts'
import { eventStream } from './events.ts'
import type { JobService } from './service.ts'

const byId = z.object({ id: idSchema })
const tags = ['jobs']

export const jobRoutes =
  ({ jobs }: { jobs: JobService }) =>
  async (app: App): Promise<void> => {
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
        const events = await jobs.events(request.actor, request.params.id, after, goneSignal(reply))
        return reply
          .type('text/event-stream')
          .header('cache-control', 'no-store')
          .header('x-accel-buffering', 'no')
          .send(Readable.from(eventStream(events)))
      },
    )
  }
