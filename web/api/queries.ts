/** What the pages ask for, with the keys it is cached under. */
import { QueryClient, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { analysisDetailSchema, analysisQueuedSchema, analyzedSchema } from '../../src/contract/analyses.ts'
import { conversionSchema, type downloadFormats, type Job, jobSchema } from '../../src/contract/documents.ts'
import { pageOf } from '../../src/contract/envelope.ts'
import { proposalSchema } from '../../src/contract/proposals.ts'
import { ApiError, call, introduce, send } from './client.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; a server that is away may come back.
      retry: (count, error) =>
        count < 3 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
    },
  },
})

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await introduce()) ?? null,
  staleTime: Number.POSITIVE_INFINITY,
})

export const isActive = (job: { status: Job['status'] }): boolean =>
  job.status === 'queued' || job.status === 'processing'

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => call('/api/jobs?limit=50', pageOf(jobSchema), { signal }),
  refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 2_000 : false),
})

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => call(`/api/jobs/${id}`, jobSchema, { signal }),
  })

export const conversionQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversions', id],
    queryFn: ({ signal }) => call(`/api/conversions/${id}`, conversionSchema, { signal }),
  })

export const analysisQuery = (id: string) =>
  queryOptions({
    queryKey: ['analyses', id],
    queryFn: ({ signal }) => call(`/api/analyses/${id}`, analysisDetailSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data && isActive(state.data) ? 1_500 : false),
  })

export const proposalsQuery = queryOptions({
  queryKey: ['proposals'],
  queryFn: ({ signal }) => call('/api/proposals?limit=100', pageOf(proposalSchema), { signal }),
})

export const proposalQuery = (id: string) =>
  queryOptions({
    queryKey: ['proposals', id],
    queryFn: ({ signal }) => call(`/api/proposals/${id}`, proposalSchema, { signal }),
  })

type DownloadFormat = (typeof downloadFormats)[number]
export const downloadUrl = (jobId: string, format: DownloadFormat): string =>
  `/api/jobs/${jobId}/download?format=${format}`

export const textQuery = (jobId: string, format: DownloadFormat) =>
  queryOptions({
    queryKey: ['downloads', jobId, format],
    queryFn: async ({ signal }) => (await send(downloadUrl(jobId, format), { signal })).text(),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** All four analyses come from one run; the first endpoint starts it. */
export async function startAnalysis(conversionId: string): Promise<string> {
  const started = await call('/api/rfp/compliance-matrix', z.union([analyzedSchema, analysisQueuedSchema]), {
    body: { conversion_id: conversionId },
  })
  return started.analysis_id
}

export const cancelJob = (id: string) => send(`/api/jobs/${id}`, { method: 'DELETE' })
export const removeConversion = (id: string) => send(`/api/conversions/${id}`, { method: 'DELETE' })

export const createProposal = (title: string) => call('/api/proposals', proposalSchema, { body: { title } })
export const updateProposal = (id: string, body: object) =>
  call(`/api/proposals/${id}`, proposalSchema, { method: 'PUT', body })
export const removeProposal = (id: string) => send(`/api/proposals/${id}`, { method: 'DELETE' })
