import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readLlm } from '../../../src/platform/config/config.ts'
import { type LlmUse, openLlm } from '../../../src/platform/llm/llm.ts'
import { type Behaviour, type ModelServer, modelServer } from './model-server.ts'

const schema = z.object({ names: z.array(z.string()) })
const prompt = { system: 'Read it.', text: 'The text.' }
const open: ModelServer[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

type Provider = { protocol: Parameters<typeof modelServer>[0]; path: string; env?: Record<string, string> }
const providers: Record<string, Provider> = {
  vertex: { protocol: 'gemini', path: '' },
  gemini: { protocol: 'gemini', path: '' },
  openai: { protocol: 'openai', path: '/v1' },
  anthropic: { protocol: 'anthropic', path: '/v1' },
  compatible: { protocol: 'openai', path: '/v1' },
}

async function asking(behaviour: Behaviour, provider = 'compatible', env: Record<string, string> = {}) {
  const { protocol, path } = providers[provider]!
  const server = await modelServer(protocol, behaviour)
  open.push(server)
  const settings = readLlm({
    MDRAFT_LLM: `${provider}:some-model`,
    MDRAFT_LLM_BASE_URL: `${server.url}${path}`,
    MDRAFT_LLM_API_KEY: 'key-of-the-test',
    MDRAFT_LLM_RETRY_MS: '1',
    ...env,
  })!
  return { server, llm: openLlm(settings) }
}

describe.each(Object.keys(providers))('%s', (provider) => {
  test('is asked for JSON by the schema, and its tokens are counted', async () => {
    const { server, llm } = await asking(() => ({ say: { names: ['a'] } }), provider)
    const uses: LlmUse[] = []
    const reply = await llm.asking({ onUse: (use) => uses.push(use) })(prompt, schema)
    expect(reply).toEqual({
      value: { names: ['a'] },
      isCut: false,
      inputTokens: 100,
      outputTokens: 20,
      isCached: false,
    })
    expect(uses).toEqual([{ outcome: 'answered', inputTokens: 100, outputTokens: 20 }])
    const [seen] = server.seen
    expect(seen!.system).toContain('Read it.')
    expect(seen!.prompt).toBe('The text.')
    expect(JSON.stringify(seen!.schema)).toContain('names')
    expect(JSON.stringify(seen!.headers)).toContain('key-of-the-test')
  })

  test.each([429, 500, 503])('is asked again after status %i', async (status) => {
    const { server, llm } = await asking(
      (_, turn) => (turn < 3 ? { status } : { say: { names: [] } }),
      provider,
    )
    expect((await llm.asking()(prompt, schema)).value).toEqual({ names: [] })
    expect(server.seen).toHaveLength(3)
  })

  test('is not asked again when it refuses the key', async () => {
    const { server, llm } = await asking(() => ({ status: 401 }), provider)
    await expect(llm.asking()(prompt, schema)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(server.seen).toHaveLength(1)
  })
})

describe('an answer', () => {
  test('with prose and a fence around the JSON is read', async () => {
    const said = 'Sure! Here is what I found:\n```json\n{"names": ["a } b", "c"]}\n```\nAnything else?'
    const { llm } = await asking(() => ({ say: said }))
    expect((await llm.asking()(prompt, schema)).value).toEqual({ names: ['a } b', 'c'] })
  })

  test('that broke off is used as far as whole rows go, and said to be cut', async () => {
    const said = '{"rows": [{"quote": "one"}, {"quote": "two"}, {"quote": "thr'
    const { llm } = await asking(() => ({ say: said, cut: true }))
    expect(await llm.asking()(prompt, schema)).toMatchObject({
      value: { rows: [{ quote: 'one' }, { quote: 'two' }] },
      isCut: true,
    })
  })

  test('that is no JSON at all is asked for again, then given up', async () => {
    const { server, llm } = await asking(() => ({ say: 'I cannot do that.' }), 'compatible', {
      MDRAFT_LLM_RETRIES: '2',
    })
    await expect(llm.asking()(prompt, schema)).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.seen).toHaveLength(3)
  })

  test('that never comes ends at the timeout', async () => {
    const { server, llm } = await asking(() => ({ slow: true }), 'compatible', {
      MDRAFT_LLM_TIMEOUT_SECONDS: '1',
      MDRAFT_LLM_RETRIES: '1',
    })
    await expect(llm.asking()(prompt, schema)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('within 1 seconds'),
    })
    expect(server.seen).toHaveLength(2)
  })

  test('is not waited for once the caller has gone', async () => {
    const gone = new AbortController()
    const { server, llm } = await asking(() => {
      gone.abort(new Error('gone'))
      return { slow: true }
    })
    await expect(llm.asking({ signal: gone.signal })(prompt, schema)).rejects.toThrow('gone')
    expect(server.seen).toHaveLength(1)
  })

  test('is kept, and not asked for twice; one that broke off is', async () => {
    const kept = new Map<string, unknown>()
    const cache = {
      get: async (key: string) => kept.get(key),
      put: async (key: string, value: unknown) => void kept.set(key, value),
    }
    const { server, llm } = await asking((_, turn) =>
      turn === 1 ? { say: '{"names": ["a", ', cut: true } : { say: { names: ['a'] } },
    )
    const ask = llm.asking({ cache })
    expect(await ask(prompt, schema)).toMatchObject({ isCut: true, isCached: false })
    expect(await ask(prompt, schema)).toMatchObject({ isCut: false, isCached: false })
    expect(await ask(prompt, schema)).toMatchObject({
      value: { names: ['a'] },
      isCached: true,
      inputTokens: 0,
    })
    await ask({ ...prompt, text: 'Another text.' }, schema)
    expect(server.seen).toHaveLength(3)
  })
})

test('a check tells a model that works from one that does not do as it is told', async () => {
  const good = await asking(() => ({ say: { ok: true } }))
  await good.llm.check()
  const bad = await asking(() => ({ say: { answer: 'yes' } }))
  await expect(bad.llm.check()).rejects.toMatchObject({ code: 'unavailable' })
})

test('a server says when to come back', async () => {
  const { server, llm } = await asking(
    (_, turn) => (turn === 1 ? { status: 429, headers: { 'retry-after': '0' } } : { say: { names: [] } }),
    'compatible',
    { MDRAFT_LLM_RETRY_MS: '60000' },
  )
  await llm.asking()(prompt, schema)
  expect(server.seen).toHaveLength(2)
})

describe('the configuration', () => {
  test('names no model: there is none', () => {
    expect(readLlm({})).toBeUndefined()
  })

  test.each([
    [{ MDRAFT_LLM: 'gpt' }, 'MDRAFT_LLM'],
    [{ MDRAFT_LLM: 'nobody:gpt' }, 'provider:model'],
    [{ MDRAFT_LLM: 'compatible:llama' }, 'MDRAFT_LLM_BASE_URL'],
    [{ MDRAFT_LLM: 'gemini:x', MDRAFT_LLM_PRICE: 'cheap' }, 'MDRAFT_LLM_PRICE'],
  ])('%o is refused', (env, named) => {
    expect(() => readLlm(env)).toThrow(named)
  })

  test('a model’s own name may hold colons', () => {
    const env = { MDRAFT_LLM: 'compatible:llama3.1:8b', MDRAFT_LLM_BASE_URL: 'http://localhost:11434/v1/' }
    expect(readLlm(env)).toMatchObject({
      provider: 'compatible',
      model: 'llama3.1:8b',
      baseUrl: 'http://localhost:11434/v1',
    })
  })
})
