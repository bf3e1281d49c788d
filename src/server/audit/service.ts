/** Who did what to whom, beyond their own things. Written with the act itself, so that neither is there without the other. */
import type { z } from 'zod'
import type { AuditEntry, auditQuerySchema } from '../../contract/admin.ts'
import type { Query } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import { type Actor, administrator } from '../actor.ts'
import { type Page, pageOf } from '../page.ts'
import type { AuditRow, AuditStore } from './store.ts'

type Who = Actor | 'operator' | 'system'
type Act = {
  /** A noun and a verb: `user.revoked`. */
  readonly action: string
  readonly target: { readonly type: string; readonly id: string | null }
  /** Facts and figures, never a document's text or a secret. */
  readonly detail?: Record<string, unknown>
}

export const auditService = ({ store }: { readonly store: AuditStore }) => ({
  note: (trx: Query, who: Who, { action, target, detail = {} }: Act): Promise<void> =>
    store.insert(trx, {
      id: newId(),
      actorId: typeof who === 'string' ? null : who.id,
      actorKind: typeof who === 'string' ? who : who.kind,
      action,
      target,
      detail,
    }),

  list: (actor: Actor, query: z.infer<typeof auditQuerySchema>): Promise<Page<AuditEntry>> => {
    administrator(actor)
    const { action, actor_id: actorId, target_id: targetId } = query
    return pageOf(query, (page) => store.list({ ...page, action, actorId, targetId }), present)
  },
})

export type AuditService = ReturnType<typeof auditService>

const present = (row: AuditRow): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { kind: row.actor_kind, id: row.actor_id, email: row.email },
  action: row.action,
  target: { type: row.target_type, id: row.target_id },
  detail: row.detail,
})
