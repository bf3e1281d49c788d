/** Agents and analyses with a language model: a whole server, and a server that speaks as OpenAI does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agents.ts'
import type { AnalysisSummary } from '../../src/contract/analyses.ts'
import type { AgentRun, Analysis } from '../../src/rfp/findings.ts'
import { type Behaviour, type ModelServer, modelServer } from '../platform/llm/model-server.ts'
import { type Caller, caller, convert, ended, type TestHouse, testHouse } from './house.ts'

const quote = 'A letter from the bank showing good standing accompanies the offer.'
const source = `# L. Instructions\n\nThe offeror shall submit two copies.\n\n${quote}\n\nThe price is firm for 90 days.\n`
const bank = { line: 3, quote, obligation: 'required', actor: 'offeror', category: 'instruction' }
const analysed = { requirements: [bank], criteria: [], checklist: [], sections: [] }
const found = {
  findings: [
    { line: 4, quote: 'The price is firm for 90 days.', label: 'Price', note: 'No escalation.' },
    { line: 4, quote: 'The price may be raised.', label: 'Price', note: null },
  ],
}
const answering: Behaviour = ({ system }) => ({ say: system.includes('<task>') ? found : analysed })
const prompt = {
  name: 'price-risk',
  description: 'Risks of price',
  instructions: 'Find what fixes the price.',
}

let addresses = 0
const visit = (house: TestHouse) => caller(house.app, '', `10.3.0.${++addresses}`)
async function user(house: TestHouse, email: string): Promise<Caller> {
  const browser = visit(house)
  await browser.data(browser.post('/api/account/sign-up', { email, password: 'correct horse battery' }))
  return browser
}

describe('without a model', () => {
  let house: TestHouse
  let owner: Caller
  beforeAll(async () => {
    house = await testHouse()
    owner = await user(house, 'a@example.com')
  }, 60_000)
  afterAll(() => house.close())

  test('the four analyses are agents, and run by rules', async () => {
    const { items, model } = await owner.data<{ items: Agent[]; model: null }>(owner.get('/api/agents'))
    expect(items.map(({ name, available }) => [name, available])).toEqual([
      ['compliance-matrix', true],
      ['evaluation-criteria', true],
      ['annotated-outline', true],
      ['submission-checklist', true],
    ])
    expect(model).toBeNull()
    const { conversion_id } = await convert(owner, source, 'rfp.md')
    const { analysis } = await owner.data<{ analysis: Analysis }>(
      owner.post('/api/agents/compliance-matrix/run', { conversion_id }),
    )
    expect(analysis.compliance_matrix.map((row) => row.requirement_text)).toEqual([
      'The offeror shall submit two copies.',
    ])
  })

  test('a prompt is made, read, changed, run in vain, and deleted', async () => {
    const made = await owner.post('/api/agents', prompt)
    expect(made.status).toBe(201)
    expect((await owner.post('/api/agents', prompt)).status).toBe(409)
    expect((await owner.post('/api/agents', { ...prompt, name: 'compliance-matrix' })).status).toBe(409)
    expect((await owner.post('/api/agents', { ...prompt, name: 'No Name' })).status).toBe(400)
    const change = { version: 1, instructions: 'Find the price.' }
    const changed = await owner.data<Agent>(owner.put('/api/agents/price-risk', change))
    expect(changed).toMatchObject({ version: 2, instructions: 'Find the price.', available: false })
    expect((await owner.put('/api/agents/price-risk', change)).status).toBe(409)
    const { status, json } = await owner.post('/api/agents/price-risk/run', { text: source })
    expect([status, json.error]).toEqual([503, 'unavailable'])
    expect(json.fix).toContain('MDRAFT_LLM')
    expect((await owner.delete('/api/agents/price-risk')).status).toBe(200)
    expect((await owner.get('/api/agents/price-risk')).status).toBe(404)
    expect((await owner.post('/api/agents/price-risk/run', { text: source })).status).toBe(404)
  })

  test('a prompt is its owner’s alone', async () => {
    await owner.data(owner.post('/api/agents', prompt))
    const other = await user(house, 'b@example.com')
    for (const who of [other, visit(house)]) {
      expect((await who.get('/api/agents')).text).not.toContain('price-risk')
      expect((await who.get('/api/agents/price-risk')).status).toBe(404)
      expect((await who.post('/api/agents/price-risk/run', { text: source })).status).toBe(404)
    }
    expect((await other.put('/api/agents/price-risk', { version: 1, description: 'mine' })).status).toBe(404)
    expect((await other.delete('/api/agents/price-risk')).status).toBe(404)
    expect((await visit(house).post('/api/agents', prompt)).status).toBe(401)
    await other.data(other.post('/api/agents', { ...prompt, instructions: 'My own.' }))
    expect((await owner.data<Agent>(owner.get('/api/agents/price-risk'))).instructions).toBe(
      prompt.instructions,
    )
  })
})

describe('with a model', () => {
  let house: TestHouse
  let server: ModelServer
  let behaviour: Behaviour = answering
  beforeAll(async () => {
    server = await modelServer('openai', (seen, turn) => behaviour(seen, turn))
    house = await testHouse({
      MDRAFT_LLM: 'compatible:test-model',
      MDRAFT_LLM_BASE_URL: `${server.url}/v1`,
      MDRAFT_LLM_RETRY_MS: '1',
      MDRAFT_LLM_RETRIES: '1',
    })
  }, 60_000)
  afterAll(async () => {
    await house.close()
    await server.close()
  })

  test('an analysis has the rows of both, is asked for once, and its tokens are counted', async () => {
    const owner = await user(house, 'c@example.com')
    const { conversion_id } = await convert(owner, source, 'rfp.md')
    const ask = () =>
      owner.data<{ analysis_id: string; analysis: Analysis }>(
        owner.post('/api/rfp/compliance-matrix', { conversion_id }),
      )
    const { analysis, analysis_id } = await ask()
    expect(
      analysis.compliance_matrix.map(({ requirement_text, source: by }) => [requirement_text, by]),
    ).toEqual([
      ['The offeror shall submit two copies.', 'rule'],
      [quote, 'llm'],
    ])
    const asked = server.seen.length
    expect((await ask()).analysis_id).toBe(analysis_id)
    expect(server.seen).toHaveLength(asked)
    const metrics = await house.app.inject({ url: '/api/ops/metrics' })
    expect(metrics.body).toMatch(/model_tokens_total\{model="compatible:test-model",direction="in"\} [1-9]/)
    const used = await house.sql(`select kind from usage_entries where kind = 'model_analyses'`)
    expect(JSON.stringify(used)).toContain('model_analyses')
  })

  test('what a model answered is not asked again for the same owner, and never lent to another', async () => {
    const owner = await user(house, 'd@example.com')
    const run = (who: Caller, filename: string) =>
      who.data<{ analysis: Analysis }>(
        who.post('/api/rfp/compliance-matrix', { text: `${source}\nMore of it: d.`, filename }),
      )
    await run(owner, 'one.md')
    const asked = server.seen.length
    const { analysis } = await run(owner, 'two.md')
    expect(server.seen).toHaveLength(asked)
    expect(analysis.compliance_matrix).toHaveLength(2)
    await run(await user(house, 'e@example.com'), 'one.md')
    expect(server.seen.length).toBeGreaterThan(asked)
  })

  test('a prompt of one’s own finds what it can show', async () => {
    const owner = await user(house, 'f@example.com')
    await owner.data(owner.post('/api/agents', prompt))
    const { conversion_id } = await convert(owner, source, 'rfp.md')
    const { run, analysis_id } = await owner.data<{ run: AgentRun; analysis_id: string }>(
      owner.post('/api/agents/price-risk/run', { conversion_id }),
    )
    expect(run.findings).toMatchObject([
      { label: 'Price', note: 'No escalation.', quote: 'The price is firm for 90 days.', rfp_reference: 'L' },
    ])
    expect(run.model).toMatchObject({ added: 1, dropped: 1 })
    expect(server.seen.at(-1)!.system).toContain(prompt.instructions)
    const kept = await owner.data<{ run: AgentRun; analysis: null }>(
      owner.get(`/api/analyses/${analysis_id}`),
    )
    expect(kept).toMatchObject({ run: { agent: 'price-risk' }, analysis: null })
    const runs = await owner.data<{ items: AnalysisSummary[] }>(owner.get('/api/analyses?type=prompt'))
    expect(runs.items).toMatchObject([{ id: analysis_id, agent: 'price-risk', conversion_id }])
    expect((await owner.get(`/api/analyses/${analysis_id}/download`)).status).toBe(409)
    expect((await (await user(house, 'g@example.com')).get(`/api/analyses/${analysis_id}`)).status).toBe(404)
    // The document's analysis is the analysis, not the run of a prompt.
    const { analysis } = await owner.data<{ analysis: Analysis }>(
      owner.post('/api/agents/compliance-matrix/run', { conversion_id }),
    )
    expect(analysis.compliance_matrix).toHaveLength(2)
  })

  test('a model that is down costs nothing of the rules’ rows, and is asked again the next time', async () => {
    const owner = await user(house, 'h@example.com')
    const { conversion_id } = await convert(owner, `${source}\nAnother paragraph.\n`, 'down.md')
    const ask = () =>
      owner.data<{ analysis: Analysis }>(owner.post('/api/rfp/compliance-matrix', { conversion_id }))
    behaviour = () => ({ status: 500 })
    const { analysis } = await ask()
    expect(analysis.compliance_matrix).toHaveLength(1)
    expect(analysis.warnings.map(({ code }) => code)).toContain('model-failed')
    behaviour = answering
    expect((await ask()).analysis.compliance_matrix).toHaveLength(2)
  })

  test('nothing of a document is logged when the model fails', async () => {
    const owner = await user(house, 'i@example.com')
    behaviour = () => ({ status: 400, body: JSON.stringify({ error: { message: 'bad' } }) })
    const answer = await owner.post('/api/rfp/compliance-matrix', {
      text: `${source}\nThe secret ingredient is cinnamon.`,
    })
    behaviour = answering
    expect(answer.status).toBe(200)
    expect(house.lines.join('\n')).not.toContain('cinnamon')
  })

  test('a cancelled analysis lets go of the model', async () => {
    const owner = await user(house, 'j@example.com')
    let reached: () => void = () => {}
    const isAsked = new Promise<void>((resolve) => {
      reached = resolve
    })
    behaviour = () => {
      reached()
      return { slow: true }
    }
    const answer = owner.post('/api/rfp/compliance-matrix', { text: `${source}\nTo be cancelled.` })
    await isAsked
    const { items } = await owner.data<{ items: { id: string }[] }>(owner.get('/api/jobs'))
    await owner.data(owner.delete(`/api/jobs/${items[0]!.id}`))
    behaviour = answering
    expect((await answer).status).toBe(409)
    expect((await ended(owner, items[0]!.id)).status).toBe('cancelled')
  })
})
