/** `/mcp`: the Model Context Protocol over streamable HTTP. Tools describe themselves; the API's document leaves it out. */
import { MdraftError } from '../../core/index.ts'
import { answerHttp } from '../../mcp/protocol.ts'
import { version } from '../../platform/version.ts'
import type { Actor, UserActor } from '../actor.ts'
import type { App } from '../http.ts'
import type { McpService } from './service.ts'

type Needs = { readonly mcp: McpService }

export const mcpRoutes =
  ({ mcp }: Needs) =>
  async (app: App): Promise<void> => {
    app.post('/mcp', { schema: { hide: true } }, async (request, reply) => {
      const actor = keyOnly(request.actor)
      if (!actor) {
        reply.header('www-authenticate', 'Bearer')
        throw new MdraftError('unauthenticated', 'This address needs an API key.', {
          fix: 'Send Authorization: Bearer with a key made under Account.',
        })
      }
      reply.hijack()
      const { raw: response } = reply
      response.setHeader('cache-control', 'private, no-store')
      response.setHeader('x-request-id', request.id)
      const exchange = { request: request.raw, response, body: request.body }
      await answerHttp(mcp(actor, request.id), version(), exchange, (error, tool) =>
        request.log.error({ err: error, tool }, 'a tool failed'),
      )
    })

    // Nothing is kept between requests, so there is no stream to open and no session to end.
    for (const method of ['GET', 'DELETE'] as const)
      app.route({
        method,
        url: '/mcp',
        schema: { hide: true },
        handler: async (_request, reply) => {
          reply.header('allow', 'POST')
          throw Object.assign(new Error('method'), { statusCode: 405 })
        },
      })
  }

/** Not a browser's session: a page must not be able to act through it. */
const keyOnly = (actor: Actor): UserActor | undefined =>
  actor.kind === 'user' && 'key' in actor.via ? actor : undefined
