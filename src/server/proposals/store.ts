/** The proposals table. */
import { type Selectable, sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/tables.ts'
import { type Actor, owned, ownerOf } from '../actor.ts'

export type ProposalRow = Selectable<Tables['proposals']>
type Change = { title?: string | undefined; status?: ProposalRow['status'] | undefined }

export const proposalStore = (db: Query) => ({
  insert: (trx: Trx, actor: Actor, made: { id: string; title: string; expiresAt: Date | null }) =>
    trx
      .insertInto('proposals')
      .values({ id: made.id, title: made.title, expires_at: made.expiresAt, ...ownerOf(actor) })
      .returningAll()
      .executeTakeFirstOrThrow(),

  find: (actor: Actor, id: string) =>
    db.selectFrom('proposals').selectAll().where('id', '=', id).where(owned(actor)).executeTakeFirst(),

  /** Newest first. */
  list: (actor: Actor, { limit, before }: { limit: number; before?: string }) =>
    db
      .selectFrom('proposals')
      .selectAll()
      .where(owned(actor))
      .$if(before !== undefined, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),

  update: (trx: Trx, actor: Actor, id: string, { title, status }: Change) =>
    trx
      .updateTable('proposals')
      .set({
        updated_at: new Date(),
        ...(title === undefined ? {} : { title }),
        ...(status ? { status } : {}),
      })
      .where('id', '=', id)
      .where(owned(actor))
      .returningAll()
      .executeTakeFirst(),

  removeExpired: (limit: number) =>
    db
      .deleteFrom('proposals')
      .where('id', 'in', (eb) =>
        eb.selectFrom('proposals').select('id').where('expires_at', '<', sql<Date>`now()`).limit(limit),
      )
      .returning('id')
      .execute(),

  remove: async (actor: Actor, id: string): Promise<boolean> =>
    (await db.deleteFrom('proposals').where('id', '=', id).where(owned(actor)).returning('id').execute())
      .length > 0,
})

export type ProposalStore = ReturnType<typeof proposalStore>
