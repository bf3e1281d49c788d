/** Endpoints of users, and what was or is to be delivered to them. */
import { type Selectable, sql } from 'kysely'
import type { WebhookEvent } from '../../contract/webhooks.ts'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/tables.ts'

export type EndpointRow = Selectable<Tables['webhook_endpoints']>
export type DeliveryRow = Selectable<Tables['webhook_deliveries']>
export type NewDelivery = {
  readonly id: string
  readonly endpointId: string
  readonly event: string
  readonly subjectId: string | null
  readonly body: string
}
export type ClaimedDelivery = Pick<
  DeliveryRow,
  'id' | 'endpoint_id' | 'event' | 'body' | 'attempts' | 'created_at'
> &
  Pick<EndpointRow, 'url' | 'active' | 'secret' | 'previous_secret' | 'previous_until' | 'failing_since'>
type Attempt = DeliveryRow['log'][number]
type EndpointChange = {
  readonly url?: string | undefined
  readonly events?: readonly string[] | undefined
  readonly description?: string | undefined
  readonly active?: boolean | undefined
}

const now = sql<Date>`now()`

export const webhookStore = (db: Query) => ({
  insert: (made: {
    id: string
    userId: string
    url: string
    events: readonly string[]
    description: string
    secret: string
  }) =>
    db
      .insertInto('webhook_endpoints')
      .values({
        id: made.id,
        user_id: made.userId,
        url: made.url,
        events: [...made.events],
        description: made.description,
        secret: made.secret,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),

  count: async (userId: string): Promise<number> => {
    const { count } = await db
      .selectFrom('webhook_endpoints')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow()
    return Number(count)
  },

  list: (userId: string) =>
    db
      .selectFrom('webhook_endpoints')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id', 'desc')
      .execute(),

  find: (userId: string, id: string) =>
    db
      .selectFrom('webhook_endpoints')
      .selectAll()
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst(),

  change: (userId: string, id: string, { url, events, description, active }: EndpointChange) =>
    db
      .updateTable('webhook_endpoints')
      .set({
        updated_at: now,
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events: [...events] }),
        ...(description === undefined ? {} : { description }),
        ...(active === undefined ? {} : { active }),
        ...(active ? { disabled_reason: null, failing_since: null } : {}),
      })
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .returningAll()
      .executeTakeFirst(),

  /** The present secret signs on beside the new one until `until`. */
  rotate: (userId: string, id: string, secret: string, until: Date) =>
    db
      .updateTable('webhook_endpoints')
      .set((eb) => ({ secret, previous_secret: eb.ref('secret'), previous_until: until, updated_at: now }))
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .returningAll()
      .executeTakeFirst(),

  remove: async (userId: string, id: string): Promise<boolean> =>
    (
      await db
        .deleteFrom('webhook_endpoints')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .returning('id')
        .execute()
    ).length > 0,

  /** Endpoints that want to hear of an event that concerns these users. */
  listening: (trx: Query, userIds: readonly string[], event: WebhookEvent): Promise<{ id: string }[]> =>
    trx
      .selectFrom('webhook_endpoints')
      .select('id')
      .where('user_id', 'in', [...userIds])
      .where('active', '=', true)
      .where(sql<boolean>`${event} = any(events)`)
      .execute(),

  /** False when the same is waiting to be told already. */
  add: async (trx: Query, made: NewDelivery): Promise<boolean> => {
    const { rows } = await sql<{ id: string }>`
      insert into webhook_deliveries (id, endpoint_id, event, subject_id, body, next_attempt_at)
      select ${made.id}::uuid, ${made.endpointId}::uuid, ${made.event}::varchar, ${made.subjectId}::uuid, ${made.body}::text, now()
      where not exists (select from webhook_deliveries where endpoint_id = ${made.endpointId}::uuid
        and event = ${made.event}::varchar and subject_id = ${made.subjectId}::uuid and status = 'waiting' and attempts = 0)
      returning id`.execute(trx)
    return rows.length > 0
  },

  /** Takes a delivery that is due for an attempt, with where it goes; undefined when there is none. */
  claim: async (id: string): Promise<ClaimedDelivery | undefined> => {
    const { rows } = await sql<ClaimedDelivery>`
      update webhook_deliveries d set status = 'sending', attempts = attempts + 1 from webhook_endpoints e
      where d.id = ${id} and e.id = d.endpoint_id and d.status in ('waiting', 'sending')
        and d.next_attempt_at <= now() + interval '2 seconds'
      returning d.id, d.endpoint_id, d.event, d.body, d.attempts, d.created_at,
        e.url, e.active, e.secret, e.previous_secret, e.previous_until, e.failing_since`.execute(db)
    return rows[0]
  },

  delivered: async (trx: Trx, id: string, endpointId: string, attempt: Attempt): Promise<void> => {
    await sql`update webhook_deliveries set status = 'delivered', delivered_at = now(), next_attempt_at = null,
      log = ${logged(attempt)} where id = ${id}`.execute(trx)
    await sql`update webhook_endpoints set failing_since = null
      where id = ${endpointId} and failing_since is not null`.execute(trx)
  },

  /** `seconds` until the next attempt; null: there is none. */
  failed: async (
    trx: Trx,
    id: string,
    endpointId: string,
    attempt: Attempt,
    seconds: number | null,
  ): Promise<void> => {
    await sql`update webhook_deliveries set status = ${seconds === null ? 'failed' : 'waiting'},
      next_attempt_at = now() + make_interval(secs => ${seconds}::float8),
      log = ${logged(attempt)} where id = ${id}`.execute(trx)
    await sql`update webhook_endpoints set failing_since = now()
      where id = ${endpointId} and failing_since is null`.execute(trx)
  },

  disable: async (trx: Trx, endpointId: string, reason: string): Promise<void> => {
    await trx
      .updateTable('webhook_endpoints')
      .set({ active: false, disabled_reason: reason, updated_at: now })
      .where('id', '=', endpointId)
      .execute()
  },

  /** Of an endpoint that was switched off meanwhile. */
  drop: async (id: string): Promise<void> => {
    await sql`update webhook_deliveries set status = 'failed', attempts = attempts - 1, next_attempt_at = null
      where id = ${id}`.execute(db)
  },

  giveBack: async (id: string): Promise<void> => {
    await sql`update webhook_deliveries set status = 'waiting', attempts = attempts - 1
      where id = ${id} and status = 'sending'`.execute(db)
  },

  /** What was sent so long ago that nobody asks any longer. */
  removeOld: async (limit: number): Promise<number> => {
    const { rows } = await sql`delete from webhook_deliveries where id in (select id from webhook_deliveries
      where created_at < now() - interval '30 days' limit ${limit}) returning id`.execute(db)
    return rows.length
  },

  deliveries: (endpointId: string, { limit, before }: { limit: number; before?: string }) =>
    db
      .selectFrom('webhook_deliveries')
      .selectAll()
      .where('endpoint_id', '=', endpointId)
      .$if(before !== undefined, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),

  delivery: (endpointId: string, id: string) =>
    db
      .selectFrom('webhook_deliveries')
      .selectAll()
      .where('id', '=', id)
      .where('endpoint_id', '=', endpointId)
      .executeTakeFirst(),

  /** Once more from the start; undefined when it is under way right now. */
  again: (trx: Trx, endpointId: string, id: string) =>
    trx
      .updateTable('webhook_deliveries')
      .set({ status: 'waiting', attempts: 0, next_attempt_at: now, delivered_at: null })
      .where('id', '=', id)
      .where('endpoint_id', '=', endpointId)
      .where((eb) =>
        eb.or([
          eb('status', '!=', 'sending'),
          eb('next_attempt_at', '<', sql<Date>`now() - interval '1 minute'`),
        ]),
      )
      .returningAll()
      .executeTakeFirst(),
})

/** Adds to the newest twenty. */
const logged = (attempt: Attempt) => sql`(select coalesce(jsonb_agg(line order by n), '[]') from (
  select line, n from jsonb_array_elements(webhook_deliveries.log || ${JSON.stringify([attempt])}::jsonb)
    with ordinality as lines (line, n) order by n desc limit 20) newest)`

export type WebhookStore = ReturnType<typeof webhookStore>
