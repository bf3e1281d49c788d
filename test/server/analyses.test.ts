import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnalysisDetail, AnalysisSummary } from '../../src/contract/analyses.ts'
import { convert as read } from '../../src/core/index.ts'
import { type AnalysisType, analysisTypes, type Comparison } from '../../src/rfp/findings.ts'
import { type Caller, caller, convert, ended, type TestHouse, testHouse } from './house.ts'

const types = Object.keys(analysisTypes) as AnalysisType[]
const text = [
  '# Section L Instructions',
  '',
  'L.1 The offeror shall submit the proposal by May 1, 2027 at 2:00 PM ET.',
  '',
  'L.2 The technical volume must not exceed 20 pages.',
  '',
  '# Section M Evaluation',
  '',
  'M.1 Technical approach is more important than price.',
].join('\n')

describe('analyses', () => {
  let house: TestHouse
  let browser: Caller
  beforeAll(async () => {
    house = await testHouse({ MAX_TEXT_CHARS: '5000' })
    browser = caller(house.app)
  })
  afterAll(() => house.close())

  test('a conversion gives four results of one analysis, which is kept', async () => {
    const { conversion_id } = await convert(browser, text, 'rfp.txt')
    const ids = new Set<string>()
    for (const type of types) {
      const answer = await browser.post(`/api/rfp/${type}`, { conversion_id })
      expect(answer.status).toBe(200)
      const data = answer.json.data as unknown as { analysis_id: string; analysis: Record<string, unknown> }
      ids.add(data.analysis_id)
      const own = analysisTypes[type]
      expect(Object.keys(data.analysis)).toContain(own)
      for (const other of Object.values(analysisTypes))
        if (other !== own) expect(data.analysis).not.toHaveProperty(other)
      expect(data.analysis).toMatchObject({ schema: 'mdraft.analysis/1', document: { filename: 'rfp.txt' } })
    }
    expect(ids.size).toBe(1)
    const [id] = ids
    const detail = await browser.data<AnalysisDetail>(browser.get(`/api/analyses/${id}`))
    expect(detail).toMatchObject({ id, conversion_id, status: 'completed', error: null })
    for (const name of Object.values(analysisTypes)) expect(Array.isArray(detail.analysis![name])).toBe(true)
    expect(detail.analysis!.coverage).not.toHaveProperty('passages')
    const { sentences } = await browser.data<{ sentences: { disposition: string; block_ids: string[] }[] }>(
      browser.get(`/api/analyses/${id}/coverage`),
    )
    expect(sentences).toHaveLength(detail.analysis!.coverage.sentences)
    expect(sentences.every(({ block_ids }) => block_ids.length > 0)).toBe(true)
    const counts = Object.entries(Object.groupBy(sentences, (one) => one.disposition))
    expect(Object.fromEntries(counts.map(([name, all]) => [name, all!.length]))).toEqual(
      detail.analysis!.coverage.by_disposition,
    )
    const conversion = await browser.data<{ analysis_id: string }>(
      browser.get(`/api/conversions/${conversion_id}`),
    )
    expect(conversion.analysis_id).toBe(id)
    expect((await caller(house.app).get(`/api/analyses/${id}`)).status).toBe(404)
    const foreign = await caller(house.app).post('/api/rfp/compliance-matrix', { conversion_id })
    expect(foreign.status).toBe(404)
  })

  test('a text is analysed, and the same text again is the same analysis', async () => {
    const first = await browser.data<{ analysis_id: string }>(
      browser.post('/api/rfp/compliance-matrix', { text }),
    )
    const second = await browser.data<{ analysis_id: string }>(
      browser.post('/api/rfp/submission-checklist', { text }),
    )
    expect(second.analysis_id).toBe(first.analysis_id)
    const named = await browser.data<{ analysis_id: string }>(
      browser.post('/api/rfp/compliance-matrix', { text, filename: 'other.md' }),
    )
    expect(named.analysis_id).not.toBe(first.analysis_id)
  })

  test.each<[string, object, string]>([
    ['a text that is too short', { text: 'shall' }, 'validation_error'],
    ['a text that is too long', { text: 'shall '.repeat(1_000) }, 'validation_error'],
    ['neither text nor conversion', {}, 'validation_error'],
    ['both', { text, conversion_id: '01a20fd2-2793-76a9-9e0b-9c1c46dd2843' }, 'validation_error'],
    ['an id that is none', { conversion_id: '12' }, 'validation_error'],
    [
      'a conversion that is not there',
      { conversion_id: '01a20fd2-2793-76a9-9e0b-9c1c46dd2843' },
      'not_found',
    ],
  ])('refuses %s', async (_, body, error) => {
    for (const type of types) {
      const answer = await browser.post(`/api/rfp/${type}`, body)
      expect(answer.json).toMatchObject({ status: 'error', error })
    }
  })

  describe('downloads', () => {
    let id: string
    beforeAll(async () => {
      const { conversion_id } = await convert(browser, text, 'rfp.txt')
      const made = await browser.data<{ analysis_id: string }>(
        browser.post('/api/rfp/compliance-matrix', { conversion_id }),
      )
      id = made.analysis_id
    })
    const get = (query: string, as = browser) => as.get(`/api/analyses/${id}/download?${query}`)

    test.each([
      ['json', 'application/json; charset=utf-8', 'rfp.analysis.json'],
      ['csv', 'text/csv; charset=utf-8', 'rfp.compliance-matrix.csv'],
      ['markdown', 'text/markdown; charset=utf-8', 'rfp.analysis.md'],
      ['ics', 'text/calendar; charset=utf-8', 'rfp.analysis.ics'],
      ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'rfp.analysis.xlsx'],
      [
        'docx&type=annotated-outline',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'rfp.annotated-outline.docx',
      ],
    ])('%s has its type and name', async (format, mime, name) => {
      const answer = await get(`format=${format}`)
      expect(answer.status).toBe(200)
      expect(answer.headers['content-type']).toBe(mime)
      expect(answer.headers['content-disposition']).toContain(`attachment; filename="${name}"`)
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    })

    test('a workbook holds the requirements', async () => {
      const { output } = await read((await get('format=xlsx')).bytes, { name: 'a.xlsx' })
      expect(output).toContain('The technical volume must not exceed 20 pages.')
    })

    test('is not made again for who has it', async () => {
      const { headers } = await get('format=csv')
      const again = await browser.get(`/api/analyses/${id}/download?format=csv`, {
        'if-none-match': String(headers.etag),
      })
      expect(again.status).toBe(304)
    })

    test('is the owner’s alone, and only a PDF is highlighted', async () => {
      expect((await get('format=xlsx', caller(house.app))).status).toBe(404)
      expect((await get('format=highlighted')).json).toMatchObject({ error: 'validation_error' })
      expect((await get('format=exe')).status).toBe(400)
    })

    test('a PDF comes back with its requirements highlighted', async () => {
      const { conversion_id } = await convert(browser, readFileSync('samples/sample-rfp.pdf'), 'sample.pdf')
      const { analysis_id } = await browser.data<{ analysis_id: string }>(
        browser.post('/api/rfp/compliance-matrix', { conversion_id }),
      )
      const answer = await browser.get(`/api/analyses/${analysis_id}/download?format=highlighted`)
      expect(answer.headers['content-type']).toBe('application/pdf')
      expect(answer.bytes.toString('latin1')).toContain('/Subtype/Highlight')
    })
  })

  test('a list shows them newest first, page by page, of one document, and of nobody else', async () => {
    const own = caller(house.app)
    const { conversion_id } = await convert(own, text, 'listed.txt')
    const ask = async (body: object) =>
      (await own.data<{ analysis_id: string }>(own.post('/api/rfp/compliance-matrix', body))).analysis_id
    const first = await ask({ conversion_id })
    const second = await ask({ text, filename: 'sent.md' })
    const list = (query = '', as = own) =>
      as.data<{ items: AnalysisSummary[]; next: string | null }>(as.get(`/api/analyses?${query}`))
    const idsOf = ({ items }: { items: AnalysisSummary[] }) => items.map(({ id }) => id)
    const all = await list()
    expect(all.items).toMatchObject([
      { id: second, type: 'analysis', agent: null, conversion_id: null, filename: 'sent.md' },
      {
        id: first,
        type: 'analysis',
        agent: null,
        conversion_id,
        filename: 'listed.txt',
        status: 'completed',
      },
    ])
    const page = await list('limit=1')
    expect(idsOf(page)).toEqual([second])
    expect(await list(`limit=1&cursor=${page.next}`)).toMatchObject({ items: [{ id: first }], next: null })
    expect(idsOf(await list(`conversion_id=${conversion_id}`))).toEqual([first])
    expect(idsOf(await list('type=analysis'))).toEqual([second, first])
    expect(idsOf(await list('type=prompt'))).toEqual([])
    expect(idsOf(await list(`conversion_id=${conversion_id}`, caller(house.app)))).toEqual([])
    expect((await own.get('/api/analyses?cursor=none')).json).toMatchObject({ error: 'validation_error' })
    const { headers } = await own.get('/api/analyses')
    const again = await own.get('/api/analyses', { 'if-none-match': String(headers.etag) })
    expect(again.status).toBe(304)
  })

  test('two versions are compared, for who may read both', async () => {
    const old = await convert(browser, text, 'v1.txt')
    const next = await convert(browser, text.replace('20 pages', '30 pages'), 'v2.txt')
    const body = { old_conversion_id: old.conversion_id, new_conversion_id: next.conversion_id }
    const found = await browser.data<Comparison>(browser.post('/api/rfp/compare', body))
    expect(found.changes.map(({ kind, words }) => [kind, words.map((word) => word.text)])).toEqual([
      ['changed', ['The technical volume must not exceed', '20', '30', 'pages.']],
    ])
    expect((await caller(house.app).post('/api/rfp/compare', body)).status).toBe(404)
    expect((await browser.post('/api/rfp/compare', {})).status).toBe(400)
  })

  test('a conversion that failed cannot be analysed', async () => {
    const { conversion_id } = await convert(browser, '%PDF-1.4 broken', 'broken.pdf')
    const answer = await browser.post('/api/rfp/compliance-matrix', { conversion_id })
    expect(answer).toMatchObject({ status: 409 })
  })
})

test('work that takes longer answers 202 with a job to follow', async () => {
  const house = await testHouse({ ANSWER_WAIT_SECONDS: '0' })
  const browser = caller(house.app)
  const answer = await browser.post('/api/rfp/compliance-matrix', { text })
  expect(answer.status).toBe(202)
  const { job_id, analysis_id } = answer.json.data as unknown as { job_id: string; analysis_id: string }
  expect(answer.headers.location).toBe(`/api/jobs/${job_id}`)
  expect(await ended(browser, job_id)).toMatchObject({ kind: 'analysis', status: 'completed', analysis_id })
  const detail = await browser.data<AnalysisDetail>(browser.get(`/api/analyses/${analysis_id}`))
  expect(detail).toMatchObject({ status: 'completed', conversion_id: null, job_id })
  expect((await browser.post('/api/rfp/evaluation-criteria', { text })).status).toBe(200)
  await house.close()
})
