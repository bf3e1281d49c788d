/**
 * Who we are for Google, and whether a caller is who Google says: tokens by the JWT grant (RFC 7523) or from the machine's
 * metadata server, and ID tokens checked against Google's published keys.
 */
import { createPublicKey, createSign, type KeyObject, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { MdraftError } from '../core/index.ts'
import { fetchPublic } from './fetch.ts'

const accountSchema = z.object({ client_email: z.string(), private_key: z.string(), token_uri: z.url() })
const grantSchema = z.object({ access_token: z.string(), expires_in: z.number() })
const METADATA = 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token'
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'
const ASK_MS = 10_000
/** A token that ends in the middle of a request is no use. */
const MARGIN_MS = 60_000

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Gives a token for Google's services, the same one until it is about to end. */
export function googleTokens(keyFile: string | undefined): () => Promise<string> {
  let held: { token: string; until: number } | undefined
  return async () => {
    if (held && held.until > Date.now() + MARGIN_MS) return held.token
    const answer = keyFile ? await grant(keyFile) : await askMetadata()
    if (!answer.ok)
      throw new MdraftError('unavailable', `Google gives no token (status ${answer.status}).`, {
        fix: 'Check GOOGLE_APPLICATION_CREDENTIALS, or the identity of the machine.',
      })
    const { access_token, expires_in } = grantSchema.parse(await answer.json())
    held = { token: access_token, until: Date.now() + expires_in * 1000 }
    return access_token
  }
}

const askMetadata = (): Promise<Response> =>
  fetch(METADATA, { headers: { 'metadata-flavor': 'Google' }, signal: AbortSignal.timeout(ASK_MS) })

async function grant(keyFile: string): Promise<Response> {
  const account = accountSchema.parse(JSON.parse(await readFile(keyFile, 'utf8')))
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss: account.client_email, scope: SCOPE, aud: account.token_uri, iat, exp: iat + 3600 }
  const head = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  const signature = createSign('RSA-SHA256').update(head).sign(account.private_key, 'base64url')
  return fetch(account.token_uri, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: `${head}.${signature}`,
    }),
    signal: AbortSignal.timeout(ASK_MS),
  })
}

export type Expected = {
  readonly audience: string
  /** The service account that the token must speak for. */
  readonly email: string
  /** Where the keys are published (a JWK set); another address than Google's may be anywhere. */
  readonly keysUrl?: string | undefined
}

const KEYS = 'https://www.googleapis.com/oauth2/v3/certs'
const ISSUERS = ['https://accounts.google.com', 'accounts.google.com']
const KEYS_MS = 3_600_000
/** A key that is not known is looked for again, but not for every forged token. */
const LOOK_AGAIN_MS = 60_000
const SKEW_SECONDS = 30
const headSchema = z.object({ alg: z.literal('RS256'), kid: z.string() })
const claimsSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  email: z.string(),
  email_verified: z.literal(true),
  exp: z.number(),
  iat: z.number(),
})
const keySetSchema = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('RSA') })) })

/** Whether a bearer is an ID token of Google for this account and this audience. Throws only when the keys cannot be had. */
export function googleVerifier({ audience, email, keysUrl }: Expected): (token: string) => Promise<boolean> {
  let keys = new Map<string, KeyObject>()
  let askedAt = 0
  const load = async () => {
    askedAt = Date.now()
    const options = keysUrl ? { isAllowed: () => true } : {}
    const { bytes } = await fetchPublic(keysUrl ?? KEYS, { ...options, millis: ASK_MS, maxBytes: 2 ** 18 })
    const set = keySetSchema.parse(JSON.parse(Buffer.from(bytes).toString()))
    keys = new Map(set.keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]))
  }
  const keyOf = async (kid: string): Promise<KeyObject | undefined> => {
    const age = Date.now() - askedAt
    if (age > KEYS_MS || (!keys.has(kid) && age > LOOK_AGAIN_MS)) await load()
    return keys.get(kid)
  }
  return async (token) => {
    const [head, body, signature, ...more] = token.split('.')
    const header = headSchema.safeParse(decode(head))
    const claims = claimsSchema.safeParse(decode(body))
    if (!header.success || !claims.success || !signature || more.length > 0) return false
    const key = await keyOf(header.data.kid)
    if (
      !key ||
      !verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))
    )
      return false
    const { iss, aud, exp, iat, ...who } = claims.data
    const now = Date.now() / 1000
    return (
      ISSUERS.includes(iss) &&
      aud === audience &&
      who.email === email &&
      exp > now - SKEW_SECONDS &&
      iat < now + SKEW_SECONDS
    )
  }
}

function decode(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
  } catch {
    return undefined
  }
}
