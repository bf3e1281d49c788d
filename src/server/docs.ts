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
      tags: [
        { name: 'documents' },
        { name: 'jobs' },
        { name: 'analyses' },
        { name: 'proposals' },
        { name: 'session' },
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
