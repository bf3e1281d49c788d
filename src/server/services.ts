/** Builds every service from the platform's parts. Nothing here listens or works yet. */

import { scopes } from '../contract/accounts.ts'
import type { Auth } from '../platform/auth.ts'
import type { Billing } from '../platform/billing.ts'
import type { Blobs } from '../platform/blobs/blobs.ts'
import type { Config, Rate } from '../platform/config/config.ts'
import type { Counters } from '../platform/counters/counters.ts'
import type { Db } from '../platform/db/db.ts'
import { checkPublicUrl } from '../platform/fetch.ts'
import type { Log } from '../platform/log.ts'
import type { Mailer } from '../platform/mail.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Pool } from '../platform/pool/pool.ts'
import type { Push } from '../platform/push.ts'
import type { Queue } from '../platform/queue.ts'
import type { Reports } from '../platform/reports.ts'
import type { Sealer } from '../platform/seal.ts'
import type { Signer } from '../platform/signing.ts'
import type { Trace } from '../platform/trace.ts'
import { version } from '../platform/version.ts'
import { accountService } from './accounts/service.ts'
import { accountStore } from './accounts/store.ts'
import { adminService } from './admin/service.ts'
import { adminStore } from './admin/store.ts'
import { agentService } from './agents/service.ts'
import { promptStore } from './agents/store.ts'
import { analysisService } from './analyses/service.ts'
import { analysisStore, answerStore } from './analyses/store.ts'
import { auditService } from './audit/service.ts'
import { auditStore } from './audit/store.ts'
import { belongingService } from './belongings/service.ts'
import { belongingStore } from './belongings/store.ts'
import { documentService } from './documents/service.ts'
import { conversionStore } from './documents/store.ts'
import { jobEnded } from './ended.ts'
import { jobService } from './jobs/service.ts'
import { jobStore } from './jobs/store.ts'
import type { JobWatch } from './jobs/watch.ts'
import { mcpService } from './mcp/service.ts'
import { cleanupService } from './ops/cleanup.ts'
import { opsService } from './ops/service.ts'
import { billingService } from './plans/billing.ts'
import { billingStore } from './plans/billing-store.ts'
import { entitlementsTable, planService, visitorEntitlements } from './plans/service.ts'
import { planStore } from './plans/store.ts'
import { amendService } from './proposals/amend.ts'
import { exchangeService } from './proposals/exchange.ts'
import { matrixService } from './proposals/matrix.ts'
import { matrixStore } from './proposals/matrix-store.ts'
import { proposalService } from './proposals/service.ts'
import { proposalStore } from './proposals/store.ts'
import { teamService } from './teams/service.ts'
import { teamStore } from './teams/store.ts'
import { webhookService } from './webhooks/service.ts'
import { webhookStore } from './webhooks/store.ts'

export type Platform = {
  readonly db: Db
  readonly blobs: Blobs
  readonly queue: Queue
  readonly watch: JobWatch
  /** Absent: workers look for work themselves. */
  readonly push: Push | undefined
  readonly signer: Signer
  readonly sealer: Sealer
  readonly auth: Auth
  readonly mailer: Mailer
  /** Absent: plans are not sold here. */
  readonly shop: Billing | undefined
  readonly counters: Counters
  /** Reads and writes small files for whoever waits for the answer; its processes start when they are first needed. */
  readonly desk: Pool
  /** Where users reach the server. */
  readonly baseUrl: string
  readonly log: Log
  readonly metrics: Metrics
  readonly trace: Trace
  readonly reports: Reports
  readonly isDraining: () => boolean
}

/** What the outputs of this version are filed under: another version makes them anew. */
export const engine = `mdraft ${version()}`

