/** Webhooks from the event to the receiver, with retries, secrets and the log. */
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Delivery, Webhook, WebhookPayload } from '../../src/contract/webhooks.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'
import { openReceiver, type Received, type Receiver } from './receiver.ts'

type Made = Webhook & { secret: string }
type List = { items: Delivery[]; next: string | null }

const text = 'The offeror shall submit a technical volume of at most ten pages. '.repeat(20)
const sign = async (house: TestHouse, email: string) => {
  const browser = caller(house.app)
  await browser.data(browser.post('/api/account/sign-up', { email, password: 'correct horse battery' }))
  return browser
}

describe('what happened is told', () => {
  let house: TestHouse
  let receiver: Receiver
  let ann: Caller
  beforeAll(async () => {
    house = await testHouse({ WEBHOOKS_TO: 'anywhere' })
    receiver = await openReceiver()
    ann = await sign(house, 'ann@example.com')
  })
  afterAll(async () => {
    await house.close()
    await receiver.close()
  })
  afterEach(async () => {
    for (const { id } of await ann.data<Webhook[]>(ann.get('/api/webhooks')))
      await ann.data(ann.delete(`/api/webhooks/${id}`))
    receiver.received.length = 0
    receiver.answer(204)
  })

  const make = (form: object = {}) =>
    ann.data<Made>(ann.post('/api/webhooks', { url: receiver.url, ...form }))
  const log = async (id: string) => (await ann.data<List>(ann.get(`/api/webhooks/${id}/deliveries`))).items
  const verified = (secret: string, { headers, body }: Received) =>
    new Verifier(secret).verify(body, headers as Record<string, string>) as WebhookPayload
  const sent = async (count: number) => {
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(count)
    return receiver.received
  }
  /** Brings the next attempt forward, in both places that know when it is. */
  const hurry = async () => {
    await house.sql(`update webhook_deliveries set next_attempt_at = now() where status = 'waiting'`)
    await house.sql(`update pgboss.job set start_after = now() where name = 'webhook' and state < 'active'`)
  }

  test('a finished conversion, signed, without what is in it', async () => {
    const { secret, id } = await make({ events: ['job.completed', 'job.failed'] })
    const { job_id, conversion_id } = await convert(ann, 'nobody else may read this', 'secret-name.txt')
    const [one] = await sent(1)
    expect(verified(secret, one!)).toMatchObject({
      type: 'job.completed',
      data: { job_id, conversion_id, kind: 'conversion', analysis_id: null },
    })
    expect(one!.body).not.toMatch(/secret-name|nobody/)
    expect(() => verified(`whsec_${Buffer.alloc(32).toString('base64')}`, one!)).toThrow()
    await expect.poll(async () => (await log(id))[0]?.status).toBe('delivered')
    const [delivery] = await log(id)
    expect(delivery).toMatchObject({ attempts: 1, log: [{ status: 204, error: null }] })
    expect(one!.headers['webhook-id']).toBe(delivery!.id)
  })

  test('a job that failed, with its code', async () => {
    const { secret } = await make({ events: ['job.failed'] })
    const broken = Buffer.from('%PDF-1.7\nbroken')
    await convert(ann, broken, 'broken.pdf')
    expect(verified(secret, (await sent(1))[0]!)).toMatchObject({
      type: 'job.failed',
      data: { kind: 'conversion', error: expect.any(String) },
    })
  })

  test('an analysis, and each change of a proposal once however many come in a row', async () => {
    const { secret } = await make({ events: ['analysis.completed', 'proposal.changed'] })
    await ann.data(ann.post('/api/rfp/compliance-matrix', { text }))
    await sent(1)
    receiver.silence()
    const proposal = await ann.data<{ id: string }>(ann.post('/api/proposals', { title: 'Bid' }))
    await sent(2)
    // The receiver is slow: what changes meanwhile is told together.
    for (const client of ['Navy', 'Army', 'Both'])
      await ann.data(ann.put(`/api/proposals/${proposal.id}`, { client }))
    receiver.answer(204)
    const all = await sent(3)
    const told = all.map((one) => verified(secret, one))
    expect(told.map(({ type }) => type)).toEqual([
      'analysis.completed',
      'proposal.changed',
      'proposal.changed',
    ])
    expect(told[2]!.data).toEqual({ proposal_id: proposal.id })
  })

  test('members of a team hear of its proposals, others do not', async () => {
    const ben = await sign(house, 'ben@example.com')
    const team = await ann.data<{ id: string }>(ann.post('/api/teams', { name: 'Bids' }))
    await ben.data(ben.post('/api/webhooks', { url: `${receiver.url}/ben` }))
    await ann.data(ann.post('/api/proposals', { title: 'before', team_id: team.id }))
    await house.sql(`insert into team_members (team_id, user_id, role)
      select '${team.id}', id, 'viewer' from users where email = 'ben@example.com'`)
    const { id } = await ann.data<{ id: string }>(
      ann.post('/api/proposals', { title: 'after', team_id: team.id }),
    )
    const [only] = await sent(1)
    expect(JSON.parse(only!.body)).toMatchObject({ data: { proposal_id: id } })
    expect(only!.url).toBe('/told/ben')
  })

  test('what is refused is tried again, under the same id, until it gets through', async () => {
    const { id, secret } = await make()
    receiver.answer(500)
    await ann.data(ann.post(`/api/webhooks/${id}/ping`, undefined))
    await sent(1)
    await expect.poll(async () => (await log(id))[0]?.status).toBe('waiting')
    const [waiting] = await log(id)
    const wait = Date.parse(waiting!.next_attempt_at!) - Date.parse(waiting!.log[0]!.at)
    expect(wait).toBeGreaterThanOrEqual(4_900)
    expect(wait).toBeLessThan(9_000)
    expect(await ann.data(ann.get(`/api/webhooks/${id}`))).toMatchObject({
      failing_since: expect.any(String),
    })
    receiver.answer(204)
    await hurry()
    const [first, second] = await sent(2)
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
    expect(second!.body).toBe(first!.body)
    expect(verified(secret, second!).type).toBe('ping')
    await expect.poll(async () => (await log(id))[0]?.status).toBe('delivered')
    expect((await log(id))[0]!.log.map(({ status }) => status)).toEqual([500, 204])
    expect(await ann.data(ann.get(`/api/webhooks/${id}`))).toMatchObject({ failing_since: null })
  })

  test('after the ninth attempt it is given up, and the webhook is switched off', async () => {
    const { id } = await make()
    receiver.answer(503)
    await ann.data(ann.post(`/api/webhooks/${id}/ping`, undefined))
    await sent(1)
    await expect.poll(async () => (await log(id))[0]?.status).toBe('waiting')
    await hurry()
    await sent(2)
    await expect.poll(async () => (await log(id))[0]?.log.length).toBe(2)
    const [{ next_attempt_at: next, log: lines }] = (await log(id)) as [Delivery]
    expect(Date.parse(next!) - Date.parse(lines[1]!.at)).toBeGreaterThan(59_000)
    // Six attempts later.
    await house.sql('update webhook_deliveries set attempts = 8')
    await hurry()
    await sent(3)
    await expect.poll(async () => (await log(id))[0]?.status).toBe('failed')
    expect(await ann.data(ann.get(`/api/webhooks/${id}`))).toMatchObject({
      active: false,
      disabled_reason: 'Nothing got through in 9 attempts.',
    })
    expect((await ann.post(`/api/webhooks/${id}/ping`, undefined)).status).toBe(409)
    await ann.data(ann.put(`/api/webhooks/${id}`, { active: true }))
    expect(await ann.data(ann.get(`/api/webhooks/${id}`))).toMatchObject({
      active: true,
      disabled_reason: null,
      failing_since: null,
    })
  }, 60_000)

  test('a receiver that says it is gone is believed', async () => {
    const { id } = await make()
    receiver.answer(410)
    await ann.data(ann.post(`/api/webhooks/${id}/ping`, undefined))
    await expect
      .poll(async () => (await ann.data<Webhook>(ann.get(`/api/webhooks/${id}`))).active)
      .toBe(false)
    expect((await log(id))[0]).toMatchObject({ status: 'failed', attempts: 1 })
  })

  test('a redirect is not followed', async () => {
    const { id } = await make()
    receiver.answer(307, `http://127.0.0.1:${receiver.port}/elsewhere`)
    await ann.data(ann.post(`/api/webhooks/${id}/ping`, undefined))
    await expect.poll(async () => (await log(id))[0]?.log[0]?.status).toBe(307)
    expect(receiver.received.map(({ url }) => url)).toEqual(['/told'])
  })

  test('a new secret signs at once, and the old one beside it for a day', async () => {
    const { id, secret: old } = await make()
    const { secret, previous_secret_until: until } = await ann.data<Made>(
      ann.post(`/api/webhooks/${id}/secret`, undefined),
    )
    expect(secret).not.toBe(old)
    expect(Date.parse(until!) - Date.now()).toBeGreaterThan(23 * 3_600_000)
    await ann.data(ann.post(`/api/webhooks/${id}/ping`, undefined))
    const [both] = await sent(1)
    expect(verified(secret, both!)).toEqual(verified(old, both!))
    await house.sql(`update webhook_endpoints set previous_until = now() - interval '1 second'`)
    await ann.data(ann.post(`/api/webhooks/${id}/ping`, undefined))
    const [, one] = await sent(2)
    expect(verified(secret, one!).type).toBe('ping')
    expect(() => verified(old, one!)).toThrow()
  })

  test('a message is sent again on request, under its old id', async () => {
    const { id } = await make()
    const ping = await ann.data<Delivery>(ann.post(`/api/webhooks/${id}/ping`, undefined))
    await sent(1)
    await expect.poll(async () => (await log(id))[0]?.status).toBe('delivered')
    const again = `/api/webhooks/${id}/deliveries/${ping.id}/redeliver`
    expect(await ann.data(ann.post(again, undefined))).toMatchObject({ id: ping.id, status: 'waiting' })
    const [, second] = await sent(2)
    expect(second!.headers['webhook-id']).toBe(ping.id)
    const other = await make()
    const foreign = `/api/webhooks/${other.id}/deliveries/${ping.id}/redeliver`
    expect((await ann.post(foreign, undefined)).status).toBe(404)
  })

  test('secrets are shown once and lie sealed in the database', async () => {
    const { id, secret } = await make()
    expect((await ann.get(`/api/webhooks/${id}`)).text).not.toContain('whsec_')
    expect((await ann.get('/api/webhooks')).text).not.toContain('whsec_')
    const { rows } = (await house.sql('select secret from webhook_endpoints')) as {
      rows: { secret: string }[]
    }
    expect(rows.map((row) => row.secret).join()).not.toContain(secret.slice(6, 20))
    expect(house.lines.join()).not.toContain(secret.slice(6, 20))
  })

  test('what is no event, no address or too much is refused', async () => {
    expect((await ann.post('/api/webhooks', { url: receiver.url, events: ['x'] })).status).toBe(400)
    expect((await ann.post('/api/webhooks', { url: receiver.url, events: [] })).status).toBe(400)
    expect((await ann.post('/api/webhooks', { url: 'ftp://example.com' })).status).toBe(400)
    for (let n = 0; n < 20; n++) await make()
    expect((await ann.post('/api/webhooks', { url: receiver.url })).status).toBe(409)
  })
})

