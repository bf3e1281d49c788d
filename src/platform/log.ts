/** Structured logs: one line an event. No document text, no secrets, no query strings. */
import { type Logger as Pino, pino } from 'pino'
import type { Config } from './config/config.ts'
import { ids, traceIdOf } from './context.ts'

export type Log = Pino

export function createLog(
  { level, format }: Config['log'],
  write = (line: string) => process.stdout.write(line),
): Log {
  return pino(
    {
      level,
      base: { service: 'mdraft' },
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }) },
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      mixin: idsNow,
      serializers: { err: bareError },
      redact: {
        paths: ['*.password', '*.token', '*.secret', '*.authorization', '*.cookie'],
        censor: '[removed]',
      },
    },
    { write: format === 'json' ? write : (line) => write(readable(line)) },
  )
}

/** Whatever is logged says what it belongs to. Request and job are said by their own loggers. */
function idsNow(): { trace?: string; user?: string } {
  const { traceparent, user } = ids()
  const trace = traceIdOf(traceparent)
  return { ...(trace ? { trace } : {}), ...(user ? { user } : {}) }
}

type BareError = { type: string; message: string; stack?: string; code?: unknown; cause?: BareError }

/** Libraries hang whole requests on their errors, with documents and credentials in them: of an error these parts count. */
function bareError(error: unknown, depth = 0): BareError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error).slice(0, LONGEST) }
  const { name, stack, cause } = error
  // A parser quotes what it was given.
  const isQuote = error instanceof SyntaxError
  const message = isQuote ? 'A text is not as expected.' : error.message
  const { code } = error as { code?: unknown }
  return {
    type: name,
    message: message.slice(0, LONGEST),
    ...(stack ? { stack: (isQuote ? framesOf(stack) : stack).slice(0, LONGEST) } : {}),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause !== undefined && depth < DEEPEST ? { cause: bareError(cause, depth + 1) } : {}),
  }
}

const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')

const LONGEST = 4_000
const DEEPEST = 3

/** For a person at a terminal: time, level, message, then what is left of the fields. */
function readable(line: string): string {
  const { level, timestamp, service: _, message, err, ...rest } = JSON.parse(line)
  const fields = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const stack = err?.stack ? `\n${err.stack}` : ''
  return (
    `${timestamp.slice(11, 19)} ${level.padEnd(5)} ${message ?? ''} ${fields.join(' ')}`.trimEnd() +
    `${stack}\n`
  )
}
