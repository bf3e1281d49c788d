/** What is told of every request: metrics, a line in the log, a span; all by the route's pattern, never by its address. */
import { validTraceparent, withIds } from '../platform/context.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Reports } from '../platform/reports.ts'
import type { OpenSpan, Trace } from '../platform/trace.ts'
import type { App } from './http.ts'

declare module 'fastify' {
  interface FastifyRequest {
    span: OpenSpan | undefined
    /** What was thrown last. */
    failure: unknown
  }
}

/** Comes before everything else that hooks into requests: what those log belongs to the request too. */
export function followRequests(app: App, trace: Trace): void {
  app.decorateRequest('span')
  app.addHook('onRequest', (request, _reply, done) => {
    const { method, routeOptions, headers } = request
    const route = routeOptions.url ?? 'unknown'
    // Load balancers ask every few seconds.
    if (!route.startsWith('/api/')) return done()
    const span = trace.begin(`${method} ${route}`, {
      kind: 'server',
      parent: validTraceparent(headers.traceparent),
      attributes: { 'http.request.method': method, 'http.route': route, 'mdraft.request': request.id },
    })
    request.span = span
    withIds({ traceparent: span.traceparent }, done)
  })
}

/** The body is read outside of any context, so what follows it enters it again; by now the caller is known. */
export function followCallers(app: App): void {
  app.addHook('preValidation', ({ span, actor }, _reply, done) => {
    if (!span) return done()
    withIds({ traceparent: span.traceparent, user: `${actor.kind}:${actor.id}` }, done)
  })
}

const FAILED = 500

export function observe(app: App, metrics: Metrics, reports: Reports): void {
  app.decorateRequest('failure')
  app.addHook('onError', async (request, _reply, error) => {
    request.failure = error
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, actor, span } = request
    const route = routeOptions.url ?? 'unknown'
    const { statusCode: status, elapsedTime } = reply
    metrics.requests.observe({ method, route, status }, elapsedTime / 1000)
    const level = route.startsWith('/api/') ? 'info' : 'debug'
    const user = actor && `${actor.kind}:${actor.id}`
    const about = { method, route, status, ms: Math.round(elapsedTime), user }
    withIds(span ? { traceparent: span.traceparent } : {}, () => request.log[level](about, 'request'))
    const attributes = { 'http.response.status_code': status, ...(user ? { 'enduser.id': user } : {}) }
    // What is away for a moment says so with another status, and its own log says why.
    if (status === FAILED)
      reports.report(request.failure, { request: request.id, route: `${method} ${route}` })
    span?.end({ attributes, failed: status >= 500 })
  })
}
