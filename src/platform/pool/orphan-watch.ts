/**
 * Ends this process when its parent is gone. The closed channel says so too, but only to an event loop that turns:
 * a child whose reader loops for ever would outlive a parent that was killed.
 */
import { Worker } from 'node:worker_threads'

const watch = `
const parent = process.ppid
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL') }, 1000)
`

export function watchForOrphanhood(): void {
  const small = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 }
  new Worker(watch, { eval: true, resourceLimits: small }).unref()
}
