/** The one door to the API: answers are parsed by the contract where they enter. */
import { z } from 'zod'
import { type Failure, failureSchema, success } from '../../src/contract/envelope.ts'
import { type Session, sessionSchema } from '../../src/contract/session.ts'

/** What failed, why, and what to do about it, in the server's words. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly fix: string | undefined
  readonly requestId: string | undefined
  /** Seconds to wait before trying again, when the server said so. */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    failure: Partial<Failure> & { error: string; message: string },
    retryAfter?: number,
  ) {
    super(failure.message)
    this.name = 'ApiError'
    this.code = failure.error
    this.status = status
    this.fix = failure.fix
    this.requestId = failure.request_id
    this.retryAfter = retryAfter
  }
}

export const offline = () =>
  new ApiError(0, {
    error: 'offline',
    message: 'The server did not answer.',
    fix: 'Check that it is running and that you are connected, then try again.',
  })

/** Reads a failure from a body that may be anything. */
export function failureOf(status: number, body: string, retryAfter?: string | null): ApiError {
  const seconds = retryAfter ? Number(retryAfter) || undefined : undefined
  try {
    const failure = failureSchema.parse(JSON.parse(body))
    return new ApiError(status, failure, seconds)
  } catch {
    return new ApiError(
      status,
      {
        error: 'unexpected',
        message: `The server answered with status ${status}.`,
        fix: 'Try again in a moment.',
      },
      seconds,
    )
  }
}

/**
 * The first answer brings the cookie that says who one is here. Until it is there nothing else is asked: requests
 * without it would each be somebody else.
 */
let introduced: Promise<Session | undefined> | undefined

/** Who one is here and what one may send; undefined when the server cannot be asked now. */
export function introduce(): Promise<Session | undefined> {
  introduced ??= askSession().catch(() => {
    introduced = undefined
    return undefined
  })
  return introduced
}

/** After signing in or out: whoever asks next is introduced again. */
export const forgetSession = (): void => {
  introduced = undefined
}

async function askSession(): Promise<Session | undefined> {
  const response = await fetch('/api/session', { credentials: 'same-origin' })
  const answer = success(sessionSchema).safeParse(await response.json())
  return answer.data?.data
}

export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  await introduce()
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  }
  if (!response.ok)
    throw failureOf(response.status, await response.text(), response.headers.get('retry-after'))
  return response
}

type Call = { readonly method?: string; readonly body?: unknown; readonly signal?: AbortSignal }

/** Asks and returns `data` of the envelope. */
export async function call<T extends z.ZodType>(
  path: string,
  data: T,
  { method, body, signal }: Call = {},
): Promise<z.infer<T>> {
  return callWith(path, data, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal ? { signal } : {}),
  })
}

/** The same for a request of any kind. */
export async function callWith<T extends z.ZodType>(
  path: string,
  data: T,
  init: RequestInit,
): Promise<z.infer<T>> {
  const response = await send(path, init)
  const answer = success(z.unknown()).safeParse(await response.json())
  const parsed = answer.success ? data.safeParse(answer.data.data) : undefined
  if (!parsed?.success)
    throw new ApiError(response.status, {
      error: 'unexpected',
      message: 'The server answered in a form this page does not know.',
      fix: 'Reload the page: it may be older than the server.',
    })
  return parsed.data
}
