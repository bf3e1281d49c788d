import { z } from 'zod'
import { idSchema, pageOf, pageQuerySchema, success } from '../../contract/envelope.ts'
import { createProposalSchema, proposalSchema, updateProposalSchema } from '../../contract/proposals.ts'
import { type App, failures, needs, ok } from '../http.ts'
import type { ProposalService } from './service.ts'

const byId = z.object({ id: idSchema })
const tags = ['proposals']

export const proposalRoutes =
  ({ proposals }: { proposals: ProposalService }) =>
  async (app: App): Promise<void> => {
    app.post(
      '/api/proposals',
      {
        schema: {
          ...needs('proposals:write'),
          tags,
          summary: 'Create a proposal',
          body: createProposalSchema,
          response: { 201: success(proposalSchema), ...failures },
        },
      },
      async (request, reply) => {
        const made = await proposals.create(request.actor, request.body)
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
          ...needs('proposals:read'),
          tags,
          summary: 'Your proposals, newest first',
          querystring: pageQuerySchema,
          response: { 200: success(pageOf(proposalSchema)), ...failures },
        },
      },
      async (request) => ok(await proposals.list(request.actor, request.query)),
    )

    app.get(
      '/api/proposals/:id',
      {
        schema: {
          ...needs('proposals:read'),
          tags,
          summary: 'One proposal with its documents',
          params: byId,
          response: { 200: success(proposalSchema), ...failures },
        },
      },
      async (request) => ok(await proposals.get(request.actor, request.params.id)),
    )

    app.put(
      '/api/proposals/:id',
      {
        schema: {
          ...needs('proposals:write'),
          tags,
          summary: 'Change title, status or documents',
          params: byId,
          body: updateProposalSchema,
          response: { 200: success(proposalSchema), ...failures },
        },
      },
      async (request) =>
        ok(await proposals.update(request.actor, request.params.id, request.body), 'Proposal updated'),
    )

    app.delete(
      '/api/proposals/:id',
      {
        schema: {
          ...needs('proposals:write'),
          tags,
          summary: 'Delete a proposal; its documents stay',
          params: byId,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await proposals.remove(request.actor, request.params.id)
        return ok(null, 'Proposal deleted')
      },
    )
  }
