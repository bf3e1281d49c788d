/** Selling plans: checkout, the customer's own pages, and what Stripe tells. Nothing of Stripe's types leaves this file. */
import type Stripe from 'stripe'
import type { Plan } from '../contract/plans.ts'
import { MdraftError } from '../core/index.ts'
import type { Config } from './config/config.ts'

/** Who pays: a person or a team. */
export type BillingOwner = { readonly userId: string } | { readonly teamId: string }
export type PaidSubscription = {
  readonly id: string
  readonly customerId: string
  /** As it was written at the checkout; undefined: made elsewhere. */
  readonly owner: BillingOwner | undefined
  readonly plan: Plan | undefined
  readonly status: string
  readonly seats: number
  readonly currentPeriodEnd: Date | null
  readonly cancelAtPeriodEnd: boolean
  readonly createdAt: Date
}
export type BillingEvent = {
  readonly id: string
  readonly type: string
  readonly createdAt: Date
  /** The subscription it is about; undefined: it is about none. */
  readonly subscriptionId: string | undefined
}

export type Billing = {
  readonly forSale: readonly Plan[]
  newCustomer(customer: { email: string; name: string; owner: BillingOwner }): Promise<string>
  /** Where to send the browser to pay. */
  checkout(order: {
    customerId: string
    plan: Plan
    seats: number
    owner: BillingOwner
    doneUrl: string
    backUrl: string
  }): Promise<string>
  portal(customerId: string, backUrl: string): Promise<string>
  /** @throws MdraftError `bad_option` when it is not signed by Stripe, or too long ago */
  event(body: Buffer, signature: string | undefined): BillingEvent
  /** As it is now; undefined: there is none. */
  subscription(id: string): Promise<PaidSubscription | undefined>
  cancel(id: string): Promise<void>
}

type Settings = NonNullable<Config['stripe']>

const TIMEOUT_MS = 15_000

export async function openBilling(settings: Settings | undefined): Promise<Billing | undefined> {
  if (!settings) return undefined
  const { key, webhookSecret, url, prices } = settings
  const { default: Client } = await import('stripe').catch((cause) => {
    throw new MdraftError('missing_package', 'STRIPE_SECRET_KEY is set, but the package stripe is missing.', {
      fix: 'Run: npm install stripe',
      cause,
    })
  })
  const stripe = new Client(key, {
    maxNetworkRetries: 2,
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...(url ? addressOf(url) : {}),
  })
  const priceOf = (plan: Plan): string | undefined => prices[plan as keyof typeof prices]
  const planOf = (price: string | undefined): Plan | undefined =>
    (['pro', 'team'] as const).find((plan) => price !== undefined && prices[plan] === price)

  const present = (subscription: Stripe.Subscription): PaidSubscription => {
    const [item] = subscription.items.data
    const end = item?.current_period_end
    const { user_id: userId, team_id: teamId } = subscription.metadata
    return {
      id: subscription.id,
      customerId: idOf(subscription.customer)!,
      owner: teamId ? { teamId } : userId ? { userId } : undefined,
      plan: planOf(item?.price.id),
      status: subscription.status,
      seats: item?.quantity ?? 1,
      currentPeriodEnd: end ? new Date(end * 1000) : null,
      cancelAtPeriodEnd: subscription.cancel_at_period_end,
      createdAt: new Date(subscription.created * 1000),
    }
  }

  return {
    forSale: (['pro', 'team'] as const).filter((plan) => priceOf(plan) !== undefined),

    newCustomer: ({ email, name, owner }) =>
      asked(async () => {
        const metadata = metadataOf(owner)
        const idempotencyKey = `customer-${Object.values(metadata)[0]}`
        return (await stripe.customers.create({ email, name, metadata }, { idempotencyKey })).id
      }),

    checkout: ({ customerId, plan, seats, owner, doneUrl, backUrl }) =>
      asked(async () => {
        const session = await stripe.checkout.sessions.create({
          mode: 'subscription',
          customer: customerId,
          line_items: [{ price: priceOf(plan)!, quantity: seats }],
          subscription_data: { metadata: metadataOf(owner) },
          allow_promotion_codes: true,
          success_url: doneUrl,
          cancel_url: backUrl,
        })
        return session.url!
      }),

    portal: (customerId, backUrl) =>
      asked(
        async () =>
          (await stripe.billingPortal.sessions.create({ customer: customerId, return_url: backUrl })).url,
      ),

    event: (body, signature) => {
      try {
        const event = stripe.webhooks.constructEvent(body, signature ?? '', webhookSecret)
        return {
          id: event.id,
          type: event.type,
          createdAt: new Date(event.created * 1000),
          subscriptionId: subscriptionOf(event),
        }
      } catch (cause) {
        throw new MdraftError('bad_option', 'The message is not signed by Stripe.', {
          fix: 'Set STRIPE_WEBHOOK_SECRET to the signing secret of this endpoint.',
          cause,
        })
      }
    },

    subscription: (id) =>
      asked(async () => {
        try {
          return present(await stripe.subscriptions.retrieve(id))
        } catch (error) {
          if ((error as { code?: string }).code === 'resource_missing') return undefined
          throw error
        }
      }),

    cancel: (id) =>
      asked(async () => {
        await stripe.subscriptions.cancel(id)
      }),
  }
}

function addressOf(address: string) {
  const { protocol, hostname, port } = new URL(address)
  return {
    protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
    host: hostname,
    ...(port ? { port: Number(port) } : {}),
  }
}

const metadataOf = (owner: BillingOwner): Record<string, string> =>
  'teamId' in owner ? { team_id: owner.teamId } : { user_id: owner.userId }

const idOf = (ref: string | { id: string } | null | undefined): string | undefined =>
  typeof ref === 'string' ? ref : ref?.id

function subscriptionOf(event: Stripe.Event): string | undefined {
  if (event.type.startsWith('customer.subscription.')) return (event.data.object as Stripe.Subscription).id
  if (event.type.startsWith('checkout.session.'))
    return idOf((event.data.object as Stripe.Checkout.Session).subscription)
  if (event.type.startsWith('invoice.'))
    return idOf((event.data.object as Stripe.Invoice).parent?.subscription_details?.subscription)
  return undefined
}

/** What Stripe refuses is no fault of the caller's; what it says stays in the log. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new MdraftError('unavailable', 'The payment service does not answer as expected.', {
      fix: 'Try again shortly.',
      cause,
    })
  }
}
