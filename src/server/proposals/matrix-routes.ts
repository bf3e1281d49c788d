import { z } from 'zod'
import { idSchema, pageOf, success } from '../../contract/envelope.ts'
import {
  amendedMatrixSchema,
  changeRowSchema,
  filledMatrixSchema,
  fillMatrixSchema,
  importedMatrixSchema,
  importMatrixQuerySchema,
  matrixFileQuerySchema,
  matrixQuerySchema,
  matrixRowSchema,
} from '../../contract/proposals.ts'
import { MdraftError } from '../../core/index.ts'
import type { Rate } from '../../platform/config/config.ts'
import { type App, asFile, bytes, failures, goneSignal, isUnchanged, needs, ok } from '../http.ts'
import type { AmendService } from './amend.ts'
import type { ExchangeService } from './exchange.ts'
import type { MatrixService } from './matrix.ts'

type Needs = {
  readonly matrix: MatrixService
  readonly amendments: AmendService
  readonly exchange: ExchangeService
  readonly limits: { readonly analysisRate: Rate }
}

const byId = z.object({ id: idSchema })
const byRow = z.object({ id: idSchema, row_id: idSchema })
const reading = { tags: ['proposals'], ...needs('proposals:read') }
const writing = { tags: ['proposals'], ...needs('proposals:write') }

export const matrixRoutes =
  ({ matrix, amendments, exchange, limits }: Needs) =>
  async (app: App): Promise<void> => {
    app.post(
      '/api/proposals/:id/matrix',
      {
        config: { repeatable: true },
        schema: {
          ...writing,
          summary: 'Take the requirements of an analysis over as rows',
          params: byId,
          body: fillMatrixSchema,
          response: { 200: success(filledMatrixSchema), ...failures },
        },
      },
      async ({ actor, params, body }) => ok(await matrix.fill(actor, params.id, body.analysis_id)),
    )
    app.post(
      '/api/proposals/:id/matrix/amend',
      {
        config: { rate: limits.analysisRate, repeatable: true },
        schema: {
          ...writing,
          summary: 'Apply a new version of the solicitation, or an amendment, to the matrix',
          description:
            'Rows keep their ids, owners, notes and places in the response. A row with other words keeps the old ones and is open again, new requirements are added, and what is no longer asked for is marked. Twice does nothing more.',
          params: byId,
          body: fillMatrixSchema,
          response: { 200: success(amendedMatrixSchema), ...failures },
        },
      },
      async ({ actor, params, body }, reply) =>
        ok(await amendments.amend(actor, params.id, body.analysis_id, goneSignal(reply))),
    )
    app.get(
      '/api/proposals/:id/matrix',
      {
        schema: {
          ...reading,
          summary: 'The compliance matrix',
          params: byId,
          querystring: matrixQuerySchema,
          response: { 200: success(pageOf(matrixRowSchema)), ...failures },
        },
      },
      async ({ actor, params, query }) => ok(await matrix.list(actor, params.id, query)),
    )
    app.get(
      '/api/proposals/:id/matrix/download',
      {
        config: { rate: limits.analysisRate },
        schema: {
          ...reading,
          summary: 'Download the matrix to edit it in a spreadsheet',
          description: 'Hidden columns say which row is which and what it said; leave them in place.',
          params: byId,
          querystring: matrixFileQuerySchema,
          response: { ...bytes('The matrix as a spreadsheet'), ...failures },
        },
      },
      async (request, reply) => {
        const { actor, params, query } = request
        const file = await exchange.file(actor, params.id, query, goneSignal(reply))
        asFile(reply, file)
        if (isUnchanged(request, file.etag)) return reply.code(304).send(undefined)
        return reply.send(Buffer.from(file.bytes))
      },
    )
    await app.register(importing({ exchange, limits }))
    app.put(
      '/api/proposals/:id/matrix/:row_id',
      {
        schema: {
          ...writing,
          summary: 'Change a row, from the version you saw',
          params: byRow,
          body: changeRowSchema,
          response: { 200: success(matrixRowSchema), ...failures },
        },
      },
      async ({ actor, params, body }) => ok(await matrix.change(actor, params.id, params.row_id, body)),
    )
  }

/** More than a matrix of 5,000 rows with long notes needs. */
const FILE_BYTES = 20 * 2 ** 20
const spreadsheets = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.spreadsheet',
  'text/csv',
]

const importing =
  ({ exchange, limits }: Pick<Needs, 'exchange' | 'limits'>) =>
  async (app: App): Promise<void> => {
    app.addContentTypeParser(
      spreadsheets,
      { parseAs: 'buffer', bodyLimit: FILE_BYTES },
      (_request, body, done) => done(null, body),
    )
    app.post(
      '/api/proposals/:id/matrix/import',
      {
        config: { rate: limits.analysisRate },
        schema: {
          ...writing,
          summary: 'Bring an edited spreadsheet back into the matrix',
          description:
            'The body is the file: XLSX, ODS or CSV. Status, owner, response and notes are taken over by the hidden ids. A cell that was also changed here since the export is a conflict: both values are told, and what stands here stays unless `conflicts=take`. Without `apply=true` nothing is changed.',
          consumes: spreadsheets,
          params: byId,
          querystring: importMatrixQuerySchema,
          response: { 200: success(importedMatrixSchema), ...failures },
        },
      },
      async ({ actor, params, query, body }, reply) => {
        if (!Buffer.isBuffer(body))
          throw new MdraftError('bad_option', 'The request holds no spreadsheet.', {
            fix: `Send the file as the body, with its content type: ${spreadsheets.join(', ')}.`,
          })
        return ok(await exchange.take(actor, params.id, body, query, goneSignal(reply)))
      },
    )
  }
