/** For one process. */
import type { Counters } from './counters.ts'

/** Old windows are dropped when there are this many. */
const MOST = 50_000

export function memoryCounters(now: () => number = Date.now): Counters {
  const windows = new Map<string, { count: number; until: number }>()
  const tidy = () => {
    for (const [key, { until }] of windows) if (until <= now()) windows.delete(key)
    // An attack with ever new keys: the oldest go, so memory stays bounded.
    for (const key of windows.keys()) {
      if (windows.size <= MOST) break
      windows.delete(key)
    }
  }
  return {
    name: 'memory',
    add: async (key, windowMs) => {
      const known = windows.get(key)
      const window = known && known.until > now() ? known : { count: 0, until: now() + windowMs }
      window.count++
      windows.set(key, window)
      if (windows.size > MOST) tidy()
      return { count: window.count, resetsInMs: window.until - now() }
    },
    close: async () => {},
  }
}
