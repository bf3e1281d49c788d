/** `GET /api/agents`, `POST /api/agents/{name}/run`: the four analyses, and prompts that users give names to. */
import { z } from 'zod'
import { agentRunSchema, analysisTypes } from '../rfp/findings.ts'
import { analyzedSchema } from './analyses.ts'
import { bounds } from './bounds.ts'
import { idSchema, timeSchema } from './envelope.ts'

export const agentNameSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and hyphens')

const promptFields = {
  description: z.string().max(500),
  /** What to find in a document, in the user's own words. */
  instructions: z.string().trim().min(1).max(8_000),
}
export const newAgentSchema = z.strictObject({
  name: agentNameSchema,
  ...promptFields,
  description: promptFields.description.default(''),
})
/** `version`: the one that was read; another since then is a conflict. */
export const agentChangeSchema = z.strictObject({
  version: z.number().int(),
  description: promptFields.description.optional(),
  instructions: promptFields.instructions.optional(),
})

export const agentSchema = z.object({
  name: z.string(),
  kind: z.enum(['analysis', 'prompt']),
  description: z.string(),
  /** It cannot run by rules. */
  needs_model: z.boolean(),
  /** It can run now. */
  available: z.boolean(),
  /** Of prompts alone. */
  instructions: z.string().nullable(),
  version: z.number().int().nullable(),
  updated_at: timeSchema.nullable(),
})
export type Agent = z.infer<typeof agentSchema>
export const agentsSchema = z.object({
  /** The four analyses, then the prompts. */
  items: z.array(agentSchema).max(Object.keys(analysisTypes).length + bounds.prompts),
  /** "provider:model"; null: none is configured, and analyses are by rules. */
  model: z.string().nullable(),
})

/** 200: what it found. */
export const agentRanSchema = z.union([
  z.object({ analysis_id: idSchema, run: agentRunSchema }),
  analyzedSchema,
])
