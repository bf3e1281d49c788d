/** The four analyses and the user's own prompts, and runs of them. */
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import {
  type agentChangeSchema,
  agentRanSchema,
  agentSchema,
  agentsSchema,
  type newAgentSchema,
} from '../../src/contract/agents.ts'
import { analysisQueuedSchema } from '../../src/contract/analyses.ts'
import { call } from './client.ts'

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: ({ signal }) => call('/api/agents', agentsSchema, { signal }),
})
export const createAgent = (body: z.input<typeof newAgentSchema>) =>
  call('/api/agents', agentSchema, { body })
export const changeAgent = (name: string, body: z.input<typeof agentChangeSchema>) =>
  call(`/api/agents/${name}`, agentSchema, { method: 'PUT', body })
export const removeAgent = (name: string) => call(`/api/agents/${name}`, z.null(), { method: 'DELETE' })

/** The id of the analysis that holds what it finds; it may still be under way. */
export const runAgent = async (name: string, conversionId: string): Promise<string> =>
  (
    await call(`/api/agents/${name}/run`, z.union([agentRanSchema, analysisQueuedSchema]), {
      body: { conversion_id: conversionId },
    })
  ).analysis_id
