/** In the database that the processes share anyway: one statement a count. */
import type { Db } from '../db/db.ts'
import type { Counters } from './counters.ts'

const ADD = `insert into rate_counters as c (key, count, resets_at)
  values ($1, 1, now() + $2 * interval '1 millisecond')
  on conflict (key) do update set
    count = case when c.resets_at <= now() then 1 else c.count + 1 end,
    resets_at = case when c.resets_at <= now() then excluded.resets_at else c.resets_at end
  returning count, greatest(0, extract(epoch from resets_at - now()) * 1000)::int as ms`

const TIDY = `delete from rate_counters where resets_at < now()`
const TIDY_EVERY_MS = 60_000

export function postgresCounters(db: Db): Counters {
  const timer = setInterval(() => void db.executeSql(TIDY).catch(() => {}), TIDY_EVERY_MS)
  timer.unref()
  return {
    name: 'postgres',
    add: async (key, windowMs) => {
      const { rows } = await db.executeSql(ADD, [key.slice(0, 255), windowMs])
      return { count: Number(rows[0]!.count), resetsInMs: Number(rows[0]!.ms) }
    },
    close: async () => clearInterval(timer),
  }
}
