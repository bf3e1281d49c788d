/** Tries again what may pass: too many requests, a failing server, an answer that is no JSON. */
import { MdraftError } from '../../core/index.ts'
import type { LlmSettings } from '../config/config.ts'

/** A failure of one try. `afterMs`: when the server says to come back. */
export class Passing extends Error {
  readonly afterMs: number | undefined
  readonly error: MdraftError

  constructor(error: MdraftError, afterMs?: number) {
    super(error.message, { cause: error })
    this.error = error
    this.afterMs = afterMs
  }
}

/** However long a server asks to wait, or the doubling comes to. */
const LONGEST_WAIT_MS = 60_000

type Patience = Pick<LlmSettings, 'timeoutMs' | 'retries' | 'retryMs'>

export async function patiently<T>(
  { timeoutMs, retries, retryMs }: Patience,
  signal: AbortSignal | undefined,
  work: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  for (let turn = 0; ; turn++) {
    const late = AbortSignal.timeout(timeoutMs)
    try {
      return await work(signal ? AbortSignal.any([signal, late]) : late)
    } catch (error) {
      signal?.throwIfAborted()
      const passing = late.aborted ? tooSlow(timeoutMs, error) : error
      if (!(passing instanceof Passing)) throw error
      if (turn >= retries) throw passing.error
      // Half fixed, half by chance, so that parallel questions do not come back together.
      const doubled = retryMs * 2 ** turn
      const wait = passing.afterMs ?? doubled / 2 + (Math.random() * doubled) / 2
      await pause(Math.min(wait, LONGEST_WAIT_MS), signal)
    }
  }
}

const tooSlow = (ms: number, cause: unknown) =>
  new Passing(
    new MdraftError('unavailable', `The language model gave no answer within ${ms / 1000} seconds.`, {
      fix: 'Raise MDRAFT_LLM_TIMEOUT_SECONDS, or make windows smaller with MATRIX_WINDOW_SIZE.',
      cause,
    }),
  )

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
