/** Visitor sessions. */
import type { Trx } from '../../platform/db/db.ts'

export const accountStore = () => ({
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
