/** Retention: deletes what has expired, and files that no row names any longer. Harmless when it runs twice or breaks off. */
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Db } from '../../platform/db/db.ts'
import type { AccountService } from '../accounts/service.ts'
import type { AnalysisService } from '../analyses/service.ts'
import type { AuditService } from '../audit/service.ts'
import type { DocumentService } from '../documents/service.ts'
import type { ProposalService } from '../proposals/service.ts'
import type { WebhookService } from '../webhooks/service.ts'

type Needs = {
  readonly db: Db
  readonly blobs: Blobs
  readonly audit: AuditService
  readonly accounts: AccountService
  readonly documents: DocumentService
  readonly proposals: ProposalService
  readonly analyses: AnalysisService
  readonly webhooks: WebhookService
}

/** How many of each were deleted. */
export type Receipt = Readonly<
  Record<'analyses' | 'documents' | 'proposals' | 'visitors' | 'deliveries' | 'files', number>
>

const BATCH = 200
/** A file may be stored before the row that names it. */
const ORPHAN_AGE_MS = 24 * 3_600_000
const HOURS = 24
/** The folders of one kind, named by the last two digits of an id. */
const FOLDERS = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, '0'))

export const cleanupService = (needs: Needs) => {
  const { db, blobs, audit, accounts, documents, proposals, analyses, webhooks } = needs
  /** Rows: what a key starts with → who knows whether a file is still needed. */
  const keepers = [
    { prefix: 'originals/', orphans: documents.orphans },
    { prefix: 'outputs/', orphans: documents.orphans },
    { prefix: 'analyses/', orphans: analyses.orphans },
    { prefix: 'texts/', orphans: analyses.orphans },
  ] as const

  const sweep = async (before: number, folders: readonly string[]): Promise<number> => {
    let removed = 0
    for (const { prefix, orphans } of keepers)
      for (const folder of folders)
        for await (const keys of batches(blobs, prefix + folder, before)) {
          const gone = await orphans(keys)
          await blobs.remove(gone)
          removed += gone.length
        }
    return removed
  }

  const clean = async (folders: readonly string[]): Promise<Receipt> => {
    const receipt = {
      analyses: await untilEmpty(analyses.removeExpired),
      documents: await untilEmpty(documents.removeExpired),
      proposals: await untilEmpty(proposals.removeExpired),
      visitors: await untilEmpty(accounts.removeExpired),
      deliveries: await untilEmpty(webhooks.removeOld),
      files: await sweep(Date.now() - ORPHAN_AGE_MS, folders),
    }
    if (Object.values(receipt).some((count) => count > 0))
      await audit.note(db.query, 'system', {
        action: 'retention.enforced',
        target: { type: 'server', id: null },
        detail: receipt,
      })
    return receipt
  }

  return {
    /** `hour`: of the files only those whose turn it is in this hour of the day, so that all are listed once a day. */
    run: (hour?: number): Promise<Receipt> =>
      clean(
        hour === undefined
          ? ['']
          : FOLDERS.filter((_, at) => at % HOURS === hour).map((folder) => `${folder}/`),
      ),
  }
}

export type CleanupService = ReturnType<typeof cleanupService>

async function untilEmpty(remove: (limit: number) => Promise<number>): Promise<number> {
  let total = 0
  for (let removed = BATCH; removed === BATCH; total += removed) removed = await remove(BATCH)
  return total
}

async function* batches(blobs: Blobs, prefix: string, before: number): AsyncGenerator<string[]> {
  let keys: string[] = []
  for await (const { key, modified } of blobs.list(prefix)) {
    if (modified.getTime() > before) continue
    keys.push(key)
    if (keys.length < BATCH) continue
    yield keys
    keys = []
  }
  if (keys.length > 0) yield keys
}
