/** The conversions table. */
import { type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { JobState, Tables } from '../../platform/db/tables.ts'
import { type Actor, isOfTeam, owned, ownerOf, reachable } from '../actor.ts'

/** A conversion with the job that made it, the newest analysis of it, and whether a team's proposal holds it. */
export type ConversionRow = Selectable<Tables['conversions']> & {
  job_id: string
  analysis_id: string | null
  of_team: boolean
}

export type ProposalRole = NonNullable<Tables['conversions']['proposal_role']>
export type NewConversion = {
  readonly id: string
  readonly filename: string
  readonly format: string
  readonly sha256: string
  readonly mime: string
  readonly size: number
  readonly storedUri: string
  readonly options: Record<string, unknown>
  readonly expiresAt: Date | null
}
export type Made = {
  readonly outputUri: string
  readonly engine: string
  readonly format: string
  readonly pages: number | null
  readonly partial: boolean
  readonly warnings: number
}

const jobId = sql<string>`(select j.id from jobs j
  where j.conversion_id = conversions.id and j.kind = 'conversion')`.as('job_id')
const analysisId = sql<string | null>`(select a.id from analyses a
  where a.conversion_id = conversions.id and a.agent is null order by a.id desc limit 1)`.as('analysis_id')
const rows = (db: Query) =>
  db
    .selectFrom('conversions')
    .selectAll('conversions')
    .select([jobId, analysisId, isOfTeam.conversions.as('of_team')])

/** The actor's own, and in no proposal that only others may change. */
const mayBeTaken = (actor: Actor) => (eb: ExpressionBuilder<Tables, 'conversions'>) =>
  eb.and([
    owned(actor)(eb),
    sql<SqlBool>`(conversions.proposal_id is null or exists (select from proposals
      where proposals.id = conversions.proposal_id and ${reachable(actor, 'proposals', 'write')}))`,
  ])

export const conversionStore = (db: Query) => ({
  insert: async (trx: Trx, actor: Actor, made: NewConversion): Promise<void> => {
    await trx
      .insertInto('conversions')
      .values({
        id: made.id,
        filename: made.filename,
        format: made.format,
        sha256: made.sha256,
        original_mime: made.mime,
        original_size: made.size,
        stored_uri: made.storedUri,
        options: JSON.stringify(made.options),
        expires_at: made.expiresAt,
        ...ownerOf(actor),
      })
      .execute()
  },

  find: (actor: Actor, id: string) =>
    rows(db)
      .where('id', '=', id)
      .where(reachable(actor, 'conversions', 'read'))
      .executeTakeFirst(),

  /** The same bytes read in the same way, done by this engine or under way; with its job. */
  findSame: (
    actor: Actor,
    { sha256, format, options }: Pick<NewConversion, 'sha256' | 'format' | 'options'>,
    engine: string,
  ) =>
    db
      .selectFrom('conversions')
      .innerJoin('jobs', 'jobs.conversion_id', 'conversions.id')
      .select(['conversions.id', 'conversions.status', 'jobs.id as job_id'])
      .where('jobs.kind', '=', 'conversion')
      .where((eb) =>
        eb.or([eb('conversions.engine', '=', engine), eb('conversions.status', '!=', 'completed')]),
      )
      .where('conversions.sha256', '=', sha256)
      .where('conversions.format', '=', format)
      .where('conversions.options', '=', JSON.stringify(options) as never)
      .where('conversions.status', 'in', ['queued', 'processing', 'completed'])
      .where((eb) =>
        eb(actor.kind === 'user' ? 'conversions.user_id' : 'conversions.visitor_session_id', '=', actor.id),
      )
      .orderBy('conversions.id', 'desc')
      .executeTakeFirst(),

  /** Newest first. */
  list: (actor: Actor, { limit, before }: { limit: number; before?: string }) =>
    rows(db)
      .where(owned(actor))
      .$if(before !== undefined, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),

  /** Whoever reaches a proposal reaches its documents. */
  ofProposals: (proposalIds: readonly string[]) =>
    rows(db)
      .where('proposal_id', 'in', [...proposalIds])
      .orderBy('id')
      .execute(),

  /** For a worker, which acts for the owner of the job it holds. */
  findForJob: (id: string) =>
    db.selectFrom('conversions').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),

  setStatus: async (trx: Trx, id: string, status: Exclude<JobState, 'completed'>): Promise<void> => {
    await trx
      .updateTable('conversions')
      .set({ status, updated_at: new Date() })
      .where('id', '=', id)
      .execute()
  },

  complete: async (trx: Trx, id: string, made: Made): Promise<void> => {
    await trx
      .updateTable('conversions')
      .set({
        status: 'completed',
        output_uri: made.outputUri,
        engine: made.engine,
        format: made.format,
        pages: made.pages,
        partial: made.partial,
        warnings: made.warnings,
        updated_at: new Date(),
      })
      .where('id', '=', id)
      .execute()
  },

  /** Exactly these are in the proposal afterwards: of those that are not yet, only what the actor may put there. */
  setProposal: async (
    trx: Trx,
    actor: Actor,
    proposalId: string,
    ids: readonly string[],
  ): Promise<boolean> => {
    await trx
      .updateTable('conversions')
      .set({ proposal_id: null, proposal_role: null, updated_at: new Date() })
      .where('proposal_id', '=', proposalId)
      .$if(ids.length > 0, (query) => query.where('id', 'not in', [...ids]))
      .execute()
    if (ids.length === 0) return true
    const found = await trx
      .updateTable('conversions')
      .set((eb) => ({
        proposal_id: proposalId,
        proposal_role: eb.fn.coalesce('proposal_role', sql<'attachment'>`'attachment'`),
        updated_at: new Date(),
      }))
      .where('id', 'in', [...ids])
      .where((eb) => eb.or([mayBeTaken(actor)(eb), eb('proposal_id', '=', proposalId)]))
      .returning('id')
      .execute()
    return found.length === new Set(ids).size
  },

  putIntoProposal: async (
    trx: Trx,
    actor: Actor,
    proposalId: string,
    id: string,
    role: ProposalRole,
  ): Promise<boolean> =>
    (
      await trx
        .updateTable('conversions')
        .set({ proposal_id: proposalId, proposal_role: role, updated_at: new Date() })
        .where('id', '=', id)
        .where((eb) => eb.or([mayBeTaken(actor)(eb), eb('proposal_id', '=', proposalId)]))
        .returning('id')
        .execute()
    ).length > 0,

  takeFromProposal: async (trx: Trx, proposalId: string, id: string): Promise<boolean> =>
    (
      await trx
        .updateTable('conversions')
        .set({ proposal_id: null, proposal_role: null, updated_at: new Date() })
        .where('id', '=', id)
        .where('proposal_id', '=', proposalId)
        .returning('id')
        .execute()
    ).length > 0,

  /** For cleanup: what nobody may see any longer, with the keys of its files. Running work goes first. */
  removeExpired: (limit: number) =>
    db
      .deleteFrom('conversions')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('conversions')
          .select('id')
          .where('expires_at', '<', sql<Date>`now()`)
          .where('status', 'not in', ['queued', 'processing'])
          .where((of) => of.not(isOfTeam.conversions))
          .limit(limit),
      )
      .returning(['stored_uri', 'output_uri'])
      .execute(),

  /** Of these keys, those that a row still names. */
  knownOriginals: async (keys: readonly string[]): Promise<string[]> => {
    if (keys.length === 0) return []
    const found = await db
      .selectFrom('conversions')
      .select('stored_uri')
      .where('stored_uri', 'in', [...keys])
      .execute()
    return found.map(({ stored_uri }) => stored_uri)
  },

  knownOutputs: async (prefixes: readonly string[]): Promise<string[]> => {
    if (prefixes.length === 0) return []
    const found = await db
      .selectFrom('conversions')
      .select('output_uri')
      .where('output_uri', 'in', [...prefixes])
      .execute()
    return found.flatMap(({ output_uri }) => output_uri ?? [])
  },

  remove: (actor: Actor, id: string) =>
    db
      .deleteFrom('conversions')
      .where('id', '=', id)
      .where(owned(actor))
      .where((eb) => eb.not(isOfTeam.conversions))
      .returningAll()
      .executeTakeFirst(),
})

export type ConversionStore = ReturnType<typeof conversionStore>
