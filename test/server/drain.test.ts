/** A serving process that is told to stop: the balancer learns it first, and nobody gets a refusal for it. */
import { Agent, request } from 'node:http'
import { expect, test } from 'vitest'
import { caller, convert, type TestHouse, testHouse } from './house.ts'

type Seen = { status: number; ready: boolean }

/** Asks again and again on connections that stay open, until nobody listens any longer. */
async function keepAsking(url: string, seen: Seen[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(`${url}${path}`, { agent }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode!))
      })
      asked.once('error', reject).end()
    })
  try {
    for (;;) {
      const ready = (await ask('/readyz')) === 200
      seen.push({ ready, status: await ask('/api/plans') })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  } catch {
    // The process is gone, or is going and closed an idle connection.
  }
}

test('a process that stops says so first, answers meanwhile, and refuses nothing', async () => {
  const house = await testHouse(
    { NODE_ENV: 'production', SECRET_KEY: 's'.repeat(40), PORT: '0', DRAIN_SECONDS: '8' },
    { serve: true, work: false },
  )
  const url = await house.listen()
  const seen: Seen[] = []
  const askers = Array.from({ length: 5 }, () => keepAsking(url, seen))
  await expect.poll(() => seen.length).toBeGreaterThan(20)
  await house.close()
  await Promise.all(askers)
  expect(seen.filter(({ ready }) => !ready).length).toBeGreaterThan(20)
  expect([...new Set(seen.map(({ status }) => status))]).toEqual([200])
})

test('a stream that follows a job does not keep a stopping process', async () => {
  const house: TestHouse = await testHouse({ PORT: '0' })
  const url = await house.listen()
  const browser = caller(house.app)
  const { job_id } = await convert(browser, '# Followed', 'followed.md')
  // One that waits for ever.
  await house.sql(
    `update jobs set status = 'queued', completed_at = null, claim = null where id = '${job_id}'`,
  )
  const answer = await fetch(`${url}/api/jobs/${job_id}/events`, { headers: { cookie: browser.cookie } })
  const text = answer.text()
  const started = performance.now()
  await house.close()
  expect(performance.now() - started).toBeLessThan(10_000)
  // It ends as streams do, so that a browser asks again, elsewhere.
  expect(await text).toContain('data: ')
})
