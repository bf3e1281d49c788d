import type { RedisClient } from '../redis.ts'
import type { Counters } from './counters.ts'

/** Counting and starting the window are one step, so that no key is left without an end. */
const ADD = `local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}`

export const redisCounters = (redis: RedisClient): Counters => ({
  name: 'redis',
  add: async (key, windowMs) => {
    const [count, ttl] = (await redis.eval(ADD, 1, `mdraft:rate:${key}`, windowMs)) as [number, number]
    return { count, resetsInMs: Math.max(0, ttl) }
  },
  close: async () => {},
})
