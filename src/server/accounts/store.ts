/** Users, sessions, keys, and the visitors who may become users. */
import { type Selectable, sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/tables.ts'
import type { Scope } from '../actor.ts'

export type UserRow = Selectable<Tables['users']>
export type KeyRow = Selectable<Tables['api_keys']>
export type NewKey = {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly hash: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: Date | null
}

const owned = ['conversions', 'analyses', 'proposals', 'jobs'] as const
/** Often enough to be of use, seldom enough to cost nothing. */
const SEEN_EVERY = sql<Date>`now() - interval '1 minute'`

export const accountStore = (db: Query) => ({
  user: (id: string) => db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst(),

  sessionsOf: (userId: string) =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('user_id', '=', userId)
      .where('expires_at', '>', sql<Date>`now()`)
      .orderBy('id', 'desc')
      .execute(),

  removeSession: async (userId: string, id: string): Promise<boolean> =>
    (
      await db
        .deleteFrom('sessions')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .returning('id')
        .execute()
    ).length > 0,

  removeSessions: async (userId: string, except?: string): Promise<void> => {
    await db
      .deleteFrom('sessions')
      .where('user_id', '=', userId)
      .$if(except !== undefined, (query) => query.where('id', '!=', except!))
      .execute()
  },

  /** Who signs in once more than that is signed out where it was longest ago. */
  keepNewestSessions: async (userId: string, count: number): Promise<void> => {
    await db
      .deleteFrom('sessions')
      .where('user_id', '=', userId)
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('sessions')
          .select('id')
          .where('user_id', '=', userId)
          .orderBy('id', 'desc')
          .offset(count),
      )
      .execute()
  },

  setName: async (userId: string, name: string): Promise<void> => {
    await db
      .updateTable('users')
      .set({ name, updated_at: sql<Date>`now()` })
      .where('id', '=', userId)
      .execute()
  },

  /** Signing in, with what the address was promised before it had an account. */
  setPromised: async (userId: string, promised: { plan?: string; role?: 'admin' }): Promise<void> => {
    await db
      .updateTable('users')
      .set({ ...promised, last_login_at: sql<Date>`now()` })
      .where('id', '=', userId)
      .execute()
  },

  invitedPlan: async (email: string): Promise<string | undefined> =>
    (await db.selectFrom('invited_emails').select('plan').where('email', '=', email).executeTakeFirst())
      ?.plan,

  passwordHash: async (userId: string): Promise<string | null | undefined> =>
    (
      await db
        .selectFrom('credentials')
        .select('password')
        .where('user_id', '=', userId)
        .where('provider_id', '=', 'credential')
        .executeTakeFirst()
    )?.password,

  insertKey: (userId: string, key: NewKey) =>
    db
      .insertInto('api_keys')
      .values({
        id: key.id,
        user_id: userId,
        name: key.name,
        prefix: key.prefix,
        key_hash: key.hash,
        scopes: [...key.scopes],
        expires_at: key.expiresAt,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),

  keysOf: (userId: string) =>
    db.selectFrom('api_keys').selectAll().where('user_id', '=', userId).orderBy('id', 'desc').execute(),

  removeKey: async (userId: string, id: string): Promise<boolean> =>
    (
      await db
        .deleteFrom('api_keys')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .returning('id')
        .execute()
    ).length > 0,

  /** A key that has not expired, with its user. */
  findKey: (hash: string) =>
    db
      .selectFrom('api_keys')
      .innerJoin('users', 'users.id', 'api_keys.user_id')
      .select(['api_keys.id', 'api_keys.user_id', 'api_keys.scopes', 'users.role', 'users.revoked'])
      .where('api_keys.key_hash', '=', hash)
      .where((eb) =>
        eb.or([eb('api_keys.expires_at', 'is', null), eb('api_keys.expires_at', '>', sql<Date>`now()`)]),
      )
      .executeTakeFirst(),

  touchKey: async (id: string): Promise<void> => {
    await db
      .updateTable('api_keys')
      .set({ last_used_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', SEEN_EVERY)]))
      .execute()
  },

  /** All that a visitor has becomes the user's, and is kept as long as the user's plan says. */
  claim: async (trx: Trx, visitorId: string, userId: string, expiresAt: Date | null): Promise<void> => {
    for (const table of owned)
      await trx
        .updateTable(table)
        .set({ user_id: userId, visitor_session_id: null, expires_at: expiresAt })
        .where('visitor_session_id', '=', visitorId)
        .execute()
    await trx.deleteFrom('visitor_sessions').where('id', '=', visitorId).execute()
  },

  /** A visitor has a row from the first time there is something to own. */
  keepVisitor: async (trx: Trx, id: string, expiresAt: Date): Promise<void> => {
    await trx
      .insertInto('visitor_sessions')
      .values({ id, expires_at: expiresAt })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ last_seen_at: new Date(), expires_at: expiresAt }),
      )
      .execute()
  },

  /** Visitors who have not been seen and own nothing any longer, sessions and proofs that are over. */
  removeExpired: async (limit: number): Promise<number> => {
    await sql`delete from sessions where expires_at < now()`.execute(db)
    await sql`delete from verifications where expires_at < now()`.execute(db)
    await sql`delete from idempotency_keys where created_at < now() - interval '1 day'`.execute(db)
    const { rows } = await sql`delete from visitor_sessions where id in (
      select v.id from visitor_sessions v
      where v.expires_at < now()
        and not exists (select from conversions where visitor_session_id = v.id)
        and not exists (select from analyses where visitor_session_id = v.id)
        and not exists (select from proposals where visitor_session_id = v.id)
      limit ${limit}) returning id`.execute(db)
    return rows.length
  },
})

export type AccountStore = ReturnType<typeof accountStore>
