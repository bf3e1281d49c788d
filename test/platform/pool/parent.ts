/** Starts a child that loops for ever, tells its process id, and waits to be killed. */
import { createPool } from '../../../src/platform/pool/pool.ts'

const pool = createPool({ size: 1, entry: new URL('./hostile-child.ts', import.meta.url) })
pool.convert(new Uint8Array([1]), { name: 'loop for ever' }).catch(() => {})
setTimeout(() => process.send?.(pool.pids[0]), 500)
