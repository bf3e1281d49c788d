/** The proposals table, its history and its links. */
import { type Selectable, sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/tables.ts'
import { newId } from '../../platform/ids.ts'
import { type Actor, ownerOf, type Reach, reachable } from '../actor.ts'

export type ProposalRow = Selectable<Tables['proposals']>
export type Change = {
  title?: string | undefined
  client?: string | undefined
  status?: ProposalRow['status'] | undefined
  due?: { at: Date; zone: string } | null | undefined
}
export type NewProposal = {
  readonly id: string
  readonly title: string
  readonly client: string
  readonly due: { at: Date; zone: string } | null
  readonly teamId: string | null
  readonly expiresAt: Date | null
}
export type Listed = {
  readonly limit: number
  readonly before?: string
  readonly status?: ProposalRow['status'] | undefined
  readonly teamId?: string | undefined
  readonly trash: boolean
}

const now = sql<Date>`now()`
const within = (actor: Actor, reach: Reach) => reachable(actor, 'proposals', reach)
const dueOf = (due: { at: Date; zone: string } | null) => ({
  due_at: due?.at ?? null,
  due_zone: due?.zone ?? null,
})

export const proposalStore = (db: Query) => ({
  insert: (trx: Trx, actor: Actor, made: NewProposal) =>
    trx
      .insertInto('proposals')
      .values({
        id: made.id,
        title: made.title,
        client: made.client,
        expires_at: made.expiresAt,
        ...dueOf(made.due),
        ...(made.teamId ? { team_id: made.teamId, user_id: null, visitor_session_id: null } : ownerOf(actor)),
      })
      .returningAll()
      .executeTakeFirstOrThrow(),

  /** What lies in the trash is found only there. */
  find: (actor: Actor, id: string, reach: Reach, trash = false) =>
    db
      .selectFrom('proposals')
      .selectAll()
      .where('id', '=', id)
      .where(within(actor, reach))
      .where('trashed_at', trash ? 'is not' : 'is', null)
      .executeTakeFirst(),

  /** Newest first. */
  list: (actor: Actor, { limit, before, status, teamId, trash }: Listed) =>
    db
      .selectFrom('proposals')
      .selectAll()
      .where(within(actor, 'read'))
      .where('trashed_at', trash ? 'is not' : 'is', null)
      .$if(before !== undefined, (query) => query.where('id', '<', before!))
      .$if(status !== undefined, (query) => query.where('status', '=', status!))
      .$if(teamId !== undefined, (query) => query.where('team_id', '=', teamId!))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),

  /** `version`: only when the row is still at it. */
  update: (trx: Trx, actor: Actor, id: string, { title, client, status, due }: Change, version?: number) =>
    trx
      .updateTable('proposals')
      .set((eb) => ({
        updated_at: now,
        version: eb('version', '+', 1),
        ...(title === undefined ? {} : { title }),
        ...(client === undefined ? {} : { client }),
        ...(status ? { status } : {}),
        ...(due === undefined ? {} : dueOf(due)),
      }))
      .where('id', '=', id)
      .where(within(actor, 'write'))
      .where('trashed_at', 'is', null)
      .$if(version !== undefined, (query) => query.where('version', '=', version!))
      .returningAll()
      .executeTakeFirst(),

  setTrashed: (trx: Trx, actor: Actor, id: string, isTrashed: boolean) =>
    trx
      .updateTable('proposals')
      .set((eb) => ({ trashed_at: isTrashed ? now : null, updated_at: now, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .where(within(actor, 'write'))
      .where('trashed_at', isTrashed ? 'is' : 'is not', null)
      .returningAll()
      .executeTakeFirst(),

  /** For good. */
  remove: async (actor: Actor, id: string): Promise<boolean> =>
    (
      await db
        .deleteFrom('proposals')
        .where('id', '=', id)
        .where(within(actor, 'own'))
        .returning('id')
        .execute()
    ).length > 0,

  /** Expired ones, and those that lay in the trash for long enough. */
  removeExpired: (limit: number, trashDays: number) =>
    db
      .deleteFrom('proposals')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('proposals')
          .select('id')
          .where((or) =>
            or.or([
              or('expires_at', '<', now),
              or('trashed_at', '<', sql<Date>`now() - make_interval(days => ${trashDays})`),
            ]),
          )
          .limit(limit),
      )
      .returning('id')
      .execute(),

  /** The users who may read it: its owner, or the members of its team. */
  readers: async (trx: Trx, id: string): Promise<string[]> => {
    const { rows } = await sql<{ user_id: string }>`
      select user_id from proposals where id = ${id} and user_id is not null
      union select m.user_id from team_members m join proposals p on p.team_id = m.team_id where p.id = ${id}`.execute(
      trx,
    )
    return rows.map(({ user_id }) => user_id)
  },

  note: async (
    trx: Trx,
    actor: Actor,
    proposalId: string,
    action: string,
    detail: Record<string, unknown> = {},
  ): Promise<void> => {
    await trx
      .insertInto('proposal_events')
      .values({
        id: newId(),
        proposal_id: proposalId,
        actor_id: actor.kind === 'user' ? actor.id : null,
        action,
        detail: JSON.stringify(detail),
      })
      .execute()
  },

  events: (proposalId: string, { limit, before }: { limit: number; before?: string }) =>
    db
      .selectFrom('proposal_events as e')
      .leftJoin('users', 'users.id', 'e.actor_id')
      .select(['e.id', 'e.action', 'e.detail', 'e.created_at', 'e.actor_id', 'users.name', 'users.email'])
      .where('e.proposal_id', '=', proposalId)
      .$if(before !== undefined, (query) => query.where('e.id', '<', before!))
      .orderBy('e.id', 'desc')
      .limit(limit)
      .execute(),

  insertShare: (trx: Trx, made: { id: string; proposalId: string; tokenHash: string; expiresAt: Date }) =>
    trx
      .insertInto('proposal_shares')
      .values({
        id: made.id,
        proposal_id: made.proposalId,
        token_hash: made.tokenHash,
        expires_at: made.expiresAt,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),

  shares: (proposalId: string) =>
    db
      .selectFrom('proposal_shares')
      .selectAll()
      .where('proposal_id', '=', proposalId)
      .where('expires_at', '>', now)
      .orderBy('id', 'desc')
      .execute(),

  removeShare: async (trx: Trx, proposalId: string, id: string): Promise<boolean> =>
    (
      await trx
        .deleteFrom('proposal_shares')
        .where('id', '=', id)
        .where('proposal_id', '=', proposalId)
        .returning('id')
        .execute()
    ).length > 0,

  /** Whoever has the link reads; the link stands in place of ownership. */
  openShare: async (tokenHash: string): Promise<ProposalRow | undefined> => {
    const share = await db
      .updateTable('proposal_shares')
      .set((eb) => ({ views: eb('views', '+', 1) }))
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .returning('proposal_id')
      .executeTakeFirst()
    return share
      ? db
          .selectFrom('proposals')
          .selectAll()
          .where('id', '=', share.proposal_id)
          .where('trashed_at', 'is', null)
          .executeTakeFirst()
      : undefined
  },
})

export type ProposalStore = ReturnType<typeof proposalStore>
