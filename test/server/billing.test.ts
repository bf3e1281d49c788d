/** Paying for plans, against a server that speaks Stripe's protocol. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Usage } from '../../src/contract/plans.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { type Caller, caller, type TestHouse, testHouse } from './house.ts'
import { present, type StripeServer, startStripe } from './stripe-server.ts'

const key = 'sk_test_key'
const secret = 'whsec_of_this_endpoint'
const password = 'correct horse battery'

let stripe: StripeServer
let house: TestHouse
beforeAll(async () => {
  stripe = await startStripe(key, secret)
  house = await testHouse(
    {
      STRIPE_SECRET_KEY: key,
      STRIPE_WEBHOOK_SECRET: secret,
      STRIPE_PRICE_PRO: 'price_pro',
      STRIPE_PRICE_TEAM: 'price_team',
      STRIPE_API_URL: stripe.url,
    },
    { serve: true, work: false },
  )
})
afterAll(async () => {
  await house.close()
  await stripe.close()
})

let addresses = 0
const user = async (email: string) => {
  // Letters are counted by address.
  const browser = caller(house.app, '', `10.2.0.${++addresses}`)
  await browser.data(browser.post('/api/account/sign-up', { email, password }))
  return browser
}
const usage = (who: Caller) => who.data<Usage>(who.get('/api/usage'))
const checkout = async (who: Caller, form: object = { plan: 'pro' }) =>
  (await who.data<{ url: string }>(who.post('/api/billing/checkout', form))).url
const tell = ({ body, headers }: { body: string; headers: Record<string, string> }) =>
  caller(house.app).post('/api/billing/stripe', body, headers)
const subscribed = async (email: string) => {
  const who = await user(email)
  const paid = stripe.pay(await checkout(who))
  await tell(stripe.event('customer.subscription.created', present(paid)))
  return { who, paid }
}

test('with a key plans are for sale, and limits hold', async () => {
  const { json } = await caller(house.app).get('/api/plans')
  expect(json.data).toMatchObject({ billing: true, enforced: true })
  expect(
    (json.data as unknown as { plans: { plan: string; for_sale: boolean }[] }).plans
      .filter(({ for_sale }) => for_sale)
      .map(({ plan }) => plan),
  ).toEqual(['pro', 'team'])
})

test('a checkout that was paid gives the plan, and its end takes it', async () => {
  const ann = await user('ann@example.com')
  const url = await checkout(ann)
  expect(url).toContain('https://checkout.stripe.com/')
  const order = stripe.asked.at(-1)!.form
  expect(order.get('mode')).toBe('subscription')
  expect(order.get('line_items[0][price]')).toBe('price_pro')
  expect(order.get('success_url')).toMatch(/\/usage\?checkout=done$/)
  const paid = stripe.pay(url)
  // Before Stripe says so nothing changes.
  expect(await usage(ann)).toMatchObject({ plan: 'free', subscription: null })
  const told = await tell(
    stripe.event('checkout.session.completed', { object: 'checkout.session', subscription: paid.id }),
  )
  expect(told.status).toBe(200)
  expect(await usage(ann)).toMatchObject({
    plan: 'pro',
    subscription: { plan: 'pro', status: 'active', seats: 1, cancel_at_period_end: false },
  })
  expect(await ann.data(ann.get('/api/session'))).toMatchObject({ account: { plan: 'pro' } })
  expect((await ann.post('/api/billing/checkout', { plan: 'pro' })).status).toBe(409)
  const portal = await ann.data<{ url: string }>(ann.post('/api/billing/portal', {}))
  expect(portal.url).toBe(`https://billing.stripe.com/${paid.customer}`)
  paid.status = 'canceled'
  await tell(stripe.event('customer.subscription.deleted', present(paid)))
  expect(await usage(ann)).toMatchObject({ plan: 'free', subscription: { status: 'canceled' } })
})

test('somebody who comes twice is one customer', async () => {
  const ben = await user('ben@example.com')
  const before = stripe.asked.filter(({ path }) => path === '/v1/customers').length
  await Promise.all([checkout(ben), checkout(ben)])
  await checkout(ben)
  const orders = stripe.asked.filter(({ path }) => path === '/v1/checkout/sessions').slice(-3)
  expect(new Set(orders.map(({ form }) => form.get('customer'))).size).toBe(1)
  expect(stripe.asked.filter(({ path }) => path === '/v1/customers').length - before).toBeLessThanOrEqual(2)
})

describe('what Stripe tells', () => {
  test('the same event counts once', async () => {
    const { who, paid } = await subscribed('cat@example.com')
    const event = stripe.event('customer.subscription.updated', present(paid), { id: 'evt_once' })
    expect((await tell(event)).status).toBe(200)
    const asked = stripe.asked.length
    // Had it counted again, the new state would be seen.
    paid.status = 'canceled'
    for (let n = 0; n < 3; n++) expect((await tell(event)).status).toBe(200)
    expect(stripe.asked.length).toBe(asked)
    expect(await usage(who)).toMatchObject({ plan: 'pro' })
  })

  test('events in the wrong order end in the present state', async () => {
    const dan = await user('dan@example.com')
    const paid = stripe.pay(await checkout(dan))
    const created = stripe.event('customer.subscription.created', present({ ...paid, status: 'incomplete' }))
    const updated = stripe.event('customer.subscription.updated', present(paid))
    await tell(updated)
    await tell(created)
    expect(await usage(dan)).toMatchObject({ plan: 'pro', subscription: { status: 'active' } })
    paid.status = 'canceled'
    await tell(stripe.event('customer.subscription.deleted', present(paid)))
    await tell(stripe.event('customer.subscription.updated', present({ ...paid, status: 'active' })))
    expect(await usage(dan)).toMatchObject({ plan: 'free', subscription: { status: 'canceled' } })
  })

  test('many events at once end in the present state', async () => {
    const { who, paid } = await subscribed('eve@example.com')
    paid.cancelAtPeriodEnd = true
    await Promise.all(
      Array.from({ length: 8 }, () => tell(stripe.event('customer.subscription.updated', present(paid)))),
    )
    expect(await usage(who)).toMatchObject({ subscription: { cancel_at_period_end: true } })
  })

  test('an unpaid bill keeps the plan while Stripe still tries, and not longer', async () => {
    const { who, paid } = await subscribed('fay@example.com')
    paid.status = 'past_due'
    const invoice = { object: 'invoice', parent: { subscription_details: { subscription: paid.id } } }
    await tell(stripe.event('invoice.payment_failed', invoice))
    expect(await usage(who)).toMatchObject({ plan: 'pro', subscription: { status: 'past_due' } })
    paid.status = 'unpaid'
    await tell(stripe.event('customer.subscription.updated', present(paid)))
    expect(await usage(who)).toMatchObject({ plan: 'free' })
  })

  test('what is not signed by Stripe, or was long ago, changes nothing', async () => {
    const gil = await user('gil@example.com')
    const paid = stripe.pay(await checkout(gil))
    const good = stripe.event('customer.subscription.created', present(paid))
    const old = stripe.event('customer.subscription.created', present(paid), {
      at: Math.floor(Date.now() / 1000) - 600,
    })
    const foreign = stripe.event('customer.subscription.created', present(paid), { secret: 'whsec_other' })
    const { 'stripe-signature': _, ...unsigned } = good.headers
    for (const bad of [
      { ...good, body: `${good.body} ` },
      old,
      foreign,
      { body: good.body, headers: unsigned as Record<string, string> },
      { ...good, headers: { ...good.headers, 'stripe-signature': 'nonsense' } },
    ])
      expect(await tell(bad)).toMatchObject({ status: 400, json: { error: 'validation_error' } })
    expect(await usage(gil)).toMatchObject({ plan: 'free', subscription: null })
    expect((await tell(good)).status).toBe(200)
    expect(await usage(gil)).toMatchObject({ plan: 'pro' })
  })

  test('an event that could not be dealt with is taken when it comes again', async () => {
    const hal = await user('hal@example.com')
    const paid = stripe.pay(await checkout(hal))
    const event = stripe.event('customer.subscription.created', present(paid))
    stripe.fail(9)
    expect(await tell(event)).toMatchObject({ status: 503, json: { error: 'unavailable' } })
    stripe.fail(0)
    expect(await usage(hal)).toMatchObject({ plan: 'free' })
    expect((await tell(event)).status).toBe(200)
    expect(await usage(hal)).toMatchObject({ plan: 'pro' })
  })

  test('events about nothing of ours are taken and forgotten', async () => {
    expect((await tell(stripe.event('payout.paid', { object: 'payout' }))).status).toBe(200)
    const unknown = { object: 'subscription', id: 'sub_unknown' }
    expect((await tell(stripe.event('customer.subscription.updated', unknown))).status).toBe(200)
  })
})

test('a team pays for its members; only its owners may begin that', async () => {
  const ivy = await user('ivy@example.com')
  const jan = await user('jan@example.com')
  const team = await ivy.data<{ id: string }>(ivy.post('/api/teams', { name: 'Bids' }))
  const form = { plan: 'team', team_id: team.id, seats: 3 }
  expect((await jan.post('/api/billing/checkout', form)).status).toBe(404)
  await house.sql(`insert into team_members (team_id, user_id, role)
    select '${team.id}', id, 'editor' from users where email = 'jan@example.com'`)
  expect((await jan.post('/api/billing/checkout', form)).status).toBe(403)
  expect((await ivy.post('/api/billing/checkout', { plan: 'team' })).status).toBe(400)
  expect((await ivy.post('/api/billing/checkout', { ...form, plan: 'pro' })).status).toBe(400)
  const paid = stripe.pay(await checkout(ivy, form))
  expect(paid.quantity).toBe(3)
  await tell(stripe.event('customer.subscription.created', present(paid)))
  for (const who of [ivy, jan])
    expect(await usage(who)).toMatchObject({
      plan: 'team',
      team: { name: 'Bids' },
      subscription: { seats: 3 },
    })
  expect((await jan.post('/api/billing/portal', { team_id: team.id })).status).toBe(403)
})

test('who closes an account pays no longer', async () => {
  const { who, paid } = await subscribed('kim@example.com')
  expect((await who.delete('/api/account', { password })).status).toBe(200)
  expect(paid.status).toBe('canceled')
})

test('nobody’s key or card is in the log', () => {
  expect(house.lines.join()).not.toMatch(/sk_test_key|whsec_of_this/)
})

test('without a key nothing is sold, and says so', async () => {
  const bare = await testHouse({}, { serve: true, work: false })
  const who = caller(bare.app)
  await who.data(who.post('/api/account/sign-up', { email: 'ann@example.com', password }))
  for (const [path, body] of [
    ['/api/billing/checkout', { plan: 'pro' }],
    ['/api/billing/portal', {}],
    ['/api/billing/stripe', {}],
  ] as const)
    expect(await who.post(path, body)).toMatchObject({ status: 409, json: { error: 'conflict' } })
  await bare.close()
})

test('half a configuration is refused', () => {
  expect(() => readConfig({ STRIPE_SECRET_KEY: key })).toThrow('STRIPE_WEBHOOK_SECRET')
})
