/** What administrators ask of all tables at once. Reads no document's text. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { JobKind, JobState } from '../../platform/db/tables.ts'

type PageAsked = { limit: number; before?: string }
export type UserChange = {
  plan?: string | undefined
  role?: 'user' | 'admin' | undefined
  revoked?: boolean | undefined
}

const LARGEST = 20
const MONTH = sql<Date>`(date_trunc('month', now() at time zone 'UTC') at time zone 'UTC')`
const number = (expression: RawBuilder<unknown>) => sql<number>`coalesce(${expression}, 0)::bigint`
const live = sql`('active', 'trialing', 'past_due')`

/** Every plan that a user has from anywhere. */
const plansOfUser = sql<string[]>`array(
  select users.plan union select s.plan from subscriptions s where s.user_id = users.id and s.status in ${live}
  union select t.plan from teams t join team_members m on m.team_id = t.id where m.user_id = users.id
  union select s.plan from subscriptions s join team_members m on m.team_id = s.team_id
    where m.user_id = users.id and s.status in ${live})`.as('plans')

const likeOf = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export const adminStore = (db: Query) => ({
  users: (
    page: PageAsked & {
      search?: string | undefined
      plan?: string | undefined
      revoked?: boolean | undefined
    },
  ) =>
    users(db)
      .$if(page.before !== undefined, (rows) => rows.where('users.id', '<', page.before!))
      .$if(page.plan !== undefined, (rows) => rows.where('users.plan', '=', page.plan!))
      .$if(page.revoked !== undefined, (rows) => rows.where('users.revoked', '=', page.revoked!))
      .$if(page.search !== undefined && page.search !== '', (rows) =>
        rows.where((eb) =>
          eb.or([eb('email', 'ilike', likeOf(page.search!)), eb('name', 'ilike', likeOf(page.search!))]),
        ),
      )
      .orderBy('users.id', 'desc')
      .limit(page.limit)
      .execute(),

  user: (id: string, query: Query = db) => users(query).where('users.id', '=', id).executeTakeFirst(),

  userByEmail: (email: string, query: Query = db) =>
    query.selectFrom('users').select(['id', 'plan']).where('email', '=', email).executeTakeFirst(),

  changeUser: async (trx: Trx, id: string, change: UserChange): Promise<void> => {
    const { plan, role, revoked } = change
    await trx
      .updateTable('users')
      .set({
        updated_at: sql<Date>`now()`,
        ...(plan ? { plan } : {}),
        ...(role ? { role } : {}),
        ...(revoked === undefined ? {} : { revoked }),
      })
      .where('id', '=', id)
      .execute()
    if (revoked) await trx.deleteFrom('sessions').where('user_id', '=', id).execute()
  },

  /** By address. */
  invited: ({ limit, last }: { limit: number; last?: string }) =>
    db
      .selectFrom('invited_emails')
      .leftJoin('users', 'users.email', 'invited_emails.email')
      .select([
        'invited_emails.email',
        'invited_emails.plan',
        'invited_emails.created_at',
        sql<boolean>`users.id is not null`.as('joined'),
      ])
      .$if(last !== undefined, (rows) => rows.where('invited_emails.email', '>', last!))
      .orderBy('invited_emails.email')
      .limit(limit)
      .execute(),

  invite: async (trx: Trx, email: string, plan: string): Promise<void> => {
    await trx
      .insertInto('invited_emails')
      .values({ email, plan })
      .onConflict((conflict) => conflict.column('email').doUpdateSet({ plan }))
      .execute()
  },

  uninvite: async (trx: Trx, email: string): Promise<boolean> =>
    (await trx.deleteFrom('invited_emails').where('email', '=', email).returning('email').execute()).length >
    0,

  teams: (page: PageAsked) =>
    teams(db)
      .$if(page.before !== undefined, (rows) => rows.where('teams.id', '<', page.before!))
      .orderBy('teams.id', 'desc')
      .limit(page.limit)
      .execute(),

  team: (id: string, query: Query = db) => teams(query).where('teams.id', '=', id).executeTakeFirst(),

  membersOf: async (trx: Trx, teamId: string): Promise<string[]> =>
    (await trx.selectFrom('team_members').select('user_id').where('team_id', '=', teamId).execute()).map(
      ({ user_id }) => user_id,
    ),

  setTeamPlan: async (trx: Trx, id: string, plan: string): Promise<void> => {
    await trx.updateTable('teams').set({ plan, updated_at: sql<Date>`now()` }).where('id', '=', id).execute()
  },

  jobs: (
    page: PageAsked & {
      status?: JobState | undefined
      kind?: JobKind | undefined
      userId?: string | undefined
      isDead?: boolean
    },
  ) =>
    jobs(db)
      .$if(page.before !== undefined, (rows) => rows.where('jobs.id', '<', page.before!))
      .$if(page.status !== undefined, (rows) => rows.where('jobs.status', '=', page.status!))
      .$if(page.kind !== undefined, (rows) => rows.where('jobs.kind', '=', page.kind!))
      .$if(page.userId !== undefined, (rows) => rows.where('jobs.user_id', '=', page.userId!))
      .$if(page.isDead === true, (rows) => rows.where('jobs.dead_lettered_at', 'is not', null))
      .orderBy('jobs.id', 'desc')
      .limit(page.limit)
      .execute(),

  job: (id: string, query: Query = db) => jobs(query).where('jobs.id', '=', id).executeTakeFirst(),

  /** A dead letter becomes a job again, with its conversion or analysis; undefined: it is none. */
  revive: async (trx: Trx, id: string): Promise<JobKind | undefined> => {
    const now = sql<Date>`now()`
    const row = await trx
      .updateTable('jobs')
      .set((eb) => ({
        status: 'queued',
        stage: 'queued',
        page: null,
        claim: null,
        error_code: null,
        error_message: null,
        error_fix: null,
        dead_lettered_at: null,
        completed_at: null,
        updated_at: now,
        revision: eb('revision', '+', 1),
      }))
      .where('id', '=', id)
      .where('status', '=', 'failed')
      .where('dead_lettered_at', 'is not', null)
      .returning(['kind', 'conversion_id', 'analysis_id'])
      .executeTakeFirst()
    if (!row) return undefined
    if (row.kind === 'conversion')
      await trx
        .updateTable('conversions')
        .set({ status: 'queued', updated_at: now })
        .where('id', '=', row.conversion_id)
        .execute()
    else
      await trx
        .updateTable('analyses')
        .set({ status: 'queued', updated_at: now })
        .where('id', '=', row.analysis_id)
        .execute()
    return row.kind
  },

  storage: async () => {
    const [totals, formats, largest] = [await totalsOf(db), await formatsOf(db), await largestOf(db)]
    return { totals, formats, largest }
  },
})

