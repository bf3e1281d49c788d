/** Webhooks of a user: where to tell, of what, and what became of each delivery. */
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type {
  changeWebhookSchema,
  createWebhookSchema,
  Delivery,
  Webhook,
  WebhookEvent,
  WebhookPayload,
} from '../../contract/webhooks.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db, Trx } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { Queue } from '../../platform/queue.ts'
import type { Sealer } from '../../platform/seal.ts'
import { type Actor, person } from '../actor.ts'
import { haveRoom } from '../bounds.ts'
import { type Page, pageOf } from '../page.ts'
import type { DeliveryRow, EndpointRow, WebhookStore } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: WebhookStore
  readonly queue: Queue
  readonly sealer: Sealer
  /** @throws MdraftError when nothing may be sent to the address */
  readonly checkUrl: (url: string) => void
}
type WithSecret = Webhook & { secret: string }

const OVERLAP_MS = 24 * 3_600_000

export const webhookService = ({ db, store, queue, sealer, checkUrl }: Needs) => {
  const find = async (actor: Actor, id: string): Promise<EndpointRow> => {
    const row = await store.find(person(actor).id, id)
    if (!row) throw unknown()
    return row
  }

  /** Written down and queued with the change that it tells of. */
  const deliver = async (
    trx: Trx,
    endpointId: string,
    type: WebhookPayload['type'],
    data: WebhookPayload['data'],
    subjectId: string | null,
  ): Promise<string | undefined> => {
    const id = newId()
    const payload: WebhookPayload = { type, timestamp: new Date().toISOString(), data }
    const isNew = await store.add(trx, {
      id,
      endpointId,
      event: type,
      subjectId,
      body: JSON.stringify(payload),
    })
    if (!isNew) return undefined
    await queue.send(trx, 'webhook', id, { group: endpointId })
    return id
  }

  return {
    list: async (actor: Actor): Promise<Webhook[]> => (await store.list(person(actor).id)).map(present),
    get: async (actor: Actor, id: string): Promise<Webhook> => present(await find(actor, id)),

    create: async (actor: Actor, form: z.infer<typeof createWebhookSchema>): Promise<WithSecret> => {
      const { id: userId } = person(actor)
      checkUrl(form.url)
      haveRoom('webhooks', await store.count(userId))
      const secret = newSecret()
      const row = await store.insert({ ...form, id: newId(), userId, secret: sealer.seal(secret) })
      return { ...present(row), secret }
    },

    change: async (actor: Actor, id: string, form: z.infer<typeof changeWebhookSchema>): Promise<Webhook> => {
      const { id: userId } = person(actor)
      if (form.url) checkUrl(form.url)
      const row = await store.change(userId, id, form)
      if (!row) throw unknown()
      return present(row)
    },

    /** For a day both secrets sign, so that no delivery is refused meanwhile. */
    rotate: async (actor: Actor, id: string): Promise<WithSecret> => {
      const { id: userId } = person(actor)
      const secret = newSecret()
      const row = await store.rotate(userId, id, sealer.seal(secret), new Date(Date.now() + OVERLAP_MS))
      if (!row) throw unknown()
      return { ...present(row), secret }
    },

    remove: async (actor: Actor, id: string): Promise<void> => {
      if (!(await store.remove(person(actor).id, id))) throw unknown()
    },

    /** Sends something harmless, whatever the endpoint listens to. */
    ping: async (actor: Actor, id: string): Promise<Delivery> => {
      const endpoint = await find(actor, id)
      if (!endpoint.active)
        throw new MdraftError('conflict', 'The webhook is switched off.', { fix: 'Switch it on first.' })
      const made = await db.query
        .transaction()
        .execute((trx) => deliver(trx, id, 'ping', { webhook_id: id }, null))
      return presentDelivery((await store.delivery(id, made!))!)
    },

    deliveries: async (
      actor: Actor,
      id: string,
      query: { limit: number; cursor?: string | undefined },
    ): Promise<Page<Delivery>> => {
      await find(actor, id)
      return pageOf(query, (page) => store.deliveries(id, page), presentDelivery)
    },

    /** The same message again, under the same id. */
    redeliver: async (actor: Actor, id: string, deliveryId: string): Promise<Delivery> => {
      await find(actor, id)
      const row = await db.query.transaction().execute(async (trx) => {
        const again = await store.again(trx, id, deliveryId)
        if (again) await queue.send(trx, 'webhook', deliveryId, { as: newId(), group: id })
        return again
      })
      if (row) return presentDelivery(row)
      if (await store.delivery(id, deliveryId))
        throw new MdraftError('conflict', 'The delivery is still under way.', { fix: 'Wait for its end.' })
      throw new MdraftError('not_found', 'There is no such delivery.')
    },

    removeOld: store.removeOld,

    /** Tells everybody concerned who listens. `subjectId`: what changed, so that it is told once for changes in a row. */
    tell: async (
      trx: Trx,
      userIds: readonly string[],
      event: WebhookEvent,
      data: WebhookPayload['data'],
      subjectId: string | null = null,
    ): Promise<void> => {
      if (userIds.length === 0) return
      for (const { id } of await store.listening(trx, userIds, event))
        await deliver(trx, id, event, data, subjectId)
    },
  }
}

export type WebhookService = ReturnType<typeof webhookService>

const unknown = () => new MdraftError('not_found', 'There is no such webhook.')

/** As Standard Webhooks writes it: 24 to 64 random bytes. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

const time = (date: Date | null): string | null => date?.toISOString() ?? null

const present = (row: EndpointRow): Webhook => ({
  id: row.id,
  url: row.url,
  description: row.description,
  // The table holds what the contract let in.
  events: row.events as WebhookEvent[],
  active: row.active,
  disabled_reason: row.disabled_reason,
  failing_since: time(row.failing_since),
  previous_secret_until:
    row.previous_until && row.previous_until.getTime() > Date.now() ? time(row.previous_until) : null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
})

const presentDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  event: row.event,
  status: row.status,
  attempts: row.attempts,
  next_attempt_at: row.status === 'waiting' ? time(row.next_attempt_at) : null,
  delivered_at: time(row.delivered_at),
  created_at: row.created_at.toISOString(),
  log: row.log,
  payload: JSON.parse(row.body),
})
