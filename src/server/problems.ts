/** The one place where an error becomes an answer. Codes for programs, safe words for people, the cause for the log. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Failure } from '../contract/envelope.ts'
import { type ErrorCode, MdraftError } from '../core/index.ts'
import { isDatabaseDown, isRefusedValue } from '../platform/db/db.ts'

/** Rows: code → status. Whoever adds a code decides here what a client sees. */
const statuses: Readonly<Record<ErrorCode, number>> = {
  empty_input: 400,
  unsupported_format: 415,
  malformed: 422,
  password_required: 422,
  wrong_password: 422,
  too_large: 413,
  too_many_pages: 422,
  bomb: 422,
  xml_dtd_forbidden: 422,
  nested_too_deep: 422,
  no_text: 422,
  bad_option: 400,
  not_found: 404,
  not_readable: 422,
  forbidden_address: 400,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  rate_limited: 429,
  plan_limit: 402,
  missing_package: 501,
  timeout: 422,
  memory: 422,
  aborted: 409,
  crashed: 500,
  unavailable: 503,
  internal: 500,
}

/** Names that clients of the API know by another word. */
const names: Partial<Readonly<Record<ErrorCode, string>>> = {
  bad_option: 'validation_error',
  unauthenticated: 'authentication_required',
  internal: 'internal_error',
}

/** Codes of the framework that say more than their status does. */
const byStatus: Readonly<Record<number, { error: string; message: string; fix?: string }>> = {
  400: {
    error: 'bad_request',
    message: 'The request could not be read.',
    fix: 'Check its syntax and headers.',
  },
  404: { error: 'not_found', message: 'There is nothing at this address.' },
  405: { error: 'method_not_allowed', message: 'This address does not know the method.' },
  406: { error: 'not_acceptable', message: 'The answer cannot be given in the form asked for.' },
  413: { error: 'too_large', message: 'The request is larger than this address takes.' },
  415: { error: 'unsupported_media_type', message: 'This address takes another content type.' },
  429: { error: 'rate_limited', message: 'Too many requests.', fix: 'Wait as long as Retry-After says.' },
}

const RETRY_AFTER_SECONDS = 2

type Answer = Omit<Failure, 'status' | 'request_id'> & { readonly http: number }

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { http, ...failure } = wasCutOff(request) ? cutOff : describe(error)
  if (http >= 500) request.log.error({ err: error }, 'request failed')
  if (http === 503) reply.header('retry-after', String(RETRY_AFTER_SECONDS))
  reply.removeHeader('content-disposition').removeHeader('content-encoding').removeHeader('etag')
  return reply
    .code(http)
    .type('application/json; charset=utf-8')
    .send({ status: 'error', ...failure, request_id: request.id } satisfies Failure)
}

export const noSuchAddress = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  answerProblem(Object.assign(new Error('no route'), { statusCode: 404 }), request, reply)

/** The client went away in the middle of its request: nobody reads the answer, and nobody is to be woken by it. */
const wasCutOff = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete
const cutOff: Answer = { http: 400, error: 'bad_request', message: 'The request was broken off.' }

function describe(error: unknown): Answer {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const details = error.validation.map(({ instancePath, message }) => ({
      path: instancePath,
      message: message ?? 'is not as expected',
    }))
    return {
      http: 400,
      error: 'validation_error',
      message: `The request is not as expected: ${details.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; ')}.`,
      fix: 'See /api/docs for what this address takes.',
      details,
    }
  }
  if (error instanceof MdraftError) {
    const { code, message, fix } = error
    return { http: statuses[code], error: names[code] ?? code, message, ...(fix ? { fix } : {}) }
  }
  if (isDatabaseDown(error))
    return {
      http: 503,
      error: 'unavailable',
      message: 'The service is not ready for a moment.',
      fix: 'Try again shortly.',
    }
  if (isRefusedValue(error))
    return {
      http: 400,
      error: 'validation_error',
      message: 'The request holds a character, a number or a time that cannot be kept.',
      fix: 'Leave out characters with the code 0, and numbers and times beyond any use.',
    }
  const { statusCode = 500 } = error as Partial<FastifyError>
  const known = statusCode >= 400 && statusCode < 500 ? (byStatus[statusCode] ?? byStatus[400]) : undefined
  if (known) return { http: statusCode, ...known }
  return {
    http: 500,
    error: 'internal_error',
    message: 'An unexpected error occurred.',
    fix: 'Try again; if it happens again, report it with the request id.',
  }
}
