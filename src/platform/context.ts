/** What the work under way belongs to, for every line that is logged while it runs. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

export type Ids = {
  /** W3C Trace Context: `00-trace-span-flags`. */
  readonly traceparent?: string
  readonly user?: string
}

const store = new AsyncLocalStorage<Ids>()

export const ids = (): Ids => store.getStore() ?? {}

export const withIds = <T>(more: Ids, work: () => T): T => store.run({ ...ids(), ...more }, work)

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** What a caller sent, when it can be taken. */
export const validTraceparent = (given: unknown): string | undefined =>
  typeof given === 'string' && TRACEPARENT.test(given) ? given : undefined

const SAMPLED = '01'

/** One that nobody records, so that the lines of one request are found by one id all the same. */
export const newTraceparent = (): string =>
  `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${SAMPLED}`

export const traceIdOf = (traceparent: string | undefined): string | undefined => traceparent?.slice(3, 35)
