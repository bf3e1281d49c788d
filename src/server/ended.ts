/** What follows from the end of a job, in the same transaction: it is counted, and those who listen are told. */
import type { Trx } from '../platform/db/db.ts'
import type { JobRow } from './jobs/store.ts'
import type { PlanService } from './plans/service.ts'
import type { WebhookService } from './webhooks/service.ts'

export type Ended = (trx: Trx, job: JobRow) => Promise<void>

export const jobEnded =
  (plans: PlanService, webhooks: WebhookService): Ended =>
  async (trx, job) => {
    const isDone = job.status === 'completed'
    if (isDone && job.kind === 'analysis') await plans.meter(trx, job, 'analyses', 1)
    // Visitors have no webhooks.
    if (job.user_id === null) return
    const facts = {
      job_id: job.id,
      kind: job.kind,
      conversion_id: job.conversion_id,
      analysis_id: job.analysis_id,
    }
    if (!isDone) return webhooks.tell(trx, [job.user_id], 'job.failed', { ...facts, error: job.error_code })
    await webhooks.tell(trx, [job.user_id], 'job.completed', facts)
    if (job.kind === 'analysis')
      await webhooks.tell(trx, [job.user_id], 'analysis.completed', {
        analysis_id: job.analysis_id,
        conversion_id: job.conversion_id,
      })
  }
