/** The compliance matrix of a proposal: requirements as work with owners and states, and what is said about it. */
import type { z } from 'zod'
import type {
  changeRowSchema,
  commentSchema,
  commentsQuerySchema,
  filledMatrixSchema,
  MatrixRow,
  matrixQuerySchema,
  sharedSchema,
  writeCommentSchema,
} from '../../contract/proposals.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { Requirement } from '../../rfp/findings.ts'
import { type Actor, may } from '../actor.ts'
import { type Page, pageOf } from '../page.ts'
import type { TeamService } from '../teams/service.ts'
import type { MatrixRowRow, MatrixStore } from './matrix-store.ts'
import { nameOf, type ProposalService, presentDue } from './service.ts'

type Needs = {
  readonly db: Db
  readonly store: MatrixStore
  readonly proposals: ProposalService
  readonly teams: TeamService
  /** The requirements of an analysis that the actor may read. */
  readonly requirementsOf: (actor: Actor, analysisId: string) => Promise<readonly Requirement[]>
}
type Comment = z.infer<typeof commentSchema>

const ALL = 5_000

export const matrixService = ({ db, store, proposals, teams, requirementsOf }: Needs) => {
  const rowOf = async (proposalId: string, id: string): Promise<MatrixRowRow> => {
    const row = await store.find(proposalId, id)
    if (!row) throw new MdraftError('not_found', 'There is no such row.')
    return row
  }

  /** Work is given to people who can do it. */
  const checkOwner = async (actor: Actor, teamId: string | null, ownerId: string): Promise<void> => {
    const isPossible = teamId
      ? await teams.has(teamId, ownerId)
      : actor.kind === 'user' && actor.id === ownerId
    if (!isPossible)
      throw new MdraftError('bad_option', 'This person is not in the team.', {
        fix: 'Choose a member of the team.',
      })
  }

  return {
    /** Takes the requirements of an analysis over as rows; those that are rows already stay as they are. */
    fill: async (
      actor: Actor,
      proposalId: string,
      analysisId: string,
    ): Promise<z.infer<typeof filledMatrixSchema>> => {
      may(actor, 'proposals:write')
      await proposals.find(actor, proposalId, 'write')
      // A repeated statement is one piece of work.
      const found = (await requirementsOf(actor, analysisId)).filter(
        ({ duplicate_of }) => duplicate_of === null,
      )
      return db.query.transaction().execute(async (trx) => {
        const added = await store.add(trx, proposalId, analysisId, found)
        await proposals.note(trx, actor, proposalId, 'matrix filled', { analysis_id: analysisId, added })
        return { added, total: await store.count(trx, proposalId) }
      })
    },

    list: async (
      actor: Actor,
      proposalId: string,
      query: z.infer<typeof matrixQuerySchema>,
    ): Promise<Page<MatrixRow>> => {
      may(actor, 'proposals:read')
      await proposals.find(actor, proposalId, 'read')
      const { limit, cursor, status, owner_id: ownerId } = query
      const after = positionOf(cursor)
      const rows = await store.list(proposalId, {
        limit: limit + 1,
        status,
        ownerId,
        ...(after === undefined ? {} : { after }),
      })
      const shown = rows.slice(0, limit)
      return {
        items: shown.map(presentRow),
        next: rows.length > limit ? String(shown.at(-1)!.position) : null,
      }
    },

    change: async (
      actor: Actor,
      proposalId: string,
      id: string,
      form: z.infer<typeof changeRowSchema>,
    ): Promise<MatrixRow> => {
      may(actor, 'proposals:write')
      const { team_id } = await proposals.find(actor, proposalId, 'write')
      const before = await rowOf(proposalId, id)
      const { version, ...change } = form
      if (change.owner_id) await checkOwner(actor, team_id, change.owner_id)
      return db.query.transaction().execute(async (trx) => {
        const row = await store.change(trx, proposalId, id, version, change)
        if (!row)
          throw new MdraftError('conflict', 'Somebody changed this row meanwhile.', {
            fix: 'Read it again: what stands there now is newer than what you saw.',
          })
        const fields = (Object.keys(change) as (keyof typeof change)[]).filter(
          (field) => before[field] !== row[field],
        )
        const detail = Object.fromEntries(
          fields.map((field) => [field, { from: before[field], to: row[field] }]),
        )
        await proposals.note(trx, actor, proposalId, 'row changed', { row_id: id, ...detail })
        return presentRow(row)
      })
    },

    comment: async (
      actor: Actor,
      proposalId: string,
      form: z.infer<typeof writeCommentSchema>,
    ): Promise<Comment> => {
      may(actor, 'proposals:write')
      await proposals.find(actor, proposalId, 'read')
      if (form.matrix_row_id) await rowOf(proposalId, form.matrix_row_id)
      const made = {
        id: newId(),
        proposalId,
        rowId: form.matrix_row_id,
        body: form.body,
        authorId: actor.kind === 'user' ? actor.id : null,
      }
      await db.query.transaction().execute(async (trx) => {
        await store.comment(trx, made)
        await proposals.note(trx, actor, proposalId, 'commented', { comment_id: made.id, row_id: made.rowId })
      })
      const [comment] = await store.comments(proposalId, { limit: 1, id: made.id })
      return presentComment(comment!)
    },

    comments: async (
      actor: Actor,
      proposalId: string,
      query: z.infer<typeof commentsQuerySchema>,
    ): Promise<Page<Comment>> => {
      may(actor, 'proposals:read')
      await proposals.find(actor, proposalId, 'read')
      return pageOf(
        query,
        (page) => store.comments(proposalId, { ...page, rowId: query.matrix_row_id }),
        presentComment,
      )
    },

    removeComment: async (actor: Actor, proposalId: string, id: string): Promise<void> => {
      may(actor, 'proposals:write')
      await proposals.find(actor, proposalId, 'read')
      if (actor.kind !== 'user' || !(await store.removeComment(proposalId, id, actor.id)))
        throw new MdraftError('not_found', 'There is no such comment of yours.')
    },

    /** What a link shows. */
    shared: async (token: string): Promise<z.infer<typeof sharedSchema>> => {
      const proposal = await proposals.open(token)
      const rows = (await store.list(proposal.id, { limit: ALL })).filter(
        ({ removed_at }) => removed_at === null,
      )
      return {
        title: proposal.title,
        client: proposal.client,
        due: presentDue(proposal),
        status: proposal.status,
        rows: rows.map(
          ({ requirement_text, rfp_reference, obligation, status, response_location, page }) => ({
            requirement_text,
            rfp_reference,
            obligation,
            status,
            response_location,
            page,
          }),
        ),
      }
    },
  }
}

export type MatrixService = ReturnType<typeof matrixService>

function positionOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw new MdraftError('bad_option', 'The cursor is not one that a list gave.', {
    fix: 'Start without a cursor.',
  })
}

const presentRow = (row: MatrixRowRow): MatrixRow => ({
  id: row.id,
  analysis_id: row.analysis_id,
  requirement_id: row.requirement_id,
  requirement_text: row.requirement_text,
  rfp_reference: row.rfp_reference,
  obligation: row.obligation,
  category: row.category,
  page: row.page,
  boxes: row.boxes,
  block_ids: row.block_ids,
  status: row.status,
  owner_id: row.owner_id,
  response_location: row.response_location,
  notes: row.notes,
  version: row.version,
  changed_at: row.changed_at?.toISOString() ?? null,
  previous_text: row.previous_text,
  removed_at: row.removed_at?.toISOString() ?? null,
  updated_at: row.updated_at.toISOString(),
})

type CommentRow = Awaited<ReturnType<MatrixStore['comments']>>[number]
const presentComment = (row: CommentRow): Comment => ({
  id: row.id,
  matrix_row_id: row.matrix_row_id,
  author: nameOf(row.author_id, row),
  body: row.body,
  created_at: row.created_at.toISOString(),
})
