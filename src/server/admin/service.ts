/** What administrators see of all accounts, and what they may do. Each act is in the audit log, in the same transaction. */
import type { z } from 'zod'
import type {
  AdminJob,
  AdminUser,
  adminJobsQuerySchema,
  adminLimitsSchema,
  adminTeamSchema,
  adminUsersQuerySchema,
  changeUserSchema,
  invitedSchema,
  inviteEmailSchema,
  queuesSchema,
  storageSchema,
} from '../../contract/admin.ts'
import type { pageQuerySchema } from '../../contract/envelope.ts'
import type { Plan } from '../../contract/plans.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db, Trx } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { Queue } from '../../platform/queue.ts'
import { type Actor, administrator } from '../actor.ts'
import type { AuditService } from '../audit/service.ts'
import type { JobService } from '../jobs/service.ts'
import { type Page, pageBy, pageOf } from '../page.ts'
import type { PlanService } from '../plans/service.ts'
import { adminJob, adminTeam, adminUser, ownerOf, planOf } from './present.ts'
import type { AdminStore } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: AdminStore
  readonly queue: Queue
  readonly jobs: JobService
  readonly plans: PlanService
  readonly audit: AuditService
  readonly limits: Omit<z.infer<typeof adminLimitsSchema>, 'plans_enforced'>
}
type Asked = { limit: number; cursor?: string | undefined }

