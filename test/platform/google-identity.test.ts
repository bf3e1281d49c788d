/** Tokens for Google from a key file, as its token service gives them. */
import { createVerify, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { googleTokens } from '../../src/platform/google-identity.ts'
import { type Vendor, vendor } from '../vendors/server.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const folder = mkdtempSync(join(tmpdir(), 'mdraft-identity-'))
const keyFile = join(folder, 'key.json')
let google: Vendor
let lasts = 3600
let given = 0
beforeAll(async () => {
  google = await vendor(() => ({ body: { access_token: `token ${++given}`, expires_in: lasts } }))
  const private_key = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const client_email = 'worker@test-project.iam.gserviceaccount.com'
  writeFileSync(keyFile, JSON.stringify({ client_email, private_key, token_uri: `${google.url}/token` }))
})
afterAll(async () => {
  await google.close()
  rmSync(folder, { recursive: true })
})

test('a token is asked for with a signed claim, and used until it is about to end', async () => {
  const token = googleTokens(keyFile)
  expect([await token(), await token()]).toEqual(['token 1', 'token 1'])
  const form = new URLSearchParams(google.asked[0]!.body.toString())
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
  const [head, body, signature] = form.get('assertion')!.split('.')
  expect(
    createVerify('RSA-SHA256').update(`${head}.${body}`).verify(publicKey, signature!, 'base64url'),
  ).toBe(true)
  expect(JSON.parse(Buffer.from(body!, 'base64url').toString())).toMatchObject({
    iss: 'worker@test-project.iam.gserviceaccount.com',
    aud: `${google.url}/token`,
    scope: 'https://www.googleapis.com/auth/cloud-platform',
  })
  lasts = 30
  const short = googleTokens(keyFile)
  expect([await short(), await short()]).toEqual(['token 2', 'token 3'])
})

test('a token service that refuses is told as such', async () => {
  google.fail({ how: 401 })
  await expect(googleTokens(keyFile)()).rejects.toMatchObject({ code: 'unavailable' })
})
