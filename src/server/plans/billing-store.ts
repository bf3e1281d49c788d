/** Customers, subscriptions and events of Stripe. */
import { sql } from 'kysely'
import type { BillingEvent, BillingOwner, PaidSubscription } from '../../platform/billing.ts'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { SubscriptionRow } from './store.ts'

const columnsOf = (owner: BillingOwner) =>
  'teamId' in owner ? { user_id: null, team_id: owner.teamId } : { user_id: owner.userId, team_id: null }

export const billingStore = (db: Query) => ({
  /** The database's clock, which all processes share. */
  now: async (): Promise<Date> =>
    (await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)).rows[0]!.now,

  contact: (userId: string) =>
    db.selectFrom('users').select(['email', 'name']).where('id', '=', userId).executeTakeFirstOrThrow(),

  customer: async (owner: BillingOwner): Promise<{ customerId: string | null; name: string }> => {
    const { stripe_customer_id: customerId, name } =
      'teamId' in owner
        ? await db
            .selectFrom('teams')
            .select(['stripe_customer_id', 'name'])
            .where('id', '=', owner.teamId)
            .executeTakeFirstOrThrow()
        : await db
            .selectFrom('users')
            .select(['stripe_customer_id', 'name'])
            .where('id', '=', owner.userId)
            .executeTakeFirstOrThrow()
    return { customerId, name }
  },

  /** The first one stays, when two were made at once. */
  setCustomer: async (owner: BillingOwner, made: string): Promise<string> => {
    const [table, id] = 'teamId' in owner ? ['teams', owner.teamId] : ['users', owner.userId]
    const { rows } = await sql<{ id: string }>`update ${sql.table(table)}
      set stripe_customer_id = coalesce(stripe_customer_id, ${made}) where id = ${id}
      returning stripe_customer_id as id`.execute(db)
    return rows[0]!.id
  },

  /** Of a subscription: by what was written at the checkout, else by its customer. */
  knownOwner: async ({ owner, customerId }: PaidSubscription): Promise<BillingOwner | undefined> => {
    const teamId = owner && 'teamId' in owner ? owner.teamId : null
    const userId = owner && 'userId' in owner ? owner.userId : null
    const team = await db
      .selectFrom('teams')
      .select('id')
      .where((eb) =>
        teamId ? eb(sql<string>`id::text`, '=', teamId) : eb('stripe_customer_id', '=', customerId),
      )
      .executeTakeFirst()
    if (team && !userId) return { teamId: team.id }
    const user = await db
      .selectFrom('users')
      .select('id')
      .where((eb) =>
        userId ? eb(sql<string>`id::text`, '=', userId) : eb('stripe_customer_id', '=', customerId),
      )
      .executeTakeFirst()
    return user && !teamId ? { userId: user.id } : undefined
  },

  /** The one that runs, else the last. */
  present: (owner: BillingOwner): Promise<SubscriptionRow | undefined> =>
    db
      .selectFrom('subscriptions')
      .selectAll()
      .where((eb) =>
        'teamId' in owner ? eb('team_id', '=', owner.teamId) : eb('user_id', '=', owner.userId),
      )
      .orderBy('created_at', 'desc')
      .executeTakeFirst(),

  /** What was there before; `stale` when somebody looked later than `seenAt` and wrote already. */
  upsert: async (
    trx: Trx,
    owner: BillingOwner,
    subscription: PaidSubscription,
    seenAt: Date,
  ): Promise<SubscriptionRow | undefined | 'stale'> => {
    const before = await trx
      .selectFrom('subscriptions')
      .selectAll()
      .where('id', '=', subscription.id)
      .forUpdate()
      .executeTakeFirst()
    const values = {
      ...columnsOf(owner),
      plan: subscription.plan ?? before?.plan ?? 'free',
      status: subscription.status,
      seats: subscription.seats,
      current_period_end: subscription.currentPeriodEnd,
      cancel_at_period_end: subscription.cancelAtPeriodEnd,
      updated_at: seenAt,
    }
    const { rows } = await trx
      .insertInto('subscriptions')
      .values({ id: subscription.id, created_at: subscription.createdAt, ...values })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(values).where('subscriptions.updated_at', '<=', seenAt),
      )
      .returning('id')
      .execute()
      .then((written) => ({ rows: written }))
    if (rows.length === 0) return 'stale'
    if ('userId' in owner)
      await trx
        .updateTable('users')
        .set({ subscription_status: subscription.status })
        .where('id', '=', owner.userId)
        .execute()
    return before
  },

  beneficiaries: async (trx: Trx, owner: BillingOwner): Promise<string[]> =>
    'userId' in owner
      ? [owner.userId]
      : (
          await trx.selectFrom('team_members').select('user_id').where('team_id', '=', owner.teamId).execute()
        ).map(({ user_id }) => user_id),

  knows: async (eventId: string): Promise<boolean> =>
    (await db.selectFrom('billing_events').select('id').where('id', '=', eventId).executeTakeFirst()) !==
    undefined,

  remember: async ({ id, type, createdAt }: BillingEvent): Promise<void> => {
    await db
      .insertInto('billing_events')
      .values({ id, type, created_at: createdAt })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  },
})

export type BillingStore = ReturnType<typeof billingStore>
