/** Teams, their members and invitations. */
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { invitationSchema, type teamRoles, teamSchema, teamSummarySchema } from '../../src/contract/teams.ts'
import { call } from './client.ts'

export type TeamRole = (typeof teamRoles)[number]

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => call('/api/teams', z.array(teamSummarySchema), { signal }),
})
export const teamQuery = (id: string) =>
  queryOptions({
    queryKey: ['teams', id],
    queryFn: ({ signal }) => call(`/api/teams/${id}`, teamSchema, { signal }),
  })
export const createTeam = (name: string) => call('/api/teams', teamSchema, { body: { name } })
export const renameTeam = (id: string, name: string) =>
  call(`/api/teams/${id}`, teamSchema, { method: 'PUT', body: { name } })
export const removeTeam = (id: string) => call(`/api/teams/${id}`, z.null(), { method: 'DELETE' })
export const invite = (id: string, body: { email: string; role: TeamRole }) =>
  call(`/api/teams/${id}/invitations`, invitationSchema, { body })
export const withdrawInvitation = (id: string, invitationId: string) =>
  call(`/api/teams/${id}/invitations/${invitationId}`, z.null(), { method: 'DELETE' })
export const joinTeam = (token: string) => call('/api/teams/join', teamSchema, { body: { token } })
export const changeMember = (id: string, userId: string, role: TeamRole) =>
  call(`/api/teams/${id}/members/${userId}`, teamSchema, { method: 'PUT', body: { role } })
export const removeMember = (id: string, userId: string) =>
  call(`/api/teams/${id}/members/${userId}`, z.null(), { method: 'DELETE' })
