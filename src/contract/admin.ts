/** For administrators: who and what is here, and what may be done about it. Nothing here holds a document's text. */
import { z } from 'zod'
import { scopes } from './accounts.ts'
import { jobKinds, jobSchema, jobStates } from './documents.ts'
import { idSchema, pageQuerySchema, timeSchema } from './envelope.ts'
import { entitlementsSchema, planSchema } from './plans.ts'

const email = z
  .email()
  .max(255)
  .transform((text) => text.toLowerCase())

export const adminUserSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  email_verified: z.boolean(),
  role: z.enum(['user', 'admin']),
  /** What was set by an administrator or promised to the address. */
  plan: planSchema,
  /** What counts: the greatest of the account's own, its subscription and its teams. */
  effective_plan: planSchema,
  subscription_status: z.string(),
  revoked: z.boolean(),
  documents: z.number().int(),
  stored_bytes: z.number().int(),
  pages_this_month: z.number().int(),
  created_at: timeSchema,
  last_login_at: timeSchema.nullable(),
})
export type AdminUser = z.infer<typeof adminUserSchema>
export const adminUsersQuerySchema = pageQuerySchema.extend({
  /** Part of an address or a name. */
  search: z.string().trim().max(255).optional(),
  plan: planSchema.optional(),
  revoked: z.stringbool().optional(),
})
/** Revoking ends every session and refuses every key; restoring gives the account back as it was. */
export const changeUserSchema = z.strictObject({
  plan: planSchema.optional(),
  role: z.enum(['user', 'admin']).optional(),
  revoked: z.boolean().optional(),
})

export const invitedSchema = z.object({
  email: z.string(),
  plan: planSchema,
  created_at: timeSchema,
  /** There is an account with the address already. */
  joined: z.boolean(),
})
export const inviteEmailSchema = z.strictObject({ email, plan: planSchema.default('friends') })
export const invitedParamsSchema = z.object({ email })

export const adminTeamSchema = z.object({
  id: idSchema,
  name: z.string(),
  plan: planSchema,
  effective_plan: planSchema,
  members: z.number().int(),
  pages_this_month: z.number().int(),
  created_at: timeSchema,
})
export const changeTeamPlanSchema = z.strictObject({ plan: planSchema })

/** Who a job belongs to; the address is null for a visitor. */
const ownerSchema = z.object({
  kind: z.enum(['user', 'visitor']),
  id: idSchema,
  email: z.string().nullable(),
})
export const adminJobSchema = jobSchema.omit({ filename: true }).extend({
  owner: ownerSchema,
  format: z.string().nullable(),
  size: z.number().int().nullable(),
  request_id: z.string().nullable(),
  dead_lettered_at: timeSchema.nullable(),
  /** The cause, for operators; null: none was noted. */
  detail: z.string().nullable(),
})
export type AdminJob = z.infer<typeof adminJobSchema>
export const adminJobsQuerySchema = pageQuerySchema.extend({
  status: z.enum(jobStates).optional(),
  kind: z.enum(jobKinds).optional(),
  user_id: idSchema.optional(),
})

export const storageSchema = z.object({
  documents: z.number().int(),
  analyses: z.number().int(),
  proposals: z.number().int(),
  /** Of the originals, as they were uploaded. */
  original_bytes: z.number().int(),
  visitor_bytes: z.number().int(),
  database_bytes: z.number().int(),
  /** Documents that are over their time and go with the next cleanup. */
  expired: z.number().int(),
  by_format: z.array(z.object({ format: z.string(), documents: z.number().int(), bytes: z.number().int() })),
  /** Who keeps most. */
  largest: z.array(z.object({ owner: ownerSchema, documents: z.number().int(), bytes: z.number().int() })),
})

const rateSchema = z.object({ max: z.number().int(), window_seconds: z.number() })
export const adminLimitsSchema = z.object({
  rates: z.object({ all: rateSchema, upload: rateSchema, analysis: rateSchema }),
  upload_bytes: z.number().int(),
  text_chars: z.number().int(),
  visitor_days: z.number().int(),
  plans_enforced: z.boolean(),
  visitor: entitlementsSchema,
  plans: z.record(planSchema, entitlementsSchema),
  scopes: z.array(z.enum(scopes)),
})

export const queuesSchema = z.array(
  z.object({
    queue: z.string(),
    ready: z.number().int(),
    active: z.number().int(),
    dead: z.number().int(),
    oldest_seconds: z.number(),
  }),
)

export const auditEntrySchema = z.object({
  id: idSchema,
  at: timeSchema,
  actor: z.object({
    kind: z.enum(['user', 'visitor', 'operator', 'system']),
    id: idSchema.nullable(),
    email: z.string().nullable(),
  }),
  action: z.string(),
  target: z.object({ type: z.string(), id: z.string().nullable() }),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>
export const auditQuerySchema = pageQuerySchema.extend({
  action: z.string().max(64).optional(),
  actor_id: idSchema.optional(),
  target_id: z.string().max(255).optional(),
})
