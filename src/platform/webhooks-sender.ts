/** Sends one signed message (standardwebhooks.com) and says what came of it. Never throws. */
import { Webhook } from 'standardwebhooks'
import { MdraftError } from '../core/errors.ts'
import { postPublic } from './fetch.ts'

type WebhookMessage = {
  readonly url: string
  /** The same with every attempt, so that a receiver knows a message it has. */
  readonly id: string
  readonly body: string
  /** Each signs; a receiver needs to know one of them. */
  readonly secrets: readonly string[]
}
export type Sent = {
  readonly at: Date
  /** Null: there was no answer. */
  readonly status: number | null
  readonly error: string | null
  readonly ms: number
}
export type SendWebhook = (message: WebhookMessage, signal?: AbortSignal) => Promise<Sent>

const ANSWER_MS = 15_000

/** `anywhere`: also into the private network that the server stands in. */
export function webhookSender(to: 'public' | 'anywhere', millis = ANSWER_MS): SendWebhook {
  return async ({ url, id, body, secrets }, signal) => {
    const at = new Date()
    const started = performance.now()
    const sent = (status: number | null, error: string | null): Sent => ({
      at,
      status,
      error,
      ms: Math.round(performance.now() - started),
    })
    try {
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
      }
      const { status } = await postPublic(
        url,
        { body, headers },
        { millis, ...(signal ? { signal } : {}), ...(to === 'anywhere' ? { isAllowed: () => true } : {}) },
      )
      return sent(status, status >= 200 && status < 300 ? null : `The answer has the status ${status}.`)
    } catch (error) {
      return sent(null, error instanceof MdraftError ? error.message : 'The message could not be sent.')
    }
  }
}
