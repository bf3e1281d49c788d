/** A new version of a solicitation is applied to a matrix: work that is done stays, what changed is open again. */
import type { z } from 'zod'
import type { amendedMatrixSchema } from '../../contract/proposals.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db, Trx } from '../../platform/db/db.ts'
import type { Comparison, Requirement } from '../../rfp/findings.ts'
import { type Actor, may } from '../actor.ts'
import { type Compared, type Plan, planAmendment } from './amendment.ts'
import type { MatrixStore } from './matrix-store.ts'
import type { ProposalService } from './service.ts'

type Needs = {
  readonly db: Db
  readonly store: MatrixStore
  readonly proposals: ProposalService
  readonly requirementsOf: (actor: Actor, analysisId: string) => Promise<readonly Requirement[]>
  /** Two analyses that the actor may read, the older one first. */
  readonly compare: (actor: Actor, oldId: string, newId: string, signal: AbortSignal) => Promise<Comparison>
}

/** A solicitation of more files than these is compared by those that most rows came from. */
const MOST_COMPARED = 8

export const amendService = ({ db, store, proposals, requirementsOf, compare }: Needs) => {
  const comparedWith = async (actor: Actor, proposalId: string, newId: string, signal: AbortSignal) => {
    const sources = await store.analysesOf(proposalId)
    const olds = sources.filter((id) => id !== newId).slice(0, MOST_COMPARED)
    if (sources.length === 0)
      throw new MdraftError('conflict', 'The matrix has no rows of an analysis to compare with.', {
        fix: 'Fill it from the analysis of the solicitation first.',
      })
    const compared: Compared[] = []
    for (const analysisId of olds)
      compared.push({ analysisId, comparison: await compare(actor, analysisId, newId, signal) })
    return compared
  }

  const apply = async (trx: Trx, actor: Actor, proposalId: string, newId: string, plan: Plan) => {
    for (const { row, requirement } of plan.carried)
      await store.carry(trx, proposalId, row.id, newId, requirement)
    for (const { row, text, requirement } of plan.changed) {
      await store.amend(trx, proposalId, row, { text, analysisId: newId, requirement })
      await proposals.record(trx, actor, proposalId, 'row amended', {
        row_id: row.id,
        analysis_id: newId,
        requirement_text: { from: row.requirement_text, to: text },
        ...(row.status === 'open' ? {} : { status: { from: row.status, to: 'open' } }),
      })
    }
    for (const row of plan.removed) {
      await store.markRemoved(trx, proposalId, row.id)
      await proposals.record(trx, actor, proposalId, 'row removed by amendment', {
        row_id: row.id,
        analysis_id: newId,
        status: row.status,
      })
    }
    return store.add(trx, proposalId, newId, plan.added)
  }

  /** Twice is harmless: what is applied is told from the rows themselves. */
  const amend = async (
    actor: Actor,
    proposalId: string,
    analysisId: string,
    signal: AbortSignal,
  ): Promise<z.infer<typeof amendedMatrixSchema>> => {
    may(actor, 'proposals:write')
    await proposals.find(actor, proposalId, 'write')
    const found = await requirementsOf(actor, analysisId)
    const compared = await comparedWith(actor, proposalId, analysisId, signal)
    return db.query.transaction().execute(async (trx) => {
      const plan = planAmendment(await store.lockAll(trx, proposalId), compared, analysisId, found)
      const added = await apply(trx, actor, proposalId, analysisId, plan)
      const told = { changed: plan.changed.length, added, removed: plan.removed.length }
      if (told.changed + told.added + told.removed > 0)
        await proposals.note(trx, actor, proposalId, 'matrix amended', { analysis_id: analysisId, ...told })
      return { ...told, total: await store.count(trx, proposalId) }
    })
  }

  return { amend }
}

export type AmendService = ReturnType<typeof amendService>
