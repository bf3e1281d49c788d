/** What a program that asks again and again may save: an answer that did not change, and making up the next address. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type App, isUnchanged } from './http.ts'

export function tagAnswers(app: App): void {
  app.addHook('preSerialization', async (request, reply, answer: unknown) => {
    const next = (answer as { data?: { next?: unknown } | null } | null)?.data?.next
    if (request.method === 'GET' && typeof next === 'string') reply.header('link', linkTo(request, next))
    return answer
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || !isTagged(request, reply)) return payload
    const etag = createHash('sha256').update(payload).digest('base64url').slice(0, 27)
    reply.header('etag', `"${etag}"`)
    if (!isUnchanged(request, etag)) return payload
    reply.code(304).removeHeader('content-type').removeHeader('content-length')
    return ''
  })
}

/** JSON of ours; files bring tags of their own. */
const isTagged = ({ method, routeOptions }: FastifyRequest, reply: FastifyReply): boolean =>
  method === 'GET' &&
  reply.statusCode === 200 &&
  (routeOptions.url?.startsWith('/api/') ?? false) &&
  !reply.hasHeader('etag') &&
  String(reply.getHeader('content-type')).startsWith('application/json')

/** RFC 8288. */
function linkTo({ url }: FastifyRequest, cursor: string): string {
  const [path, query] = url.split('?') as [string, string?]
  const params = new URLSearchParams(query)
  params.set('cursor', cursor)
  return `<${path}?${params}>; rel="next"`
}
