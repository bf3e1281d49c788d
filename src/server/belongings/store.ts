/** Everything that hangs on one account, table by table: for a copy of it, and for its end. */
import { sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'

type Row = Record<string, unknown> & { id: string }
/** Rows in the order of their ids, after the one given. */
type Batch = (userId: string, after: string | undefined) => Promise<Row[]>

const BATCH = 200
const START = '00000000-0000-0000-0000-000000000000'

export const belongingStore = (db: Query) => {
  /** Columns are named one by one: what is a secret, or another's, is not among them. */
  const batch =
    (columns: string, from: string, owner: string): Batch =>
    async (userId, after = START) => {
      const { rows } =
        await sql<Row>`select ${sql.raw(columns)} from ${sql.raw(from)} where ${sql.raw(owner)} = ${userId}
        and t.id > ${after} order by t.id limit ${BATCH}`.execute(db)
      return rows
    }

  return {
    account: async (userId: string): Promise<Record<string, unknown> | undefined> => {
      const { rows } = await sql<Record<string, unknown>>`select id, email, name, role, plan, email_verified,
        created_at, last_login_at from users where id = ${userId}`.execute(db)
      return rows[0]
    },

    /** Rows: name in the index → what is read for it. */
    lists: {
      sessions: batch('id, ip_address, user_agent, created_at, expires_at', 'sessions t', 't.user_id'),
      keys: batch(
        'id, name, prefix, scopes, expires_at, last_used_at, created_at',
        'api_keys t',
        't.user_id',
      ),
      teams: batch('t.id, t.name, m.role', 'teams t join team_members m on m.team_id = t.id', 'm.user_id'),
      prompts: batch(
        'id, name, description, instructions, version, created_at, updated_at',
        'prompts t',
        't.user_id',
      ),
      webhooks: batch('id, url, description, events, active, created_at', 'webhook_endpoints t', 't.user_id'),
      usage: batch('id, at, kind, quantity, team_id, job_id', 'usage_entries t', 't.user_id'),
      comments: batch('id, proposal_id, matrix_row_id, body, created_at', 'comments t', 't.author_id'),
    } satisfies Record<string, Batch>,

    documents: batch(
      `id, filename, format, status, sha256, original_mime, original_size, pages, partial, warnings, options,
        proposal_id, proposal_role, stored_uri, output_uri, created_at, expires_at`,
      'conversions t',
      't.user_id',
    ),
    analyses: batch(
      `id, conversion_id, filename, status, sha256, engine, agent, text_uri, output_uri, created_at, expires_at`,
      'analyses t',
      't.user_id',
    ),
    proposals: batch(
      'id, title, client, status, due_at, due_zone, version, trashed_at, created_at, updated_at, expires_at',
      'proposals t',
      't.user_id',
    ),
    matrix: batch(
      `id, analysis_id, requirement_id, requirement_text, rfp_reference, obligation, category, page, boxes, status,
        owner_id, response_location, notes, position, version, created_at, updated_at`,
      'matrix_rows t',
      't.proposal_id',
    ),
    commentsOf: batch('id, matrix_row_id, author_id, body, created_at', 'comments t', 't.proposal_id'),
    events: batch('id, actor_id, action, detail, created_at', 'proposal_events t', 't.proposal_id'),

    /** Teams that would be left without an owner, and how many others are in them. Locked, so that nobody joins meanwhile. */
    teamsOwnedAlone: async (
      trx: Trx,
      userId: string,
    ): Promise<{ id: string; name: string; others: number }[]> => {
      await sql`select t.id from teams t join team_members m on m.team_id = t.id
        where m.user_id = ${userId} and m.role = 'owner' for update of t`.execute(trx)
      const { rows } = await sql<{ id: string; name: string; others: number }>`select t.id, t.name,
          (select count(*)::int from team_members o where o.team_id = t.id and o.user_id <> ${userId}) as others
        from teams t join team_members m on m.team_id = t.id
        where m.user_id = ${userId} and m.role = 'owner' and not exists (
          select from team_members o where o.team_id = t.id and o.user_id <> ${userId} and o.role = 'owner')`.execute(
        trx,
      )
      return rows
    },

    /** What proposals of teams hold becomes an owner's of the team, the one who is in it longest; with the analyses and jobs of it. */
    handOver: async (trx: Trx, userId: string): Promise<number> => {
      const { rows } = await sql<{ id: string }>`with heirs as (
          select c.id, (select m.user_id from team_members m
            where m.team_id = p.team_id and m.role = 'owner' and m.user_id <> ${userId}
            order by m.created_at, m.user_id limit 1) as heir
          from conversions c join proposals p on p.id = c.proposal_id
          where p.team_id is not null and (c.user_id = ${userId} or exists (
            select from analyses a where a.conversion_id = c.id and a.user_id = ${userId}))
        ), documents as (
          update conversions c set user_id = heir from heirs
          where c.id = heirs.id and heir is not null and c.user_id = ${userId} returning c.id
        ), found as (
          update analyses a set user_id = heir from heirs
          where a.conversion_id = heirs.id and heir is not null and a.user_id = ${userId}
        ), worked as (
          update jobs j set user_id = heir from heirs
          where j.conversion_id = heirs.id and heir is not null and j.user_id = ${userId}
        )
        select id from documents`.execute(trx)
      return rows.length
    },

    /** Where the files of an account lie. */
    filesOf: async (trx: Trx, userId: string) => {
      const documents = await trx
        .selectFrom('conversions')
        .select(['stored_uri', 'output_uri'])
        .where('user_id', '=', userId)
        .execute()
      const analyses = await trx
        .selectFrom('analyses')
        .select(['text_uri', 'output_uri'])
        .where('user_id', '=', userId)
        .execute()
      return { documents, analyses }
    },

    removeTeam: async (trx: Trx, id: string): Promise<void> => {
      await trx.deleteFrom('teams').where('id', '=', id).execute()
    },

    /** The account, and by their references all rows of it. */
    removeUser: async (trx: Trx, userId: string): Promise<void> => {
      await trx.deleteFrom('users').where('id', '=', userId).execute()
    },
  }
}

export type BelongingStore = ReturnType<typeof belongingStore>
