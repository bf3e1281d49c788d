/**
 * How long a process has worked. On a busy machine a process waits for a processor, and a file must not fail for what others do:
 * its own processor time counts, and of the time that passes only a share, so that one that merely waits ends as well.
 */
import { readFileSync } from 'node:fs'

/** Time that passes counts as work at one part in this many. */
const PATIENCE = 4
/** proc(5): in sysconf(_SC_CLK_TCK), which is 100 on every Linux that Node runs on. */
const MILLIS_PER_TICK = 10

/** Milliseconds since the clock was made. */
export type WorkClock = () => number

/** `cpu` undefined: the system does not tell, and the wall clock decides. */
export function workClock(cpu: () => number | undefined): WorkClock {
  const begun = performance.now()
  const before = cpu()
  return () => {
    const wall = performance.now() - begun
    const now = cpu()
    return before === undefined || now === undefined ? wall : Math.max(now - before, wall / PATIENCE)
  }
}

export function wallClock(): WorkClock {
  const begun = performance.now()
  return () => performance.now() - begun
}

/** Of this process. */
export function ownCpuMillis(): number | undefined {
  if (process.platform !== 'linux') return undefined
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Of another process. */
export function cpuMillisOf(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined
  try {
    // The name of the program, in parentheses, may hold anything; utime and stime are the 12th and 13th field after it.
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * MILLIS_PER_TICK
  } catch {
    return undefined
  }
}
