/** kill -9 of a worker, a web process and the database in turn. `bench/kills.ts` does the same over 500 files. */
import { expect, test } from 'vitest'
import { underKills } from './kills.ts'

const FILES = 60

test(`${FILES} files while a worker, a web process and the database are killed: none lost, none doubled`, async () => {
  const outcome = await underKills(FILES)
  expect(outcome).toMatchObject({
    acknowledged: FILES,
    jobs: FILES,
    completed: FILES,
    conversions: FILES,
    charged: FILES,
    pages: FILES,
    missing: 0,
    kills: ['worker', 'web', 'database'],
  })
  // Beyond the results there is at most what broken attempts had written.
  expect(outcome.leftovers).toBeLessThanOrEqual(4)
}, 150_000)
