/** The four analyses of a solicitation: `POST /api/rfp/{type}`. */
import { z } from 'zod'
import {
  type AnalysisType,
  agentRunSchema,
  analysisSchema,
  analysisTypes,
  exportFormats,
  sentenceSchema,
} from '../rfp/findings.ts'
import { jobStates, problemSchema } from './documents.ts'
import { idSchema, pageQuerySchema, timeSchema } from './envelope.ts'

export * from '../rfp/findings.ts'

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

/** The four results of a solicitation, which are made together, or what one prompt found. */
const analysisKinds = ['analysis', 'prompt'] as const

/** `GET /api/analyses`. With a document: all analyses of it that one may read, also those of the team. */
export const analysesQuerySchema = pageQuerySchema.extend({
  conversion_id: idSchema.optional(),
  type: z.enum(analysisKinds).optional(),
})
export type AnalysesQuery = z.infer<typeof analysesQuerySchema>

export const analysisSummarySchema = z.object({
  id: idSchema,
  type: z.enum(analysisKinds),
  /** The name of the prompt; null: the four analyses. */
  agent: z.string().nullable(),
  /** Null when plain text was analysed. */
  conversion_id: idSchema.nullable(),
  job_id: idSchema,
  filename: z.string(),
  status: z.enum(jobStates),
  /** What makes it: the rules of a version, with the name of the model where one takes part. */
  engine: z.string(),
  created_at: timeSchema,
  expires_at: timeSchema.nullable(),
})
export type AnalysisSummary = z.infer<typeof analysisSummarySchema>

/** `GET /api/analyses/{id}`: the whole analysis once it is completed. */
export const analysisDetailSchema = z.object({
  id: idSchema,
  /** Null when plain text was analysed. */
  conversion_id: idSchema.nullable(),
  /** Null when the answer was given at once. */
  job_id: idSchema.nullable(),
  status: z.enum(jobStates),
  analysis: analysisSchema.nullable(),
  /** In its place, when it is the run of a prompt. */
  run: agentRunSchema.nullable(),
  error: problemSchema.nullable(),
  created_at: timeSchema,
})
export type AnalysisDetail = z.infer<typeof analysisDetailSchema>

/** `GET /api/analyses/{id}/coverage`: every sentence and what became of it; null: the analysis is older than that. */
export const coverageSchema = z.object({ sentences: z.array(sentenceSchema).nullable() })

const analysisDownloadFormats = [...exportFormats, 'highlighted'] as const
/** `GET /api/analyses/{id}/download`. CSV holds one table: of all four it is the compliance matrix. */
export const analysisDownloadQuerySchema = z.object({
  format: z.enum(analysisDownloadFormats).default('json'),
  type: z.enum([...(Object.keys(analysisTypes) as AnalysisType[]), 'all']).default('all'),
})
export type AnalysisDownload = z.infer<typeof analysisDownloadQuerySchema>

/** `POST /api/rfp/compare`: two finished conversions, the older one first. */
export const compareRequestSchema = z.strictObject({
  old_conversion_id: idSchema,
  new_conversion_id: idSchema,
})
export type CompareRequest = z.infer<typeof compareRequestSchema>
