import { z } from 'zod'
import { bounds } from '../../contract/bounds.ts'
import { idSchema, pageOf, pageQuerySchema, success } from '../../contract/envelope.ts'
import {
  commentSchema,
  commentsQuerySchema,
  createdShareSchema,
  createProposalSchema,
  createShareSchema,
  proposalEventSchema,
  proposalSchema,
  proposalsQuerySchema,
  putDocumentSchema,
  sharedSchema,
  shareSchema,
  updateProposalSchema,
  writeCommentSchema,
} from '../../contract/proposals.ts'
import { type App, failures, needs, ok } from '../http.ts'
import type { MatrixService } from './matrix.ts'
import type { ProposalService } from './service.ts'

type Needs = {
  readonly proposals: ProposalService
  readonly matrix: MatrixService
}

const byId = z.object({ id: idSchema })
const byDocument = z.object({ id: idSchema, conversion_id: idSchema })
const byComment = z.object({ id: idSchema, comment_id: idSchema })
const byShare = z.object({ id: idSchema, share_id: idSchema })
const reading = { tags: ['proposals'], ...needs('proposals:read') }
const writing = { tags: ['proposals'], ...needs('proposals:write') }
const one = { 200: success(proposalSchema), ...failures }
const nothing = { 200: success(z.null()), ...failures }

export const proposalRoutes =
  ({ proposals, matrix }: Needs) =>
  async (app: App): Promise<void> => {
    app.post(
      '/api/proposals',
      {
        config: { repeatable: true },
        schema: {
          ...writing,
          summary: 'Create a proposal, your own or a team’s',
          body: createProposalSchema,
          response: { 201: success(proposalSchema), ...failures },
        },
      },
      async ({ actor, body }, reply) => {
        const made = await proposals.create(actor, body)
        return reply
          .code(201)
          .header('location', `/api/proposals/${made.id}`)
          .send(ok(made, 'Proposal created'))
      },
    )
    app.get(
      '/api/proposals',
      {
        schema: {
          ...reading,
          summary: 'Your proposals and your teams’, newest first',
          querystring: proposalsQuerySchema,
          response: { 200: success(pageOf(proposalSchema)), ...failures },
        },
      },
      async ({ actor, query }) => ok(await proposals.list(actor, query)),
    )
    app.get(
      '/api/proposals/:id',
      { schema: { ...reading, summary: 'One proposal with its documents', params: byId, response: one } },
      async ({ actor, params }) => ok(await proposals.get(actor, params.id)),
    )
    app.put(
      '/api/proposals/:id',
      {
        schema: {
          ...writing,
          summary: 'Change a proposal',
          params: byId,
          body: updateProposalSchema,
          response: one,
        },
      },
      async ({ actor, params, body }) =>
        ok(await proposals.update(actor, params.id, body), 'Proposal updated'),
    )
    app.delete(
      '/api/proposals/:id',
      {
        schema: {
          ...writing,
          summary: 'Put a proposal into the trash, or delete it for good',
          params: byId,
          querystring: z.object({ forever: z.stringbool().default(false) }),
          response: nothing,
        },
      },
      async ({ actor, params, query }) => {
        await proposals.remove(actor, params.id, query.forever)
        return ok(null, 'Proposal deleted')
      },
    )
    app.post(
      '/api/proposals/:id/restore',
      { schema: { ...writing, summary: 'Take a proposal out of the trash', params: byId, response: one } },
      async ({ actor, params }) => ok(await proposals.restore(actor, params.id)),
    )
    app.put(
      '/api/proposals/:id/documents/:conversion_id',
      {
        schema: {
          ...writing,
          summary: 'Put a document into a proposal, in a role',
          params: byDocument,
          body: putDocumentSchema,
          response: one,
        },
      },
      async ({ actor, params, body }) =>
        ok(await proposals.putDocument(actor, params.id, params.conversion_id, body.role)),
    )
    app.delete(
      '/api/proposals/:id/documents/:conversion_id',
      {
        schema: {
          ...writing,
          summary: 'Take a document out of a proposal',
          params: byDocument,
          response: one,
        },
      },
      async ({ actor, params }) => ok(await proposals.takeDocument(actor, params.id, params.conversion_id)),
    )
    app.get(
      '/api/proposals/:id/activity',
      {
        schema: {
          ...reading,
          summary: 'What happened to a proposal, newest first',
          params: byId,
          querystring: pageQuerySchema,
          response: { 200: success(pageOf(proposalEventSchema)), ...failures },
        },
      },
      async ({ actor, params, query }) => ok(await proposals.activity(actor, params.id, query)),
    )

    app.post(
      '/api/proposals/:id/comments',
      {
        config: { repeatable: true },
        schema: {
          ...writing,
          summary: 'Say something about a proposal or a row',
          params: byId,
          body: writeCommentSchema,
          response: { 201: success(commentSchema), ...failures },
        },
      },
      async ({ actor, params, body }, reply) =>
        reply.code(201).send(ok(await matrix.comment(actor, params.id, body))),
    )
    app.get(
      '/api/proposals/:id/comments',
      {
        schema: {
          ...reading,
          summary: 'Comments, newest first',
          params: byId,
          querystring: commentsQuerySchema,
          response: { 200: success(pageOf(commentSchema)), ...failures },
        },
      },
      async ({ actor, params, query }) => ok(await matrix.comments(actor, params.id, query)),
    )
    app.delete(
      '/api/proposals/:id/comments/:comment_id',
      { schema: { ...writing, summary: 'Delete a comment of yours', params: byComment, response: nothing } },
      async ({ actor, params }) => {
        await matrix.removeComment(actor, params.id, params.comment_id)
        return ok(null, 'The comment is deleted.')
      },
    )

    app.post(
      '/api/proposals/:id/shares',
      {
        schema: {
          ...writing,
          summary: 'Make a link that shows the matrix; it is shown only in this answer',
          params: byId,
          body: createShareSchema,
          response: { 201: success(createdShareSchema), ...failures },
        },
      },
      async ({ actor, params, body }, reply) =>
        reply.code(201).send(ok(await proposals.share(actor, params.id, body.days))),
    )
    app.get(
      '/api/proposals/:id/shares',
      {
        schema: {
          ...reading,
          summary: 'Links that work',
          params: byId,
          response: { 200: success(z.array(shareSchema).max(bounds.shares)), ...failures },
        },
      },
      async ({ actor, params }) => ok(await proposals.shares(actor, params.id)),
    )
    app.delete(
      '/api/proposals/:id/shares/:share_id',
      { schema: { ...writing, summary: 'Withdraw a link', params: byShare, response: nothing } },
      async ({ actor, params }) => {
        await proposals.unshare(actor, params.id, params.share_id)
        return ok(null, 'The link no longer works.')
      },
    )
    app.get(
      '/api/shared/:token',
      {
        schema: {
          tags: ['proposals'],
          summary: 'What a link shows',
          params: z.object({ token: z.string().min(20).max(100) }),
          response: { 200: success(sharedSchema), ...failures },
        },
      },
      async ({ params }, reply) => {
        reply.header('x-robots-tag', 'noindex, nofollow')
        return ok(await matrix.shared(params.token))
      },
    )
  }
