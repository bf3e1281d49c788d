/** Proposals: what a team answers a solicitation with, the documents that belong to it, its history and its links. */
import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type {
  createdShareSchema,
  createProposalSchema,
  documentRoles,
  Proposal,
  proposalEventSchema,
  proposalsQuerySchema,
  shareSchema,
  updateProposalSchema,
} from '../../contract/proposals.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db, Trx } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { AccountService } from '../accounts/service.ts'
import { type Actor, may, type Reach } from '../actor.ts'
import { haveRoom } from '../bounds.ts'
import type { DocumentService, ProposalDocument } from '../documents/service.ts'
import { type Page, pageOf } from '../page.ts'
import type { TeamService } from '../teams/service.ts'
import type { ProposalRow, ProposalStore } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: ProposalStore
  readonly accounts: AccountService
  readonly teams: TeamService
  readonly documents: DocumentService
  readonly baseUrl: string
  /** With each change: whom it concerns. */
  readonly onChanged: (trx: Trx, proposalId: string, userIds: readonly string[]) => Promise<void>
}
type Role = (typeof documentRoles)[number]

const TRASH_DAYS = 30
const DAY_MS = 86_400_000

export const proposalService = ({ db, store, accounts, teams, documents, baseUrl, onChanged }: Needs) => {
  /** A line in the history, and those who may read it are told that there is one. */
  const note: ProposalStore['note'] = async (trx, actor, id, ...what) => {
    await store.note(trx, actor, id, ...what)
    await onChanged(trx, id, await store.readers(trx, id))
  }

  /** The proposal, when the actor's reach goes so far; a member who may only read is told so. */
  const find = async (actor: Actor, id: string, reach: Reach): Promise<ProposalRow> => {
    const row = await store.find(actor, id, reach)
    if (row) return row
    if (reach !== 'read' && (await store.find(actor, id, 'read')))
      throw new MdraftError('forbidden', 'Your role in the team does not allow this.', {
        fix: 'Ask an owner of the team.',
      })
    throw new MdraftError('not_found', 'There is no such proposal.')
  }

  const withDocuments = async (row: ProposalRow): Promise<Proposal> =>
    present(row, await documents.ofProposals([row.id]))

  /** One change with its line in the history. */
  const changing = async (
    actor: Actor,
    action: string,
    work: (trx: Trx) => Promise<{ row: ProposalRow; detail?: Record<string, unknown> }>,
  ) => {
    const { row } = await db.query.transaction().execute(async (trx) => {
      const done = await work(trx)
      await note(trx, actor, done.row.id, action, done.detail)
      return done
    })
    return withDocuments(row)
  }

  const stale = () =>
    new MdraftError('conflict', 'Somebody changed the proposal meanwhile.', {
      fix: 'Read it again and repeat the change.',
    })

  return {
    find,

    create: async (actor: Actor, form: z.infer<typeof createProposalSchema>): Promise<Proposal> => {
      may(actor, 'proposals:write')
      if (form.team_id) {
        const role = await teams.roleOf(actor, form.team_id)
        if (!role) throw new MdraftError('not_found', 'There is no such team.')
        if (role === 'viewer')
          throw new MdraftError('forbidden', 'Your role in the team does not allow this.')
      }
      const { title, client, team_id: teamId } = form
      const expiresAt = teamId ? null : await accounts.expiry(actor)
      const made = { id: newId(), title, client, teamId, expiresAt, due: dueOf(form.due) ?? null }
      return changing(actor, 'created', async (trx) => {
        await accounts.settle(trx, actor)
        return { row: await store.insert(trx, actor, made) }
      })
    },

    get: async (actor: Actor, id: string): Promise<Proposal> => {
      may(actor, 'proposals:read')
      return withDocuments(await find(actor, id, 'read'))
    },

    list: async (actor: Actor, query: z.infer<typeof proposalsQuerySchema>): Promise<Page<Proposal>> => {
      may(actor, 'proposals:read')
      const { status, team_id: teamId, trash } = query
      const rowsOf = (page: { limit: number; before?: string }) =>
        store.list(actor, { ...page, status, teamId, trash })
      const { items: rows, next } = await pageOf(query, rowsOf, (row) => row)
      const all = await documents.ofProposals(rows.map(({ id }) => id))
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
      form: z.infer<typeof updateProposalSchema>,
    ): Promise<Proposal> => {
      may(actor, 'proposals:write')
      const before = await find(actor, id, 'write')
      const { version, conversion_ids: ids, due, ...rest } = form
      return changing(actor, 'changed', async (trx) => {
        const row = await store.update(trx, actor, id, { ...rest, due: dueOf(due) }, version)
        if (!row) throw stale()
        if (ids && !(await documents.setProposal(trx, actor, id, ids))) throw noDocument()
        return { row, detail: differences(before, row, ids) }
      })
    },

    putDocument: async (actor: Actor, id: string, conversionId: string, role: Role): Promise<Proposal> => {
      may(actor, 'proposals:write')
      await find(actor, id, 'write')
      const others = (await documents.ofProposals([id])).filter((one) => one.id !== conversionId)
      haveRoom('documents', others.length)
      return changing(actor, 'document added', async (trx) => {
        const row = await store.update(trx, actor, id, {})
        if (!row || !(await documents.putIntoProposal(trx, actor, id, conversionId, role))) throw noDocument()
        return { row, detail: { conversion_id: conversionId, role } }
      })
    },

    takeDocument: async (actor: Actor, id: string, conversionId: string): Promise<Proposal> => {
      may(actor, 'proposals:write')
      await find(actor, id, 'write')
      return changing(actor, 'document removed', async (trx) => {
        const row = await store.update(trx, actor, id, {})
        if (!row || !(await documents.takeFromProposal(trx, id, conversionId))) throw noDocument()
        return { row, detail: { conversion_id: conversionId } }
      })
    },

    /** Into the trash, from where it is deleted after 30 days; or for good. Its documents stay. */
    remove: async (actor: Actor, id: string, forever: boolean): Promise<void> => {
      may(actor, 'proposals:write')
      if (forever) {
        if (!(await store.remove(actor, id))) await find(actor, id, 'own')
        return
      }
      const row = await find(actor, id, 'write')
      await changing(actor, 'put into the trash', async (trx) => ({
        row: (await store.setTrashed(trx, actor, id, true)) ?? row,
      }))
    },

    restore: async (actor: Actor, id: string): Promise<Proposal> => {
      may(actor, 'proposals:write')
      const row = await store.find(actor, id, 'write', true)
      if (!row) throw new MdraftError('not_found', 'There is no such proposal in the trash.')
      return changing(actor, 'taken out of the trash', async (trx) => ({
        row: (await store.setTrashed(trx, actor, id, false)) ?? row,
      }))
    },

    activity: async (
      actor: Actor,
      id: string,
      query: { limit: number; cursor?: string | undefined },
    ): Promise<Page<z.infer<typeof proposalEventSchema>>> => {
      may(actor, 'proposals:read')
      await find(actor, id, 'read')
      return pageOf(
        query,
        (page) => store.events(id, page),
        (row) => ({
          id: row.id,
          actor: nameOf(row.actor_id, row),
          action: row.action,
          detail: row.detail,
          created_at: row.created_at.toISOString(),
        }),
      )
    },

    note,
    /** A line in the history that nobody is told of: one of many that a change writes. */
    record: store.note,

    share: async (actor: Actor, id: string, days: number): Promise<z.infer<typeof createdShareSchema>> => {
      may(actor, 'proposals:write')
      await find(actor, id, 'write')
      haveRoom('shares', (await store.shares(id)).length)
      const token = randomBytes(16).toString('base64url')
      const made = {
        id: newId(),
        proposalId: id,
        tokenHash: hash(token),
        expiresAt: new Date(Date.now() + days * DAY_MS),
      }
      const share = await db.query.transaction().execute(async (trx) => {
        await note(trx, actor, id, 'shared by link', { days })
        return store.insertShare(trx, made)
      })
      return { ...presentShare(share), url: `${baseUrl}/s/${token}` }
    },

    shares: async (actor: Actor, id: string): Promise<z.infer<typeof shareSchema>[]> => {
      may(actor, 'proposals:read')
      await find(actor, id, 'write')
      return (await store.shares(id)).map(presentShare)
    },

    unshare: async (actor: Actor, id: string, shareId: string): Promise<void> => {
      may(actor, 'proposals:write')
      await find(actor, id, 'write')
      await db.query.transaction().execute(async (trx) => {
        if (!(await store.removeShare(trx, id, shareId)))
          throw new MdraftError('not_found', 'There is no such link.')
        await note(trx, actor, id, 'link withdrawn')
      })
    },

    /** By the token of a link: whoever has it. */
    open: async (token: string): Promise<ProposalRow> => {
      const row = await store.openShare(hash(token))
      if (!row) throw new MdraftError('not_found', 'The link has expired or was withdrawn.')
      return row
    },

    removeExpired: async (limit: number): Promise<number> =>
      (await store.removeExpired(limit, TRASH_DAYS)).length,
  }
}

