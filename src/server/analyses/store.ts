/** The analyses table. */
import { type Selectable, sql } from 'kysely'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { JobState, Tables } from '../../platform/db/tables.ts'
import { type Actor, owned, ownerOf, reachable } from '../actor.ts'

/** An analysis with the job that makes it. */
export type AnalysisRow = Selectable<Tables['analyses']> & { job_id: string }

/** A finished conversion, or a text that was sent. */
type Source = { readonly conversionId: string } | { readonly textUri: string }
export type NewAnalysis = {
  readonly id: string
  readonly source: Source
  readonly filename: string
  readonly sha256: string
  readonly engine: string
  readonly expiresAt: Date | null
}

const jobId = sql<string>`(select j.id from jobs j where j.analysis_id = analyses.id)`.as('job_id')
const rows = (db: Query) => db.selectFrom('analyses').selectAll('analyses').select(jobId)
const usable: readonly JobState[] = ['queued', 'processing', 'completed']

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

  /** Done by this engine, or under way. */
  findOfConversion: (actor: Actor, conversionId: string, engine: string) =>
    rows(db)
      .where('conversion_id', '=', conversionId)
      .where('engine', '=', engine)
      .where('status', 'in', usable)
      .where(reachable(actor, 'analyses', 'read'))
      .orderBy('id', 'desc')
      .executeTakeFirst(),

  findOfText: (
    actor: Actor,
    { sha256, filename, engine }: { sha256: string; filename: string; engine: string },
  ) =>
    rows(db)
      .where('text_uri', 'is not', null)
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

  complete: async (trx: Trx, id: string, outputUri: string): Promise<void> => {
    await trx
      .updateTable('analyses')
      .set({ status: 'completed', output_uri: outputUri, updated_at: new Date() })
      .where('id', '=', id)
      .execute()
  },
})

export const filesOf = (row: { text_uri: string | null; output_uri: string | null }): string[] =>
  [row.text_uri, row.output_uri].filter((key) => key !== null)

export type AnalysisStore = ReturnType<typeof analysisStore>
