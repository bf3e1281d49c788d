import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { success } from '../../contract/envelope.ts'
import { healthSchema, migrationStatusSchema, readinessSchema, receiptSchema } from '../../contract/ops.ts'
import { MdraftError } from '../../core/index.ts'
import { type App, bytes, failures, forOperators, ok } from '../http.ts'
import type { CleanupService } from './cleanup.ts'
import type { OpsService } from './service.ts'

type Needs = {
  readonly ops: OpsService
  readonly cleanup: CleanupService
  readonly tokens: readonly string[]
  /** Programs of this machine need no token. */
  readonly isOpen: boolean
}

const tags = ['operations']

export const opsRoutes =
  ({ ops, cleanup, tokens, isOpen }: Needs) =>
  async (app: App): Promise<void> => {
    const operatorsOnly = async (request: FastifyRequest) => {
      const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      if (given !== undefined && tokens.some((token) => isEqual(given, token))) return
      if (given === undefined && isOpen && isLocal(request)) return
      throw new MdraftError('unauthenticated', 'This address is for operators.', {
        fix: 'Send Authorization: Bearer with the value of OPS_TOKEN.',
      })
    }

    app.get(
      '/health',
      {
        schema: {
          tags,
          summary: 'Is the service up and its database reachable?',
          response: { 200: healthSchema, 503: healthSchema },
        },
      },
      async (_request, reply) => {
        const isUp = (await ops.database()) === 'ok'
        return reply.code(isUp ? 200 : 503).send({ status: isUp ? 'ok' : 'database_error' })
      },
    )

    app.get(
      '/livez',
      { schema: { tags, summary: 'Does this process answer?', response: { 200: healthSchema } } },
      async () => ({ status: 'ok' as const }),
    )

    app.get(
      '/readyz',
      {
        schema: {
          tags,
          summary: 'May this process be sent requests?',
          response: { 200: readinessSchema, 503: readinessSchema },
        },
      },
      async (_request, reply) => {
        const { ready, checks } = await ops.readiness()
        return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'not_ready', checks })
      },
    )

    app.get(
      '/api/ops/migration_status',
      {
        preHandler: operatorsOnly,
        schema: {
          ...forOperators,
          tags,
          summary: 'Is the database what this version expects?',
          response: { 200: migrationStatusSchema, ...failures },
        },
      },
      async () => {
        const { current, expected, pending, ahead, problems } = await ops.migrationStatus()
        return {
          migrated: pending.length === 0 && problems.length === 0,
          current,
          expected,
          pending: [...pending],
          ahead,
          problems: [...problems],
        }
      },
    )

    app.get(
      '/api/ops/metrics',
      {
        preHandler: operatorsOnly,
        schema: {
          ...forOperators,
          tags,
          summary: 'Prometheus metrics',
          response: { ...bytes('text/plain'), ...failures },
        },
      },
      async (_request, reply) => {
        const { type, text } = await ops.metrics()
        return reply.type(type).send(text)
      },
    )

    app.post(
      '/api/ops/cleanup',
      {
        preHandler: operatorsOnly,
        schema: {
          ...forOperators,
          tags,
          summary: 'Delete what has expired, now',
          response: { 200: success(receiptSchema), ...failures },
        },
      },
      async () => ok(await cleanup.run(), 'What had expired is deleted.'),
    )
  }

const isEqual = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A program on this machine, not one that a proxy on it speaks for, nor a page whose name leads here (DNS rebinding). */
const isLocal = ({ socket, headers }: FastifyRequest): boolean =>
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined &&
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '') &&
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '')
