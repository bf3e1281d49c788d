/** The jobs table. Whatever a watcher may want to see raises `revision` and is announced on one channel. */
import { type Selectable, sql } from 'kysely'
import type { Progress } from '../../core/index.ts'
import type { Query, Trx } from '../../platform/db/db.ts'
import type { JobKind, JobState, Tables } from '../../platform/db/tables.ts'
import { type Actor, owned, ownerOf, reachable } from '../actor.ts'

export type JobRow = Selectable<Tables['jobs']>

/** Payload: the id of the job that changed. */
export const JOB_CHANNEL = 'mdraft_jobs'

export type NewJob = {
  readonly id: string
  readonly kind: JobKind
  readonly filename: string
  readonly conversionId: string | null
  readonly analysisId: string | null
  readonly requestId: string
  readonly expiresAt: Date | null
}
export type Problem = {
  readonly code: string
  readonly message: string
  readonly fix?: string | undefined
  readonly detail?: string | undefined
}
/** The attempt that may write to a job: a newer one fences it out. */
export type Claim = { readonly id: string; readonly token: string }

const next = sql<number>`revision + 1`
const now = sql<Date>`now()`
const open: readonly JobState[] = ['queued', 'processing']

export const jobStore = (db: Query) => ({
  insert: async (trx: Trx, actor: Actor, job: NewJob): Promise<void> => {
    await trx
      .insertInto('jobs')
      .values({
        id: job.id,
        kind: job.kind,
        filename: job.filename,
        conversion_id: job.conversionId,
        analysis_id: job.analysisId,
        request_id: job.requestId,
        expires_at: job.expiresAt,
        ...ownerOf(actor),
      })
      .execute()
  },

  find: (actor: Actor, id: string) =>
    db
      .selectFrom('jobs')
      .selectAll()
      .where('id', '=', id)
      .where(reachable(actor, 'jobs', 'read'))
      .executeTakeFirst(),

  /** Newest first. */
  list: (actor: Actor, { limit, before, status }: { limit: number; before?: string; status?: JobState }) =>
    db
      .selectFrom('jobs')
      .selectAll()
      .where(owned(actor))
      .$if(before !== undefined, (query) => query.where('id', '<', before!))
      .$if(status !== undefined, (query) => query.where('status', '=', status!))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),

  countOpen: async (trx: Trx, actor: Actor): Promise<number> => {
    const { count } = await trx
      .selectFrom('jobs')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where(owned(actor))
      .where('status', 'in', open)
      .executeTakeFirstOrThrow()
    return Number(count)
  },

  /** Only a job of the actor that has not ended. */
  cancel: (trx: Trx, actor: Actor, id: string) =>
    trx
      .updateTable('jobs')
      .set({
        status: 'cancelled',
        stage: 'done',
        claim: null,
        completed_at: now,
        updated_at: now,
        revision: next,
      })
      .where('id', '=', id)
      .where(owned(actor))
      .where('status', 'in', open)
      .returningAll()
      .executeTakeFirst(),

  /** Takes the job for a new attempt; undefined when it has ended, however. */
  claim: (id: string, token: string) =>
    db
      .updateTable('jobs')
      .set((eb) => ({
        status: 'processing',
        claim: token,
        attempts: eb('attempts', '+', 1),
        started_at: sql`coalesce(started_at, now())`,
        updated_at: now,
        revision: next,
      }))
      .where('id', '=', id)
      .where('status', 'in', open)
      .returningAll()
      .executeTakeFirst(),

  /** False when the claim no longer holds. */
  progress: async ({ id, token }: Claim, { stage, page, pages }: Progress): Promise<boolean> => {
    const { rows } = await sql`with changed as (
        update jobs set stage = ${stage}, page = ${page ?? null}, pages = ${pages ?? null},
          revision = revision + 1, updated_at = now()
        where id = ${id} and claim = ${token} and status = 'processing' returning id)
      select pg_notify(${JOB_CHANNEL}, id::text) from changed`.execute(db)
    return rows.length > 0
  },

  holds: async ({ id, token }: Claim): Promise<boolean> =>
    (await db
      .selectFrom('jobs')
      .select('id')
      .where('id', '=', id)
      .where('claim', '=', token)
      .where('status', '=', 'processing')
      .executeTakeFirst()) !== undefined,

  /** The row, or undefined when the claim no longer holds: then nothing of this attempt may be kept. */
  complete: (trx: Trx, { id, token }: Claim) =>
    trx
      .updateTable('jobs')
      .set({
        status: 'completed',
        stage: 'done',
        claim: null,
        completed_at: now,
        updated_at: now,
        revision: next,
      })
      .where('id', '=', id)
      .where('claim', '=', token)
      .where('status', '=', 'processing')
      .returningAll()
      .executeTakeFirst(),

  /** `token` undefined: whoever has it, as when its process was killed. */
  fail: (trx: Trx, { id, token }: { id: string; token?: string }, problem: Problem) =>
    trx
      .updateTable('jobs')
      .set({
        status: 'failed',
        stage: 'done',
        claim: null,
        error_code: problem.code,
        error_message: problem.message,
        error_fix: problem.fix ?? null,
        error_detail: problem.detail?.slice(0, 8_000) ?? null,
        completed_at: now,
        updated_at: now,
        revision: next,
      })
      .where('id', '=', id)
      .where('status', 'in', open)
      .$if(token !== undefined, (query) => query.where('claim', '=', token!))
      .returningAll()
      .executeTakeFirst(),

  markDeadLetter: async (trx: Trx, id: string, reason: string): Promise<void> => {
    await trx
      .updateTable('jobs')
      .set((eb) => ({
        dead_lettered_at: now,
        error_detail: eb.fn.coalesce('error_detail', eb.val(reason.slice(0, 8_000))),
      }))
      .where('id', '=', id)
      .where('status', '=', 'failed')
      .execute()
  },

  /** Back to the queue, for another attempt. */
  release: async (trx: Trx, { id, token }: Claim): Promise<void> => {
    await trx
      .updateTable('jobs')
      .set({ status: 'queued', stage: 'queued', page: null, claim: null, updated_at: now, revision: next })
      .where('id', '=', id)
      .where('claim', '=', token)
      .where('status', '=', 'processing')
      .execute()
  },

  /** Whoever had them: open jobs as if nobody had begun. */
  reopen: (trx: Trx) =>
    trx
      .updateTable('jobs')
      .set({ status: 'queued', stage: 'queued', page: null, claim: null, updated_at: now, revision: next })
      .where('status', 'in', open)
      .returning(['id', 'kind'])
      .execute(),

  /** For watchers; ownership was proved when they began. */
  peek: (id: string) => db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst(),

  announce: async (trx: Query, id: string): Promise<void> => {
    await sql`select pg_notify(${JOB_CHANNEL}, ${id})`.execute(trx)
  },

  waiting: () =>
    db
      .selectFrom('jobs')
      .select(['id', 'kind'])
      .where('status', '=', 'queued')
      .where('updated_at', '<', sql<Date>`now() - interval '1 minute'`)
      .orderBy('id')
      .limit(1_000)
      .execute(),

  oldestWaiting: () =>
    db
      .selectFrom('jobs')
      .select((eb) => ['kind', eb.fn.min('created_at').as('since')])
      .where('status', '=', 'queued')
      .groupBy('kind')
      .execute(),
})

export type JobStore = ReturnType<typeof jobStore>
