/** Work that Cloud Tasks brings: tasks are made after the commit, and only its own token is let in. */
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openCloudTasks } from '../../src/platform/cloud-tasks.ts'
import { audience, type CloudTasksServer, cloudTasksServer, sender } from '../vendors/cloud-tasks.ts'
import { type Caller, caller, type TestHouse, testHouse } from './house.ts'

const queue = 'projects/test-project/locations/here/queues/mdraft'
let google: CloudTasksServer
let house: TestHouse
let browser: Caller
beforeAll(async () => {
  google = await cloudTasksServer()
  house = await testHouse({
    CLOUD_TASKS_QUEUE: queue,
    CLOUD_TASKS_TARGET: audience,
    CLOUD_TASKS_SERVICE_ACCOUNT: sender,
    CLOUD_TASKS_ENDPOINT: google.url,
    CLOUD_TASKS_KEYS_URL: `${google.url}/keys`,
  })
  browser = caller(house.app)
})
afterAll(async () => {
  await house?.close()
  await google?.close()
})

const upload = (content: string) =>
  browser.data<{ job_id: string }>(browser.upload(content, 'a.txt')).then(({ job_id }) => job_id)
const statusOf = async (id: string) =>
  (await browser.data<{ status: string; attempts: number }>(browser.get(`/api/jobs/${id}`))).status
const taskOf = (id: string) =>
  vi.waitUntil(
    () => google.tasks.find((task) => Buffer.from(task.httpRequest.body, 'base64').toString().includes(id)),
    { timeout: 10_000 },
  )
const deliver = (id: string, token: string | undefined = google.token(), kind = 'conversion') =>
  caller(house.app).post(
    '/api/worker/run',
    { kind, id },
    token === undefined ? {} : { authorization: `Bearer ${token}` },
  )

test('a job waits until its task is delivered, and a task that comes twice does nothing more', async () => {
  const id = await upload('brought by a task')
  const task = await taskOf(id)
  expect(task).toMatchObject({
    httpRequest: {
      url: `${audience}/api/worker/run`,
      httpMethod: 1,
      oidcToken: { serviceAccountEmail: sender, audience },
    },
    dispatchDeadline: '1800s',
  })
  expect(JSON.parse(Buffer.from(task.httpRequest.body, 'base64').toString())).toEqual({
    kind: 'conversion',
    id,
  })
  expect(await statusOf(id)).toBe('queued')
  expect((await deliver(id)).status).toBe(200)
  const { status, attempts } = await browser.data<{ status: string; attempts: number }>(
    browser.get(`/api/jobs/${id}`),
  )
  expect([status, attempts]).toEqual(['completed', 1])
  expect((await deliver(id)).status).toBe(200)
  expect(await browser.data(browser.get(`/api/jobs/${id}`))).toMatchObject({ attempts: 1 })
})

test('two tasks delivered at once do one job each, and none is done twice', async () => {
  const ids = [await upload('first of two'), await upload('second of two')]
  await vi.waitUntil(
    async () => {
      await Promise.all(ids.map((id) => deliver(id)))
      const states = await Promise.all(ids.map(statusOf))
      return states.every((state) => state === 'completed')
    },
    { timeout: 20_000 },
  )
  const jobs = (await browser.data<{ items: { attempts: number }[] }>(browser.get('/api/jobs'))).items
  expect(jobs.map(({ attempts }) => attempts)).toEqual(jobs.map(() => 1))
})

test('a job that was cancelled is not done by its task', async () => {
  const id = await upload('cancelled before its task')
  await browser.data(browser.delete(`/api/jobs/${id}`))
  expect((await deliver(id)).status).toBe(200)
  expect(await statusOf(id)).toBe('cancelled')
})

test('a caller without the token of the service account is not let in', async () => {
  const id = await upload('nobody else may begin it')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const now = Math.floor(Date.now() / 1000)
  const forged: Record<string, string> = {
    'no token': '',
    'no JWT': 'x.y.z',
    'another audience': google.token({ aud: 'https://elsewhere.invalid' }),
    'another account': google.token({ email: 'other@test-project.iam.gserviceaccount.com' }),
    'an address that is not proved': google.token({ email_verified: false }),
    'another issuer': google.token({ iss: 'https://issuer.invalid' }),
    'a token that is over': google.token({ iat: now - 7200, exp: now - 3600 }),
    'a token of tomorrow': google.token({ iat: now + 86_400, exp: now + 90_000 }),
    'the signature of another key': google.token({}, privateKey),
    'a key that is not published': google.token({}, privateKey, { kid: 'two' }),
    'no algorithm': google.token({}, privateKey, { alg: 'none' }),
    'a shared secret': google.token({}, privateKey, { alg: 'HS256' }),
  }
  for (const [what, token] of Object.entries(forged))
    expect([what, (await deliver(id, token)).status]).toEqual([what, 401])
  expect(await statusOf(id)).toBe('queued')
  expect((await deliver(id)).status).toBe(200)
})

test('an analysis is brought the same way', async () => {
  const text = 'The contractor shall deliver the report within thirty days of the award of the contract. '
  const asked = browser.data<{ analysis_id: string }>(
    browser.post('/api/rfp/compliance-matrix', { text: text.repeat(3) }),
  )
  const isAnalysis = (body: string) => Buffer.from(body, 'base64').toString().includes('"analysis"')
  const task = await vi.waitUntil(() => google.tasks.find((one) => isAnalysis(one.httpRequest.body)), {
    timeout: 10_000,
  })
  const { id, kind } = JSON.parse(Buffer.from(task.httpRequest.body, 'base64').toString())
  expect((await deliver(id, google.token(), kind)).status).toBe(200)
  const { analysis_id } = await asked
  expect(await browser.data(browser.get(`/api/analyses/${analysis_id}`))).toMatchObject({
    status: 'completed',
  })
})

test('making a task is tried again after 429, 503, a cut and a silent connection, and a refusal is told', async () => {
  const settings = { queue, target: audience, serviceAccount: sender, endpoint: google.url }
  const tasks = await openCloudTasks({ ...settings, timeoutMs: 1_500 })
  for (const how of [429, 503, 'cut', 'stall'] as const) {
    const before = google.tasks.length
    google.fail({ how, times: 2 })
    await tasks.create({ kind: 'conversion', id: 'x' })
    expect([how, google.tasks.length]).toEqual([how, before + 1])
  }
  const asked = google.asked.length
  google.fail({ how: 403, times: 1 })
  await expect(tasks.create({ kind: 'conversion', id: 'x' })).rejects.toMatchObject({ code: 'unavailable' })
  expect(google.asked.length).toBe(asked + 1)
  google.calm()
})

test('a job whose task could not be made is found by the next look', async () => {
  google.fail({ how: 403, when: ({ method }) => method === 'POST' })
  const asked = google.asked.length
  const id = await upload('its task was refused')
  await vi.waitUntil(() => google.asked.length > asked, { timeout: 10_000 })
  google.calm()
  expect(google.tasks.some((task) => Buffer.from(task.httpRequest.body, 'base64').includes(id))).toBe(false)
  await house.sql(`update jobs set updated_at = now() - interval '2 minutes' where id = '${id}'`)
  await house.pushAgain()
  await taskOf(id)
  expect((await deliver(id)).status).toBe(200)
})
