/** Proposals: what a team answers a solicitation with. */

import { z } from 'zod'
import { boxSchema } from '../rfp/findings.ts'
import { bounds } from './bounds.ts'
import { conversionSummarySchema } from './documents.ts'
import { idSchema, pageQuerySchema, timeSchema } from './envelope.ts'

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
/** What a document is to its proposal: the solicitation, a change to it, answers to questions, … */
export const documentRoles = ['base', 'amendment', 'qa', 'attachment', 'draft'] as const
export const rowStates = ['open', 'compliant', 'partial', 'exception', 'not_applicable'] as const
/** As people read and write them, on screen and in a spreadsheet. */
export const rowStateNames: { readonly [S in (typeof rowStates)[number]]: string } = {
  open: 'Open',
  compliant: 'Compliant',
  partial: 'Partial',
  exception: 'Exception',
  not_applicable: 'Not applicable',
}

const proposalDocumentSchema = conversionSummarySchema.extend({ role: z.enum(documentRoles) })

/** The time a proposal is due, with the zone that the solicitation names. */
const dueSchema = z.object({ at: timeSchema, zone: z.string().min(1).max(64) })

export const proposalSchema = z.object({
  id: idSchema,
  title: z.string(),
  client: z.string(),
  due: dueSchema.nullable(),
  status: z.enum(proposalStates),
  /** Null: the caller's own. */
  team_id: idSchema.nullable(),
  /** Send it with a change: a change made from an older version is refused. */
  version: z.number().int(),
  documents: z.array(proposalDocumentSchema).max(bounds.documents),
  created_at: timeSchema,
  updated_at: timeSchema,
  expires_at: timeSchema.nullable(),
  /** When it was put into the trash, from where it is deleted after 30 days. */
  trashed_at: timeSchema.nullable(),
})
export type Proposal = z.infer<typeof proposalSchema>

const title = z.string().trim().min(1).max(255)
const client = z.string().trim().max(255)
const due = dueSchema.nullable()

export const createProposalSchema = z.strictObject({
  title,
  client: client.default(''),
  due: due.default(null),
  team_id: idSchema.nullable().default(null),
})
export const updateProposalSchema = z.strictObject({
  title: title.optional(),
  client: client.optional(),
  due: due.optional(),
  status: z.enum(proposalStates).optional(),
  /** The version the change was made from; absent: whatever stands there is changed. */
  version: z.number().int().optional(),
  /** Replaces the list of documents. */
  conversion_ids: z.array(idSchema).max(bounds.documents).optional(),
})
export const proposalsQuerySchema = pageQuerySchema.extend({
  status: z.enum(proposalStates).optional(),
  team_id: idSchema.optional(),
  /** `true`: those in the trash instead. */
  trash: z.stringbool().default(false),
})
export const putDocumentSchema = z.strictObject({ role: z.enum(documentRoles).default('attachment') })

export const matrixRowSchema = z.object({
  id: idSchema,
  analysis_id: idSchema.nullable(),
  requirement_id: z.string(),
  requirement_text: z.string(),
  rfp_reference: z.string(),
  obligation: z.string(),
  category: z.string(),
  page: z.number().int().nullable(),
  boxes: z.array(boxSchema),
  block_ids: z.array(z.string()),
  status: z.enum(rowStates),
  owner_id: idSchema.nullable(),
  response_location: z.string(),
  notes: z.string(),
  version: z.number().int(),
  /** When an amendment last changed its text, and the text until then. */
  changed_at: timeSchema.nullable(),
  previous_text: z.string().nullable(),
  /** Since when the solicitation no longer asks for it. */
  removed_at: timeSchema.nullable(),
  updated_at: timeSchema,
})
export type MatrixRow = z.infer<typeof matrixRowSchema>

export const fillMatrixSchema = z.strictObject({ analysis_id: idSchema })
export const filledMatrixSchema = z.object({ added: z.number().int(), total: z.number().int() })
/** What an amendment did to the rows. */
export const amendedMatrixSchema = z.object({
  changed: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  total: z.number().int(),
})
export const matrixQuerySchema = z.object({
  status: z.enum(rowStates).optional(),
  owner_id: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(200).optional(),
})
export const changeRowSchema = z.strictObject({
  /** The version the change was made from. */
  version: z.number().int(),
  status: z.enum(rowStates).optional(),
  owner_id: idSchema.nullable().optional(),
  response_location: z.string().trim().max(255).optional(),
  notes: z.string().max(20_000).optional(),
})

export const matrixFileQuerySchema = z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') })
export const importMatrixQuerySchema = z.object({
  /** `false`: only tells what would change. */
  apply: z.stringbool().default(false),
  /** What becomes of a cell that was edited in the file and here: stays as it stands here, or is taken from the file. */
  conflicts: z.enum(['keep', 'take']).default('keep'),
})
const editedCellSchema = z.object({
  row_id: idSchema,
  rfp_reference: z.string(),
  requirement_text: z.string(),
  field: z.enum(['status', 'owner', 'response_location', 'notes']),
  /** What stands here now. */
  current: z.string(),
  /** What the file says. */
  file: z.string(),
})
/** What an edited file changes, or would change. */
export const importedMatrixSchema = z.object({
  applied: z.boolean(),
  /** Rows that change, conflicts included when they are taken. */
  rows: z.number().int(),
  changes: z.array(editedCellSchema),
  /** Cells changed in the file and, since it was made, here. */
  conflicts: z.array(editedCellSchema),
  /** What the file says that cannot be taken over, in words. */
  refused: z.array(z.string()),
})
export type ImportedMatrix = z.infer<typeof importedMatrixSchema>

export const commentSchema = z.object({
  id: idSchema,
  matrix_row_id: idSchema.nullable(),
  author: z.object({ id: idSchema, name: z.string() }).nullable(),
  body: z.string(),
  created_at: timeSchema,
})
export const writeCommentSchema = z.strictObject({
  body: z.string().trim().min(1).max(10_000),
  matrix_row_id: idSchema.nullable().default(null),
})
export const commentsQuerySchema = pageQuerySchema.extend({ matrix_row_id: idSchema.optional() })

export const proposalEventSchema = z.object({
  id: idSchema,
  actor: z.object({ id: idSchema, name: z.string() }).nullable(),
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
  created_at: timeSchema,
})

export const shareSchema = z.object({
  id: idSchema,
  views: z.number().int(),
  expires_at: timeSchema,
  created_at: timeSchema,
})
/** The only answer that holds the address itself. */
export const createdShareSchema = shareSchema.extend({ url: z.string() })
export const createShareSchema = z.strictObject({ days: z.number().int().min(1).max(90).default(7) })
/** What a link shows: the matrix, and nothing of who works on it. */
export const sharedSchema = z.object({
  title: z.string(),
  client: z.string(),
  due: dueSchema.nullable(),
  status: z.enum(proposalStates),
  rows: z.array(
    matrixRowSchema.pick({
      requirement_text: true,
      rfp_reference: true,
      obligation: true,
      status: true,
      response_location: true,
      page: true,
    }),
  ),
})
