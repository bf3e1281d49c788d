import { z } from 'zod'
import {
  adminJobSchema,
  adminJobsQuerySchema,
  adminLimitsSchema,
  adminTeamSchema,
  adminUserSchema,
  adminUsersQuerySchema,
  auditEntrySchema,
  auditQuerySchema,
  changeTeamPlanSchema,
  changeUserSchema,
  invitedParamsSchema,
  invitedSchema,
  inviteEmailSchema,
  queuesSchema,
  storageSchema,
} from '../../contract/admin.ts'
import { idSchema, pageOf, pageQuerySchema, success } from '../../contract/envelope.ts'
import { administrator } from '../actor.ts'
import type { AuditService } from '../audit/service.ts'
import { type App, failures, forAdministrators, ok } from '../http.ts'
import type { AdminService } from './service.ts'

type Needs = { readonly admin: AdminService; readonly audit: AuditService }

const byId = z.object({ id: idSchema })
const about = <T extends z.ZodType>(summary: string, data: T) => ({
  ...forAdministrators,
  tags: ['administration'],
  summary,
  response: { 200: success(data), ...failures },
})

export const adminRoutes =
  ({ admin, audit }: Needs) =>
  async (app: App): Promise<void> => {
    // Before a body is judged: what is wrong with it would tell that there is something.
    app.addHook('preValidation', async ({ actor }) => void administrator(actor))

    app.get(
      '/api/admin/users',
      {
        schema: {
          ...about('All accounts, newest first', pageOf(adminUserSchema)),
          querystring: adminUsersQuerySchema,
        },
      },
      async ({ actor, query }) => ok(await admin.users(actor, query)),
    )
    app.get(
      '/api/admin/users/:id',
      { schema: { ...about('One account', adminUserSchema), params: byId } },
      async ({ actor, params }) => ok(await admin.user(actor, params.id)),
    )
    app.put(
      '/api/admin/users/:id',
      {
        schema: {
          ...about('Set the plan or role of an account, revoke or restore it', adminUserSchema),
          params: byId,
          body: changeUserSchema,
        },
      },
      async ({ actor, params, body }) =>
        ok(await admin.changeUser(actor, params.id, body), 'The account is changed.'),
    )

    app.get(
      '/api/admin/invited',
      {
        schema: {
          ...about('Addresses that get a plan when they sign up, by address', pageOf(invitedSchema)),
          querystring: pageQuerySchema,
        },
      },
      async ({ actor, query }) => ok(await admin.invited(actor, query)),
    )
    app.post(
      '/api/admin/invited',
      { schema: { ...about('Put an address on that list', z.null()), body: inviteEmailSchema } },
      async ({ actor, body }) => {
        await admin.invite(actor, body)
        return ok(null, 'The address is on the list.')
      },
    )
    app.delete(
      '/api/admin/invited/:email',
      { schema: { ...about('Take an address off that list', z.null()), params: invitedParamsSchema } },
      async ({ actor, params }) => {
        await admin.uninvite(actor, params.email)
        return ok(null, 'The address is off the list.')
      },
    )

    app.get(
      '/api/admin/teams',
      {
        schema: {
          ...about('All teams, newest first', pageOf(adminTeamSchema)),
          querystring: pageQuerySchema,
        },
      },
      async ({ actor, query }) => ok(await admin.teams(actor, query)),
    )
    app.put(
      '/api/admin/teams/:id',
      {
        schema: {
          ...about('Set the plan of a team', adminTeamSchema),
          params: byId,
          body: changeTeamPlanSchema,
        },
      },
      async ({ actor, params, body }) =>
        ok(await admin.setTeamPlan(actor, params.id, body.plan), 'The plan is set.'),
    )

    app.get(
      '/api/admin/jobs',
      {
        schema: {
          ...about(
            'Jobs of everybody, newest first, without what is in their documents',
            pageOf(adminJobSchema),
          ),
          querystring: adminJobsQuerySchema,
        },
      },
      async ({ actor, query }) => ok(await admin.jobs(actor, query)),
    )
    app.get(
      '/api/admin/dead-letters',
      {
        schema: {
          ...about('Jobs that failed every time they were tried', pageOf(adminJobSchema)),
          querystring: pageQuerySchema,
        },
      },
      async ({ actor, query }) => ok(await admin.deadLetters(actor, query)),
    )
    app.post(
      '/api/admin/dead-letters/:id/redrive',
      {
        config: { repeatable: true },
        schema: { ...about('Send one of them back to the queue', adminJobSchema), params: byId },
      },
      async ({ actor, params }) => ok(await admin.redrive(actor, params.id), 'The job is tried again.'),
    )

    app.get(
      '/api/admin/queues',
      { schema: about('What waits and runs, and how long the oldest has waited', queuesSchema) },
      async ({ actor }) => ok(await admin.queues(actor)),
    )
    app.get(
      '/api/admin/storage',
      { schema: about('What is stored, by format and by owner', storageSchema) },
      async ({ actor }) => ok(await admin.storage(actor)),
    )
    app.get(
      '/api/admin/limits',
      { schema: about('The limits that hold here', adminLimitsSchema) },
      async ({ actor }) => ok(admin.limits(actor)),
    )
    app.get(
      '/api/admin/audit',
      {
        schema: {
          ...about('What administrators and the system did, newest first', pageOf(auditEntrySchema)),
          querystring: auditQuerySchema,
        },
      },
      async ({ actor, query }) => ok(await audit.list(actor, query)),
    )
  }
