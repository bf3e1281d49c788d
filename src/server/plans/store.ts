/** Plans of accounts and teams, the ledger of what was used, subscriptions as Stripe tells them. */
import { type Selectable, sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { JobKind, Tables } from '../../platform/db/tables.ts'
import type { Actor } from '../actor.ts'
import { liveStates } from './entitlements.ts'

export type SubscriptionRow = Selectable<Tables['subscriptions']>
export type MeterKind = Tables['usage_entries']['kind']
/** Whose allowance is used: a team's that pays for its members, or one's own. */
export type Payer = { readonly actor: Pick<Actor, 'kind' | 'id'>; readonly teamId: string | null }
export type TeamPlan = {
  readonly id: string
  readonly name: string
  readonly plan: string
  readonly paid: string | null
}

const MONTH = sql<Date>`(date_trunc('month', now() at time zone 'UTC') at time zone 'UTC')`
const owner = { user: 'user_id', visitor: 'visitor_session_id' } as const

export const planStore = (db: Query) => ({
  /** What was given to a user and what the user pays for; undefined: there is no such user. */
  ofUser: (userId: string, query: Query = db) =>
    query
      .selectFrom('users')
      .select(['users.plan', 'users.email', 'users.stripe_customer_id'])
      .select(paidBy('user_id', 'users.id'))
      .where('users.id', '=', userId)
      .executeTakeFirst(),

  /** The teams of a user, the oldest first. */
  ofTeams: (userId: string, query: Query = db): Promise<TeamPlan[]> =>
    query
      .selectFrom('teams')
      .innerJoin('team_members', 'team_members.team_id', 'teams.id')
      .select(['teams.id', 'teams.name', 'teams.plan'])
      .select(paidBy('team_id', 'teams.id'))
      .where('team_members.user_id', '=', userId)
      .orderBy('teams.id')
      .execute(),

  team: (id: string) =>
    db
      .selectFrom('teams')
      .select(['teams.id', 'teams.name', 'teams.plan', 'teams.stripe_customer_id'])
      .select(paidBy('team_id', 'teams.id'))
      .where('teams.id', '=', id)
      .executeTakeFirst(),

  /** This month's. */
  used: async (payer: Payer, query: Query = db): Promise<{ kind: MeterKind; quantity: number }[]> =>
    query
      .selectFrom('usage_entries')
      .select((eb) => ['kind', sql<number>`${eb.fn.sum('quantity')}::int`.as('quantity')])
      .where(ofPayer(payer))
      .where('at', '>=', MONTH)
      .groupBy('kind')
      .execute(),

  months: (payer: Payer) =>
    db
      .selectFrom('usage_entries')
      .select((eb) => [
        sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM')`.as('month'),
        'kind',
        sql<number>`${eb.fn.sum('quantity')}::int`.as('quantity'),
      ])
      .where(ofPayer(payer))
      .where('at', '>=', sql<Date>`${MONTH} - interval '11 months'`)
      .groupBy(['month', 'kind'])
      .orderBy('month', 'desc')
      .execute(),

  /** Until the end of the transaction nobody else draws on the same allowance. */
  lock: async (trx: Trx, { actor, teamId }: Payer): Promise<void> => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${teamId ?? actor.id}, 0))`.execute(trx)
  },

  /** Work that is under way and not counted yet. */
  underWay: async (trx: Trx, { actor, teamId }: Payer, kind: JobKind): Promise<number> => {
    const { count } = await trx
      .selectFrom('jobs')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where(
        teamId
          ? sql<boolean>`user_id in (select m.user_id from team_members m where m.team_id = ${teamId})`
          : sql<boolean>`${sql.ref(owner[actor.kind])} = ${actor.id}`,
      )
      .where('kind', '=', kind)
      .where('status', 'in', ['queued', 'processing'])
      .executeTakeFirstOrThrow()
    return Number(count)
  },

  /** Once for a job and a kind, however often it is said. */
  meter: async (
    trx: Trx,
    payer: Payer,
    entry: { id: string; jobId: string; kind: MeterKind; quantity: number },
  ): Promise<void> => {
    await trx
      .insertInto('usage_entries')
      .values({
        id: entry.id,
        user_id: payer.actor.kind === 'user' ? payer.actor.id : null,
        visitor_session_id: payer.actor.kind === 'visitor' ? payer.actor.id : null,
        team_id: payer.teamId,
        kind: entry.kind,
        quantity: entry.quantity,
        job_id: entry.jobId,
      })
      .onConflict((conflict) => conflict.columns(['job_id', 'kind']).doNothing())
      .execute()
  },

  subscription: (of: { userId: string } | { teamId: string }): Promise<SubscriptionRow | undefined> =>
    db
      .selectFrom('subscriptions')
      .selectAll()
      .where((eb) => ('userId' in of ? eb('user_id', '=', of.userId) : eb('team_id', '=', of.teamId)))
      .orderBy(sql`status = any(${[...liveStates]})`, 'desc')
      .orderBy('created_at', 'desc')
      .executeTakeFirst(),

  /** After a greater plan began: what is kept for a time is kept as long as the plan says. Never shorter. */
  keepLonger: async (trx: Query, userId: string, days: number | null): Promise<void> => {
    for (const table of ['conversions', 'analyses', 'proposals', 'jobs'] as const) {
      const until = days === null ? sql`null` : sql`created_at + make_interval(days => ${days})`
      await sql`update ${sql.table(table)} set expires_at = ${until}
        where user_id = ${userId} and expires_at is not null
          ${days === null ? sql`` : sql`and expires_at < ${until}`}`.execute(trx)
    }
  },
})

export type PlanStore = ReturnType<typeof planStore>

/** The plan of a subscription that runs. */
const paidBy = (column: 'user_id' | 'team_id', id: 'users.id' | 'teams.id') =>
  sql<string | null>`(select s.plan from subscriptions s where s.${sql.ref(column)} = ${sql.ref(id)}
    and s.status = any(${[...liveStates]}) order by s.created_at desc limit 1)`.as('paid')

const ofPayer = ({ actor, teamId }: Payer) =>
  teamId
    ? sql<boolean>`team_id = ${teamId}`
    : sql<boolean>`${sql.ref(owner[actor.kind])} = ${actor.id} and team_id is null`
