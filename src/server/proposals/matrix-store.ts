/** Rows of compliance matrices, and what is said about them. Callers have proved that they may reach the proposal. */
import { type Selectable, sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/tables.ts'
import { newId } from '../../platform/ids.ts'
import type { Requirement } from '../../rfp/findings.ts'

export type MatrixRowRow = Selectable<Tables['matrix_rows']>
export type RowChange = {
  status?: MatrixRowRow['status'] | undefined
  owner_id?: string | null | undefined
  response_location?: string | undefined
  notes?: string | undefined
}

const BATCH = 500

/** All that an analysis says of a requirement beside its words. */
const placeOf = (analysisId: string, one: Requirement) => ({
  analysis_id: analysisId,
  requirement_id: one.requirement_id,
  rfp_reference: one.rfp_reference.slice(0, 255),
  obligation: one.obligation,
  category: one.category,
  page: one.page,
  boxes: JSON.stringify(one.boxes),
  block_ids: JSON.stringify(one.block_ids),
})

export const matrixStore = (db: Query) => ({
  /** Adds the requirements that are not rows yet; gives how many. */
  add: async (
    trx: Trx,
    proposalId: string,
    analysisId: string,
    found: readonly Requirement[],
  ): Promise<number> => {
    const { last } = await trx
      .selectFrom('matrix_rows')
      .select((eb) => eb.fn.coalesce(eb.fn.max('position'), sql<number>`0`).as('last'))
      .where('proposal_id', '=', proposalId)
      .executeTakeFirstOrThrow()
    let added = 0
    for (let at = 0; at < found.length; at += BATCH) {
      const rows = await trx
        .insertInto('matrix_rows')
        .values(
          found.slice(at, at + BATCH).map((one, index) => ({
            id: newId(),
            proposal_id: proposalId,
            requirement_text: one.requirement_text,
            ...placeOf(analysisId, one),
            position: last + at + index + 1,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['proposal_id', 'analysis_id', 'requirement_id']).doNothing(),
        )
        .returning('id')
        .execute()
      added += rows.length
    }
    return added
  },

  count: async (trx: Query, proposalId: string): Promise<number> =>
    Number(
      (
        await trx
          .selectFrom('matrix_rows')
          .select((eb) => eb.fn.countAll<string>().as('count'))
          .where('proposal_id', '=', proposalId)
          .executeTakeFirstOrThrow()
      ).count,
    ),

  /** In the order of the solicitation. */
  list: (
    proposalId: string,
    filter: {
      limit?: number
      after?: number
      status?: MatrixRowRow['status'] | undefined
      ownerId?: string | undefined
    },
  ) =>
    db
      .selectFrom('matrix_rows')
      .selectAll()
      .where('proposal_id', '=', proposalId)
      .$if(filter.after !== undefined, (query) => query.where('position', '>', filter.after!))
      .$if(filter.status !== undefined, (query) => query.where('status', '=', filter.status!))
      .$if(filter.ownerId !== undefined, (query) => query.where('owner_id', '=', filter.ownerId!))
      .orderBy('position')
      .$if(filter.limit !== undefined, (query) => query.limit(filter.limit!))
      .execute(),

  find: (proposalId: string, id: string) =>
    db
      .selectFrom('matrix_rows')
      .selectAll()
      .where('id', '=', id)
      .where('proposal_id', '=', proposalId)
      .executeTakeFirst(),

  /** Who may own rows: the members of the team, or whoever the proposal belongs to. */
  people: (teamId: string | null, userId: string | null) =>
    db
      .selectFrom('users')
      .select(['users.id', 'users.name', 'users.email'])
      .$if(teamId !== null, (query) =>
        query.where(({ exists, selectFrom }) =>
          exists(
            selectFrom('team_members')
              .select('team_members.user_id')
              .where('team_members.team_id', '=', teamId)
              .whereRef('team_members.user_id', '=', 'users.id'),
          ),
        ),
      )
      .$if(teamId === null, (query) => query.where('users.id', '=', userId))
      .execute(),

  /** Only while the row is still at `version`. */
  change: (trx: Trx, proposalId: string, id: string, version: number, change: RowChange) =>
    trx
      .updateTable('matrix_rows')
      .set((eb) => ({
        ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
        version: eb('version', '+', 1),
        updated_at: sql<Date>`now()`,
      }))
      .where('id', '=', id)
      .where('proposal_id', '=', proposalId)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirst(),

  /** The analyses its rows came from, those of most rows first. */
  analysesOf: async (proposalId: string): Promise<string[]> =>
    (
      await db
        .selectFrom('matrix_rows')
        .select('analysis_id')
        .where('proposal_id', '=', proposalId)
        .where('analysis_id', 'is not', null)
        .groupBy('analysis_id')
        .orderBy((eb) => eb.fn.countAll(), 'desc')
        .orderBy('analysis_id')
        .execute()
    ).flatMap(({ analysis_id }) => analysis_id ?? []),

  /** All rows, which nobody changes until the transaction ends. */
  lockAll: (trx: Trx, proposalId: string) =>
    trx
      .selectFrom('matrix_rows')
      .selectAll()
      .where('proposal_id', '=', proposalId)
      .orderBy('position')
      .forUpdate()
      .execute(),

  /** The same requirement at its place in another version: for who works on the row nothing changes. */
  carry: async (trx: Trx, proposalId: string, id: string, analysisId: string, at: Requirement) => {
    await trx
      .updateTable('matrix_rows')
      .set({ ...placeOf(analysisId, at), removed_at: null })
      .where('id', '=', id)
      .where('proposal_id', '=', proposalId)
      .execute()
  },

  /** Other words: open again. `requirement`: null when only a sentence of the new version says so. */
  amend: async (
    trx: Trx,
    proposalId: string,
    row: MatrixRowRow,
    made: { text: string; analysisId: string; requirement: Requirement | null },
  ): Promise<void> => {
    const { text, analysisId, requirement } = made
    await trx
      .updateTable('matrix_rows')
      .set((eb) => ({
        ...(requirement ? placeOf(analysisId, requirement) : {}),
        requirement_text: text,
        previous_text: row.requirement_text,
        changed_at: sql<Date>`now()`,
        removed_at: null,
        status: 'open' as const,
        version: eb('version', '+', 1),
        updated_at: sql<Date>`now()`,
      }))
      .where('id', '=', row.id)
      .where('proposal_id', '=', proposalId)
      .execute()
  },

  markRemoved: async (trx: Trx, proposalId: string, id: string): Promise<void> => {
    await trx
      .updateTable('matrix_rows')
      .set((eb) => ({
        removed_at: sql<Date>`now()`,
        version: eb('version', '+', 1),
        updated_at: sql<Date>`now()`,
      }))
      .where('id', '=', id)
      .where('proposal_id', '=', proposalId)
      .execute()
  },

  comment: async (
    trx: Trx,
    made: { id: string; proposalId: string; rowId: string | null; authorId: string | null; body: string },
  ): Promise<void> => {
    await trx
      .insertInto('comments')
      .values({
        id: made.id,
        proposal_id: made.proposalId,
        matrix_row_id: made.rowId,
        author_id: made.authorId,
        body: made.body,
      })
      .execute()
  },

  /** Newest first, with the names of those who wrote. */
  comments: (
    proposalId: string,
    filter: { limit: number; before?: string; rowId?: string | undefined; id?: string },
  ) =>
    db
      .selectFrom('comments')
      .leftJoin('users', 'users.id', 'comments.author_id')
      .select([
        'comments.id',
        'comments.matrix_row_id',
        'comments.body',
        'comments.created_at',
        'comments.author_id',
        'users.name',
        'users.email',
      ])
      .where('comments.proposal_id', '=', proposalId)
      .$if(filter.id !== undefined, (query) => query.where('comments.id', '=', filter.id!))
      .$if(filter.before !== undefined, (query) => query.where('comments.id', '<', filter.before!))
      .$if(filter.rowId !== undefined, (query) => query.where('comments.matrix_row_id', '=', filter.rowId!))
      .orderBy('comments.id', 'desc')
      .limit(filter.limit)
      .execute(),

  /** Only the author's own. */
  removeComment: async (proposalId: string, id: string, authorId: string): Promise<boolean> =>
    (
      await db
        .deleteFrom('comments')
        .where('id', '=', id)
        .where('proposal_id', '=', proposalId)
        .where('author_id', '=', authorId)
        .returning('id')
        .execute()
    ).length > 0,
})

export type MatrixStore = ReturnType<typeof matrixStore>
