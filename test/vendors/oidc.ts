/** A provider of OpenID Connect: everybody who asks is signed in at once as `person`. */
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { type Told, type Vendor, vendor } from './server.ts'

type Person = { sub: string; email: string; email_verified: boolean; name: string }
export type OidcServer = Vendor & { person: Person }

const client = { id: 'mdraft-client', secret: 'mdraft-client-secret' }
export const oidcEnv = (url: string) => ({
  OIDC_ISSUER: url,
  OIDC_CLIENT_ID: client.id,
  OIDC_CLIENT_SECRET: client.secret,
})

type Grant = { person: Person; challenge: string; nonce: string | null; redirect: string }

export async function oidcServer(): Promise<OidcServer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const grants = new Map<string, Grant>()
  const tokens = new Map<string, Person>()

  const authorize = ({ searchParams: asked }: URL): Told => {
    const code = randomUUID()
    const redirect = asked.get('redirect_uri')!
    grants.set(code, {
      person: server.person,
      challenge: asked.get('code_challenge')!,
      nonce: asked.get('nonce'),
      redirect,
    })
    const back = new URL(redirect)
    back.searchParams.set('code', code)
    back.searchParams.set('state', asked.get('state')!)
    return { status: 302, headers: { location: back.href } }
  }

  const token = async (form: URLSearchParams, authorization: string | undefined): Promise<Told> => {
    const given = authorization
      ? Buffer.from(authorization.slice('Basic '.length), 'base64').toString()
      : `${form.get('client_id')}:${form.get('client_secret')}`
    const grant = grants.get(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight =
      given === `${client.id}:${client.secret}` &&
      grant?.challenge === challenge &&
      grant.redirect === form.get('redirect_uri')
    if (!isRight) return { status: 400, body: { error: 'invalid_grant' } }
    grants.delete(form.get('code')!)
    const access = randomUUID()
    tokens.set(access, grant.person)
    const { sub, ...claims } = grant.person
    const id_token = await new SignJWT({ ...claims, ...(grant.nonce ? { nonce: grant.nonce } : {}) })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(server.url)
      .setAudience(client.id)
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
    return { body: { access_token: access, token_type: 'Bearer', expires_in: 300, id_token } }
  }

  const base = await vendor(async ({ url, headers, body }): Promise<Told> => {
    const at = (path: string) => `${server.url}${path}`
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return {
          body: {
            issuer: server.url,
            authorization_endpoint: at('/authorize'),
            token_endpoint: at('/token'),
            userinfo_endpoint: at('/userinfo'),
            jwks_uri: at('/keys'),
            id_token_signing_alg_values_supported: ['RS256'],
          },
        }
      case '/authorize':
        return authorize(url)
      case '/token':
        return token(new URLSearchParams(body.toString()), headers.authorization)
      case '/userinfo':
        return { body: tokens.get(headers.authorization?.slice('Bearer '.length) ?? '') ?? {} }
      case '/keys':
        return {
          body: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] },
        }
      default:
        return { status: 404 }
    }
  })
  const server: OidcServer = Object.assign(base, {
    person: { sub: 'p1', email: 'pat@example.com', email_verified: true, name: 'Pat' },
  })
  return server
}
