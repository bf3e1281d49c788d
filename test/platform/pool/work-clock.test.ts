import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { cpuMillisOf, ownCpuMillis, workClock } from '../../../src/platform/pool/work-clock.ts'

test('a scanned document does not fail because other programs keep the processors busy', () => {
  let cpu = 1_000
  const clock = workClock(() => cpu)
  cpu += 7_000
  // Seven seconds of work, however long they took.
  expect(clock()).toBe(7_000)
})

test('where the system does not tell the processor time, time that passes counts', async () => {
  const clock = workClock(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(clock()).toBeGreaterThan(15)
})

test.runIf(process.platform === 'linux')(
  'the processor time of a child is told, whatever its name',
  async () => {
    expect(ownCpuMillis()).toBeGreaterThan(0)
    const child = spawn(process.execPath, ['-e', 'process.title = "a ) b ("; for (;;);'])
    await once(child, 'spawn')
    while ((cpuMillisOf(child.pid) ?? 0) < 100) await new Promise((resolve) => setTimeout(resolve, 10))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(cpuMillisOf(child.pid)).toBeUndefined()
  },
)
