import { z } from 'zod'
import {
  agentChangeSchema,
  agentNameSchema,
  agentRanSchema,
  agentSchema,
  agentsSchema,
  newAgentSchema,
} from '../../contract/agents.ts'
import { analysisQueuedSchema, analyzeRequestSchema } from '../../contract/analyses.ts'
import { success } from '../../contract/envelope.ts'
import type { Rate } from '../../platform/config/config.ts'
import { type App, failures, needs, ok } from '../http.ts'
import type { AgentService } from './service.ts'

type Needs = {
  readonly agents: AgentService
  readonly limits: { readonly analysisRate: Rate; readonly textChars: number }
}

const tags = ['agents']
const params = z.object({ name: agentNameSchema })

export const agentRoutes =
  ({ agents, limits }: Needs) =>
  async (app: App): Promise<void> => {
    app.get(
      '/api/agents',
      {
        schema: {
          ...needs('analyses:read'),
          tags,
          summary: 'The four analyses and your own prompts',
          response: { 200: success(agentsSchema), ...failures },
        },
      },
      async (request) => ok(await agents.list(request.actor)),
    )

    app.post(
      '/api/agents',
      {
        config: { repeatable: true },
        schema: {
          ...needs('analyses:write'),
          tags,
          summary: 'Give a prompt a name',
          description:
            'What it finds in a document is quoted, as everything is. It needs a language model to run.',
          body: newAgentSchema,
          response: { 201: success(agentSchema), ...failures },
        },
      },
      async (request, reply) =>
        reply.code(201).send(ok(await agents.create(request.actor, request.body), 'The prompt is kept.')),
    )

    app.get(
      '/api/agents/:name',
      {
        schema: {
          ...needs('analyses:read'),
          tags,
          summary: 'One agent',
          params,
          response: { 200: success(agentSchema), ...failures },
        },
      },
      async (request) => ok(await agents.get(request.actor, request.params.name)),
    )

    app.put(
      '/api/agents/:name',
      {
        schema: {
          ...needs('analyses:write'),
          tags,
          summary: 'Change a prompt',
          params,
          body: agentChangeSchema,
          response: { 200: success(agentSchema), ...failures },
        },
      },
      async (request) =>
        ok(await agents.update(request.actor, request.params.name, request.body), 'The prompt is changed.'),
    )

    app.delete(
      '/api/agents/:name',
      {
        schema: {
          ...needs('analyses:write'),
          tags,
          summary: 'Delete a prompt',
          params,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await agents.remove(request.actor, request.params.name)
        return ok(null, 'The prompt is deleted.')
      },
    )

    app.post(
      '/api/agents/:name/run',
      {
        config: { rate: limits.analysisRate, repeatable: true },
        // A character of text takes up to six bytes in JSON (\uXXXX).
        bodyLimit: limits.textChars * 6 + 1_024,
        schema: {
          ...needs('analyses:write'),
          tags,
          summary: 'Run an agent over a document or a text',
          description:
            'The four analyses run by rules, and with a language model when one is configured. A prompt needs the model: without one it answers `unavailable`. Answers 200 with the result, or 202 with a job when it takes longer.',
          params,
          body: analyzeRequestSchema,
          response: { 200: success(agentRanSchema), 202: success(analysisQueuedSchema), ...failures },
        },
      },
      async (request, reply) => {
        const { actor, params, body, id } = request
        const { ready, ...answer } = await agents.run(actor, params.name, body, id)
        if (ready) return reply.send(ok(answer as z.infer<typeof agentRanSchema>)) // ready answers hold a result
        return reply
          .code(202)
          .header('location', `/api/jobs/${(answer as { job_id: string }).job_id}`)
          .send(
            ok(
              answer as z.infer<typeof analysisQueuedSchema>, // the other kind of answer names a job
              'The analysis goes on; ask for its job.',
            ),
          )
      },
    )
  }
