/** The analyses table. */
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { AnalysesQuery } from '../../contract/analyses.ts'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { JobState, Tables } from '../../platform/db/tables.ts'
import { type Actor, isOfTeam, owned, ownerOf, reachable } from '../actor.ts'

/** An analysis with the job that makes it. */
export type AnalysisRow = Selectable<Tables['analyses']> & { job_id: string }

/** A finished conversion, or a text that was sent. */
type Source = { readonly conversionId: string } | { readonly textUri: string }
/** A prompt as it was when it was run. */
export type Agent = { readonly name: string; readonly instructions: string }
export type NewAnalysis = {
  readonly id: string
  readonly source: Source
  readonly filename: string
  readonly sha256: string
  readonly engine: string
  /** The prompt to run, in place of the four analyses. */
  readonly agent?: Agent | undefined
  readonly expiresAt: Date | null
}

const jobId = sql<string>`(select j.id from jobs j where j.analysis_id = analyses.id)`.as('job_id')
const rows = (db: Query) => db.selectFrom('analyses').selectAll('analyses').select(jobId)
const usable: readonly JobState[] = ['queued', 'processing', 'completed']

type Wanted = { readonly engine: string; readonly agent?: Agent | undefined }

/** The four analyses, or a run of the same prompt in the same words. */
const runs = (agent: Agent | undefined) =>
  agent
    ? sql<SqlBool>`analyses.agent = ${JSON.stringify(agent)}::jsonb`
    : sql<SqlBool>`analyses.agent is null`

export const analysisStore = (db: Query) => ({
  insert: async (trx: Trx, actor: Actor, made: NewAnalysis): Promise<void> => {
    await trx
      .insertInto('analyses')
      .values({
        id: made.id,
        conversion_id: 'conversionId' in made.source ? made.source.conversionId : null,
        text_uri: 'textUri' in made.source ? made.source.textUri : null,
        filename: made.filename,
        sha256: made.sha256,
        engine: made.engine,
        agent: made.agent ? JSON.stringify(made.agent) : null,
        expires_at: made.expiresAt,
        ...ownerOf(actor),
      })
      .execute()
  },

  find: (actor: Actor, id: string) =>
    rows(db)
      .where('id', '=', id)
      .where(reachable(actor, 'analyses', 'read'))
      .executeTakeFirst(),

  /** Newest first: the actor's own, or all of one document that the actor may read. */
  list: (
    actor: Actor,
    asked: { limit: number; before?: string } & Pick<AnalysesQuery, 'conversion_id' | 'type'>,
  ) =>
    rows(db)
      .where((eb) =>
        asked.conversion_id
          ? eb.and([eb('conversion_id', '=', asked.conversion_id), reachable(actor, 'analyses', 'read')])
          : owned(actor)(eb),
      )
      .$if(asked.type !== undefined, (query) =>
        query.where('agent', asked.type === 'prompt' ? 'is not' : 'is', null),
      )
      .$if(asked.before !== undefined, (query) => query.where('id', '<', asked.before!))
      .orderBy('id', 'desc')
      .limit(asked.limit)
      .execute(),

  /** Done by this engine, or under way. */
  findOfConversion: (actor: Actor, conversionId: string, { engine, agent }: Wanted) =>
    rows(db)
      .where('conversion_id', '=', conversionId)
      .where(runs(agent))
      .where('engine', '=', engine)
      .where('status', 'in', usable)
      .where(reachable(actor, 'analyses', 'read'))
      .orderBy('id', 'desc')
      .executeTakeFirst(),

  findOfText: (
    actor: Actor,
    { sha256, filename, engine, agent }: Wanted & { sha256: string; filename: string },
  ) =>
    rows(db)
      .where('text_uri', 'is not', null)
      .where(runs(agent))
      .where('sha256', '=', sha256)
      .where('filename', '=', filename)
      .where('engine', '=', engine)
      .where('status', 'in', usable)
      .where(owned(actor))
      .orderBy('id', 'desc')
      .executeTakeFirst(),

  /** For a worker, which acts for the owner of the job it holds. */
  findForJob: (id: string) => rows(db).where('id', '=', id).executeTakeFirstOrThrow(),

  /** The conversion's own outputs, for a worker. */
  outputOfConversion: async (conversionId: string): Promise<string | null> =>
    (
      await db
        .selectFrom('conversions')
        .select('output_uri')
        .where('id', '=', conversionId)
        .executeTakeFirstOrThrow()
    ).output_uri,

  setStatus: async (trx: Trx, id: string, status: Exclude<JobState, 'completed'>): Promise<void> => {
    await trx.updateTable('analyses').set({ status, updated_at: new Date() }).where('id', '=', id).execute()
  },

  removeExpired: (limit: number) =>
    db
      .deleteFrom('analyses')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('analyses')
          .select('id')
          .where('expires_at', '<', sql<Date>`now()`)
          .where('status', 'not in', ['queued', 'processing'])
          .where((of) => of.not(isOfTeam.analyses))
          .limit(limit),
      )
      .returning(['text_uri', 'output_uri'])
      .execute(),

  /** Of these keys, those that a row still names. */
  knownFiles: async (keys: readonly string[]): Promise<string[]> =>
    (
      await db
        .selectFrom('analyses')
        .select(['text_uri', 'output_uri'])
        .where((eb) => eb.or([eb('text_uri', 'in', [...keys]), eb('output_uri', 'in', [...keys])]))
        .execute()
    ).flatMap(filesOf),

  /** `engine`: what really made it. */
  complete: async (trx: Trx, id: string, outputUri: string, engine: string): Promise<void> => {
    await trx
      .updateTable('analyses')
      .set({ status: 'completed', output_uri: outputUri, engine, updated_at: new Date() })
      .where('id', '=', id)
      .execute()
  },
})

/** Answers of models. One is found again by whoever owns the analysis that first asked, and by nobody else. */
export const answerStore = (db: Query) => ({
  find: async (owner: Owner, key: string): Promise<object | undefined> =>
    (
      await db
        .selectFrom('model_answers')
        .innerJoin('analyses', 'analyses.id', 'model_answers.analysis_id')
        .select('model_answers.answer')
        .where('model_answers.key', '=', key)
        .where((eb) =>
          owner.user_id
            ? eb('analyses.user_id', '=', owner.user_id)
            : eb('analyses.visitor_session_id', '=', owner.visitor_session_id),
        )
        .limit(1)
        .executeTakeFirst()
    )?.answer,

  keep: async (analysisId: string, key: string, answer: unknown): Promise<void> => {
    await db
      .insertInto('model_answers')
      .values({ analysis_id: analysisId, key, answer: JSON.stringify(answer) })
      .onConflict((conflict) => conflict.columns(['analysis_id', 'key']).doNothing())
      .execute()
  },
})
export type AnswerStore = ReturnType<typeof answerStore>
type Owner = { readonly user_id: string | null; readonly visitor_session_id: string | null }

export const filesOf = (row: { text_uri: string | null; output_uri: string | null }): string[] =>
  [row.text_uri, row.output_uri].filter((key) => key !== null)

export type AnalysisStore = ReturnType<typeof analysisStore>
