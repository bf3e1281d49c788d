/** How often a caller may ask, and the headers that say so (draft-ietf-httpapi-ratelimit-headers). */
import rateLimit from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { MdraftError } from '../core/index.ts'
import type { Rate } from '../platform/config.ts'
import type { App } from './http.ts'

export const perMinute = (max: number): Rate => ({ max, windowMs: 60_000 })

/** A bound of its own, counted by something of the request: an account that is guessed at, an address. */
export type Throttle = {
  readonly name: string
  readonly rate: Rate
  readonly key: (request: FastifyRequest) => string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A rate of this route, beside the one for all routes together. */
    rate?: Rate
    /** A rate of this route that stands in place of the common one. */
    ownRate?: Rate
    /** Looked at once the body is read. */
    throttles?: readonly Throttle[]
  }
}

type Limiter = Throttle & { readonly take: ReturnType<App['createRateLimit']> }

/** An account is one caller wherever it asks from; without one it is the address. */
const caller = ({ actor, ip }: FastifyRequest): string =>
  actor.kind === 'user' ? `user:${actor.id}` : `ip:${ip}`

export async function limitRates(app: App, everywhere: Rate): Promise<void> {
  await app.register(rateLimit, { global: false })
  const limiters = new Map<string, Limiter>()
  const limiter = (throttle: Throttle): Limiter => {
    const { name, rate, key } = throttle
    const made = limiters.get(name) ?? {
      ...throttle,
      take: app.createRateLimit({
        max: rate.max,
        timeWindow: rate.windowMs,
        keyGenerator: (request) => `${name} ${key(request)}`,
      }),
    }
    limiters.set(name, made)
    return made
  }
  app.addHook('onRequest', async (request, reply) => {
    const { url, method, config } = request.routeOptions
    if (!url?.startsWith('/api/')) return
    const own = config.ownRate ?? config.rate
    if (own) await take(limiter({ name: `${method} ${url}`, rate: own, key: caller }), request, reply)
    if (!config.ownRate) await take(limiter({ name: 'all', rate: everywhere, key: caller }), request, reply)
  })
  app.addHook('preHandler', async (request, reply) => {
    const { url, method, config } = request.routeOptions
    for (const throttle of config.throttles ?? [])
      await take(limiter({ ...throttle, name: `${method} ${url} ${throttle.name}` }), request, reply)
  })
}

async function take(
  { name, rate, take }: Limiter,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const taken = await take(request)
  if (taken.isAllowed) return
  const policy = name === 'all' ? 'all' : 'route'
  reply.header('ratelimit-policy', `"${policy}";q=${rate.max};w=${rate.windowMs / 1000}`)
  reply.header('ratelimit', `"${policy}";r=${taken.remaining};t=${taken.ttlInSeconds}`)
  if (!taken.isExceeded) return
  reply.header('retry-after', String(taken.ttlInSeconds))
  throw new MdraftError(
    'rate_limited',
    `Too many requests: ${rate.max} in ${rate.windowMs / 1000} seconds are allowed.`,
    {
      fix: `Try again in ${taken.ttlInSeconds} seconds.`,
    },
  )
}
