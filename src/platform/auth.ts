/**
 * Sign-up, sign-in, sessions and identities at providers, by better-auth on our tables. Everything it says comes out as
 * plain values, errors of ours, and cookies to set.
 */
import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { kyselyAdapter } from '@better-auth/kysely-adapter'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth } from 'better-auth/plugins'
import { type ErrorCode, MdraftError } from '../core/index.ts'
import type { Query } from './db/db.ts'
import { newId } from './ids.ts'

export type AuthUser = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly emailVerified: boolean
}
export type AuthSession = { readonly sessionId: string; readonly user: AuthUser }
/** Cookies as whole `Set-Cookie` values. */
export type Signed<T> = { readonly value: T; readonly cookies: readonly string[] }

/** A header of the caller as better-auth wants it. */
export type CallerHeaders = {
  readonly cookie?: string | undefined
  readonly userAgent?: string | undefined
  readonly address?: string
}

type Letter = { readonly to: string; readonly token: string }
type Provider = { readonly clientId: string; readonly clientSecret: string }
export type AuthOptions = {
  readonly db: Query
  readonly secret: string
  /** Where users reach the server. */
  readonly baseUrl: string
  readonly isSecure: boolean
  /** An address must be proved before signing in. */
  readonly mustVerify: boolean
  readonly sendVerification: (letter: Letter) => Promise<void>
  readonly sendReset: (letter: Letter) => Promise<void>
  readonly google?: Provider | undefined
  readonly oidc?: (Provider & { readonly issuer: string }) | undefined
}

export const sessionCookie = (isSecure: boolean): string =>
  isSecure ? '__Host-mdraft_session' : 'mdraft_session'

const DAY = 86_400

