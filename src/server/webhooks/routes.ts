import { z } from 'zod'
import { bounds } from '../../contract/bounds.ts'
import { idSchema, pageOf, pageQuerySchema, success } from '../../contract/envelope.ts'
import {
  changeWebhookSchema,
  createWebhookSchema,
  deliverySchema,
  webhookSchema,
  webhookWithSecretSchema,
} from '../../contract/webhooks.ts'
import { type App, failures, forPersons, ok } from '../http.ts'
import type { WebhookService } from './service.ts'

const byId = z.object({ id: idSchema })
const byDelivery = z.object({ id: idSchema, delivery_id: idSchema })
const about = <T extends z.ZodType>(summary: string, data: T) => ({
  ...forPersons,
  tags: ['webhooks'],
  summary,
  response: { 200: success(data), ...failures },
})

export const webhookRoutes =
  ({ webhooks }: { readonly webhooks: WebhookService }) =>
  async (app: App): Promise<void> => {
    app.get(
      '/api/webhooks',
      { schema: about('Where you are told what happens', z.array(webhookSchema).max(bounds.webhooks)) },
      async ({ actor }) => ok(await webhooks.list(actor)),
    )

    app.post(
      '/api/webhooks',
      {
        schema: {
          ...forPersons,
          tags: ['webhooks'],
          summary: 'Be told what happens; the secret is shown only in this answer',
          description:
            'Requests are signed as standardwebhooks.com says: `webhook-signature` is `v1,` and the HMAC-SHA256 of `webhook-id.webhook-timestamp.body`. Answer with 2xx within 15 seconds; anything else is tried again after 5 s, and up to 24 h, eight times in all.',
          body: createWebhookSchema,
          response: { 201: success(webhookWithSecretSchema), ...failures },
        },
      },
      async ({ actor, body }, reply) =>
        reply
          .code(201)
          .send(ok(await webhooks.create(actor, body), 'Keep the secret: it is not shown again.')),
    )

    app.get(
      '/api/webhooks/:id',
      { schema: { ...about('One webhook', webhookSchema), params: byId } },
      async ({ actor, params }) => ok(await webhooks.get(actor, params.id)),
    )

    app.put(
      '/api/webhooks/:id',
      {
        schema: {
          ...about('Change it, or switch it on or off', webhookSchema),
          params: byId,
          body: changeWebhookSchema,
        },
      },
      async ({ actor, params, body }) => ok(await webhooks.change(actor, params.id, body)),
    )

    app.delete(
      '/api/webhooks/:id',
      { schema: { ...about('Delete it with its log', z.null()), params: byId } },
      async ({ actor, params }) => {
        await webhooks.remove(actor, params.id)
        return ok(null, 'The webhook is deleted.')
      },
    )

    app.post(
      '/api/webhooks/:id/secret',
      {
        schema: {
          ...about('A new secret; the old one signs beside it for a day', webhookWithSecretSchema),
          params: byId,
        },
      },
      async ({ actor, params }) =>
        ok(await webhooks.rotate(actor, params.id), 'Keep the secret: it is not shown again.'),
    )

    app.post(
      '/api/webhooks/:id/ping',
      {
        config: { repeatable: true },
        schema: { ...about('Send a test message', deliverySchema), params: byId },
      },
      async ({ actor, params }) => ok(await webhooks.ping(actor, params.id), 'A message is on its way.'),
    )

    app.get(
      '/api/webhooks/:id/deliveries',
      {
        schema: {
          ...about('What was sent, newest first', pageOf(deliverySchema)),
          params: byId,
          querystring: pageQuerySchema,
        },
      },
      async ({ actor, params, query }) => ok(await webhooks.deliveries(actor, params.id, query)),
    )

    app.post(
      '/api/webhooks/:id/deliveries/:delivery_id/redeliver',
      { schema: { ...about('Send a message once more', deliverySchema), params: byDelivery } },
      async ({ actor, params }) =>
        ok(await webhooks.redeliver(actor, params.id, params.delivery_id), 'The message is on its way.'),
    )
  }
