/** The audit log: rows are added and read, never changed. */
import type { Selectable } from 'kysely'
import type { Query } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/tables.ts'

export type AuditRow = Selectable<Tables['audit_log']> & { email: string | null }
export type NewEntry = {
  readonly id: string
  readonly actorId: string | null
  readonly actorKind: Tables['audit_log']['actor_kind']
  readonly action: string
  readonly target: { readonly type: string; readonly id: string | null }
  readonly detail: Record<string, unknown>
}

export const auditStore = (db: Query) => ({
  insert: async (trx: Query, entry: NewEntry): Promise<void> => {
    await trx
      .insertInto('audit_log')
      .values({
        id: entry.id,
        actor_id: entry.actorId,
        actor_kind: entry.actorKind,
        action: entry.action,
        target_type: entry.target.type,
        target_id: entry.target.id,
        detail: JSON.stringify(entry.detail),
      })
      .execute()
  },

  /** Newest first. */
  list: (query: {
    limit: number
    before?: string
    action?: string | undefined
    actorId?: string | undefined
    targetId?: string | undefined
  }): Promise<AuditRow[]> =>
    db
      .selectFrom('audit_log')
      .leftJoin('users', 'users.id', 'audit_log.actor_id')
      .selectAll('audit_log')
      .select('users.email')
      .$if(query.before !== undefined, (rows) => rows.where('audit_log.id', '<', query.before!))
      .$if(query.action !== undefined, (rows) => rows.where('action', '=', query.action!))
      .$if(query.actorId !== undefined, (rows) => rows.where('actor_id', '=', query.actorId!))
      .$if(query.targetId !== undefined, (rows) => rows.where('target_id', '=', query.targetId!))
      .orderBy('audit_log.id', 'desc')
      .limit(query.limit)
      .execute(),
})

export type AuditStore = ReturnType<typeof auditStore>
