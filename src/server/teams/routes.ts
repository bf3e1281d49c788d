import { z } from 'zod'
import { bounds } from '../../contract/bounds.ts'
import { idSchema, success } from '../../contract/envelope.ts'
import {
  changeMemberSchema,
  invitationSchema,
  inviteSchema,
  joinSchema,
  nameTeamSchema,
  teamSchema,
  teamSummarySchema,
} from '../../contract/teams.ts'
import { type App, failures, forPersons, ok } from '../http.ts'
import type { Throttle } from '../rates.ts'
import type { TeamService } from './service.ts'

const shared = { tags: ['teams'], ...forPersons }
const byId = z.object({ id: idSchema })
const byMember = z.object({ id: idSchema, user_id: idSchema })
const byInvitation = z.object({ id: idSchema, invitation_id: idSchema })
const one = { 200: success(teamSchema), ...failures }
const nothing = { 200: success(z.null()), ...failures }

const HOUR = 3_600_000
/** An invitation is a letter to a stranger, with words of the sender's in it. */
const letters: readonly Throttle[] = [
  {
    name: 'letters-to',
    rate: { max: 20, windowMs: HOUR },
    key: ({ actor, body }) => `${actor.id} ${(body as { email: string }).email}`,
  },
  { name: 'letters-from', rate: { max: 60, windowMs: HOUR }, key: ({ actor }) => actor.id },
]

export const teamRoutes =
  ({ teams }: { teams: TeamService }) =>
  async (app: App): Promise<void> => {
    app.get(
      '/api/teams',
      {
        schema: {
          ...shared,
          summary: 'Your teams',
          response: { 200: success(z.array(teamSummarySchema).max(bounds.teams)), ...failures },
        },
      },
      async ({ actor }) => ok(await teams.list(actor)),
    )
    app.post(
      '/api/teams',
      {
        config: { repeatable: true },
        schema: {
          ...shared,
          summary: 'Make a team; you own it',
          body: nameTeamSchema,
          response: { 201: success(teamSchema), ...failures },
        },
      },
      async ({ actor, body }, reply) => reply.code(201).send(ok(await teams.create(actor, body.name))),
    )
    app.get(
      '/api/teams/:id',
      { schema: { ...shared, summary: 'One team with its members', params: byId, response: one } },
      async ({ actor, params }) => ok(await teams.get(actor, params.id)),
    )
    app.put(
      '/api/teams/:id',
      { schema: { ...shared, summary: 'Rename a team', params: byId, body: nameTeamSchema, response: one } },
      async ({ actor, params, body }) => ok(await teams.rename(actor, params.id, body.name)),
    )
    app.delete(
      '/api/teams/:id',
      { schema: { ...shared, summary: 'Delete a team and its proposals', params: byId, response: nothing } },
      async ({ actor, params }) => {
        await teams.remove(actor, params.id)
        return ok(null, 'The team is deleted.')
      },
    )
    app.post(
      '/api/teams/:id/invitations',
      {
        config: { repeatable: true, throttles: letters },
        schema: {
          ...shared,
          summary: 'Invite an address',
          params: byId,
          body: inviteSchema,
          response: { 201: success(invitationSchema), ...failures },
        },
      },
      async ({ actor, params, body }, reply) =>
        reply.code(201).send(ok(await teams.invite(actor, params.id, body))),
    )
    app.delete(
      '/api/teams/:id/invitations/:invitation_id',
      { schema: { ...shared, summary: 'Withdraw an invitation', params: byInvitation, response: nothing } },
      async ({ actor, params }) => {
        await teams.withdraw(actor, params.id, params.invitation_id)
        return ok(null, 'The invitation is withdrawn.')
      },
    )
    app.post(
      '/api/teams/join',
      { schema: { ...shared, summary: 'Accept an invitation', body: joinSchema, response: one } },
      async ({ actor, body }) => ok(await teams.join(actor, body.token), 'Welcome to the team'),
    )
    app.put(
      '/api/teams/:id/members/:user_id',
      {
        schema: {
          ...shared,
          summary: 'Change what a member may do',
          params: byMember,
          body: changeMemberSchema,
          response: one,
        },
      },
      async ({ actor, params, body }) =>
        ok(await teams.changeMember(actor, params.id, params.user_id, body.role)),
    )
    app.delete(
      '/api/teams/:id/members/:user_id',
      { schema: { ...shared, summary: 'Take a member out, or leave', params: byMember, response: nothing } },
      async ({ actor, params }) => {
        await teams.removeMember(actor, params.id, params.user_id)
        return ok(null, 'The member is out of the team.')
      },
    )
  }
