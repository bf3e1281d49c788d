/** How often a caller may ask, and the headers that say so (draft-ietf-httpapi-ratelimit-headers). */
import { isIPv6 } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { MdraftError } from '../core/index.ts'
import type { Rate } from '../platform/config/config.ts'
import type { Counters } from '../platform/counters/counters.ts'
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

/** An account is one caller wherever it asks from; without one it is the address. */
const caller = ({ actor, ip }: FastifyRequest): string =>
  actor.kind === 'user' ? `user:${actor.id}` : `ip:${networkOf(ip)}`

/** One household has 2^64 addresses of IPv6 (RFC 6177), so they count as one. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  const [head = '', tail = ''] = ip.split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const missing = 8 - groups(head).length - groups(tail).length
  return [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)]
    .slice(0, 4)
    .join(':')
}

export function limitRates(app: App, everywhere: Rate, counters: Counters): void {
  const take = async (
    name: string,
    rate: Rate,
    key: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => {
    const { count, resetsInMs } = await counters.add(`${name} ${key}`, rate.windowMs).catch((error) => {
      // Rather unlimited for a moment than not there at all.
      request.log.error({ err: error, counters: counters.name }, 'requests are not counted')
      return { count: 0, resetsInMs: 0 }
    })
    say(reply, name, rate, { count, resetsInMs })
  }
  app.addHook('onRequest', async (request, reply) => {
    const { url, method, config } = request.routeOptions
    if (!url?.startsWith('/api/') && url !== '/mcp') return
    const own = config.ownRate ?? config.rate
    if (own) await take(`${method} ${url}`, own, caller(request), request, reply)
    if (!config.ownRate) await take('all', everywhere, caller(request), request, reply)
  })
  app.addHook('preHandler', async (request, reply) => {
    const { url, method, config } = request.routeOptions
    for (const { name, rate, key } of config.throttles ?? [])
      await take(`${method} ${url} ${name}`, rate, key(request).slice(0, 128), request, reply)
  })
}

/** One line for each bound that was looked at. */
function add(reply: FastifyReply, name: string, item: string): void {
  const before = reply.getHeader(name)
  reply.header(name, before ? `${before}, ${item}` : item)
}

/** @throws MdraftError `rate_limited` when there were too many */
function say(
  reply: FastifyReply,
  name: string,
  rate: Rate,
  { count, resetsInMs }: { count: number; resetsInMs: number },
): void {
  const policy = name.split(' ')[2] ?? (name === 'all' ? 'all' : 'route')
  const seconds = Math.ceil(resetsInMs / 1000)
  add(reply, 'ratelimit-policy', `"${policy}";q=${rate.max};w=${rate.windowMs / 1000}`)
  add(reply, 'ratelimit', `"${policy}";r=${Math.max(0, rate.max - count)};t=${seconds}`)
  if (count <= rate.max) return
  reply.header('retry-after', String(seconds))
  throw new MdraftError(
    'rate_limited',
    `Too many requests: ${rate.max} in ${rate.windowMs / 1000} seconds are allowed.`,
    { fix: `Try again in ${seconds} seconds.` },
  )
}
