/** Health and operations: plain answers, as load balancers and monitors expect them. */
import { z } from 'zod'

export const healthSchema = z.object({ status: z.enum(['ok', 'database_error']) })

export const readinessSchema = z.object({
  status: z.enum(['ok', 'not_ready']),
  checks: z.record(z.string(), z.enum(['ok', 'failed'])),
})

export const migrationStatusSchema = z.object({
  migrated: z.boolean(),
  current: z.number().int(),
  expected: z.number().int(),
  pending: z.array(z.string()),
  /** The database is newer than this version of the program. */
  ahead: z.boolean(),
  problems: z.array(z.string()),
})

/** How many of each a cleanup deleted. */
export const receiptSchema = z.object({
  analyses: z.number().int(),
  documents: z.number().int(),
  proposals: z.number().int(),
  visitors: z.number().int(),
  deliveries: z.number().int(),
  files: z.number().int(),
})