export type ProposalService = ReturnType<typeof proposalService>

const hash = (token: string): string => createHash('sha256').update(token).digest('hex')
const noDocument = () =>
  new MdraftError('not_found', 'One of the documents does not exist.', {
    fix: 'Name only documents that you have.',
  })

/** Undefined stays: leave it as it is. */
function dueOf(
  due: { at: string; zone: string } | null | undefined,
): { at: Date; zone: string } | null | undefined {
  if (!due) return due
  if (!isZone(due.zone))
    throw new MdraftError('bad_option', `There is no time zone "${due.zone}".`, {
      fix: 'Use a name like America/New_York.',
    })
  return { at: new Date(due.at), zone: due.zone }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** What the history tells of a change: which fields, from what to what. */
function differences(
  before: ProposalRow,
  after: ProposalRow,
  ids: readonly string[] | undefined,
): Record<string, unknown> {
  const fields = ['title', 'client', 'status', 'due_at', 'due_zone'] as const
  const changed = fields.filter((field) => String(before[field]) !== String(after[field]))
  return {
    ...Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }])),
    ...(ids ? { documents: ids.length } : {}),
  }
}

export const nameOf = (id: string | null, { name, email }: { name: string | null; email: string | null }) =>
  id ? { id, name: name || (email ?? '') } : null

const presentShare = (row: { id: string; views: number; expires_at: Date; created_at: Date }) => ({
  id: row.id,
  views: row.views,
  expires_at: row.expires_at.toISOString(),
  created_at: row.created_at.toISOString(),
})

export const presentDue = ({ due_at, due_zone }: ProposalRow): Proposal['due'] =>
  due_at && due_zone ? { at: due_at.toISOString(), zone: due_zone } : null

const present = (row: ProposalRow, documents: readonly ProposalDocument[]): Proposal => ({
  id: row.id,
  title: row.title,
  client: row.client,
  due: presentDue(row),
  status: row.status,
  team_id: row.team_id,
  version: row.version,
  documents: [...documents],
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  expires_at: row.expires_at?.toISOString() ?? null,
  trashed_at: row.trashed_at?.toISOString() ?? null,
})
