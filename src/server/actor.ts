/** Who asks, and which rows are theirs. Every query of a store has `owned` in its `where`. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Tables } from '../platform/db/tables.ts'

export type Actor =
  | { readonly kind: 'visitor'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string; readonly role: 'user' | 'admin' }

type OwnedTable = 'proposals' | 'conversions' | 'analyses' | 'jobs'

const columns = { visitor: 'visitor_session_id', user: 'user_id' } as const

export const owned =
  (actor: Actor) =>
  <T extends OwnedTable>(eb: ExpressionBuilder<Tables, T>): Expression<SqlBool> =>
    // Both columns stand in every owned table.
    (eb as unknown as ExpressionBuilder<Tables, OwnedTable>)(columns[actor.kind], '=', actor.id)

/** The owner's columns of a new row. */
export const ownerOf = (actor: Actor): { user_id: string | null; visitor_session_id: string | null } => ({
  user_id: actor.kind === 'user' ? actor.id : null,
  visitor_session_id: actor.kind === 'visitor' ? actor.id : null,
})
