import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { printConfig } from '../../src/platform/config/print.ts'
import { withSecrets } from '../../src/platform/secret-manager.ts'
import { googleWords } from '../vendors/google.ts'
import { type Vendor, vendor } from '../vendors/server.ts'

const secrets: Readonly<Record<string, string>> = {
  'projects/acme/secrets/key/versions/latest': `${'k'.repeat(40)}\n`,
  'projects/acme/secrets/key/versions/7': 'the seventh',
}

let manager: Vendor
beforeAll(async () => {
  manager = await vendor(({ url }) => {
    const name = /^\/v1\/(.+):access$/.exec(url.pathname)?.[1] ?? ''
    const value = secrets[name]
    if (value === undefined) return { status: 404, body: googleWords(404) }
    return { body: { name, payload: { data: Buffer.from(value).toString('base64') } } }
  }, googleWords)
})
beforeEach(() => {
  manager.calm()
  manager.asked.length = 0
})
afterAll(() => manager.close())

const read = (env: Record<string, string>, options = {}) =>
  withSecrets({ SECRET_MANAGER_ENDPOINT: manager.url, ...env }, options)

test('references become what they name; all else stays; each secret is asked for once', async () => {
  const env = { A: 'sm://acme/key', B: 'sm://acme/key', C: 'sm://acme/key/7', D: 'plain' }
  expect(await read(env)).toMatchObject({
    A: 'k'.repeat(40),
    B: 'k'.repeat(40),
    C: 'the seventh',
    D: 'plain',
  })
  expect(manager.asked).toHaveLength(2)
})

test('without a reference nobody is asked', async () => {
  await read({ D: 'plain' })
  expect(manager.asked).toHaveLength(0)
})

test.each([429, 503, 'cut', 'half'] as const)('%s passes when it is tried again', async (how) => {
  manager.fail({ how, times: 1 })
  expect(await read({ A: 'sm://acme/key/7' })).toMatchObject({ A: 'the seventh' })
})

test.each([
  [403, 'bad_option', /A: .*may not be read/],
  [404, 'bad_option', /A: there is no secret sm:\/\/acme\/key/],
  [503, 'unavailable', /A: Secret Manager does not answer/],
  ['stall', 'unavailable', /A: Secret Manager does not answer/],
] as const)('%s is told with the name of the setting', async (how, code, message) => {
  manager.fail({ how })
  const error = await read(
    { A: 'sm://acme/key' },
    { tries: 2, ...(how === 'stall' ? { timeoutMs: 500 } : {}) },
  ).catch((thrown) => thrown)
  expect(error).toMatchObject({ code })
  expect(error.message).toMatch(message)
})

test.each(['sm://', 'sm://acme', 'sm://acme/../other', 'sm://acme/key/1/2', 'sm://acme/k?x'])(
  '%s is no reference',
  async (reference) => {
    await expect(read({ A: reference })).rejects.toMatchObject({ code: 'bad_option' })
    expect(manager.asked).toHaveLength(0)
  },
)

test('the configuration is printed with its sources and without its secrets', async () => {
  const text = await printConfig({
    SECRET_MANAGER_ENDPOINT: manager.url,
    SECRET_KEY: 'sm://acme/key',
    DATABASE_URL: 'postgresql://mdraft:hunter2@db/mdraft',
    PORT: '9000',
  })
  expect(text).toMatch(/^SECRET_KEY=sm:\/\/acme\/key +# Secret Manager$/m)
  expect(text).toMatch(/^DATABASE_URL=\*{8} +# environment$/m)
  expect(text).toMatch(/^PORT=9000 +# environment$/m)
  expect(text).toMatch(/^GLOBAL_RATE_LIMIT=120 per minute +# default$/m)
  expect(text).not.toMatch(/hunter2|kkkk/)
})
