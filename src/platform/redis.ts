/** One connection to Redis, when there is one: counts of requests and results at hand. Losing it loses nothing. */
import { Redis } from 'ioredis'

export type RedisClient = Pick<Redis, 'eval' | 'getBuffer' | 'set' | 'unlink'>

export function openRedis(
  url: string,
  onError: (error: unknown) => void,
): { readonly client: RedisClient; close(): Promise<void> } {
  const client = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    // A server that is silent must not hold up what can do without it.
    commandTimeout: 1_000,
  })
  client.on('error', onError)
  return { client, close: async () => client.disconnect() }
}
