/** Proposals: the list, one with its documents, its matrix, and what is said and done about it. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { pageOf } from '../../src/contract/envelope.ts'
import {
  amendedMatrixSchema,
  type changeRowSchema,
  commentSchema,
  createdShareSchema,
  type createProposalSchema,
  type documentRoles,
  filledMatrixSchema,
  importedMatrixSchema,
  type MatrixRow,
  matrixRowSchema,
  proposalEventSchema,
  proposalSchema,
  type proposalStates,
  sharedSchema,
  shareSchema,
  type updateProposalSchema,
} from '../../src/contract/proposals.ts'
import { call, callWith } from './client.ts'
import { queryClient } from './queries.ts'

export type ProposalState = (typeof proposalStates)[number]
export type DocumentRole = (typeof documentRoles)[number]
export type RowChange = Omit<z.input<typeof changeRowSchema>, 'version'>
export type ProposalEvent = z.infer<typeof proposalEventSchema>

export type ProposalFilter = {
  readonly status?: ProposalState
  readonly team?: string
  readonly trash?: true
}

export const proposalsQuery = (filter: ProposalFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['proposals', 'list', filter],
    queryFn: ({ signal, pageParam }) => {
      const asked = new URLSearchParams({ limit: '50' })
      if (filter.status) asked.set('status', filter.status)
      if (filter.team) asked.set('team_id', filter.team)
      if (filter.trash) asked.set('trash', 'true')
      if (pageParam) asked.set('cursor', pageParam)
      return call(`/api/proposals?${asked}`, pageOf(proposalSchema), { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const proposalQuery = (id: string) =>
  queryOptions({
    queryKey: ['proposals', 'one', id],
    queryFn: ({ signal }) => call(`/api/proposals/${id}`, proposalSchema, { signal }),
  })

export const createProposal = (body: z.input<typeof createProposalSchema>) =>
  call('/api/proposals', proposalSchema, { body })
export const updateProposal = (id: string, body: z.input<typeof updateProposalSchema>) =>
  call(`/api/proposals/${id}`, proposalSchema, { method: 'PUT', body })
export const removeProposal = (id: string, forever = false) =>
  call(`/api/proposals/${id}${forever ? '?forever=true' : ''}`, z.null(), { method: 'DELETE' })
export const restoreProposal = (id: string) =>
  call(`/api/proposals/${id}/restore`, proposalSchema, { method: 'POST' })
export const putDocument = (id: string, conversionId: string, role: DocumentRole) =>
  call(`/api/proposals/${id}/documents/${conversionId}`, proposalSchema, { method: 'PUT', body: { role } })
export const takeDocument = (id: string, conversionId: string) =>
  call(`/api/proposals/${id}/documents/${conversionId}`, proposalSchema, { method: 'DELETE' })

/** What one of them became: every list and page shows it next. */
export function refreshProposals(): void {
  queryClient.invalidateQueries({ queryKey: ['proposals'] })
}

/** All rows: people sort and search through the whole matrix. */
export const matrixQuery = (id: string) =>
  queryOptions({
    queryKey: ['proposals', 'matrix', id],
    queryFn: async ({ signal }) => {
      const rows: MatrixRow[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const page: { items: MatrixRow[]; next: string | null } = await call(
          `/api/proposals/${id}/matrix?limit=500${after}`,
          pageOf(matrixRowSchema),
          { signal },
        )
        rows.push(...page.items)
        cursor = page.next
      }
      return rows
    },
  })
export const fillMatrix = (id: string, analysisId: string) =>
  call(`/api/proposals/${id}/matrix`, filledMatrixSchema, { body: { analysis_id: analysisId } })
/** The analysis of a newer version: rows that changed are open again, all others keep their work. */
export const amendMatrix = (id: string, analysisId: string) =>
  call(`/api/proposals/${id}/matrix/amend`, amendedMatrixSchema, { body: { analysis_id: analysisId } })
export const changeRow = (id: string, rowId: string, body: RowChange & { version: number }) =>
  call(`/api/proposals/${id}/matrix/${rowId}`, matrixRowSchema, { method: 'PUT', body })

export const commentsQuery = (id: string, rowId: string | null) =>
  queryOptions({
    queryKey: ['proposals', 'comments', id, rowId],
    queryFn: async ({ signal }) => {
      const of = rowId ? `&matrix_row_id=${rowId}` : ''
      const page = await call(`/api/proposals/${id}/comments?limit=100${of}`, pageOf(commentSchema), {
        signal,
      })
      return page.items
    },
  })
export const writeComment = (id: string, body: string, rowId: string | null) =>
  call(`/api/proposals/${id}/comments`, commentSchema, { body: { body, matrix_row_id: rowId } })
export const removeComment = (id: string, commentId: string) =>
  call(`/api/proposals/${id}/comments/${commentId}`, z.null(), { method: 'DELETE' })

export const activityQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['proposals', 'activity', id],
    queryFn: ({ signal, pageParam }) =>
      call(
        `/api/proposals/${id}/activity?limit=100${pageParam && `&cursor=${encodeURIComponent(pageParam)}`}`,
        pageOf(proposalEventSchema),
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const sharesQuery = (id: string) =>
  queryOptions({
    queryKey: ['proposals', 'shares', id],
    queryFn: ({ signal }) => call(`/api/proposals/${id}/shares`, z.array(shareSchema), { signal }),
  })
export const createShare = (id: string, days: number) =>
  call(`/api/proposals/${id}/shares`, createdShareSchema, { body: { days } })
export const removeShare = (id: string, shareId: string) =>
  call(`/api/proposals/${id}/shares/${shareId}`, z.null(), { method: 'DELETE' })
export const sharedQuery = (token: string) =>
  queryOptions({
    queryKey: ['shared', token],
    queryFn: ({ signal }) => call(`/api/shared/${encodeURIComponent(token)}`, sharedSchema, { signal }),
  })

/** What an edited spreadsheet changes; `apply`: and changes it. */
export const importMatrix = (id: string, file: File, how: { apply: boolean; conflicts: 'keep' | 'take' }) => {
  const asked = new URLSearchParams({ apply: String(how.apply), conflicts: how.conflicts })
  return callWith(`/api/proposals/${id}/matrix/import?${asked}`, importedMatrixSchema, {
    method: 'POST',
    body: file,
    headers: { 'content-type': spreadsheetType(file.name) },
  })
}
/** A browser tells the type by what is installed; the name is surer. */
const spreadsheetType = (name: string): string => {
  if (/\.xlsx$/i.test(name)) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return /\.ods$/i.test(name) ? 'application/vnd.oasis.opendocument.spreadsheet' : 'text/csv'
}
