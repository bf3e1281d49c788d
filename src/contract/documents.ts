/** Uploads, jobs and conversions. */
import { z } from 'zod'
import { boxSchema } from '../rfp/findings.ts'
import { idSchema, pageQuerySchema, timeSchema } from './envelope.ts'

export const jobStates = ['queued', 'processing', 'completed', 'failed', 'cancelled'] as const
export const jobKinds = ['conversion', 'analysis'] as const

export const progressSchema = z.object({
  stage: z.enum(['queued', 'reading', 'recognising', 'laying-out', 'writing', 'analysing', 'done']),
  page: z.number().int().nullable(),
  pages: z.number().int().nullable(),
})

export const problemSchema = z.object({ code: z.string(), message: z.string(), fix: z.string().nullable() })

export const jobSchema = z.object({
  id: idSchema,
  kind: z.enum(jobKinds),
  status: z.enum(jobStates),
  filename: z.string(),
  progress: progressSchema,
  error: problemSchema.nullable(),
  conversion_id: idSchema.nullable(),
  analysis_id: idSchema.nullable(),
  attempts: z.number().int(),
  created_at: timeSchema,
  started_at: timeSchema.nullable(),
  completed_at: timeSchema.nullable(),
  expires_at: timeSchema.nullable(),
})
export type Job = z.infer<typeof jobSchema>

/** An event of `GET /api/jobs/{id}/events`; the SSE id is its sequence number. */
export const jobEventSchema = z.object({
  seq: z.number().int(),
  status: z.enum(jobStates),
  progress: progressSchema,
  error: problemSchema.nullable(),
})
export type JobEvent = z.infer<typeof jobEventSchema>

/** Fields of the multipart form of `POST /api/upload` beside `file`. */
export const uploadFieldsSchema = z.strictObject({
  ocr: z.enum(['auto', 'always', 'never']).default('auto'),
  /** Codes of the languages to recognise, for example `eng,deu`. */
  languages: z
    .string()
    .regex(/^[a-z_]{3,8}(,[a-z_]{3,8}){0,7}$/)
    .default('eng'),
})

export const uploadedSchema = z.object({
  job_id: idSchema,
  conversion_id: idSchema,
  status: z.enum(jobStates),
  /** True when the same bytes were sent before: the conversion that is finished, or under way, is returned. */
  reused: z.boolean(),
})
export type Uploaded = z.infer<typeof uploadedSchema>

export const jobsQuerySchema = pageQuerySchema.extend({ status: z.enum(jobStates).optional() })

const warningSchema = z.object({
  code: z.string(),
  level: z.enum(['loss', 'doubt', 'note']),
  message: z.string(),
  more: z.number().int().optional(),
  page: z.number().int().nullable(),
  boxes: z.array(boxSchema),
})

/** Characters `[start, end)` of the Markdown, the block they print, and its place in the source. */
const sourceRangeSchema = z.object({
  start: z.number().int(),
  end: z.number().int(),
  block: z.string(),
  page: z.number().int().nullable(),
  boxes: z.array(boxSchema),
  path: z.string().nullable(),
})
export type SourceRangeRow = z.infer<typeof sourceRangeSchema>

export const conversionSummarySchema = z.object({
  id: idSchema,
  /** The job that made it: progress, events, cancelling and downloads go by this id. */
  job_id: idSchema,
  /** The newest analysis of it, if there is one. */
  analysis_id: idSchema.nullable(),
  filename: z.string(),
  status: z.enum(jobStates),
  format: z.string().nullable(),
  pages: z.number().int().nullable(),
  partial: z.boolean(),
  sha256: z.string(),
  original_mime: z.string(),
  original_size: z.number().int(),
  proposal_id: idSchema.nullable(),
  created_at: timeSchema,
  expires_at: timeSchema.nullable(),
})
export type ConversionSummary = z.infer<typeof conversionSummarySchema>

export const conversionSchema = conversionSummarySchema.extend({
  markdown: z.string().nullable(),
  /** Size of each page in points, so that boxes can be drawn. */
  page_sizes: z.array(z.object({ page: z.number().int(), width: z.number(), height: z.number() })),
  map: z.array(sourceRangeSchema),
  warnings: z.array(warningSchema),
  error: problemSchema.nullable(),
})
export type ConversionDetail = z.infer<typeof conversionSchema>

export const downloadFormats = ['markdown', 'json', 'html', 'text', 'chunks', 'source'] as const
export const downloadQuerySchema = z.object({ format: z.enum(downloadFormats).default('markdown') })
