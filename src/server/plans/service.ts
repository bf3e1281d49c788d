/** What a caller's plan gives, what was used of it, and what is refused when it is used up. */

import { plans as planNames } from '../../contract/accounts.ts'
import type { Entitlements, Plan, Usage } from '../../contract/plans.ts'
import { meters } from '../../contract/plans.ts'
import { MdraftError } from '../../core/index.ts'
import type { Query, Trx } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import { type Actor, may } from '../actor.ts'
import { entitlementsTable, greatest, isPlan, titles, visitorEntitlements } from './entitlements.ts'
import type { MeterKind, Payer, PlanStore, SubscriptionRow, TeamPlan } from './store.ts'

type Needs = {
  readonly store: PlanStore
  /** False: plans are shown and usage is counted, but nothing is refused. */
  readonly enforced: boolean
  readonly forSale: readonly Plan[]
  readonly uploadBytes: number
  readonly visitorDays: number
}
/** The plan that counts for a caller, and where it comes from. */
export type Standing = {
  readonly plan: Plan | null
  readonly team: { readonly id: string; readonly name: string } | null
  readonly entitlements: Entitlements
  readonly payer: Payer
}
type Who = Pick<Actor, 'kind' | 'id'>
type Limited = 'pages' | 'model_analyses'

const limitOf = {
  pages: 'pages_per_month',
  model_analyses: 'model_analyses_per_month',
} as const

const words: { readonly [L in Limited]: string } = {
  pages: 'pages',
  model_analyses: 'analyses with a language model',
}

export const planService = ({ store, enforced, forSale, uploadBytes, visitorDays }: Needs) => {
  /** `query`: the transaction that the answer is for, when there is one. */
  const standing = async (who: Who, query?: Query): Promise<Standing> => {
    if (who.kind === 'visitor')
      return {
        plan: null,
        team: null,
        entitlements: visitorEntitlements(visitorDays),
        payer: { actor: who, teamId: null },
      }
    const user = await store.ofUser(who.id, query)
    const teams = await store.ofTeams(who.id, query)
    const own = greatest(...plansOf(user?.plan ?? 'free', user?.paid ?? null, null))
    const best = greatest(own, ...teams.flatMap((team) => plansOf(team.plan, team.paid, team)))
    const team = best.team && { id: best.team.id, name: best.team.name }
    const entitlements = entitlementsTable[best.plan]
    return { plan: best.plan, team, entitlements, payer: { actor: who, teamId: team?.id ?? null } }
  }

  /** The bounds of a server of one's own are those of its configuration. */
  const boundsOf = async (who: Who, query?: Query): Promise<Entitlements> => {
    const { entitlements } = await standing(who, query)
    return {
      ...entitlements,
      file_bytes: enforced ? Math.min(uploadBytes, entitlements.file_bytes) : uploadBytes,
      ...(enforced
        ? {}
        : {
            pages_per_month: null,
            model_analyses_per_month: null,
            retention_days: who.kind === 'visitor' ? visitorDays : null,
          }),
    }
  }

  const usedOf = async (payer: Payer, query?: Query): Promise<Record<MeterKind, number>> => {
    const rows = await store.used(payer, query)
    const of = (kind: MeterKind) => rows.find((row) => row.kind === kind)?.quantity ?? 0
    return { pages: of('pages'), analyses: of('analyses'), model_analyses: of('model_analyses') }
  }

  return {
    enforced,

    planOf: async (userId: string): Promise<Plan> =>
      (await standing({ kind: 'user', id: userId })).plan ?? 'free',

    /** How long what the caller makes now is kept; null: until it is deleted. */
    retentionDays: async (who: Who): Promise<number | null> => (await boundsOf(who)).retention_days,

    /** The largest file; `isPlan`: because of the plan, not of the server. */
    fileBound: async (who: Who): Promise<{ bytes: number; isPlan: boolean }> => {
      const { file_bytes: bytes } = await boundsOf(who)
      return { bytes, isPlan: bytes < uploadBytes }
    },

    /**
     * In the transaction that begins the work, so that what is sent at once is judged one after the other; work under
     * way counts as one each.
     * @throws MdraftError `plan_limit` when the month's allowance is used up
     */
    allow: async (trx: Trx, actor: Who, kind: Limited): Promise<void> => {
      if (!enforced) return
      const { plan, team, entitlements, payer } = await standing(actor, trx)
      const limit = entitlements[limitOf[kind]]
      if (limit === null) return
      await store.lock(trx, payer)
      const used = await usedOf(payer, trx)
      const open = await store.underWay(trx, payer, kind === 'pages' ? 'conversion' : 'analysis')
      if (used[kind] + open >= limit) throw usedUp(plan, team !== null, limit, words[kind])
    },

    /** With the change that ends a job. */
    meter: async (
      trx: Trx,
      job: { id: string; user_id: string | null; visitor_session_id: string | null },
      kind: MeterKind,
      quantity: number,
    ): Promise<void> => {
      const actor: Who = job.user_id
        ? { kind: 'user', id: job.user_id }
        : { kind: 'visitor', id: job.visitor_session_id! }
      const payer = actor.kind === 'user' ? (await standing(actor, trx)).payer : { actor, teamId: null }
      await store.meter(trx, payer, { id: newId(), jobId: job.id, kind, quantity })
    },

    usage: async (actor: Actor): Promise<Usage> => {
      may(actor, 'documents:read')
      const [{ plan, team, payer }, entitlements] = await Promise.all([standing(actor), boundsOf(actor)])
      const [used, months, subscription] = await Promise.all([
        usedOf(payer),
        store.months(payer),
        actor.kind === 'user'
          ? store.subscription(team ? { teamId: team.id } : { userId: actor.id })
          : undefined,
      ])
      const meter = (kind: MeterKind, limit: number | null) => ({
        used: used[kind],
        limit,
        left: limit === null ? null : Math.max(0, limit - used[kind]),
      })
      const [from, resets] = thisMonth(new Date())
      return {
        plan,
        team,
        entitlements,
        enforced,
        from,
        resets_at: resets,
        pages: meter('pages', entitlements.pages_per_month),
        analyses: meter('analyses', null),
        model_analyses: meter('model_analyses', entitlements.model_analyses_per_month),
        subscription: subscription ? presentSubscription(subscription) : null,
        months: byMonth(months),
      }
    },

    list: () => ({
      plans: planNames.map((plan) => ({
        plan,
        title: titles[plan],
        ...entitlementsTable[plan],
        for_sale: forSale.includes(plan),
      })),
      enforced,
      billing: forSale.length > 0,
    }),

    /** After the plan of a user may have become a greater one. */
    keepLonger: async (trx: Query, userId: string): Promise<void> =>
      store.keepLonger(trx, userId, (await boundsOf({ kind: 'user', id: userId }, trx)).retention_days),
  }
}

