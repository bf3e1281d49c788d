/** Visitor sessions. */
import { sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'

export const accountStore = (db: Query) => ({
  /** Visitors who have not been seen and own nothing any longer. */
  removeExpiredVisitors: async (limit: number): Promise<number> => {
    const { rows } = await sql`delete from visitor_sessions where id in (
      select v.id from visitor_sessions v
      where v.expires_at < now()
        and not exists (select from conversions where visitor_session_id = v.id)
        and not exists (select from analyses where visitor_session_id = v.id)
        and not exists (select from proposals where visitor_session_id = v.id)
      limit ${limit}) returning id`.execute(db)
    return rows.length
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
})

export type AccountStore = ReturnType<typeof accountStore>
