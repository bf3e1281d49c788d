/** What operators see of a request: one trace through the queue to the worker, failures in Sentry, ids in the log, and no document in any. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskBlobs } from '../../src/platform/blobs/disk.ts'
import { type ModelServer, modelServer } from '../platform/llm/model-server.ts'
import { type Otlp, otlpVendor } from '../vendors/otlp.ts'
import { type Vendor, vendor } from '../vendors/server.ts'
import { type Caller, caller, convert, form, type TestHouse, testHouse } from './house.ts'

const SECRET = 'The offeror shall keep this sentence to itself'

let otlp: Otlp
let sentry: Vendor
let model: ModelServer
let house: TestHouse
let browser: Caller
beforeAll(async () => {
  otlp = await otlpVendor()
  sentry = await vendor(() => ({ body: {} }))
  model = await modelServer('openai', () => ({
    say: { requirements: [], criteria: [], checklist: [], sections: [] },
  }))
  house = await testHouse({
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20abc',
    OTEL_SERVICE_NAME: 'mdraft-test',
    MDRAFT_LLM: 'compatible:test-model',
    MDRAFT_LLM_BASE_URL: `${model.url}/v1`,
    SENTRY_DSN: `${sentry.url.replace('//', '//public@')}/1`,
  })
  browser = caller(house.app)
})
afterAll(async () => {
  await house.close()
  await otlp.close()
  await sentry.close()
  await model.close()
})

const events = () =>
  sentry.asked.flatMap(({ body }) =>
    body
      .toString()
      .split('\n')
      .filter((line) => line.includes('"exception"'))
      .map((line) => JSON.parse(line)),
  )

test('a request that names its trace has one trace through the queue to the worker and its stages', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const { body, headers } = form({ file: { content: `# ${SECRET}`, name: 'a.md' } })
  const { json } = await browser.send('POST', '/api/upload', {
    body,
    headers: { ...headers, traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  })
  const { job_id } = json.data as unknown as { job_id: string }
  const ours = () => otlp.spans.filter((span) => span.traceId === traceId)
  await expect.poll(() => ours().map(({ name }) => name), { timeout: 20_000 }).toContain('conversion job')
  const [request, job] = ['POST /api/upload', 'conversion job'].map(
    (name) => ours().find((span) => span.name === name)!,
  )
  expect(request!.parentSpanId).toBe('00f067aa0ba902b7')
  expect(job!.parentSpanId).toBe(request!.spanId)
  const stages = ours().filter(({ parentSpanId }) => parentSpanId === job!.spanId)
  expect(stages.map(({ name }) => name)).toEqual(expect.arrayContaining(['opening', 'reading', 'writing']))
  expect(otlp.services).toEqual(new Set(['mdraft-test']))
  expect(otlp.asked[0]!.headers.authorization).toBe('Basic abc')

  const lines = house.lines.map((line) => JSON.parse(line)).filter(({ trace }) => trace === traceId)
  const completed = lines.find(({ message }) => message === 'job completed')
  expect(completed).toMatchObject({
    job: job_id,
    user: expect.stringMatching(/^visitor:/),
    request: expect.any(String),
  })
  const answered = lines.find(({ message }) => message === 'request')
  expect(answered).toMatchObject({ request: completed.request, user: completed.user, route: '/api/upload' })
})

test('the questions of an analysis to a model are in its trace', async () => {
  const traceId = '5bf92f3577b34da6a3ce929d0e0e4736'
  const { conversion_id } = await convert(browser, `# L. Instructions\n\n${SECRET}.`, 'asked.md')
  await browser.data(
    browser.post(
      '/api/rfp/compliance-matrix',
      { conversion_id },
      { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    ),
  )
  const ours = () => otlp.spans.filter((span) => span.traceId === traceId)
  await expect.poll(() => ours().map(({ name }) => name), { timeout: 20_000 }).toContain('analysis job')
  const job = ours().find(({ name }) => name === 'analysis job')!
  const questions = ours().filter(({ name }) => name === 'model question')
  expect(questions.length).toBeGreaterThan(0)
  expect(questions.every(({ parentSpanId }) => parentSpanId === job.spanId)).toBe(true)
  expect(JSON.stringify(otlp.spans)).not.toContain(SECRET)
})

test('a traceparent that is none is not taken', async () => {
  const bad = '00-zzz-00f067aa0ba902b7-01\r\nx: y'
  await browser.get('/api/jobs?limit=1', { traceparent: bad })
  const line = house.lines.map((one) => JSON.parse(one)).findLast(({ route }) => route === '/api/jobs')
  expect(line.trace).toMatch(/^[0-9a-f]{32}$/)
})

test('a failure of ours is told with its place and ids, and without a word of the document', async () => {
  const { conversion_id } = await convert(browser, `# ${SECRET}`, 'b.md')
  const blobs = diskBlobs(`${house.folder}/files`)
  for await (const { key } of blobs.list('outputs/'))
    if (key.includes(conversion_id) && key.endsWith('view.gz'))
      await blobs.write(key, [gzipSync(SECRET)] as unknown as AsyncIterable<Uint8Array>)
  const answer = await browser.get(`/api/conversions/${conversion_id}`)
  expect(answer.status).toBe(500)
  await expect.poll(() => events().length, { timeout: 10_000 }).toBe(1)
  const [event] = events()
  expect(event.tags).toMatchObject({
    request: answer.json.request_id,
    route: 'GET /api/conversions/:id',
    trace: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  const [{ type, value, stacktrace }] = event.exception.values
  expect([type, value]).toEqual(['SyntaxError', 'see the log'])
  expect(stacktrace.frames.map(({ filename }: { filename: string }) => filename).join()).toMatch(
    /src\/server\//,
  )
  const sent = sentry.asked.map(({ body }) => body.toString()).join()
  for (const word of ['offeror', conversion_id, house.folder, process.cwd(), 'visitor:', '127.0.0.1'])
    expect(sent.replaceAll(sentry.url, '')).not.toContain(word)
  expect(house.lines.join()).not.toContain('offeror')
  expect(otlp.asked.map(({ body }) => body.toString()).join()).not.toContain('offeror')
})

test('metrics have the stages of jobs by format', async () => {
  const { text } = await browser.get('/api/ops/metrics')
  expect(text).toMatch(
    /job_stage_duration_seconds_count\{queue="conversion",format="md",stage="reading"\} [1-9]/,
  )
})
