/** How often a caller may ask, and the headers that say so. */
import rateLimit from '@fastify/rate-limit'
import { MdraftError } from '../core/index.ts'
import type { Rate } from '../platform/config.ts'
import type { App } from './http.ts'

export const perMinute = (max: number) => ({ max, windowMs: 60_000 })

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Tighter or wider than the rate for all routes. */
    rate?: Rate
  }
}

export async function limitRates(app: App, everywhere: Rate): Promise<void> {
  // Before the library's own hook, which reads what this one writes.
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/')) return
    const rate = route.config?.rate ?? everywhere
    const isOwn = route.config?.rate !== undefined
    route.config = {
      ...route.config,
      rateLimit: {
        max: rate.max,
        timeWindow: rate.windowMs,
        // Routes without a rate of their own share one count.
        groupId: isOwn ? `${route.method} ${route.url}` : 'all',
      },
    }
  })
  await app.register(rateLimit, {
    global: false,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { after }) =>
      new MdraftError('rate_limited', `Too many requests: the next may come in ${after}.`, {
        fix: 'Wait as long as Retry-After says.',
      }),
  })
}
