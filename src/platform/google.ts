/** What Google's clients have in common: how to reach them, and which of their errors may pass. */
import { tryAgain, within } from './try-again.ts'

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

/** Codes of google.rpc.Code, and the statuses of HTTP that some of the libraries give in their place. */
const notFound: readonly unknown[] = [5, 404]
const refused: readonly unknown[] = [7, 16, 401, 403]
const passing: readonly unknown[] = [4, 8, 13, 14, 408, 429]

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code

const mayPass = (error: unknown): boolean => {
  const code = codeOf(error)
  return typeof code !== 'number' || code >= 500 || passing.includes(code)
}

export const isNotFound = (error: unknown): boolean => notFound.includes(codeOf(error))
export const isRefused = (error: unknown): boolean => refused.includes(codeOf(error))

type Ask = { readonly timeoutMs: number; readonly tries?: number; readonly signal?: AbortSignal | undefined }

/** The libraries' own deadlines and retries differ from one to the next, so one place decides for all. */
export const askGoogle = <T>(
  work: (options: { timeout: number; retry: null }) => Promise<T>,
  { timeoutMs, tries = 5, signal }: Ask,
): Promise<T> =>
  tryAgain(() => within(timeoutMs, work({ timeout: timeoutMs, retry: null })), { mayPass, tries, signal })
