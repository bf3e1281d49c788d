/** Proposals: what a team answers a solicitation with, and the documents that belong to it. */
import type { z } from 'zod'
import type { ConversionSummary } from '../../contract/documents.ts'
import type { createProposalSchema, Proposal, updateProposalSchema } from '../../contract/proposals.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { AccountService } from '../accounts/service.ts'
import { type Actor, may } from '../actor.ts'
import type { DocumentService } from '../documents/service.ts'
import { type Page, pageOf } from '../page.ts'
import type { ProposalRow, ProposalStore } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: ProposalStore
  readonly accounts: AccountService
  readonly documents: DocumentService
}

export const proposalService = ({ db, store, accounts, documents }: Needs) => {
  const withDocuments = async (actor: Actor, row: ProposalRow): Promise<Proposal> =>
    present(row, await documents.listOfProposals(actor, [row.id]))

  return {
    create: async (actor: Actor, { title }: z.infer<typeof createProposalSchema>): Promise<Proposal> => {
      may(actor, 'proposals:write')
      const made = { id: newId(), title, expiresAt: accounts.expiry(actor) }
      const row = await db.query.transaction().execute(async (trx) => {
        await accounts.settle(trx, actor)
        return store.insert(trx, actor, made)
      })
      return present(row, [])
    },

    get: async (actor: Actor, id: string): Promise<Proposal> => {
      may(actor, 'proposals:read')
      const row = await store.find(actor, id)
      if (!row) throw unknown()
      return withDocuments(actor, row)
    },

    list: async (
      actor: Actor,
      query: { limit: number; cursor?: string | undefined },
    ): Promise<Page<Proposal>> => {
      may(actor, 'proposals:read')
      const { items: rows, next } = await pageOf(
        query,
        (page) => store.list(actor, page),
        (row) => row,
      )
      const all = await documents.listOfProposals(
        actor,
        rows.map(({ id }) => id),
      )
      const items = rows.map((row) =>
        present(
          row,
          all.filter(({ proposal_id }) => proposal_id === row.id),
        ),
      )
      return { items, next }
    },

    update: async (
      actor: Actor,
      id: string,
      change: z.infer<typeof updateProposalSchema>,
    ): Promise<Proposal> => {
      may(actor, 'proposals:write')
      const row = await db.query.transaction().execute(async (trx) => {
        const updated = await store.update(trx, actor, id, change)
        if (!updated) throw unknown()
        const ids = change.conversion_ids
        if (ids && !(await documents.setProposal(trx, actor, id, ids)))
          throw new MdraftError('not_found', 'One of the documents does not exist.', {
            fix: 'Name only documents of your own.',
          })
        return updated
      })
      return withDocuments(actor, row)
    },

    removeExpired: async (limit: number): Promise<number> => (await store.removeExpired(limit)).length,

    /** Its documents stay. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      may(actor, 'proposals:write')
      if (!(await store.remove(actor, id))) throw unknown()
    },
  }
}

export type ProposalService = ReturnType<typeof proposalService>

const unknown = () => new MdraftError('not_found', 'There is no such proposal.')

const present = (row: ProposalRow, documents: ConversionSummary[]): Proposal => ({
  id: row.id,
  title: row.title,
  status: row.status,
  documents,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  expires_at: row.expires_at?.toISOString() ?? null,
})
