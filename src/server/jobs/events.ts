/** Job events as a `text/event-stream` (HTML Living Standard, server-sent events). */
import type { JobEvent } from '../../contract/documents.ts'

const KEEP_ALIVE_MS = 15_000
/** How long a client waits before it connects again. */
const RETRY_MS = 1_000

export async function* eventStream(
  events: AsyncGenerator<JobEvent>,
  keepAliveMs = KEEP_ALIVE_MS,
): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`
  try {
    let coming = events.next()
    for (;;) {
      const result = await within(coming, keepAliveMs)
      if (result === undefined) {
        // Proxies close what is silent.
        yield ': keep-alive\n\n'
        continue
      }
      if (result.done) return
      yield `id: ${result.value.seq}\ndata: ${JSON.stringify(result.value)}\n\n`
      coming = events.next()
    }
  } finally {
    await events.return(undefined)
  }
}

/** The value, or undefined when it takes longer. */
async function within<T>(value: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([value, late])
  } finally {
    clearTimeout(timer)
  }
}
