import { z } from 'zod'
import {
  analysesQuerySchema,
  analysisDetailSchema,
  analysisDownloadQuerySchema,
  analysisQueuedSchema,
  analysisSummarySchema,
  analyzedSchema,
  analyzeRequestSchema,
  compareRequestSchema,
  comparisonSchema,
  coverageSchema,
} from '../../contract/analyses.ts'
import { idSchema, pageOf, success } from '../../contract/envelope.ts'
import type { Rate } from '../../platform/config/config.ts'
import { type AnalysisType, analysisTypes } from '../../rfp/findings.ts'
import { type App, asFile, bytes, failures, goneSignal, isUnchanged, needs, ok } from '../http.ts'
import type { AnalysisService } from './service.ts'

type Needs = {
  readonly analyses: AnalysisService
  readonly limits: { readonly analysisRate: Rate; readonly textChars: number }
}

const tags = ['analyses']
const summaries: { readonly [T in AnalysisType]: string } = {
  'compliance-matrix': 'Every requirement, quoted from its place',
  'evaluation-criteria': 'Factors, weights and points',
  'annotated-outline': 'The sections a proposal needs, with what belongs in each',
  'submission-checklist': 'Dates, addresses, formats, forms and limits',
}

export const analysisRoutes =
  ({ analyses, limits }: Needs) =>
  async (app: App): Promise<void> => {
    for (const type of Object.keys(analysisTypes) as AnalysisType[])
      app.post(
        `/api/rfp/${type}`,
        {
          config: { rate: limits.analysisRate, repeatable: true },
          // A character of text takes up to six bytes in JSON (\uXXXX).
          bodyLimit: limits.textChars * 6 + 1_024,
          schema: {
            ...needs('analyses:write'),
            tags,
            summary: summaries[type],
            description:
              'Analyses a finished conversion or a text of at least 100 characters. Answers 200 with the result, or 202 with a job when it takes longer.',
            body: analyzeRequestSchema,
            response: { 200: success(analyzedSchema), 202: success(analysisQueuedSchema), ...failures },
          },
        },
        async (request, reply) => {
          const answer = await analyses.request(request.actor, type, request.body, request.id)
          const { analysis_id } = answer
          if (answer.ready) return reply.send(ok({ analysis_id, analysis: answer.analysis }))
          return reply
            .code(202)
            .header('location', `/api/jobs/${answer.job_id}`)
            .send(ok({ analysis_id, job_id: answer.job_id }, 'The analysis goes on; ask for its job.'))
        },
      )

    app.get(
      '/api/analyses',
      {
        schema: {
          ...needs('analyses:read'),
          tags,
          summary: 'Your analyses and runs of prompts, newest first',
          description:
            '`type`: `analysis` for the four results of a solicitation, which are made together; `prompt` for what a prompt found. `conversion_id`: those of one document, also the ones that others of your team made.',
          querystring: analysesQuerySchema,
          response: { 200: success(pageOf(analysisSummarySchema)), ...failures },
        },
      },
      async (request) => ok(await analyses.list(request.actor, request.query)),
    )

    app.get(
      '/api/analyses/:id',
      {
        schema: {
          ...needs('analyses:read'),
          tags,
          summary: 'One analysis, whole',
          params: z.object({ id: idSchema }),
          response: { 200: success(analysisDetailSchema), ...failures },
        },
      },
      async (request) => ok(await analyses.get(request.actor, request.params.id)),
    )

    app.get(
      '/api/analyses/:id/coverage',
      {
        schema: {
          ...needs('analyses:read'),
          tags,
          summary: 'Every sentence of the document and what became of it',
          params: z.object({ id: idSchema }),
          response: { 200: success(coverageSchema), ...failures },
        },
      },
      async (request) => ok(await analyses.coverage(request.actor, request.params.id)),
    )

    app.post(
      '/api/rfp/compare',
      {
        config: { rate: limits.analysisRate },
        schema: {
          ...needs('analyses:write'),
          tags,
          summary: 'What changed between two versions of a solicitation, word by word',
          description:
            'The new version may repeat the old one, or be an amendment or answers that say only what changes.',
          body: compareRequestSchema,
          response: { 200: success(comparisonSchema), ...failures },
        },
      },
      async (request, reply) => ok(await analyses.compare(request.actor, request.body, goneSignal(reply))),
    )

    app.get(
      '/api/analyses/:id/download',
      {
        config: { rate: limits.analysisRate },
        schema: {
          ...needs('analyses:read'),
          tags,
          summary: 'Download an analysis, or its PDF with the requirements highlighted',
          description:
            'All four results or one (`type`). Word with `type=annotated-outline` is a template of the response. CSV holds one table: of all it is the compliance matrix.',
          params: z.object({ id: idSchema }),
          querystring: analysisDownloadQuerySchema,
          response: { ...bytes('The analysis in the format asked for'), ...failures },
        },
      },
      async (request, reply) => {
        const { actor, params, query } = request
        const file = await analyses.download(actor, params.id, query, goneSignal(reply))
        asFile(reply, file)
        if (isUnchanged(request, file.etag)) return reply.code(304).send(undefined)
        return reply.send(Buffer.from(file.bytes))
      },
    )
  }
