/** `GET /api/session`: who the server takes the caller for, and what it may do. */
import { z } from 'zod'
import { accountSchema } from './accounts.ts'

export const sessionSchema = z.object({
  kind: z.enum(['visitor', 'user']),
  account: accountSchema.nullable(),
  /** Other ways to sign in than a password. */
  providers: z.array(z.enum(['google', 'oidc'])),
  limits: z.object({
    upload_bytes: z.number().int(),
    text_chars: z.number().int(),
    /** Days until what a visitor makes is deleted; null: it is kept. */
    retention_days: z.number().int().nullable(),
  }),
  formats: z.array(
    z.object({
      format: z.string(),
      title: z.string(),
      mime: z.array(z.string()),
      extensions: z.array(z.string()),
    }),
  ),
})
export type Session = z.infer<typeof sessionSchema>
