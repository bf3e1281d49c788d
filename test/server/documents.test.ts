/** Documents through the API, on both engines. */
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConversionDetail, ConversionSummary, Job, Uploaded } from '../../src/contract/documents.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDb } from '../../src/platform/db/open.ts'
import { type PostgresServer, startPostgres } from '../platform/db/postgres-server.ts'
import { type Caller, caller, convert, ended, form, type TestHouse, testHouse } from './house.ts'

const text = [
  '# Plan',
  '',
  'The offeror shall submit a plan.',
  '',
  '| a | b |',
  '|---|---|',
  '| 1 | 2 |',
  '',
].join('\n')
const unknownId = '01a20fd2-2793-76a9-9e0b-9c1c46dd2843'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const engines = {
  pglite: () => testHouse({ MAX_UPLOAD_MB: '1' }),
  postgres: async () => {
    const url = await server.database()
    const db = await openDb({ url })
    await migrate(db)
    await db.close()
    return testHouse({ MAX_UPLOAD_MB: '1', DATABASE_URL: url })
  },
}

describe.each(Object.keys(engines) as (keyof typeof engines)[])('documents on %s', (engine) => {
  let house: TestHouse
  let browser: Caller
  beforeAll(async () => {
    house = await engines[engine]()
    browser = caller(house.app)
  })
  afterAll(() => house?.close())

  test('a file becomes a job, a conversion, and downloads', async () => {
    const { job, reused } = await convert(browser, text, 'plan.txt')
    expect(reused).toBe(false)
    expect(job).toMatchObject({
      kind: 'conversion',
      status: 'completed',
      filename: 'plan.txt',
      attempts: 1,
      error: null,
    })
    const detail = await browser.data<ConversionDetail>(browser.get(`/api/conversions/${job.conversion_id}`))
    expect(detail).toMatchObject({
      status: 'completed',
      format: 'txt',
      sha256: createHash('sha256').update(text).digest('hex'),
      original_mime: 'text/plain',
      original_size: Buffer.byteLength(text),
      job_id: job.id,
      analysis_id: null,
      error: null,
    })
    expect(detail.markdown).toContain('The offeror shall submit a plan.')
    const range = detail.map.find(({ start, end }) =>
      detail.markdown!.slice(start, end).includes('shall submit'),
    )
    expect(range).toBeDefined()

    const markdown = await browser.get(`/api/jobs/${job.id}/download?format=markdown`)
    expect(markdown.text).toBe(detail.markdown)
    expect(markdown.headers).toMatchObject({
      'content-type': 'text/markdown; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(markdown.headers['content-disposition']).toMatch(/^attachment; filename="plan.md"/)
    const packed = await browser.get(`/api/jobs/${job.id}/download?format=json`, {
      'accept-encoding': 'gzip',
    })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(packed.bytes).toString())).toMatchObject({ schema: 'mdraft.doc/1' })
    const again = await browser.get(`/api/jobs/${job.id}/download`, {
      'if-none-match': String(markdown.headers.etag),
    })
    expect(again.status).toBe(304)
  })

  test('the same bytes again answer with the conversion that is there', async () => {
    const first = await convert(browser, `${text}\nsame`, 'same.txt')
    const second = await browser.data<Uploaded>(browser.upload(`${text}\nsame`, 'copy.txt'))
    expect(second).toMatchObject({ conversion_id: first.conversion_id, status: 'completed', reused: true })
    const other = await browser.data<Uploaded>(browser.upload(`${text}\nsame`, 'same.txt', { ocr: 'never' }))
    expect(other.reused).toBe(false)
    const stranger = caller(house.app)
    expect(await stranger.data<Uploaded>(stranger.upload(`${text}\nsame`, 'same.txt'))).toMatchObject({
      reused: false,
    })
  })

  test('what a file is, is told by its content', async () => {
    const { job } = await convert(browser, '%PDF-1.4\nnothing', 'letter.docx')
    expect(job).toMatchObject({ status: 'failed', error: { code: 'malformed' } })
    const refused = await browser.upload(
      Buffer.from('MZ\x00\x01\x02\x00\x00\x03'.repeat(50), 'latin1'),
      'a.pdf',
    )
    expect(refused.status).toBe(415)
    expect(refused.json).toMatchObject({ status: 'error', error: 'unsupported_format' })
  })

  test('a malformed file fails at once, with words and no retry', async () => {
    const { job } = await convert(browser, Buffer.from('PK\x03\x04 this is no archive', 'latin1'), 'a.docx')
    expect(job).toMatchObject({ status: 'failed', attempts: 1 })
    expect(job.error?.message).toBeTruthy()
    const detail = await browser.data<ConversionDetail>(browser.get(`/api/conversions/${job.conversion_id}`))
    expect(detail).toMatchObject({ status: 'failed', markdown: null, error: { code: job.error!.code } })
    const download = await browser.get(`/api/jobs/${job.id}/download`)
    expect(download).toMatchObject({ status: 409 })
  })

  test.each<[string, () => Parameters<Caller['post']>, number, string]>([
    ['no form', () => ['/api/upload', { a: 1 }], 400, 'validation_error'],
    ['a form without a file', () => post(form({ fields: { ocr: 'auto' } })), 400, 'validation_error'],
    [
      'a field nobody knows',
      () => post(form({ file: { content: 'x', name: 'a.txt' }, fields: { magic: '1' } })),
      400,
      'validation_error',
    ],
    [
      'a bad option',
      () => post(form({ file: { content: 'x', name: 'a.txt' }, fields: { ocr: 'maybe' } })),
      400,
      'validation_error',
    ],
    ['an empty file', () => post(form({ file: { content: '', name: 'a.txt' } })), 400, 'empty_input'],
    [
      'a file over the limit',
      () => post(form({ file: { content: Buffer.alloc(2 ** 20 + 1, 'a'), name: 'a.txt' } })),
      413,
      'too_large',
    ],
    [
      'a form that is cut off',
      () => {
        const { body, headers } = form({ file: { content: 'x'.repeat(1000), name: 'a.txt' } })
        return ['/api/upload', body.subarray(0, 500), headers]
      },
      400,
      'validation_error',
    ],
  ])('refuses %s', async (_, call, status, error) => {
    const answer = await browser.post(...call())
    expect({ status: answer.status, error: answer.json.error }).toEqual({ status, error })
    expect(answer.json.request_id).toBe(answer.headers['x-request-id'])
  })

  test('refused uploads leave no file behind', async () => {
    const { blobs } = await filesOf(house)
    const before = await blobs()
    await browser.post(...post(form({ file: { content: 'x', name: 'a.txt' }, fields: { magic: '1' } })))
    await browser.upload(Buffer.alloc(2 ** 20 + 1, 'a'), 'a.txt')
    await browser.upload('MZ\x00\x00\x00', 'a.pdf')
    expect(await blobs()).toBe(before)
  })

  test('names are shown, never used as paths', async () => {
    const { job } = await convert(browser, `${text}\npath`, '../../etc/pass\u202ewd.txt')
    expect(job.filename).toMatch(/^passwd ?\.txt$/)
  })

  test('the original comes back whole, in ranges, and unchanged', async () => {
    const content = `${text}\n${'0123456789'.repeat(100)}`
    const { conversion_id } = await convert(browser, content, 'range.txt')
    const url = `/api/conversions/${conversion_id}/source`
    const whole = await browser.get(url)
    expect(whole.text).toBe(content)
    expect(whole.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    const part = await browser.get(url, { range: 'bytes=2-5' })
    expect(part).toMatchObject({ status: 206, text: content.slice(2, 6) })
    expect(part.headers['content-range']).toBe(`bytes 2-5/${content.length}`)
    expect((await browser.get(url, { range: 'bytes=-10' })).text).toBe(content.slice(-10))
    expect((await browser.get(url, { range: `bytes=${content.length}-` })).status).toBe(416)
    expect((await browser.get(url, { range: 'bytes=0-3', 'if-range': '"other"' })).status).toBe(200)
    expect((await browser.get(url, { 'if-none-match': String(whole.headers.etag) })).status).toBe(304)
  })

  test('lists are paged, newest first', async () => {
    const own = caller(house.app)
    const made: string[] = []
    for (const n of [1, 2, 3]) made.unshift((await convert(own, `# ${n}`, `${n}.txt`)).conversion_id)
    type List = { items: ConversionSummary[]; next: string | null }
    const first = await own.data<List>(own.get('/api/conversions?limit=2'))
    const second = await own.data<List>(own.get(`/api/conversions?limit=2&cursor=${first.next}`))
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made)
    expect(second.next).toBeNull()
    const jobs = await own.data<{ items: Job[] }>(own.get('/api/jobs?status=completed'))
    expect(jobs.items).toHaveLength(3)
    expect((await own.get('/api/jobs?cursor=nonsense')).status).toBe(400)
    expect((await own.get('/api/jobs?limit=1000')).json.error).toBe('validation_error')
  })

  test('what belongs to another is not there', async () => {
    const { job, conversion_id } = await convert(browser, `${text}\nmine`, 'mine.txt')
    const stranger = caller(house.app)
    await stranger.get('/api/session')
    const addresses = [
      `/api/jobs/${job.id}`,
      `/api/jobs/${job.id}/events`,
      `/api/jobs/${job.id}/download`,
      `/api/conversions/${conversion_id}`,
      `/api/conversions/${conversion_id}/source`,
    ]
    for (const url of addresses) {
      const foreign = await stranger.get(url)
      const missing = await stranger.get(url.replace(job.id, unknownId).replace(conversion_id, unknownId))
      expect([url, foreign.status]).toEqual([url, 404])
      // Foreign and missing look the same.
      expect({ ...foreign.json, request_id: '' }).toEqual({ ...missing.json, request_id: '' })
    }
    expect((await stranger.delete(`/api/jobs/${job.id}`)).status).toBe(404)
    expect((await stranger.delete(`/api/conversions/${conversion_id}`)).status).toBe(404)
    expect((await browser.get(`/api/conversions/${conversion_id}`)).status).toBe(200)
    expect((await stranger.data<{ items: unknown[] }>(stranger.get('/api/jobs'))).items).toEqual([])
  })

  test('a forged or foreign cookie is a new visitor', async () => {
    const { job } = await convert(browser, `${text}\ncookie`, 'cookie.txt')
    const [name, value] = browser.cookie!.split('=') as [string, string]
    const forged = `${name}=${value.slice(0, -3)}abc`
    const answer = await house.app.inject({ url: `/api/jobs/${job.id}`, headers: { cookie: forged } })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['set-cookie']).toBeTruthy()
  })

  test('deleting a document deletes its files, and only then is it gone', async () => {
    const { blobs } = await filesOf(house)
    const before = await blobs()
    const { job, conversion_id } = await convert(browser, `${text}\ndelete`, 'delete.txt')
    expect(await blobs()).toBeGreaterThan(before)
    expect((await browser.delete(`/api/conversions/${conversion_id}`)).status).toBe(200)
    expect(await blobs()).toBe(before)
    expect((await browser.get(`/api/conversions/${conversion_id}`)).status).toBe(404)
    expect((await browser.get(`/api/jobs/${job.id}`)).status).toBe(404)
  })

  test('a waiting job can be cancelled, and cancelling again is harmless', async () => {
    const uploads = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        browser.data<Uploaded>(browser.upload(`${text}\n${'x'.repeat(400_000)}${n}`, `${n}.txt`)),
      ),
    )
    const last = uploads.at(-1)!
    const cancelled = await browser.delete(`/api/jobs/${last.job_id}`)
    expect(cancelled.json.data).toMatchObject({ status: 'cancelled' })
    expect((await browser.delete(`/api/jobs/${last.job_id}`)).status).toBe(200)
    for (const { job_id } of uploads.slice(0, -1))
      expect((await ended(browser, job_id)).status).toBe('completed')
    expect((await ended(browser, last.job_id)).status).toBe('cancelled')
    expect((await browser.delete(`/api/jobs/${uploads[0]!.job_id}`)).json.error).toBe('conflict')
    const again = await browser.data<Uploaded>(browser.upload(`${text}\n${'x'.repeat(400_000)}4`, '4.txt'))
    expect(again.reused).toBe(false)
  })
})

const post = ({ body, headers }: ReturnType<typeof form>): Parameters<Caller['post']> => [
  '/api/upload',
  body,
  headers,
]

async function filesOf({ folder }: TestHouse) {
  const { diskBlobs } = await import('../../src/platform/blobs/disk.ts')
  const stored = diskBlobs(`${folder}/files`)
  return {
    blobs: async () => {
      let count = 0
      for await (const _ of stored.list('')) count++
      return count
    },
  }
}
