/** What administrators ask and do. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import {
  adminJobSchema,
  adminLimitsSchema,
  adminTeamSchema,
  adminUserSchema,
  auditEntrySchema,
  type changeUserSchema,
  invitedSchema,
  queuesSchema,
  storageSchema,
} from '../../src/contract/admin.ts'
import type { Job } from '../../src/contract/documents.ts'
import { pageOf } from '../../src/contract/envelope.ts'
import type { Plan } from '../../src/contract/plans.ts'
import { call } from './client.ts'

const listOf = <T extends z.ZodType>(key: string, item: T, asked: Readonly<Record<string, string>> = {}) =>
  infiniteQueryOptions({
    queryKey: ['admin', key, asked],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ limit: '50', ...asked })
      if (pageParam) query.set('cursor', pageParam)
      return call(`/api/admin/${key}?${query}`, pageOf(item), { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const usersQuery = (search: string) => listOf('users', adminUserSchema, search ? { search } : {})
export const changeUser = (id: string, body: z.input<typeof changeUserSchema>) =>
  call(`/api/admin/users/${id}`, adminUserSchema, { method: 'PUT', body })

export const invitedQuery = listOf('invited', invitedSchema)
export const inviteAddress = (body: { email: string; plan: Plan }) =>
  call('/api/admin/invited', z.null(), { body })
export const uninviteAddress = (email: string) =>
  call(`/api/admin/invited/${encodeURIComponent(email)}`, z.null(), { method: 'DELETE' })

export const adminTeamsQuery = listOf('teams', adminTeamSchema)
export const setTeamPlan = (id: string, plan: Plan) =>
  call(`/api/admin/teams/${id}`, adminTeamSchema, { method: 'PUT', body: { plan } })

/** What the queue does is seen while it does it. */
const LOOK_MS = 5_000
export const adminJobsQuery = (status: Job['status'] | '') => ({
  ...listOf('jobs', adminJobSchema, status ? { status } : {}),
  refetchInterval: LOOK_MS,
})
export const deadLettersQuery = { ...listOf('dead-letters', adminJobSchema), refetchInterval: LOOK_MS }
export const redrive = (id: string) =>
  call(`/api/admin/dead-letters/${id}/redrive`, adminJobSchema, { method: 'POST' })

export const queuesQuery = queryOptions({
  queryKey: ['admin', 'queues'],
  queryFn: ({ signal }) => call('/api/admin/queues', queuesSchema, { signal }),
  refetchInterval: LOOK_MS,
})
export const storageQuery = queryOptions({
  queryKey: ['admin', 'storage'],
  queryFn: ({ signal }) => call('/api/admin/storage', storageSchema, { signal }),
})
export const limitsQuery = queryOptions({
  queryKey: ['admin', 'limits'],
  queryFn: ({ signal }) => call('/api/admin/limits', adminLimitsSchema, { signal }),
})
export const auditQuery = (action: string) => listOf('audit', auditEntrySchema, action ? { action } : {})