export type AdminStore = ReturnType<typeof adminStore>
export type AdminUserRow = NonNullable<Awaited<ReturnType<AdminStore['user']>>>
export type AdminTeamRow = NonNullable<Awaited<ReturnType<AdminStore['team']>>>
export type AdminJobRow = NonNullable<Awaited<ReturnType<AdminStore['job']>>>

const users = (db: Query) =>
  db
    .selectFrom('users')
    .select([
      'users.id',
      'email',
      'name',
      'email_verified',
      'role',
      'plan',
      'subscription_status',
      'revoked',
      'created_at',
      'last_login_at',
    ])
    .select([
      plansOfUser,
      number(sql`(select count(*) from conversions c where c.user_id = users.id)`).as('documents'),
      number(sql`(select sum(c.original_size) from conversions c where c.user_id = users.id)`).as('bytes'),
      number(sql`(select sum(u.quantity) from usage_entries u
        where u.user_id = users.id and u.kind = 'pages' and u.at >= ${MONTH})`).as('pages'),
    ])

const teams = (db: Query) =>
  db
    .selectFrom('teams')
    .select(['teams.id', 'teams.name', 'teams.plan', 'teams.created_at'])
    .select([
      sql<string | null>`(select s.plan from subscriptions s
        where s.team_id = teams.id and s.status in ${live} order by s.created_at desc limit 1)`.as('paid'),
      number(sql`(select count(*) from team_members m where m.team_id = teams.id)`).as('members'),
      number(sql`(select sum(u.quantity) from usage_entries u
        where u.team_id = teams.id and u.kind = 'pages' and u.at >= ${MONTH})`).as('pages'),
    ])

const jobs = (db: Query) =>
  db
    .selectFrom('jobs')
    .leftJoin('users', 'users.id', 'jobs.user_id')
    .leftJoin('conversions', 'conversions.id', 'jobs.conversion_id')
    .selectAll('jobs')
    .select(['users.email', 'conversions.format', 'conversions.original_size'])

async function totalsOf(db: Query) {
  type Totals = Record<
    | 'documents'
    | 'analyses'
    | 'proposals'
    | 'original_bytes'
    | 'visitor_bytes'
    | 'database_bytes'
    | 'expired',
    number
  >
  const { rows } = await sql<Totals>`select
    (select count(*) from conversions) as documents,
    (select count(*) from analyses) as analyses,
    (select count(*) from proposals) as proposals,
    (select coalesce(sum(original_size), 0)::bigint from conversions) as original_bytes,
    (select coalesce(sum(original_size), 0)::bigint from conversions where user_id is null) as visitor_bytes,
    (select count(*) from conversions where expires_at < now()) as expired,
    pg_database_size(current_database()) as database_bytes`.execute(db)
  return rows[0]!
}

const formatsOf = (db: Query) =>
  db
    .selectFrom('conversions')
    .select((eb) => [
      'format',
      number(eb.fn.countAll() as unknown as RawBuilder<unknown>).as('documents'),
      number(sql`sum(original_size)`).as('bytes'),
    ])
    .groupBy('format')
    .orderBy('bytes', 'desc')
    .execute()

const largestOf = (db: Query) =>
  db
    .selectFrom('conversions')
    .leftJoin('users', 'users.id', 'conversions.user_id')
    .select(['conversions.user_id', 'conversions.visitor_session_id', 'users.email'])
    .select([number(sql`count(*)`).as('documents'), number(sql`sum(original_size)`).as('bytes')])
    .where(sql<SqlBool>`true`)
    .groupBy(['conversions.user_id', 'conversions.visitor_session_id', 'users.email'])
    .orderBy('bytes', 'desc')
    .limit(LARGEST)
    .execute()