export { entitlementsTable, greatest, isPlan, visitorEntitlements }

export type PlanService = ReturnType<typeof planService>

type Candidate = { readonly plan: Plan; readonly team: TeamPlan | null }

/** What was given and what is paid for. A name that this version does not know counts for nothing. */
const plansOf = (given: string, paid: string | null, team: TeamPlan | null): [Candidate, ...Candidate[]] => [
  { plan: isPlan(given) ? given : 'free', team },
  ...(paid && isPlan(paid) ? [{ plan: paid, team }] : []),
]

function usedUp(plan: Plan | null, isTeam: boolean, limit: number, what: string): MdraftError {
  const who =
    plan === null ? 'Without an account' : isTeam ? 'On your team’s plan' : `On the ${titles[plan]} plan`
  return new MdraftError('plan_limit', `${who} there are ${limit} ${what} a month, and they are used up.`, {
    fix:
      plan === null
        ? 'Make an account, or wait for the first of next month.'
        : 'Choose a greater plan, or wait for the first of next month (UTC).',
  })
}

function thisMonth(now: Date): [string, string] {
  const at = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString()
  return [at(0), at(1)]
}

function byMonth(rows: readonly { month: string; kind: MeterKind; quantity: number }[]): Usage['months'] {
  const months = [...new Set(rows.map(({ month }) => month))]
  return months.map((month) => {
    const of = (kind: MeterKind) =>
      rows.find((row) => row.month === month && row.kind === kind)?.quantity ?? 0
    return { month, ...Object.fromEntries(meters.map((kind) => [kind, of(kind)])) } as Usage['months'][number]
  })
}

const presentSubscription = (row: SubscriptionRow): NonNullable<Usage['subscription']> => ({
  plan: isPlan(row.plan) ? row.plan : 'free',
  status: row.status,
  seats: row.seats,
  current_period_end: row.current_period_end?.toISOString() ?? null,
  cancel_at_period_end: row.cancel_at_period_end,
})
