/** Plans, what was used of one's own, and paying. */
import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { billingUrlSchema, type checkoutSchema, plansSchema, usageSchema } from '../../src/contract/plans.ts'
import { call } from './client.ts'

export const plansQuery = queryOptions({
  queryKey: ['plans'],
  queryFn: ({ signal }) => call('/api/plans', plansSchema, { signal }),
})
export const usageQuery = queryOptions({
  queryKey: ['usage'],
  queryFn: ({ signal }) => call('/api/usage', usageSchema, { signal }),
})
export const beginCheckout = (body: z.input<typeof checkoutSchema>) =>
  call('/api/billing/checkout', billingUrlSchema, { body })
export const openPortal = (teamId: string | undefined) =>
  call('/api/billing/portal', billingUrlSchema, { body: teamId ? { team_id: teamId } : {} })
