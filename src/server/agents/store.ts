/** The prompts table. A prompt is its user's alone. */
import { type Selectable, sql } from 'kysely'
import type { Query } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/tables.ts'

export type PromptRow = Selectable<Tables['prompts']>

export const promptStore = (db: Query) => ({
  list: (userId: string) =>
    db.selectFrom('prompts').selectAll().where('user_id', '=', userId).orderBy('name').execute(),

  find: (userId: string, name: string) =>
    db
      .selectFrom('prompts')
      .selectAll()
      .where('user_id', '=', userId)
      .where('name', '=', name)
      .executeTakeFirst(),

  count: async (userId: string): Promise<number> =>
    (
      await db
        .selectFrom('prompts')
        .select((eb) => sql<number>`${eb.fn.countAll()}::int`.as('count'))
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow()
    ).count,

  /** Undefined: the user has one of this name. */
  insert: (row: { id: string; user_id: string; name: string; description: string; instructions: string }) =>
    db
      .insertInto('prompts')
      .values(row)
      .onConflict((conflict) => conflict.columns(['user_id', 'name']).doNothing())
      .returningAll()
      .executeTakeFirst(),

  /** Undefined: it is not there, or not in this version. */
  update: (
    userId: string,
    name: string,
    version: number,
    change: { description?: string | undefined; instructions?: string | undefined },
  ) =>
    db
      .updateTable('prompts')
      .set({ ...change, version: version + 1, updated_at: new Date() })
      .where('user_id', '=', userId)
      .where('name', '=', name)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirst(),

  remove: async (userId: string, name: string): Promise<boolean> =>
    (
      await db
        .deleteFrom('prompts')
        .where('user_id', '=', userId)
        .where('name', '=', name)
        .returning('id')
        .execute()
    ).length > 0,
})

export type PromptStore = ReturnType<typeof promptStore>
