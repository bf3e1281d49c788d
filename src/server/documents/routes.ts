import { z } from 'zod'
import {
  conversionSchema,
  conversionSummarySchema,
  downloadQuerySchema,
  uploadedSchema,
} from '../../contract/documents.ts'
import { idSchema, pageOf, pageQuerySchema, success } from '../../contract/envelope.ts'
import type { Rate } from '../../platform/config/config.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { attachment } from '../filename.ts'
import {
  type App,
  asFile,
  bytes,
  failures,
  goneSignal,
  isUnchanged,
  needs,
  ok,
  sendOriginal,
} from '../http.ts'
import { perMinute } from '../rates.ts'
import { acceptForms, receiveForm } from './receive.ts'
import type { DocumentService, Original } from './service.ts'

type Needs = {
  readonly documents: DocumentService
  readonly metrics: Metrics
  readonly storage: { readonly downloads: 'stream' | 'redirect' }
  readonly limits: { readonly uploadBytes: number; readonly uploadRate: Rate }
}

const byId = z.object({ id: idSchema })
/** A viewer asks for many small ranges of one file. */
const RANGES_PER_MINUTE = 1_200

export const documentRoutes =
  ({ documents, metrics, storage, limits }: Needs) =>
  async (app: App): Promise<void> => {
    await acceptForms(app)

    app.post(
      '/api/upload',
      {
        config: { rate: limits.uploadRate, repeatable: true },
        schema: {
          ...needs('documents:write'),
          tags: ['documents'],
          summary: 'Upload a file for conversion',
          description:
            'A multipart form: `file`, and optionally `ocr` (auto, always, never) and `languages` (codes like `eng,deu`). What the file is, is told by its content. The same file again answers with the conversion that is there.',
          consumes: ['multipart/form-data'],
          response: { 200: success(uploadedSchema), ...failures },
        },
      },
      async (request, reply) => {
        const { received, options } = await receiveForm(request, documents, {
          maxBytes: limits.uploadBytes,
          signal: goneSignal(reply),
        })
        metrics.uploadBytes.inc(received.size)
        const uploaded = await documents.submit(request.actor, received, options, request.id)
        return ok(
          uploaded,
          uploaded.reused ? 'This file is here already.' : 'File uploaded and queued for processing',
        )
      },
    )

    app.get(
      '/api/conversions',
      {
        schema: {
          ...needs('documents:read'),
          tags: ['documents'],
          summary: 'Your documents, newest first',
          querystring: pageQuerySchema,
          response: { 200: success(pageOf(conversionSummarySchema)), ...failures },
        },
      },
      async (request) => ok(await documents.list(request.actor, request.query)),
    )

    app.get(
      '/api/conversions/:id',
      {
        schema: {
          ...needs('documents:read'),
          tags: ['documents'],
          summary: 'One document with its Markdown, source map and warnings',
          params: byId,
          response: { 200: success(conversionSchema), ...failures },
        },
      },
      async (request) => ok(await documents.get(request.actor, request.params.id)),
    )

    app.delete(
      '/api/conversions/:id',
      {
        schema: {
          ...needs('documents:write'),
          tags: ['documents'],
          summary: 'Delete a document and everything made of it',
          params: byId,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await documents.remove(request.actor, request.params.id)
        return ok(null, 'The document is deleted.')
      },
    )

    app.get(
      '/api/conversions/:id/source',
      {
        config: { ownRate: perMinute(RANGES_PER_MINUTE) },
        schema: {
          ...needs('documents:read'),
          tags: ['documents'],
          summary: 'The original file, whole or a range of it',
          params: byId,
          response: { ...bytes('The file as it was uploaded'), ...failures },
        },
      },
      async (request, reply) =>
        sendOriginal(request, reply, await documents.original(request.actor, request.params.id)),
    )

    app.get(
      '/api/jobs/:id/download',
      {
        config: { ownRate: perMinute(RANGES_PER_MINUTE) },
        schema: {
          ...needs('documents:read'),
          tags: ['jobs'],
          summary: 'Download what a job made, or the original file',
          params: byId,
          querystring: downloadQuerySchema,
          response: { ...bytes('The output in the format asked for'), ...failures },
        },
      },
      async (request, reply) => {
        const { format } = request.query
        const { conversionId } = await documents.ofJob(request.actor, request.params.id)
        if (format === 'source') {
          const original = await documents.original(request.actor, conversionId)
          const link = storage.downloads === 'redirect' ? await linkTo(original) : undefined
          return link ? reply.redirect(link, 303) : sendOriginal(request, reply, original)
        }
        const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
        const made = await documents.output(request.actor, conversionId, format, takesGzip)
        asFile(reply, made).header('vary', 'accept-encoding')
        if (isUnchanged(request, made.etag)) {
          made.body.destroy()
          return reply.code(304).send(undefined)
        }
        if (made.gzip) reply.header('content-encoding', 'gzip')
        return reply.send(made.body)
      },
    )
  }

/** The storage serves it as this server would: under its name, to be saved and never shown. */
const linkTo = ({ link, filename }: Original): Promise<string | undefined> =>
  link({ mime: 'application/octet-stream', disposition: attachment(filename) })
