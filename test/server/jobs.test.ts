/** Jobs as they run: events, cancelling, draining, giving up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job, JobEvent, Uploaded } from '../../src/contract/documents.ts'
import { writePdf } from '../pdf/write.ts'
import { type Caller, caller, convert, ended, type TestHouse, testHouse } from './house.ts'

/** Takes a good second to read, or `pages` times as long. */
const slowPdf = (pages: number) =>
  Buffer.from(
    writePdf({
      pages: Array.from({ length: pages }, (_, page) => ({
        draw: Array.from({ length: 60 }, (_, line) => ({
          text: `Page ${page} line ${line}: the offeror shall describe its approach to the work in detail.`,
          x: 72,
          y: 40 + line * 12,
          size: 9,
        })),
      })),
    }),
  )

const slow = slowPdf(500)

type Sent = { id: number; event: JobEvent }

/** The events of a stream that ended. */
const eventsOf = (stream: string): Sent[] =>
  stream
    .split('\n\n')
    .filter((block) => block.startsWith('id: '))
    .map((block) => {
      const [id, data] = block.split('\n')
      return { id: Number(id!.slice(4)), event: JSON.parse(data!.slice('data: '.length)) }
    })

describe('jobs', () => {
  let house: TestHouse
  let browser: Caller
  beforeAll(async () => {
    house = await testHouse()
    browser = caller(house.app)
  })
  afterAll(() => house.close())

  test('a running job tells its pages, and stops within two seconds of being cancelled', async () => {
    const { job_id, conversion_id } = await browser.data<Uploaded>(browser.upload(slow, 'slow.pdf'))
    const seen = () => browser.data<Job>(browser.get(`/api/jobs/${job_id}`))
    await expect.poll(async () => (await seen()).progress.pages, { timeout: 20_000 }).toBe(500)
    const start = performance.now()
    expect((await browser.delete(`/api/jobs/${job_id}`)).json.data).toMatchObject({ status: 'cancelled' })
    // There is one place in the pool: the next file is read only when the child of the first is dead.
    const next = await convert(browser, 'next', 'next.txt')
    expect(next.job.status).toBe('completed')
    const read = Date.parse(next.job.started_at!) - Date.parse((await seen()).completed_at!)
    expect(read).toBeLessThan(2_000)
    expect(performance.now() - start).toBeLessThan(6_000)
    expect(await seen()).toMatchObject({ status: 'cancelled', progress: { stage: 'done' } })
    expect(
      (await browser.data<{ status: string }>(browser.get(`/api/conversions/${conversion_id}`))).status,
    ).toBe('cancelled')
  })

  test('events rise, end with the job, and resume after the last one seen', async () => {
    const { job_id } = await browser.data<Uploaded>(browser.upload(slow, 'events.pdf', { ocr: 'never' }))
    const answer = await browser.get(`/api/jobs/${job_id}/events`)
    expect(answer.headers['content-type']).toContain('text/event-stream')
    expect(answer.text.startsWith('retry: ')).toBe(true)
    const sent = eventsOf(answer.text)
    expect(sent.map(({ id }) => id)).toEqual(sent.map(({ id }) => id).toSorted((a, b) => a - b))
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length)
    expect(sent.some(({ event }) => (event.progress.page ?? 0) > 0 && event.progress.pages === 500)).toBe(
      true,
    )
    expect(sent.at(-1)!.event).toMatchObject({ status: 'completed', progress: { stage: 'done' } })

    const middle = sent[Math.floor(sent.length / 2)]!
    const resumed = eventsOf(
      (await browser.get(`/api/jobs/${job_id}/events`, { 'last-event-id': String(middle.id) })).text,
    )
    expect(resumed.every(({ id }) => id > middle.id)).toBe(true)
    expect(resumed.at(-1)).toEqual(sent.at(-1))
    const nothing = await browser.get(`/api/jobs/${job_id}/events`, {
      'last-event-id': String(sent.at(-1)!.id),
    })
    expect(eventsOf(nothing.text)).toEqual([])
    const odd = await browser.get(`/api/jobs/${job_id}/events`, { 'last-event-id': 'nonsense' })
    expect(eventsOf(odd.text)).toHaveLength(1)
  })

  test('one owner’s heap does not delay the first job of another', async () => {
    const heap = await Promise.all(
      Array.from({ length: 12 }, (_, n) => browser.data<Uploaded>(browser.upload(`heap ${n}`, `${n}.txt`))),
    )
    const other = caller(house.app)
    const first = await convert(other, 'first', 'first.txt')
    const last = await ended(browser, heap.at(-1)!.job_id)
    expect(Date.parse(first.job.started_at!)).toBeLessThan(Date.parse(last.started_at!))
  })
})

test('a stopping process gives its work back, and the next one finishes it', async () => {
  const first = await testHouse({ DRAIN_SECONDS: '1', JOB_RETRY_SECONDS: '1' })
  const browser = caller(first.app)
  const { job_id } = await browser.data<Uploaded>(browser.upload(slowPdf(1_500), 'drain.pdf'))
  await expect
    .poll(async () => (await browser.data<Job>(browser.get(`/api/jobs/${job_id}`))).progress.stage, {
      timeout: 20_000,
    })
    .toMatch(/laying-out|writing/)
  const { cookie } = browser
  const { stop } = first
  await stop()
  const second = await testHouse({ DATA_DIR: first.folder, JOB_RETRY_SECONDS: '1' })
  const again = caller(second.app, cookie)
  const job = await ended(again, job_id, 90_000)
  expect(job).toMatchObject({ status: 'completed', attempts: 2 })
  await second.close()
})
