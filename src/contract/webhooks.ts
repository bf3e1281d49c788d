/** Webhooks: where a user's programs are told what happened (standardwebhooks.com). */
import { z } from 'zod'
import { idSchema, timeSchema } from './envelope.ts'

/** What one may be told. `ping` is only ever sent on request. */
const webhookEvents = ['job.completed', 'job.failed', 'analysis.completed', 'proposal.changed'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

export const deliveryStates = ['waiting', 'sending', 'delivered', 'failed'] as const

/**
 * The body of every request that mdraft sends: what happened to what, and no content. Headers `webhook-id`,
 * `webhook-timestamp`, `webhook-signature` prove it. The same id may come twice.
 */
const webhookPayloadSchema = z.object({
  type: z.enum([...webhookEvents, 'ping']),
  timestamp: timeSchema,
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})
export type WebhookPayload = z.infer<typeof webhookPayloadSchema>

export const webhookSchema = z.object({
  id: idSchema,
  url: z.string(),
  description: z.string(),
  events: z.array(z.enum(webhookEvents)),
  active: z.boolean(),
  /** Why it was switched off by itself; null: it was not. */
  disabled_reason: z.string().nullable(),
  /** Since when nothing got through; null: the last one did. */
  failing_since: timeSchema.nullable(),
  /** Until when the secret before the present one signs too. */
  previous_secret_until: timeSchema.nullable(),
  created_at: timeSchema,
  updated_at: timeSchema,
})
export type Webhook = z.infer<typeof webhookSchema>
/** The only answers that hold the secret: making it and changing it. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() })

const url = z.url({ protocol: /^https?$/ }).max(2_000)
const events = z
  .array(z.enum(webhookEvents))
  .min(1)
  .transform((list) => [...new Set(list)])
const description = z.string().trim().max(255)

export const createWebhookSchema = z.strictObject({
  url,
  events: events.default([...webhookEvents]),
  description: description.default(''),
})
/** `active: true` also forgives what failed. */
export const changeWebhookSchema = z.strictObject({
  url: url.optional(),
  events: events.optional(),
  description: description.optional(),
  active: z.boolean().optional(),
})

export const attemptSchema = z.object({
  at: timeSchema,
  /** The status of the answer; null: there was none. */
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  ms: z.number().int(),
})
export const deliverySchema = z.object({
  id: idSchema,
  event: z.string(),
  status: z.enum(deliveryStates),
  attempts: z.number().int(),
  next_attempt_at: timeSchema.nullable(),
  delivered_at: timeSchema.nullable(),
  created_at: timeSchema,
  /** The newest twenty, oldest first. */
  log: z.array(attemptSchema),
  payload: webhookPayloadSchema,
})
export type Delivery = z.infer<typeof deliverySchema>