export function createAuth(options: AuthOptions) {
  const { db, secret, baseUrl, isSecure, google, oidc } = options
  const auth = betterAuth({
    appName: 'mdraft',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Its own page of errors is not shown; ours says what to do.
    onAPIError: { errorURL: `${baseUrl}/sign-in?problem=provider` },
    // Callers are limited before they get here.
    rateLimit: { enabled: false },
    database: hashingTokens(kyselyAdapter(db, { type: 'postgres', transaction: false })),
    advanced: {
      database: { generateId: () => newId() },
      useSecureCookies: false,
      // Our own check of the origin stands before every route.
      disableCSRFCheck: true,
      cookies: { session_token: { name: sessionCookie(isSecure) } },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      ipAddress: { ipAddressHeaders: ['x-mdraft-address'] },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      requireEmailVerification: options.mustVerify,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
      sendResetPassword: ({ user, token }) => options.sendReset({ to: user.email, token }),
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: DAY,
      sendVerificationEmail: ({ user, token }) => options.sendVerification({ to: user.email, token }),
    },
    ...(google ? { socialProviders: { google } } : {}),
    plugins: oidc
      ? [
          genericOAuth({
            config: [
              {
                providerId: 'oidc',
                discoveryUrl: discovery(oidc.issuer),
                clientId: oidc.clientId,
                clientSecret: oidc.clientSecret,
                scopes: ['openid', 'email', 'profile'],
                pkce: true,
              },
            ],
          }),
        ]
      : [],
    session: {
      modelName: 'sessions',
      expiresIn: 14 * DAY,
      updateAge: DAY,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
    },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: {
      modelName: 'credentials',
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, trustedProviders: ['google'] },
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
  })

  /** Runs one call and takes apart what it answers. */
  const call = async <T>(work: () => Promise<Response>): Promise<Signed<T>> => {
    const response = await work().catch((error: unknown) => {
      throw error instanceof APIError ? problemOf(error.body as Refusal, error.statusCode) : error
    })
    const text = await response.text()
    const body = text ? JSON.parse(text) : null
    if (response.status >= 400) throw problemOf(body, response.status)
    return { value: body as T, cookies: response.headers.getSetCookie() }
  }
  const as = true as const
  return {
    /** Who a cookie belongs to; undefined: nobody. */
    session: async (
      caller: CallerHeaders,
    ): Promise<(AuthSession & { cookies: readonly string[] }) | undefined> => {
      const { value, cookies } = await call<{ session: { id: string }; user: AuthUser } | null>(() =>
        auth.api.getSession({ headers: headersOf(caller), asResponse: as }),
      )
      return value ? { sessionId: value.session.id, user: value.user, cookies } : undefined
    },
    signUp: (body: { email: string; password: string; name: string }, caller: CallerHeaders) =>
      call<{ user: AuthUser; token: string | null }>(() =>
        auth.api.signUpEmail({ body, headers: headersOf(caller), asResponse: as }),
      ),
    signIn: (body: { email: string; password: string; rememberMe: boolean }, caller: CallerHeaders) =>
      call<{ user: AuthUser }>(() =>
        auth.api.signInEmail({ body, headers: headersOf(caller), asResponse: as }),
      ),
    signOut: (caller: CallerHeaders) =>
      call(() => auth.api.signOut({ headers: headersOf(caller), asResponse: as })),
    verify: (token: string, caller: CallerHeaders) =>
      call(() => auth.api.verifyEmail({ query: { token }, headers: headersOf(caller), asResponse: as })),
    sendVerification: (email: string) =>
      call(() => auth.api.sendVerificationEmail({ body: { email }, asResponse: as })),
    forgot: (email: string) => call(() => auth.api.requestPasswordReset({ body: { email }, asResponse: as })),
    reset: (body: { token: string; newPassword: string }) =>
      call(() => auth.api.resetPassword({ body, asResponse: as })),
    changePassword: (body: { currentPassword: string; newPassword: string }, caller: CallerHeaders) =>
      call(() =>
        auth.api.changePassword({
          body: { ...body, revokeOtherSessions: true },
          headers: headersOf(caller),
          asResponse: as,
        }),
      ),
    /** Whether this is the user's password, for what cannot be undone. */
    isPassword: async (hash: string, password: string) => verifyPassword(hash, password),
    /** Where to send the browser to sign in at a provider. */
    providers: [...(google ? ['google' as const] : []), ...(oidc ? ['oidc' as const] : [])],
    begin: (provider: 'google' | 'oidc', callbackURL: string, caller: CallerHeaders) =>
      call<{ url: string }>(() =>
        auth.api.signInSocial({
          body: { provider, callbackURL },
          headers: headersOf(caller),
          asResponse: as,
        }),
      ),
    /** The way back from a provider: a redirect with cookies. */
    handle: (request: Request): Promise<Response> => auth.handler(request),
  }
}

export type Auth = ReturnType<typeof createAuth>

const discovery = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

function headersOf({ cookie, userAgent, address }: CallerHeaders): Headers {
  const headers = new Headers()
  if (cookie) headers.set('cookie', cookie)
  if (userAgent) headers.set('user-agent', userAgent)
  if (address) headers.set('x-mdraft-address', address)
  return headers
}

type Refusal = { readonly code?: string; readonly message?: string } | null | undefined
type Words = readonly [ErrorCode, string, string?]

/** Rows: what better-auth says → what we say. */
const refusals: Readonly<Record<string, Words>> = {
  INVALID_EMAIL_OR_PASSWORD: ['unauthenticated', 'The address or the password is wrong.'],
  INVALID_PASSWORD: ['unauthenticated', 'The password is wrong.'],
  EMAIL_NOT_VERIFIED: [
    'unauthenticated',
    'The address is not proved yet.',
    'Follow the link in the letter that was sent to it.',
  ],
  USER_ALREADY_EXISTS: [
    'conflict',
    'There is an account with this address.',
    'Sign in, or reset the password.',
  ],
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: [
    'conflict',
    'There is an account with this address.',
    'Sign in, or reset the password.',
  ],
  INVALID_TOKEN: ['bad_option', 'The link is used up or has expired.', 'Ask for a new one.'],
  TOKEN_EXPIRED: ['bad_option', 'The link has expired.', 'Ask for a new one.'],
  PASSWORD_TOO_SHORT: ['bad_option', 'The password is too short: 8 characters at least.'],
  PASSWORD_TOO_LONG: ['bad_option', 'The password is too long: 128 characters at most.'],
  INVALID_EMAIL: ['bad_option', 'This is no e-mail address.'],
}