export const adminService = ({ db, store, queue, jobs, plans, audit, limits }: Needs) => {
  const inOneGo = <T>(work: (trx: Trx) => Promise<T>) => db.query.transaction().execute(work)

  const user = async (id: string): Promise<AdminUser> => {
    const row = await store.user(id)
    if (!row) throw new MdraftError('not_found', 'There is no such user.')
    return adminUser(row)
  }

  return {
    users: (actor: Actor, query: z.infer<typeof adminUsersQuerySchema>): Promise<Page<AdminUser>> => {
      administrator(actor)
      const { search, plan, revoked } = query
      return pageOf(query, (page) => store.users({ ...page, search, plan, revoked }), adminUser)
    },

    user: (actor: Actor, id: string): Promise<AdminUser> => {
      administrator(actor)
      return user(id)
    },

    changeUser: async (
      actor: Actor,
      id: string,
      change: z.infer<typeof changeUserSchema>,
    ): Promise<AdminUser> => {
      const { id: self } = administrator(actor)
      const before = await user(id)
      if (id === self && (change.revoked || change.role === 'user'))
        throw new MdraftError('conflict', 'You cannot lock yourself out.', {
          fix: 'Ask another administrator.',
        })
      const fields = (['plan', 'role', 'revoked'] as const).filter(
        (field) => change[field] !== undefined && change[field] !== before[field],
      )
      await inOneGo(async (trx) => {
        await store.changeUser(trx, id, change)
        if (fields.includes('plan')) await plans.keepLonger(trx, id)
        for (const field of fields)
          await audit.note(trx, actor, {
            action: actionOf(field, change),
            target: { type: 'user', id },
            detail: { from: before[field], to: change[field] },
          })
      })
      return user(id)
    },

    invited: (
      actor: Actor,
      query: z.infer<typeof pageQuerySchema>,
    ): Promise<Page<z.infer<typeof invitedSchema>>> => {
      administrator(actor)
      return pageBy(query, {
        keyOf: ({ email }) => email,
        isKey: (text) => text.includes('@'),
        rowsOf: store.invited,
        present: ({ email, plan, created_at, joined }) => ({
          email,
          plan: planOf(plan),
          created_at: created_at.toISOString(),
          joined,
        }),
      })
    },

    /** Who has an account already gets the plan at once, unless it is less than what they have. */
    invite: async (actor: Actor, { email, plan }: z.infer<typeof inviteEmailSchema>): Promise<void> => {
      administrator(actor)
      await inOneGo(async (trx) => {
        await store.invite(trx, email, plan)
        const known = await store.userByEmail(email, trx)
        if (known && planOf(known.plan) === 'free') {
          await store.changeUser(trx, known.id, { plan })
          await plans.keepLonger(trx, known.id)
        }
        await audit.note(trx, actor, {
          action: 'email.invited',
          target: { type: 'email', id: email },
          detail: { plan },
        })
      })
    },

    uninvite: async (actor: Actor, email: string): Promise<void> => {
      administrator(actor)
      await inOneGo(async (trx) => {
        if (!(await store.uninvite(trx, email)))
          throw new MdraftError('not_found', 'This address is not on the list.')
        await audit.note(trx, actor, { action: 'email.uninvited', target: { type: 'email', id: email } })
      })
    },

    teams: (actor: Actor, query: Asked): Promise<Page<z.infer<typeof adminTeamSchema>>> => {
      administrator(actor)
      return pageOf(query, store.teams, adminTeam)
    },

    setTeamPlan: async (actor: Actor, id: string, plan: Plan): Promise<z.infer<typeof adminTeamSchema>> => {
      administrator(actor)
      const before = await store.team(id)
      if (!before) throw new MdraftError('not_found', 'There is no such team.')
      await inOneGo(async (trx) => {
        await store.setTeamPlan(trx, id, plan)
        for (const member of await store.membersOf(trx, id)) await plans.keepLonger(trx, member)
        await audit.note(trx, actor, {
          action: 'team.plan_set',
          target: { type: 'team', id },
          detail: { from: before.plan, to: plan },
        })
      })
      return adminTeam((await store.team(id))!)
    },

    jobs: (actor: Actor, query: z.infer<typeof adminJobsQuerySchema>): Promise<Page<AdminJob>> => {
      administrator(actor)
      const { status, kind, user_id: userId } = query
      return pageOf(query, (page) => store.jobs({ ...page, status, kind, userId }), adminJob)
    },

    deadLetters: (actor: Actor, query: Asked): Promise<Page<AdminJob>> => {
      administrator(actor)
      return pageOf(query, (page) => store.jobs({ ...page, isDead: true }), adminJob)
    },

    /** Once more, with as many tries as a new job has. */
    redrive: async (actor: Actor, id: string): Promise<AdminJob> => {
      administrator(actor)
      await inOneGo(async (trx) => {
        const kind = await store.revive(trx, id)
        if (!kind) throw new MdraftError('not_found', 'There is no such dead letter.')
        // The queue keeps the old entry under the job's own id.
        await queue.send(trx, kind, id, { as: newId() })
        await jobs.announce(trx, id)
        await audit.note(trx, actor, { action: 'job.redriven', target: { type: 'job', id } })
      })
      return adminJob((await store.job(id))!)
    },

    queues: async (actor: Actor): Promise<z.infer<typeof queuesSchema>> => {
      administrator(actor)
      const oldest = await jobs.oldestWaiting()
      return (await queue.depths()).map((depth) => ({
        ...depth,
        oldest_seconds: oldest.find(({ kind }) => kind === depth.queue)?.seconds ?? 0,
      }))
    },

    storage: async (actor: Actor): Promise<z.infer<typeof storageSchema>> => {
      administrator(actor)
      const { totals, formats, largest } = await store.storage()
      return {
        ...totals,
        by_format: formats,
        largest: largest.map(({ documents, bytes, ...row }) => ({ owner: ownerOf(row), documents, bytes })),
      }
    },

    limits: (actor: Actor): z.infer<typeof adminLimitsSchema> => {
      administrator(actor)
      return { ...limits, plans_enforced: plans.enforced }
    },
  }
}

export type AdminService = ReturnType<typeof adminService>

const actionOf = (
  field: 'plan' | 'role' | 'revoked',
  { revoked }: { revoked?: boolean | undefined },
): string => {
  if (field !== 'revoked') return `user.${field}_set`
  return revoked ? 'user.revoked' : 'user.restored'
}
