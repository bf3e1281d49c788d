/** OpenAPI 3.1 from the schemas that validate, at `/api/docs`. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { App } from './http.ts'

export async function describeApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'mdraft',
        version,
        description:
          'Documents to faithful Markdown, and requests for proposal to a plan that wins them. Every answer is `{"status":"success","data":…,"message":…}` or `{"status":"error","error":code,"message":…}`. Without an account you are a visitor, known by a cookie: keep it to find your documents again (`curl -c jar -b jar`).',
      },
      components: {
        securitySchemes: {
          key: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key. The scopes it needs stand with each address.',
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'mdraft_session',
            description: 'A signed-in browser.',
          },
          visitor: {
            type: 'apiKey',
            in: 'cookie',
            name: 'mdraft_visitor',
            description: 'A browser without an account.',
          },
          administrator: {
            type: 'apiKey',
            in: 'cookie',
            name: 'mdraft_session',
            description: 'A signed-in browser of an administrator; for all others there is nothing here.',
          },
          operator: { type: 'http', scheme: 'bearer', description: 'OPS_TOKEN.' },
        },
      },
      tags: [
        { name: 'documents' },
        { name: 'jobs' },
        { name: 'analyses' },
        { name: 'agents' },
        { name: 'proposals' },
        { name: 'account' },
        { name: 'keys' },
        { name: 'teams' },
        { name: 'plans' },
        { name: 'webhooks' },
        { name: 'administration' },
        { name: 'operations' },
      ],
    },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { deepLinking: true },
  })
}
