/** Where a user's programs are told what happened, and what was sent. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { pageOf } from '../../src/contract/envelope.ts'
import {
  type changeWebhookSchema,
  type createWebhookSchema,
  deliverySchema,
  webhookSchema,
  webhookWithSecretSchema,
} from '../../src/contract/webhooks.ts'
import { call } from './client.ts'

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => call('/api/webhooks', z.array(webhookSchema), { signal }),
})
export const createWebhook = (body: z.input<typeof createWebhookSchema>) =>
  call('/api/webhooks', webhookWithSecretSchema, { body })
export const changeWebhook = (id: string, body: z.input<typeof changeWebhookSchema>) =>
  call(`/api/webhooks/${id}`, webhookSchema, { method: 'PUT', body })
export const removeWebhook = (id: string) => call(`/api/webhooks/${id}`, z.null(), { method: 'DELETE' })
export const newSecret = (id: string) =>
  call(`/api/webhooks/${id}/secret`, webhookWithSecretSchema, { method: 'POST' })
export const ping = (id: string) => call(`/api/webhooks/${id}/ping`, deliverySchema, { method: 'POST' })
export const redeliver = (id: string, deliveryId: string) =>
  call(`/api/webhooks/${id}/deliveries/${deliveryId}/redeliver`, deliverySchema, { method: 'POST' })

const isMoving = ({ status }: { status: string }) => status === 'waiting' || status === 'sending'

export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: ({ signal, pageParam }) =>
      call(
        `/api/webhooks/${id}/deliveries?limit=20${pageParam && `&cursor=${encodeURIComponent(pageParam)}`}`,
        pageOf(deliverySchema),
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.items.some(isMoving) ? 2_000 : false),
  })