export function createServices(config: Config, platform: Platform) {
  const {
    db,
    blobs,
    queue,
    watch,
    push,
    signer,
    sealer,
    auth,
    mailer,
    shop,
    baseUrl,
    counters,
    desk,
    log,
    metrics,
    trace,
    reports,
    isDraining,
  } = platform
  const { limits, work, llm } = config
  const model = llm && `${llm.provider}:${llm.model}`
  const stores = {
    jobs: jobStore(db.query),
    conversions: conversionStore(db.query),
    analyses: analysisStore(db.query),
    answers: answerStore(db.query),
    proposals: proposalStore(db.query),
    webhooks: webhookStore(db.query),
  }
  const audit = auditService({ store: auditStore(db.query) })
  const plans = planService({
    store: planStore(db.query),
    enforced: config.planLimits,
    forSale: shop?.forSale ?? [],
    uploadBytes: limits.uploadBytes,
    visitorDays: limits.visitorDays,
  })
  const accounts = accountService({
    db,
    store: accountStore(db.query),
    signer,
    auth,
    visitorDays: limits.visitorDays,
    adminEmails: config.adminEmails,
    plans,
    onClose: async (actor) => {
      await belongings.mayLeave(actor)
      // Nobody shall pay for it any longer.
      await billing.endAll({ userId: actor.id })
      await belongings.clear(actor)
    },
  })
  const webhooks = webhookService({
    db,
    store: stores.webhooks,
    queue,
    sealer,
    checkUrl: config.webhooksTo === 'public' ? checkPublicUrl : () => {},
  })
  const jobs = jobService({
    db,
    store: stores.jobs,
    queue,
    watch,
    push,
    onCancelled: (trx, job) =>
      job.kind === 'conversion'
        ? stores.conversions.setStatus(trx, job.conversion_id!, 'cancelled')
        : stores.analyses.setStatus(trx, job.analysis_id!, 'cancelled'),
  })
  const documents = documentService({
    db,
    store: stores.conversions,
    blobs,
    accounts,
    jobs,
    plans,
    engine,
  })
  const teams = teamService({ db, store: teamStore(db.query), accounts, mailer, baseUrl })
  const billing = billingService({
    db,
    store: billingStore(db.query),
    billing: shop,
    plans,
    teams,
    audit,
    baseUrl,
  })
  const proposals = proposalService({
    db,
    store: stores.proposals,
    accounts,
    teams,
    documents,
    baseUrl,
    onChanged: (trx, id, userIds) => webhooks.tell(trx, userIds, 'proposal.changed', { proposal_id: id }, id),
  })
  const matrix = matrixService({
    db,
    store: matrixStore(db.query),
    proposals,
    teams,
    requirementsOf: (actor, id) => analyses.requirements(actor, id),
  })
  const amendments = amendService({
    db,
    store: matrixStore(db.query),
    proposals,
    requirementsOf: (actor, id) => analyses.requirements(actor, id),
    compare: (actor, oldId, newId, signal) => analyses.compareKept(actor, oldId, newId, signal),
  })
  const exchange = exchangeService({ db, store: matrixStore(db.query), proposals, desk })
  const analyses = analysisService({
    db,
    store: stores.analyses,
    blobs,
    accounts,
    documents,
    jobs,
    desk,
    baseUrl,
    engine,
    model,
    plans,
    textChars: limits.textChars,
    waitMs: work.answerWaitMs,
  })
  const agents = agentService({ store: promptStore(db.query), analyses, model })
  const belongings = belongingService({
    db,
    store: belongingStore(db.query),
    blobs,
    documents,
    audit,
    log,
  })
  const mcp = mcpService({ documents, analyses, jobs, counters, limits })
  const admin = adminService({
    db,
    store: adminStore(db.query),
    queue,
    jobs,
    plans,
    audit,
    limits: presentLimits(limits),
  })
  const ops = opsService({ db, blobs, queue, jobs, metrics, isDraining })
  const cleanup = cleanupService({ db, blobs, audit, accounts, documents, proposals, analyses, webhooks })
  return {
    counters,
    query: db.query,
    audit,
    plans,
    billing,
    webhooks,
    admin,
    accounts,
    teams,
    jobs,
    documents,
    proposals,
    matrix,
    amendments,
    exchange,
    analyses,
    agents,
    belongings,
    mcp,
    ops,
    cleanup,
    log,
    metrics,
    trace,
    reports,
    stores,
    /** In the transaction that ends a job. */
    onEnded: jobEnded(plans, webhooks),
  }
}

export type Services = ReturnType<typeof createServices>

function presentLimits(limits: Config['limits']) {
  const rate = ({ max, windowMs }: Rate) => ({ max, window_seconds: windowMs / 1000 })
  return {
    rates: {
      all: rate(limits.globalRate),
      upload: rate(limits.uploadRate),
      analysis: rate(limits.analysisRate),
    },
    upload_bytes: limits.uploadBytes,
    text_chars: limits.textChars,
    visitor_days: limits.visitorDays,
    visitor: visitorEntitlements(limits.visitorDays),
    plans: entitlementsTable,
    scopes: [...scopes],
  }
}
