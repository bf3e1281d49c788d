/** Accounts, sessions and API keys. */
import { z } from 'zod'
import { idSchema, timeSchema } from './envelope.ts'

/** What a key may do. A session may do everything its user may. */
export const scopes = [
  'documents:read',
  'documents:write',
  'analyses:read',
  'analyses:write',
  'proposals:read',
  'proposals:write',
] as const
export const plans = ['free', 'friends', 'pro', 'team'] as const

const email = z
  .email()
  .max(255)
  .transform((text) => text.toLowerCase())
const password = z.string().min(8).max(128)

export const accountSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  email_verified: z.boolean(),
  role: z.enum(['user', 'admin']),
  plan: z.enum(plans),
  created_at: timeSchema,
  last_login_at: timeSchema.nullable(),
})
export type Account = z.infer<typeof accountSchema>

export const signUpSchema = z.strictObject({ email, password, name: z.string().trim().max(255).default('') })
/** `signed_in` is false when the address must be proved first. */
export const signedUpSchema = z.object({ signed_in: z.boolean(), account: accountSchema.nullable() })
export const signInSchema = z.strictObject({
  email,
  password: z.string().max(128),
  remember: z.boolean().default(true),
})
export const emailSchema = z.strictObject({ email })
export const tokenSchema = z.strictObject({ token: z.string().min(1).max(2_000) })
export const resetSchema = z.strictObject({ token: z.string().min(1).max(200), password })
export const changePasswordSchema = z.strictObject({ current: z.string().max(128), password })
export const changeAccountSchema = z.strictObject({ name: z.string().trim().max(255) })
export const deleteAccountSchema = z.strictObject({ password: z.string().max(128).optional() })
export const providerSchema = z.strictObject({ provider: z.enum(['google', 'oidc']) })

export const accountSessionSchema = z.object({
  id: idSchema,
  current: z.boolean(),
  user_agent: z.string().nullable(),
  ip_address: z.string().nullable(),
  created_at: timeSchema,
  updated_at: timeSchema,
  expires_at: timeSchema,
})
export type AccountSession = z.infer<typeof accountSessionSchema>

export const keySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The first characters, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(z.enum(scopes)),
  expires_at: timeSchema.nullable(),
  last_used_at: timeSchema.nullable(),
  created_at: timeSchema,
})
export type ApiKey = z.infer<typeof keySchema>
export const createKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1),
  expires_in_days: z.number().int().min(1).max(3_650).nullable().default(null),
})
/** The only answer that ever holds the key itself. */
export const createdKeySchema = keySchema.extend({ key: z.string() })
