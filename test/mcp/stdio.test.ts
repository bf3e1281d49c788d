/** `mdraft mcp` as a client of the protocol sees it: the real program, the real client. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localDesk } from '../../src/mcp/local-desk.ts'
import { fetchPublic } from '../../src/platform/fetch.ts'
import { createPool } from '../../src/platform/pool/pool.ts'

const bin = fileURLToPath(new URL('../../bin/mdraft.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mdraft-mcp-'))
const share = join(folder, 'share')
const client = new Client({ name: 'test', version: '1' })

beforeAll(async () => {
  for (const name of ['share', 'share/inner', 'share-evil', 'elsewhere']) mkdirSync(join(folder, name))
  writeFileSync(
    join(share, 'rfp.md'),
    '# L. Instructions\n\nThe offeror shall submit two copies.\n\nOffers are due 4 March 2026 at 2:00 p.m. EST.\n',
  )
  writeFileSync(join(share, 'page.html'), '<p>Seen.</p><p style="display:none">Unseen secret.</p>')
  writeFileSync(join(folder, 'share-evil/secret.txt'), 'secret of a neighbour')
  writeFileSync(join(folder, 'elsewhere/secret.txt'), 'secret elsewhere')
  symlinkSync(join(folder, 'elsewhere/secret.txt'), join(share, 'link.txt'))
  symlinkSync(join(folder, 'elsewhere'), join(share, 'linked'))
  symlinkSync(join(share, 'rfp.md'), join(share, 'inner/good-link.md'))
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bin, 'mcp', '--root', share],
      cwd: folder,
      stderr: 'ignore',
    }),
  )
}, 60_000)
afterAll(async () => {
  await client.close()
  rmSync(folder, { recursive: true, force: true })
})

type Answer = { readonly isError: boolean; readonly text: string; readonly value: Record<string, never> }
async function call(name: string, input: Record<string, unknown>): Promise<Answer> {
  const { content, isError } = await client.callTool({ name, arguments: input })
  const text = (content as { text: string }[])[0]!.text
  return {
    isError: isError === true,
    text,
    get value() {
      return JSON.parse(text)
    },
  }
}

test('it names its tools', async () => {
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['convert', 'analyse', 'search_document', 'get_page'])
})

test('a document is converted, searched, read and analysed, without a database', async () => {
  const { value } = await call('convert', { source: 'rfp.md' })
  expect(value).toMatchObject({ filename: 'rfp.md', is_whole: true })
  expect(value.markdown).toContain('The offeror shall submit two copies.')
  const { document } = value
  const found = await call('search_document', { document, query: 'two copies' })
  expect(found.value.hits).toMatchObject([{ page: 1, excerpt: 'The offeror shall submit two copies.' }])
  expect((await call('get_page', { document, page: 1 })).value.markdown).toContain('Offers are due')
  const analysed = await call('analyse', { document, part: 'compliance-matrix' })
  expect(analysed.value.compliance_matrix).toMatchObject({
    total: 2,
    rows: [{ requirement_text: 'The offeror shall submit two copies.', obligation: 'shall' }, {}],
  })
  expect(analysed.value).not.toHaveProperty('submission_checklist')
  expect(analysed.text).not.toContain('block_ids')
})

test('what is hidden on a page is not handed out', async () => {
  const { text } = await call('convert', { source: join(share, 'page.html') })
  expect(text).toContain('Seen.')
  expect(JSON.parse(text).markdown).not.toContain('Unseen')
})

describe('a path', () => {
  test('may go through a link that stays inside', async () => {
    expect((await call('convert', { source: 'inner/good-link.md' })).isError).toBe(false)
  })

  test.each([
    ['a neighbour whose name begins alike', () => join(folder, 'share-evil/secret.txt')],
    ['a step up', () => '../elsewhere/secret.txt'],
    ['a step up in the middle', () => join(share, 'inner/../../elsewhere/secret.txt')],
    ['a link to a file outside', () => 'link.txt'],
    ['a link to a folder outside', () => 'linked/secret.txt'],
    ['a file of the system', () => '/etc/passwd'],
    ['a file that is not there', () => join(folder, 'elsewhere/nothing.txt')],
    ['the folder itself', () => share],
    ['a folder in it', () => 'inner'],
    ['a zero byte', () => 'rfp.md\0.txt'],
  ])('is refused: %s', async (_, path) => {
    const { isError, text } = await call('convert', { source: path() })
    expect(isError).toBe(true)
    expect(JSON.parse(text)).toMatchObject({ code: 'not_found' })
    expect(text).not.toContain('secret')
  })
})

describe('an address', () => {
  test.each([
    'file:///etc/passwd',
    'FILE:///etc/passwd',
    'file:rfp.md',
    'ftp://example.com/x',
    'data:text/plain,x',
    'http://127.0.0.1:8080/',
    'http://localhost/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]:9000/',
  ])('is refused: %s', async (source) => {
    expect(JSON.parse((await call('convert', { source })).text)).toMatchObject({ code: 'forbidden_address' })
  })

  test('on the public internet is fetched and converted', async () => {
    const server = createServer((_, response) => response.end('<h1>Notice</h1><p>Bids are due.</p>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const pool = createPool({ size: 1 })
    try {
      // As if the address of this machine were public: everything else is as in the program.
      const desk = await localDesk({
        pool,
        roots: [],
        fetch: (address, options) => fetchPublic(address, { ...options, isAllowed: () => true }),
      })
      const source = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a%20b.html`
      const made = await desk.convert(source, AbortSignal.timeout(60_000))
      expect(made).toMatchObject({ filename: 'a b.html', markdown: expect.stringContaining('# Notice') })
    } finally {
      pool.close()
      server.close()
    }
  })
})

test('mistakes are told, not crashes', async () => {
  expect((await call('get_page', { document: 'nothing', page: 1 })).value).toMatchObject({
    code: 'not_found',
  })
  const { document } = (await call('convert', { source: 'rfp.md' })).value
  expect((await call('get_page', { document, page: 99 })).value).toMatchObject({ code: 'not_found' })
  expect((await call('convert', {})).isError).toBe(true)
})
