/** What a worker does with a delivery: one attempt, and when the next one is due. The same message may be sent twice. */
import type { Db } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { Log } from '../../platform/log.ts'
import type { Handler, Queue } from '../../platform/queue.ts'
import type { Sealer } from '../../platform/seal.ts'
import type { SendWebhook, Sent } from '../../platform/webhooks-sender.ts'
import type { ClaimedDelivery, WebhookStore } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: WebhookStore
  readonly queue: Pick<Queue, 'send'>
  readonly sealer: Sealer
  readonly send: SendWebhook
  readonly log: Log
}

/** Waits before the second and every later attempt, in seconds: 45 hours in all. */
const WAITS = [5, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400] as const
/** A receiver that came back is not met by all its messages at once. */
const JITTER = 0.2
const GONE = 410

export const deliveryWork = ({ db, store, queue, sealer, send, log }: Needs): Handler => {
  /** The last chance is gone and nothing else got through since the first: nobody is there. */
  const isAbandoned = ({ failing_since: since, created_at: made }: ClaimedDelivery): boolean =>
    since !== null && since.getTime() >= made.getTime()

  const settle = async (delivery: ClaimedDelivery, sent: Sent): Promise<void> => {
    const { id, endpoint_id: endpointId, attempts } = delivery
    const attempt = { at: sent.at.toISOString(), status: sent.status, error: sent.error, ms: sent.ms }
    await db.query.transaction().execute(async (trx) => {
      if (sent.error === null) {
        await store.delivered(trx, id, endpointId, attempt)
        return
      }
      const wait = sent.status === GONE ? undefined : WAITS[attempts - 1]
      const seconds = wait === undefined ? null : wait * (1 + JITTER * Math.random())
      await store.failed(trx, id, endpointId, attempt, seconds)
      if (seconds !== null) {
        await queue.send(trx, 'webhook', id, { as: newId(), after: seconds, group: endpointId })
        return
      }
      if (sent.status === GONE) await store.disable(trx, endpointId, 'It answered that it is gone (410).')
      else if (isAbandoned(delivery))
        await store.disable(trx, endpointId, `Nothing got through in ${attempts} attempts.`)
    })
  }

  return async ({ id, signal }) => {
    const delivery = await store.claim(id)
    // Delivered, deleted, or due later by another entry of the queue.
    if (!delivery) return { type: 'done' }
    if (!delivery.active) {
      await store.drop(id)
      return { type: 'done' }
    }
    const sent = await send(
      { id, url: delivery.url, body: delivery.body, secrets: secretsOf(delivery, sealer) },
      signal,
    )
    // A stopping process gives it back as it was.
    if (signal.aborted && sent.error !== null) {
      await store.giveBack(id)
      return { type: 'again', reason: 'The process stopped.' }
    }
    await settle(delivery, sent)
    log.info(
      {
        delivery: id,
        webhook: delivery.endpoint_id,
        event: delivery.event,
        status: sent.status,
        ms: sent.ms,
      },
      sent.error === null ? 'webhook delivered' : 'webhook not delivered',
    )
    return { type: 'done' }
  }
}

function secretsOf(
  { secret, previous_secret: previous, previous_until: until }: ClaimedDelivery,
  sealer: Sealer,
) {
  const isBoth = previous !== null && until !== null && until.getTime() > Date.now()
  return [secret, ...(isBoth ? [previous] : [])].map((sealed) => sealer.open(sealed))
}
