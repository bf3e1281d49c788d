/** Tries again what may pass, waiting longer each time, each time by a different while so that callers do not come in step. */
import { setTimeout as wait } from 'node:timers/promises'

export type TryAgain = {
  /** Whether an error may pass. */
  readonly mayPass: (error: unknown) => boolean
  readonly tries?: number
  readonly firstWaitMs?: number
  readonly signal?: AbortSignal | undefined
}

const LONGEST_MS = 8_000

export async function tryAgain<T>(work: () => Promise<T>, options: TryAgain): Promise<T> {
  const { mayPass, tries = 5, firstWaitMs = 200, signal } = options
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= tries || !mayPass(error)) throw error
      const longest = Math.min(LONGEST_MS, firstWaitMs * 2 ** (attempt - 1))
      await wait(longest * (0.5 + Math.random() / 2), undefined, signal ? { signal } : {})
    }
  }
}

/** By the status of an HTTP answer; without one the network failed. */
export const mayPassByStatus = (status: unknown): boolean =>
  typeof status !== 'number' || status === 408 || status === 429 || status >= 500

export const noAnswer = (ms: number): Error => new Error(`no answer within ${ms} ms`)

/** For libraries whose own deadline does not reach requests that get no answer at all. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noAnswer(ms)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
