/** The four analyses of a solicitation: `POST /api/rfp/{type}`. */
import { z } from 'zod'
import { analysisSchema } from '../rfp/findings.ts'
import { idSchema } from './envelope.ts'

/** Either a finished conversion, or plain text or Markdown (length limits are configuration). */
export const analyzeRequestSchema = z.union([
  z.strictObject({ conversion_id: idSchema }),
  z.strictObject({ text: z.string(), filename: z.string().max(255).optional() }),
])
export type AnalyzeRequest = z.infer<typeof analyzeRequestSchema>

/** 200: the result. The whole analysis is kept; each endpoint answers with its own part and what all share. */
export const analyzedSchema = z.object({ analysis_id: idSchema, analysis: analysisSchema.partial() })
/** 202: the work goes on; ask `GET /api/jobs/{id}`, then `GET /api/analyses/{analysis_id}`. */
export const analysisQueuedSchema = z.object({ job_id: idSchema, analysis_id: idSchema })
