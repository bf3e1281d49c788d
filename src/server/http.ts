/** What every route uses: the app's type, the envelope, and the answers that any route may give. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { failureSchema } from '../contract/envelope.ts'
import type { MdraftError } from '../core/index.ts'
import type { Proof } from './accounts/service.ts'
import type { Actor, Scope } from './actor.ts'
import { attachment } from './filename.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
    /** What it showed to prove it. */
    proof: Proof
    /** Why what it showed is no proof. */
    refusal: MdraftError | undefined
  }
}

export const ok = <T>(data: T, message = 'OK') => ({ status: 'success' as const, data, message })

/** An answer that is a file or a stream: sent as it comes, not by a schema. */
export const bytes = (description: string) => ({ 200: z.any().describe(description) })

/** For the description of a route: what a key needs, or that only a signed-in person may. The services enforce it. */
export const needs = (scope: Scope) => ({
  security: [{ key: [scope] }, { session: [] as string[] }, { visitor: [] as string[] }],
})
export const forPersons = { security: [{ session: [] as string[] }] }
export const forAdministrators = { security: [{ administrator: [] as string[] }] }
export const forOperators = { security: [{ operator: [] as string[] }] }

/** Beside a route's own answers. */
export const failures = { '4xx': failureSchema, '5xx': failureSchema } as const

/** Aborted when the client goes away before the answer is complete. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}

/** A user's content: never run by a browser as part of this site, whatever it holds. */
export function asFile(
  reply: FastifyReply,
  { mime, filename, etag }: { mime: string; filename: string; etag: string },
): FastifyReply {
  return reply
    .type(mime)
    .header('content-disposition', attachment(filename))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-cache')
    .header('etag', `"${etag}"`)
}

export const isUnchanged = (request: FastifyRequest, etag: string): boolean =>
  (request.headers['if-none-match'] ?? '')
    .split(/,\s*/)
    .some((tag) => tag.replace(/^W\//, '') === `"${etag}"`)

export type Span = { readonly start: number; readonly end: number }

/** One range of bytes (RFC 9110 §14); undefined: the whole; null: cannot be met. */
function rangeOf(header: string | undefined, size: number): Span | undefined | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const [first, last] = [match[1]!, match[2]!]
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start > end || start >= size ? null : { start, end }
}

/** Sends bytes, whole or in part, as a file of the user's. */
export async function sendOriginal(
  request: FastifyRequest,
  reply: FastifyReply,
  file: {
    mime: string
    filename: string
    size: number
    sha256: string
    read: (span?: Span) => Promise<Readable>
  },
): Promise<FastifyReply> {
  asFile(reply, { ...file, etag: file.sha256 }).header('accept-ranges', 'bytes')
  if (isUnchanged(request, file.sha256)) return reply.code(304).send()
  const isCurrent = [undefined, `"${file.sha256}"`].includes(
    request.headers['if-range'] as string | undefined,
  )
  const span = isCurrent ? rangeOf(request.headers.range, file.size) : undefined
  if (span === null) return reply.code(416).header('content-range', `bytes */${file.size}`).send()
  if (!span) return reply.header('content-length', file.size).send(await file.read())
  return reply
    .code(206)
    .header('content-range', `bytes ${span.start}-${span.end}/${file.size}`)
    .header('content-length', span.end - span.start + 1)
    .send(await file.read(span))
}
