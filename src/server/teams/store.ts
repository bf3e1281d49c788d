/** Teams, their members, and who is invited. */
import { sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/tables.ts'

export type TeamRole = Tables['team_members']['role']

export const teamStore = (db: Query) => ({
  insert: async (trx: Trx, team: { id: string; name: string; ownerId: string }): Promise<void> => {
    await trx.insertInto('teams').values({ id: team.id, name: team.name }).execute()
    await trx
      .insertInto('team_members')
      .values({ team_id: team.id, user_id: team.ownerId, role: 'owner' })
      .execute()
  },

  /** With the user's own role; undefined for all who are not in it. */
  find: (userId: string, id: string) =>
    db
      .selectFrom('teams')
      .innerJoin('team_members', 'team_members.team_id', 'teams.id')
      .select(['teams.id', 'teams.name', 'teams.created_at', 'team_members.role'])
      .where('teams.id', '=', id)
      .where('team_members.user_id', '=', userId)
      .executeTakeFirst(),

  list: (userId: string) =>
    db
      .selectFrom('teams')
      .innerJoin('team_members', 'team_members.team_id', 'teams.id')
      .select(['teams.id', 'teams.name', 'teams.created_at', 'team_members.role'])
      .where('team_members.user_id', '=', userId)
      .orderBy('teams.id', 'desc')
      .execute(),

  members: (teamId: string) =>
    db
      .selectFrom('team_members')
      .innerJoin('users', 'users.id', 'team_members.user_id')
      .select([
        'team_members.user_id',
        'users.email',
        'users.name',
        'team_members.role',
        'team_members.created_at',
      ])
      .where('team_members.team_id', '=', teamId)
      .orderBy('team_members.created_at')
      .execute(),

  rename: async (id: string, name: string): Promise<void> => {
    await db.updateTable('teams').set({ name, updated_at: new Date() }).where('id', '=', id).execute()
  },

  remove: async (id: string): Promise<void> => {
    await db.deleteFrom('teams').where('id', '=', id).execute()
  },

  /** Locks the team's owners, so that two of them cannot leave at once. */
  owners: async (trx: Trx, teamId: string): Promise<string[]> =>
    (
      await trx
        .selectFrom('team_members')
        .select('user_id')
        .where('team_id', '=', teamId)
        .where('role', '=', 'owner')
        .forUpdate()
        .execute()
    ).map(({ user_id }) => user_id),

  setRole: async (trx: Trx, teamId: string, userId: string, role: TeamRole): Promise<boolean> =>
    (
      await trx
        .updateTable('team_members')
        .set({ role })
        .where('team_id', '=', teamId)
        .where('user_id', '=', userId)
        .returning('user_id')
        .execute()
    ).length > 0,

  removeMember: async (trx: Trx, teamId: string, userId: string): Promise<boolean> =>
    (
      await trx
        .deleteFrom('team_members')
        .where('team_id', '=', teamId)
        .where('user_id', '=', userId)
        .returning('user_id')
        .execute()
    ).length > 0,

  invitations: (teamId: string) =>
    db
      .selectFrom('team_invitations')
      .select(['id', 'email', 'role', 'expires_at'])
      .where('team_id', '=', teamId)
      .where('expires_at', '>', sql<Date>`now()`)
      .orderBy('id')
      .execute(),

  invite: (made: {
    id: string
    teamId: string
    email: string
    role: TeamRole
    tokenHash: string
    expiresAt: Date
  }) =>
    db
      .insertInto('team_invitations')
      .values({
        id: made.id,
        team_id: made.teamId,
        email: made.email,
        role: made.role,
        token_hash: made.tokenHash,
        expires_at: made.expiresAt,
      })
      .returning(['id', 'email', 'role', 'expires_at'])
      .executeTakeFirstOrThrow(),

  removeInvitation: async (teamId: string, id: string): Promise<boolean> =>
    (
      await db
        .deleteFrom('team_invitations')
        .where('id', '=', id)
        .where('team_id', '=', teamId)
        .returning('id')
        .execute()
    ).length > 0,

  /** Uses up an invitation to this address. */
  accept: async (
    trx: Trx,
    tokenHash: string,
    user: { id: string; email: string },
  ): Promise<string | undefined> => {
    const invitation = await trx
      .deleteFrom('team_invitations')
      .where('token_hash', '=', tokenHash)
      .where('email', '=', user.email)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning(['team_id', 'role'])
      .executeTakeFirst()
    if (!invitation) return undefined
    await trx
      .insertInto('team_members')
      .values({ team_id: invitation.team_id, user_id: user.id, role: invitation.role })
      .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doNothing())
      .execute()
    return invitation.team_id
  },
})

export type TeamStore = ReturnType<typeof teamStore>
