/** Tells those who wait that a job changed: one listening connection a process, however many watch. */
import type { Db } from '../../platform/db/db.ts'
import { JOB_CHANNEL } from './store.ts'

/** A notice can be lost with its connection, so watchers look for themselves this often. */
const LOOK_ANYWAY_MS = 5_000

export type JobWatch = {
  /** Calls back on each change, and now and then without one. Returns how to stop. */
  on(id: string, changed: () => void): () => void
  close(): Promise<void>
}

export async function watchJobs(db: Db): Promise<JobWatch> {
  const watchers = new Map<string, Set<() => void>>()
  const tell = (id: string) => watchers.get(id)?.forEach((changed) => void changed())
  const tellAll = () => {
    for (const id of watchers.keys()) tell(id)
  }
  const listener = await db.listen(JOB_CHANNEL, tell, tellAll)
  const timer = setInterval(tellAll, LOOK_ANYWAY_MS)
  timer.unref()
  return {
    on: (id, changed) => {
      const set = watchers.get(id) ?? new Set()
      watchers.set(id, set.add(changed))
      return () => {
        set.delete(changed)
        if (set.size === 0 && watchers.get(id) === set) watchers.delete(id)
      }
    },
    close: async () => {
      clearInterval(timer)
      await listener.close()
    },
  }
}
