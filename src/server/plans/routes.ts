import { z } from 'zod'
import { success } from '../../contract/envelope.ts'
import {
  billingUrlSchema,
  checkoutSchema,
  plansSchema,
  portalSchema,
  usageSchema,
} from '../../contract/plans.ts'
import { type App, failures, forPersons, needs, ok } from '../http.ts'
import { perMinute } from '../rates.ts'
import type { BillingService } from './billing.ts'
import type { PlanService } from './service.ts'

type Needs = { readonly plans: PlanService; readonly billing: BillingService }

const tags = ['plans']
/** Stripe sends what it has from a few addresses. */
const EVENTS_PER_MINUTE = 1_200

export const planRoutes =
  ({ plans, billing }: Needs) =>
  async (app: App): Promise<void> => {
    app.get(
      '/api/plans',
      {
        schema: {
          tags,
          summary: 'The plans and what each gives, from the least to the greatest',
          response: { 200: success(plansSchema), ...failures },
        },
      },
      async () => ok(plans.list()),
    )

    app.get(
      '/api/usage',
      {
        schema: {
          ...needs('documents:read'),
          tags,
          summary: 'Your plan, and what you used of it this month',
          response: { 200: success(usageSchema), ...failures },
        },
      },
      async ({ actor }) => ok(await plans.usage(actor)),
    )

    app.post(
      '/api/billing/checkout',
      {
        config: { repeatable: true },
        schema: {
          ...forPersons,
          tags,
          summary: 'Where to go to pay for a plan',
          body: checkoutSchema,
          response: { 200: success(billingUrlSchema), ...failures },
        },
      },
      async ({ actor, body }) => ok(await billing.checkout(actor, body)),
    )

    app.post(
      '/api/billing/portal',
      {
        schema: {
          ...forPersons,
          tags,
          summary: 'Where to go to change or end a subscription, and for invoices',
          body: portalSchema,
          response: { 200: success(billingUrlSchema), ...failures },
        },
      },
      async ({ actor, body }) => ok(await billing.portal(actor, body.team_id)),
    )

    await app.register(async (scope: App) => {
      // The signature is over the bytes as they came.
      scope.removeContentTypeParser('application/json')
      scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
        done(null, body),
      )
      scope.post(
        '/api/billing/stripe',
        {
          config: { ownRate: perMinute(EVENTS_PER_MINUTE) },
          schema: {
            tags,
            summary: 'For Stripe: what happened to a subscription',
            response: { 200: success(z.null()), ...failures },
          },
        },
        async ({ body, headers }) => {
          const signature = headers['stripe-signature']
          await billing.receive(body as Buffer, typeof signature === 'string' ? signature : undefined)
          return ok(null)
        },
      )
    })
  }
