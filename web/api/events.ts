/** Follows a job: server-sent events, and polling where they do not get through. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Job, type JobEvent, jobEventSchema, jobSchema } from '../../src/contract/documents.ts'
import { call } from './client.ts'
import { isActive, jobQuery } from './queries.ts'

/** Lost connections in a row before asking instead of listening. */
const PATIENCE = 2
const POLL_MS = 1_500

type Seen = Pick<JobEvent, 'status' | 'progress' | 'error'>

/** Calls `onChange` until the job has ended. Returns the way to stop earlier. */
function followJob(id: string, onChange: (seen: Seen) => void): () => void {
  let stopped = false
  let losses = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const source = new EventSource(`/api/jobs/${id}/events`)

  const stop = () => {
    stopped = true
    source.close()
    clearTimeout(timer)
  }
  const take = (seen: Seen) => {
    if (stopped) return
    if (!isActive(seen)) stop()
    onChange(seen)
  }
  const poll = async () => {
    try {
      take(await call(`/api/jobs/${id}`, jobSchema))
    } catch {
      // The next round asks again; a job that is gone is told by the page's own query.
    }
    if (!stopped) timer = setTimeout(poll, POLL_MS)
  }
  const onMessage = (message: MessageEvent<string>) => {
    losses = 0
    const event = jobEventSchema.safeParse(parseJson(message.data))
    if (event.success) take(event.data)
  }
  source.onmessage = onMessage
  // Servers may name their events; the data is the same.
  for (const name of ['progress', 'status', 'job']) source.addEventListener(name, onMessage)
  source.onerror = () => {
    losses += 1
    if (stopped || (losses < PATIENCE && source.readyState !== EventSource.CLOSED)) return
    source.close()
    clearTimeout(timer)
    poll()
  }
  return stop
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Keeps the cached job fresh while it runs, and refreshes what depends on it when it ends. */
export function useFollow(job: Job | undefined): void {
  const client = useQueryClient()
  const id = job && isActive(job) ? job.id : undefined
  useEffect(() => {
    if (!id) return
    return followJob(id, (seen) => {
      client.setQueryData(jobQuery(id).queryKey, (old: Job | undefined) => (old ? { ...old, ...seen } : old))
      if (!isActive(seen)) {
        client.invalidateQueries({ queryKey: ['jobs'] })
        client.invalidateQueries({ queryKey: ['conversions'] })
        client.invalidateQueries({ queryKey: ['analyses'] })
      }
    })
  }, [id, client])
}
