/** A server that speaks Stripe's protocol: forms in, JSON out, keys checked, events signed. Its books are in memory. */
import { createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Subscription = {
  id: string
  customer: string
  status: string
  price: string
  quantity: number
  cancelAtPeriodEnd: boolean
  metadata: Record<string, string>
  created: number
}
type Asked = { readonly method: string; readonly path: string; readonly form: URLSearchParams }

const id = (kind: string) => `${kind}_${randomBytes(8).toString('hex')}`
const seconds = () => Math.floor(Date.now() / 1000)

export async function startStripe(key: string, secret: string) {
  const subscriptions = new Map<string, Subscription>()
  const orders = new Map<string, URLSearchParams>()
  const repeats = new Map<string, unknown>()
  const asked: Asked[] = []
  let failures = 0

  const answer = (method: string, path: string, form: URLSearchParams): [number, unknown] => {
    const [noun, ref] = path.replace('/v1/', '').split('/') as [string, string?]
    if (path === '/v1/customers') return [200, { id: id('cus'), object: 'customer' }]
    if (path === '/v1/checkout/sessions') {
      const session = id('cs')
      orders.set(session, form)
      return [200, { id: session, object: 'checkout.session', url: `https://checkout.stripe.com/${session}` }]
    }
    if (path === '/v1/billing_portal/sessions')
      return [
        200,
        { object: 'billing_portal.session', url: `https://billing.stripe.com/${form.get('customer')}` },
      ]
    if (noun === 'subscriptions' && ref) {
      const found = subscriptions.get(ref)
      if (!found)
        return [404, { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'None.' } }]
      if (method === 'DELETE') found.status = 'canceled'
      return [200, present(found)]
    }
    return [404, { error: { type: 'invalid_request_error', message: `Unrecognized URL ${path}` } }]
  }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://stripe')
    const form = new URLSearchParams(await text(request))
    const send = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'request-id': id('req') })
        .end(JSON.stringify(body))
    if (request.headers.authorization !== `Bearer ${key}`)
      return send(401, { error: { type: 'invalid_request_error', message: 'Invalid API Key' } })
    asked.push({ method: request.method!, path: pathname, form })
    if (failures > 0) {
      failures--
      return send(503, { error: { type: 'api_error', message: 'Down' } })
    }
    const repeat = request.headers['idempotency-key'] as string | undefined
    if (repeat && repeats.has(repeat)) return send(200, repeats.get(repeat))
    const [status, body] = answer(request.method!, pathname, form)
    if (repeat && status === 200) repeats.set(repeat, body)
    send(status, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    fail: (times: number) => {
      failures = times
    },
    /** Somebody paid in the browser. */
    pay: (checkoutUrl: string): Subscription => {
      const form = orders.get(checkoutUrl.split('/').at(-1)!)!
      const metadata: Record<string, string> = {}
      for (const [name, value] of form) {
        const field = /^subscription_data\[metadata\]\[(\w+)\]$/.exec(name)?.[1]
        if (field) metadata[field] = value
      }
      const made: Subscription = {
        id: id('sub'),
        customer: form.get('customer')!,
        status: 'active',
        price: form.get('line_items[0][price]')!,
        quantity: Number(form.get('line_items[0][quantity]')),
        cancelAtPeriodEnd: false,
        metadata,
        created: seconds(),
      }
      subscriptions.set(made.id, made)
      return made
    },
    /** An event with the signature of Stripe: `t` and the HMAC of `t.body`. */
    event: (type: string, object: object, options: { id?: string; at?: number; secret?: string } = {}) => {
      const body = JSON.stringify({
        id: options.id ?? id('evt'),
        object: 'event',
        type,
        created: seconds(),
        data: { object },
      })
      const t = options.at ?? seconds()
      const v1 = createHmac('sha256', options.secret ?? secret)
        .update(`${t}.${body}`)
        .digest('hex')
      return { body, headers: { 'content-type': 'application/json', 'stripe-signature': `t=${t},v1=${v1}` } }
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
export type StripeServer = Awaited<ReturnType<typeof startStripe>>

export const present = (subscription: Subscription) => ({
  id: subscription.id,
  object: 'subscription',
  customer: subscription.customer,
  status: subscription.status,
  cancel_at_period_end: subscription.cancelAtPeriodEnd,
  created: subscription.created,
  metadata: subscription.metadata,
  items: {
    object: 'list',
    data: [
      {
        id: 'si_1',
        price: { id: subscription.price },
        quantity: subscription.quantity,
        current_period_end: subscription.created + 30 * 86_400,
      },
    ],
  },
})
