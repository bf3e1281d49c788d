/** Plans, what each gives, what was used of it, and paying. */
import { z } from 'zod'
import { plans } from './accounts.ts'
import { idSchema, timeSchema } from './envelope.ts'

/** What is counted. `model_analyses` are the analyses that a language model took part in. */
export const meters = ['pages', 'analyses', 'model_analyses'] as const
export const planSchema = z.enum(plans)
export type Plan = (typeof plans)[number]

/** Null: without a bound. */
export const entitlementsSchema = z.object({
  pages_per_month: z.number().int().nullable(),
  file_bytes: z.number().int(),
  model_analyses_per_month: z.number().int().nullable(),
  /** How long documents and what is made of them are kept. */
  retention_days: z.number().int().nullable(),
})
export type Entitlements = z.infer<typeof entitlementsSchema>

const planRowSchema = entitlementsSchema.extend({
  plan: planSchema,
  title: z.string(),
  /** A checkout for it can be begun here. */
  for_sale: z.boolean(),
})

/** `GET /api/plans`: from the least to the greatest. */
export const plansSchema = z.object({
  plans: z.array(planRowSchema),
  /** False: plans say what is meant, but nothing is refused (a server of one's own without billing). */
  enforced: z.boolean(),
  /** Checkout and portal work here; else an administrator sets plans. */
  billing: z.boolean(),
})

const subscriptionSchema = z.object({
  plan: planSchema,
  /** As Stripe calls it: `active`, `trialing`, `past_due`, `canceled`, … */
  status: z.string(),
  seats: z.number().int(),
  current_period_end: timeSchema.nullable(),
  cancel_at_period_end: z.boolean(),
})

/** One thing that is counted; `limit` and `left` are null when there is no bound. */
const meterSchema = z.object({
  used: z.number().int(),
  limit: z.number().int().nullable(),
  left: z.number().int().nullable(),
})

/** `GET /api/usage`: this month (UTC). */
export const usageSchema = z.object({
  /** Null for a visitor. */
  plan: planSchema.nullable(),
  /** The team whose plan pays, and whose members share what it gives; null: the account's own. */
  team: z.object({ id: idSchema, name: z.string() }).nullable(),
  entitlements: entitlementsSchema,
  enforced: z.boolean(),
  from: timeSchema,
  resets_at: timeSchema,
  pages: meterSchema,
  analyses: meterSchema,
  model_analyses: meterSchema,
  subscription: subscriptionSchema.nullable(),
  /** The last twelve months, newest first; months without use are left out. */
  months: z.array(
    z.object({
      month: z.string().describe('2026-11'),
      pages: z.number().int(),
      analyses: z.number().int(),
      model_analyses: z.number().int(),
    }),
  ),
})
export type Usage = z.infer<typeof usageSchema>

/** With `team_id` the team pays and all its members have the plan; only its owners may do this. */
export const checkoutSchema = z.strictObject({
  plan: z.enum(['pro', 'team']),
  team_id: idSchema.optional(),
  seats: z.number().int().min(1).max(1_000).default(1),
})
export const portalSchema = z.strictObject({ team_id: idSchema.optional() })
/** Where to send the browser. */
export const billingUrlSchema = z.object({ url: z.string() })
