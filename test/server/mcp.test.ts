/** `/mcp` as a client of the protocol sees it: the real client, over real HTTP, with an API key. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

let house: TestHouse
let url: URL
let owner: Caller
let document: string

beforeAll(async () => {
  house = await testHouse({ PORT: '0' })
  url = new URL('/mcp', await house.listen())
  owner = await user('owner@example.com')
  const source = '# L. Instructions\n\nThe offeror shall submit two copies.\n\nOffers are due soon.\n'
  document = (await convert(owner, source, 'rfp.md')).conversion_id
}, 60_000)
afterAll(() => house.close())

let addresses = 0
async function user(email: string): Promise<Caller> {
  const browser = caller(house.app, '', `10.4.0.${++addresses}`)
  await browser.data(browser.post('/api/account/sign-up', { email, password: 'correct horse battery' }))
  return browser
}

const keyOf = async (who: Caller, scopes: string[]): Promise<string> =>
  (await who.data<{ key: string }>(who.post('/api/keys', { name: 'tools', scopes }))).key
const all = ['documents:read', 'documents:write', 'analyses:read', 'analyses:write']

async function connect(key: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const headers = { authorization: `Bearer ${key}` }
  // The library's own types disagree about optional callbacks under exactOptionalPropertyTypes.
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }) as Transport)
  return client
}

async function call(client: Client, name: string, input: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: input })
  const text = (content as { text: string }[])[0]!.text
  return { isError: isError === true, text, value: isError && !text.startsWith('{') ? {} : JSON.parse(text) }
}

test('a client with a key reads, searches and analyses its owner’s documents', async () => {
  const client = await connect(await keyOf(owner, all))
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['convert', 'analyse', 'search_document', 'get_page'])
  expect((await call(client, 'convert', { source: document })).value).toMatchObject({
    document,
    filename: 'rfp.md',
    markdown: expect.stringContaining('two copies'),
  })
  const found = await call(client, 'search_document', { document, query: 'copies' })
  expect(found.value.hits).toMatchObject([{ excerpt: 'The offeror shall submit two copies.' }])
  expect((await call(client, 'get_page', { document, page: 1 })).value.markdown).toContain('due soon')
  const analysed = await call(client, 'analyse', { document })
  expect(analysed.value.compliance_matrix.rows[0]).toMatchObject({
    requirement_text: 'The offeror shall submit two copies.',
  })
  expect(analysed.value).toHaveProperty('submission_checklist')
  await client.close()
})

test('another tenant’s key finds nothing of it', async () => {
  const client = await connect(await keyOf(await user('other@example.com'), all))
  for (const [name, input] of [
    ['convert', { source: document }],
    ['analyse', { document }],
    ['search_document', { document, query: 'copies' }],
    ['get_page', { document, page: 1 }],
  ] as const) {
    const { isError, value } = await call(client, name, input)
    expect([name, isError, value.code]).toEqual([name, true, 'not_found'])
  }
  await client.close()
})

test('a key does through tools what its scopes allow, and no more', async () => {
  const client = await connect(await keyOf(owner, ['documents:read']))
  expect((await call(client, 'search_document', { document, query: 'copies' })).isError).toBe(false)
  expect((await call(client, 'analyse', { document })).value).toMatchObject({ code: 'forbidden' })
  await client.close()
})

test.each([
  'file:///etc/passwd',
  '/etc/passwd',
  'http://127.0.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://localhost:5432/',
])('nothing of the server and its network is fetched: %s', async (source) => {
  const client = await connect(await keyOf(owner, all))
  expect((await call(client, 'convert', { source })).value).toMatchObject({ code: 'forbidden_address' })
  await client.close()
})

test('without a key, with a wrong one or with a browser’s session it is closed', async () => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  const none = await fetch(url, { method: 'POST', body, headers })
  expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  const wrong = { ...headers, authorization: `Bearer mdraft_${'A'.repeat(43)}` }
  expect((await fetch(url, { method: 'POST', body, headers: wrong })).status).toBe(401)
  expect((await owner.send('POST', '/mcp', { body: JSON.parse(body), headers })).status).toBe(401)
  expect((await fetch(url)).status).toBe(405)
})
