/** Resident size of another process, in bytes. */
import { readFileSync } from 'node:fs'

/** Undefined where the system does not tell without a helper program; then the child's own word is used. */
export function residentBytes(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    // proc(5): VmRSS is in KiB whatever the page size.
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kib === undefined ? undefined : Number(kib) * 1024
  } catch {
    return undefined
  }
}
