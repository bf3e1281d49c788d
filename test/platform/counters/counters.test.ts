/** The same promises on every adapter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Counters } from '../../../src/platform/counters/counters.ts'
import { memoryCounters } from '../../../src/platform/counters/memory.ts'
import { postgresCounters } from '../../../src/platform/counters/postgres.ts'
import { redisCounters } from '../../../src/platform/counters/redis.ts'
import { migrate } from '../../../src/platform/db/migrate.ts'
import { openDb } from '../../../src/platform/db/open.ts'
import { openRedis } from '../../../src/platform/redis.ts'
import { startPostgres } from '../db/postgres-server.ts'
import { hasRedis, startRedis } from '../redis-server.ts'

type Made = { readonly counters: Counters; readonly again: Counters; readonly close: () => Promise<void> }

function counterContract(name: string, make: () => Promise<Made>): void {
  describe(`${name} keeps the contract of counters`, () => {
    let made: Made
    beforeAll(async () => {
      made = await make()
    })
    afterAll(() => made.close())

    test('counts up within a window, each key on its own', async () => {
      const { counters } = made
      expect((await counters.add('a', 60_000)).count).toBe(1)
      const second = await counters.add('a', 60_000)
      expect(second.count).toBe(2)
      expect(second.resetsInMs).toBeGreaterThan(55_000)
      expect(second.resetsInMs).toBeLessThanOrEqual(60_000)
      expect((await counters.add('b', 60_000)).count).toBe(1)
    })

    test('starts anew when the window is over', async () => {
      const { counters } = made
      await counters.add('short', 150)
      await counters.add('short', 150)
      await new Promise((resolve) => setTimeout(resolve, 250))
      expect((await counters.add('short', 150)).count).toBe(1)
    })

    test('a hundred at once, from two processes, are a hundred', async () => {
      const { counters, again } = made
      const counts = await Promise.all(
        Array.from({ length: 100 }, (_, n) => (n % 2 ? counters : again).add('many', 60_000)),
      )
      expect(counts.map(({ count }) => count).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 100 }, (_, n) => n + 1),
      )
    })
  })
}

counterContract('memory', async () => {
  const counters = memoryCounters()
  return { counters, again: counters, close: async () => {} }
})

counterContract('postgres', async () => {
  const server = await startPostgres()
  const url = await server.database()
  const dbs = [await openDb({ url }), await openDb({ url })]
  await migrate(dbs[0]!)
  const [counters, again] = dbs.map(postgresCounters)
  return {
    counters: counters!,
    again: again!,
    close: async () => {
      await counters!.close()
      await again!.close()
      for (const db of dbs) await db.close()
      await server.stop()
    },
  }
})

if (hasRedis)
  counterContract('redis', async () => {
    const server = await startRedis()
    const both = [openRedis(server.url, () => {}), openRedis(server.url, () => {})]
    await new Promise((resolve) => setTimeout(resolve, 100))
    const [counters, again] = both.map(({ client }) => redisCounters(client))
    return {
      counters: counters!,
      again: again!,
      close: async () => {
        for (const redis of both) await redis.close()
        server.stop()
      },
    }
  })
else {
  console.warn('REDIS IS NOT TESTED: redis-server is not installed')
  test.runIf(process.env.CI === 'true')('redis-server is installed', () =>
    expect.fail('install redis-server'),
  )
}
