/** What the command line says on stderr: `mdraft: FILE: what, why, what to do`. */

import { asMdraftError } from '../core/errors.ts'
import type { ErrorCode, Warning } from '../core/index.ts'

const FAILED = 1
const USAGE = 2
/** Errors in how mdraft was called. */
const usageCodes: readonly ErrorCode[] = ['bad_option']

export const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** Prints an error and gives the exit status for it. */
export function complain(file: string, error: unknown): number {
  const { code, message, fix } = asMdraftError(error)
  say(`mdraft: ${file ? `${file}: ` : ''}${message}${fix ? ` ${fix}` : ''}`)
  if (code === 'internal' || code === 'crashed') sayCause(error)
  return usageCodes.includes(code) ? USAGE : FAILED
}

/** Our own failures: the person at the terminal can report them, so the cause is shown. */
function sayCause(error: unknown): void {
  const cause = error instanceof Error && 'cause' in error && error.cause ? error.cause : error
  const text = cause instanceof Error ? cause.stack : String(cause)
  for (const line of (text ?? '').split('\n').slice(0, 6)) say(`  ${line}`)
}

/** A warning as one line, with its place. */
export function warningLine(file: string, { message, at, more }: Warning): string {
  const place = at?.page ? ` (page ${at.page})` : at?.path ? ` (${at.path})` : ''
  return `mdraft: ${file}: warning: ${message}${place}${more ? `, and ${more} more` : ''}`
}
