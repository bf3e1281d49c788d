/** Structured logs: one line an event. No document text, no secrets, no query strings. */
import { type Logger as Pino, pino } from 'pino'
import type { Config } from './config.ts'

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
      redact: {
        paths: ['*.password', '*.token', '*.secret', '*.authorization', '*.cookie'],
        censor: '[removed]',
      },
    },
    { write: format === 'json' ? write : (line) => write(readable(line)) },
  )
}

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
