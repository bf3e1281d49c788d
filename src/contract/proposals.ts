import { z } from 'zod'
import { conversionSummarySchema } from './documents.ts'
import { idSchema, timeSchema } from './envelope.ts'

export const proposalStates = [
  'draft',
  'qualifying',
  'writing',
  'review',
  'submitted',
  'won',
  'lost',
  'archived',
] as const

export const proposalSchema = z.object({
  id: idSchema,
  title: z.string(),
  status: z.enum(proposalStates),
  documents: z.array(conversionSummarySchema),
  created_at: timeSchema,
  updated_at: timeSchema,
  expires_at: timeSchema.nullable(),
})
export type Proposal = z.infer<typeof proposalSchema>

export const createProposalSchema = z.strictObject({ title: z.string().trim().min(1).max(255) })
export const updateProposalSchema = z.strictObject({
  title: z.string().trim().min(1).max(255).optional(),
  status: z.enum(proposalStates).optional(),
  /** Replaces the list of documents. */
  conversion_ids: z.array(idSchema).max(200).optional(),
})
