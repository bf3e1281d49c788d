/** What the pages ask for, with the keys it is cached under. */
import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import {
  type AnalysesQuery,
  analysisDetailSchema,
  analysisQueuedSchema,
  analysisSummarySchema,
  analyzedSchema,
  coverageSchema,
} from '../../src/contract/analyses.ts'
import { conversionSchema, type downloadFormats, type Job, jobSchema } from '../../src/contract/documents.ts'
import { pageOf } from '../../src/contract/envelope.ts'
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

export type AnalysisFilter = NonNullable<AnalysesQuery['type']> | ''

export const analysesQuery = (type: AnalysisFilter) =>
  infiniteQueryOptions({
    queryKey: ['analyses', 'list', type],
    queryFn: ({ signal, pageParam }) => {
      const asked = new URLSearchParams({ limit: '50' })
      if (type) asked.set('type', type)
      if (pageParam) asked.set('cursor', pageParam)
      return call(`/api/analyses?${asked}`, pageOf(analysisSummarySchema), { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isActive)) ? 2_000 : false,
  })

export const coverageQuery = (analysisId: string) =>
  queryOptions({
    queryKey: ['coverage', analysisId],
    queryFn: ({ signal }) => call(`/api/analyses/${analysisId}/coverage`, coverageSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
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

const WAIT_MS = 1_000

/** The finished analysis of a document: the one that is there, or a new one. */
export async function analysisOf(conversion: { id: string; analysis_id: string | null }) {
  const id = conversion.analysis_id ?? (await startAnalysis(conversion.id))
  queryClient.invalidateQueries({ queryKey: ['conversions'] })
  for (;;) {
    const found = await call(`/api/analyses/${id}`, analysisDetailSchema)
    if (found.analysis) return { id, analysis: found.analysis }
    if (!isActive(found))
      throw new ApiError(0, {
        error: found.error?.code ?? 'internal',
        message: found.error?.message ?? 'The document could not be analysed.',
        ...(found.error?.fix ? { fix: found.error.fix } : {}),
      })
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  }
}

export const cancelJob = (id: string) => send(`/api/jobs/${id}`, { method: 'DELETE' })
export const removeConversion = (id: string) => send(`/api/conversions/${id}`, { method: 'DELETE' })