function problemOf(refusal: Refusal, status: number): MdraftError {
  const [code, message, fix] = refusals[refusal?.code ?? ''] ?? [
    status === 401 ? 'unauthenticated' : status >= 500 ? 'internal' : 'bad_option',
    'The account service refused the request.',
  ]
  return new MdraftError(code as ErrorCode, message, { ...(fix ? { fix } : {}), cause: refusal?.code })
}

// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane.
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const deriveKey = promisify(argon2)

/** In the PHC string format. */
async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const key = await deriveKey('argon2id', { message: password, nonce, ...COST })
  const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${bare(nonce)}$${bare(key)}`
}

async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash)
  if (!match) return false
  const [memory, passes, parallelism] = match.slice(1, 4).map(Number) as [number, number, number]
  const [nonce, expected] = [Buffer.from(match[4]!, 'base64'), Buffer.from(match[5]!, 'base64')]
  const key = await deriveKey('argon2id', {
    message: password,
    nonce,
    memory,
    passes,
    parallelism,
    tagLength: expected.length,
  })
  return timingSafeEqual(key, expected)
}

const hashToken = (token: unknown): string => createHash('sha256').update(String(token)).digest('hex')

type Where = { field: string; value: unknown }
type Call = {
  model: string
  where?: Where[]
  data?: Record<string, unknown>
  update?: Record<string, unknown>
}
type Adapter = ReturnType<ReturnType<typeof kyselyAdapter>>

/** Sessions are found by their token, but only its hash is stored: a stolen table opens no session. */
function hashingTokens(
  make: ReturnType<typeof kyselyAdapter>,
): (options: Parameters<typeof make>[0]) => Adapter {
  const hidden = (input: Call): Call =>
    input.model !== 'session'
      ? input
      : {
          ...input,
          ...(input.where ? { where: input.where.map(hideWhere) } : {}),
          ...(input.data?.token ? { data: { ...input.data, token: hashToken(input.data.token) } } : {}),
        }
  /** The caller knows the token it asked with, and needs it for the cookie. */
  const shown = (result: unknown, input: Call): unknown => {
    const token =
      input.model === 'session'
        ? (input.data?.token ?? input.where?.find(({ field }) => field === 'token')?.value)
        : undefined
    return typeof token === 'string' && result !== null && typeof result === 'object' && 'token' in result
      ? { ...result, token }
      : result
  }
  const methods = [
    'create',
    'findOne',
    'findMany',
    'count',
    'update',
    'updateMany',
    'delete',
    'deleteMany',
    'consumeOne',
  ] as const
  type Raw = Record<string, ((input: Call) => Promise<unknown>) | undefined>
  const wrap = <T extends object>(adapter: T): T => {
    const wrapped = methods.flatMap((name) => {
      const inner = (adapter as unknown as Raw)[name]
      return inner ? [[name, async (input: Call) => shown(await inner(hidden(input)), input)] as const] : []
    })
    return { ...adapter, ...Object.fromEntries(wrapped) }
  }
  return (options) => {
    const adapter = make(options)
    return {
      ...wrap(adapter),
      transaction: (callback) => adapter.transaction((trx) => callback(wrap(trx))),
    }
  }
}

const hideWhere = (where: Where): Where =>
  where.field !== 'token'
    ? where
    : { ...where, value: Array.isArray(where.value) ? where.value.map(hashToken) : hashToken(where.value) }
