/** What Google's clients have in common: how to reach them, and which of their errors may pass. */
import { tryAgain } from './try-again.ts'

/**
 * Over plain HTTP instead of gRPC: one kind of connection to allow through a firewall, and the same in tests. Another
 * endpoint than Google's is asked without credentials.
 */
export function clientOptions(endpoint: string | undefined) {
  if (!endpoint) return { fallback: true as const }
  const { hostname, port, protocol } = new URL(endpoint)
  return {
    fallback: true as const,
    apiEndpoint: hostname,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    protocol: protocol.slice(0, -1),
    apiKey: 'none',
  }
}

/** Codes of google.rpc.Code. */
const DEADLINE = 4
const NOT_FOUND = 5
const DENIED = 7
const EXHAUSTED = 8
const INTERNAL = 13
const UNAVAILABLE = 14
const UNAUTHENTICATED = 16

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code

const mayPass = (error: unknown): boolean => {
  const code = codeOf(error)
  return typeof code !== 'number' || [DEADLINE, EXHAUSTED, INTERNAL, UNAVAILABLE].includes(code)
}

export const isNotFound = (error: unknown): boolean => codeOf(error) === NOT_FOUND
export const isRefused = (error: unknown): boolean =>
  [DENIED, UNAUTHENTICATED].includes(codeOf(error) as number)

/** The libraries' own retries are off, so that one place decides; see `callOptions`. */
export const askGoogle = <T>(work: () => Promise<T>, tries = 5, signal?: AbortSignal): Promise<T> =>
  tryAgain(work, { mayPass, tries, signal })

export const callOptions = (timeout: number) => ({ timeout, retry: null })
