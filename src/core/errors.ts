/** Every way a call can end without a result: a code for programs, words for people. */

/** Rows: code → whether the same call may succeed later without a change (a queue retries only these). */
export const errorCodes = {
  empty_input: { transient: false },
  unsupported_format: { transient: false },
  malformed: { transient: false },
  password_required: { transient: false },
  wrong_password: { transient: false },
  too_large: { transient: false },
  too_many_pages: { transient: false },
  bomb: { transient: false },
  xml_dtd_forbidden: { transient: false },
  nested_too_deep: { transient: false },
  no_text: { transient: false },
  bad_option: { transient: false },
  not_found: { transient: false },
  not_readable: { transient: false },
  forbidden_address: { transient: false },
  forbidden: { transient: false },
  unauthenticated: { transient: false },
  conflict: { transient: false },
  rate_limited: { transient: true },
  plan_limit: { transient: false },
  missing_package: { transient: false },
  timeout: { transient: false },
  memory: { transient: false },
  aborted: { transient: false },
  crashed: { transient: true },
  unavailable: { transient: true },
  internal: { transient: true },
} as const satisfies Record<string, { transient: boolean }>

export type ErrorCode = keyof typeof errorCodes

/**
 * An error meant for the user: `message` says what failed and why, `fix` what to do about it.
 * Neither may hold a path of the server, a query or a secret.
 */
export class MdraftError extends Error {
  readonly code: ErrorCode
  readonly fix: string | undefined

  constructor(code: ErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'MdraftError'
    this.code = code
    this.fix = options.fix
  }

  get transient(): boolean {
    return errorCodes[this.code].transient
  }

  toJSON(): { code: ErrorCode; message: string; fix?: string } {
    return { code: this.code, message: this.message, ...(this.fix ? { fix: this.fix } : {}) }
  }
}

/** Anything thrown, as an MdraftError; an unknown failure of ours keeps its cause and says nothing of it. */
export function asMdraftError(error: unknown, fallback: ErrorCode = 'internal'): MdraftError {
  if (error instanceof MdraftError) return error
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'))
    return new MdraftError(error.name === 'TimeoutError' ? 'timeout' : 'aborted', 'The work was stopped.', {
      cause: error,
    })
  if (error instanceof RangeError) {
    // V8's own words; a file that provokes them is nested or sized beyond what the process can hold.
    if (/call stack/.test(error.message))
      return new MdraftError('nested_too_deep', 'The file is nested too deep to be read.', { cause: error })
    if (/allocation failed|Invalid (string|array|typed array) length|out of memory/i.test(error.message))
      return new MdraftError('memory', 'The file needs more memory than there is.', { cause: error })
  }
  return new MdraftError(fallback, 'Something failed inside mdraft.', {
    cause: error,
    fix: 'Try again; if it happens again, report it with the file.',
  })
}