describe('a server that is on the internet', () => {
  let house: TestHouse
  let receiver: Receiver
  let ann: Caller
  beforeAll(async () => {
    house = await testHouse()
    receiver = await openReceiver()
    ann = await sign(house, 'ann@example.com')
  })
  afterAll(async () => {
    await house.close()
    await receiver.close()
  })

  test.each([
    'http://127.0.0.1:9000/',
    'http://localhost:9000/',
    'http://[::1]:9000/',
    'http://[::ffff:127.0.0.1]:9000/',
    'http://2130706433:9000/',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/',
    'https://db.internal/',
    'https://user:password@example.com/',
    'https://example.com:25/',
  ])('does not take %s', async (url) => {
    expect(await ann.post('/api/webhooks', { url })).toMatchObject({
      status: 400,
      json: { error: 'forbidden_address' },
    })
  })

  test('and sends nothing inward when a name turns out to lead there', async () => {
    const { id } = await ann.data<Made>(ann.post('/api/webhooks', { url: 'https://example.com/' }))
    // As when the name was pointed elsewhere after it was looked at.
    await house.sql(`update webhook_endpoints set url = '${receiver.url}'`)
    await ann.data(ann.post(`/api/webhooks/${id}/ping`, undefined))
    const log = async () => (await ann.data<List>(ann.get(`/api/webhooks/${id}/deliveries`))).items[0]
    await expect.poll(async () => (await log())?.log[0]?.error, { timeout: 10_000 }).toContain('refused')
    expect(receiver.received).toEqual([])
  })
})
