/** Failures of ours told to Sentry: what kind, where in our code, and ids to find the rest in our own log. Nothing of a document or a user. */
import type { ErrorEvent, Exception } from '@sentry/node'
import { MdraftError } from '../core/index.ts'
import { ids, traceIdOf } from './context.ts'
import { lend } from './lend.ts'
import { version } from './version.ts'

export type ReportSettings = { readonly dsn: string; readonly environment: string }
type About = Readonly<Record<'request' | 'job' | 'route' | 'queue', string | undefined>>

export type Reports = {
  report(error: unknown, about?: Partial<About>): void
  close(): Promise<void>
}

const FLUSH_MS = 2_000
const silent: Reports = { report: () => {}, close: async () => {} }

/** @throws MdraftError `missing_package` */
export async function openReports(settings: ReportSettings | undefined): Promise<Reports> {
  if (!settings) return silent
  const sentry = await lend('@sentry/node', () => import('@sentry/node'))
  // A client of our own, without the integrations that listen to everything a process does.
  const client = new sentry.NodeClient({
    dsn: settings.dsn,
    environment: settings.environment,
    release: `mdraft@${version()}`,
    transport: sentry.makeNodeTransport,
    stackParser: sentry.defaultStackParser,
    integrations: [],
    maxBreadcrumbs: 0,
    includeServerName: false,
    beforeSend: scrub,
  })
  client.init()
  return {
    report: (error, about = {}) => {
      const scope = new sentry.Scope()
      scope.setClient(client)
      const trace = traceIdOf(ids().traceparent)
      for (const [name, value] of Object.entries({ ...about, trace })) if (value) scope.setTag(name, value)
      scope.captureException(bare(error))
    },
    close: async () => {
      await client.close(FLUSH_MS)
    },
  }
}

/** Messages of libraries may quote what they were given; ours are written not to. */
function bare(error: unknown): Error {
  const cause = error instanceof MdraftError && error.cause instanceof Error ? error.cause : undefined
  const code = error instanceof MdraftError ? error.code : undefined
  const source = cause ?? (error instanceof Error ? error : new Error(typeof error))
  const copy = new Error(code ?? systemCode(source) ?? 'see the log')
  copy.name = source.name
  // The first line repeats the message.
  const frames = (source.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  copy.stack = [`${copy.name}: ${copy.message}`, ...frames].join('\n')
  return copy
}

/** SQLSTATEs and names like ECONNRESET. */
function systemCode(error: Error): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z0-9_]{5,40}$/.test(code) ? code : undefined
}

/** Of an event only what is left here is sent. */
function scrub(event: ErrorEvent): ErrorEvent {
  const { event_id, timestamp, platform, level, environment, release, tags, exception } = event
  const kept = { event_id, timestamp, platform, level, environment, release, tags }
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
    type: undefined,
    exception: { values: (exception?.values ?? []).map(scrubException) },
  }
}

function scrubException({ type = 'Error', value = '', stacktrace }: Exception): Exception {
  const frames = (stacktrace?.frames ?? []).map(({ filename = '', function: name = '?', lineno = 0 }) => ({
    // Where this machine keeps the program is nobody's business.
    filename: filename.replace(/^.*?\/(node_modules|src|dist)\//, '$1/'),
    function: name,
    lineno,
    in_app: !filename.includes('node_modules'),
  }))
  return { type, value, stacktrace: { frames } }
}
