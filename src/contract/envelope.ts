import { z } from 'zod'

/** Every answer with a body: `{"status":"success","data":…,"message":…}`. */
export const success = <T extends z.ZodType>(data: T) =>
  z.object({ status: z.literal('success'), data, message: z.string() })

/** Every failure. `message` says what and why, `fix` what to do; `request_id` finds it in the log. */
export const failureSchema = z.object({
  status: z.literal('error'),
  error: z.string().describe('A code for programs, for example `not_found`.'),
  message: z.string(),
  fix: z.string().optional(),
  request_id: z.string(),
  details: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .describe('One row for each field that was refused; `path` is a JSON pointer.'),
})
export type Failure = z.infer<typeof failureSchema>

export const idSchema = z.uuid()
/** RFC 3339, UTC. */
export const timeSchema = z.iso.datetime()

/** A page of a list; `next` is the cursor of the following page, null at the end. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() })
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
})
