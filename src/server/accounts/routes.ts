import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  accountSchema,
  accountSessionSchema,
  changeAccountSchema,
  changePasswordSchema,
  createdKeySchema,
  createKeySchema,
  deleteAccountSchema,
  emailSchema,
  keySchema,
  providerSchema,
  resetSchema,
  signedUpSchema,
  signInSchema,
  signUpSchema,
  tokenSchema,
} from '../../contract/accounts.ts'
import { bounds } from '../../contract/bounds.ts'
import { idSchema, success } from '../../contract/envelope.ts'
import { sessionSchema } from '../../contract/session.ts'
import { type Format, readers } from '../../core/index.ts'
import { type App, failures, forPersons, ok } from '../http.ts'
import { networkOf, type Throttle } from '../rates.ts'
import { endVisit, setCookies } from './identify.ts'
import type { AccountService } from './service.ts'

type Needs = {
  readonly accounts: AccountService
  readonly limits: { readonly uploadBytes: number; readonly textChars: number; readonly visitorDays: number }
  readonly isProduction: boolean
}

const tags = ['account']
const byId = z.object({ id: idSchema })
const QUARTER = 15 * 60_000

const emailOf = ({ body }: FastifyRequest): string => String((body as { email?: unknown }).email)

/** Guesses at one account from one place, at one account, and from one place. Nobody else's guesses lock its owner out soon. */
const guesses: readonly Throttle[] = [
  {
    name: 'account',
    rate: { max: 5, windowMs: QUARTER },
    key: (request) => `${networkOf(request.ip)} ${emailOf(request)}`,
  },
  { name: 'account-anywhere', rate: { max: 30, windowMs: QUARTER }, key: emailOf },
  { name: 'address', rate: { max: 30, windowMs: QUARTER }, key: ({ ip }) => networkOf(ip) },
]
/** Whoever has somebody's open session shall not find out the password with it. */
const guessesInside: readonly Throttle[] = [
  { name: 'password', rate: { max: 10, windowMs: QUARTER }, key: ({ actor }) => actor.id },
]
/** Letters cost others their patience. */
const letters: readonly Throttle[] = [
  { name: 'letters', rate: { max: 3, windowMs: QUARTER }, key: emailOf },
  { name: 'letters-from', rate: { max: 10, windowMs: QUARTER }, key: ({ ip }) => networkOf(ip) },
]

const formats = (Object.keys(readers) as Format[]).map((format) => {
  const { title, mime, extensions } = readers[format]
  return { format, title, mime: [...mime], extensions: [...extensions] }
})

export const accountRoutes =
  ({ accounts, limits, isProduction }: Needs) =>
  async (app: App): Promise<void> => {
    app.get(
      '/api/session',
      {
        schema: {
          tags,
          summary: 'Who you are here, what you may send, and how long it is kept',
          response: { 200: success(sessionSchema), ...failures },
        },
      },
      async ({ actor }) =>
        ok({
          kind: actor.kind,
          account: await accounts.account(actor),
          providers: accounts.providers,
          limits: {
            upload_bytes: limits.uploadBytes,
            text_chars: limits.textChars,
            retention_days: actor.kind === 'visitor' ? limits.visitorDays : null,
          },
          formats,
        }),
    )

    app.post(
      '/api/account/sign-up',
      {
        config: { throttles: letters },
        schema: {
          tags,
          summary: 'Make an account; what you have as a visitor comes along',
          body: signUpSchema,
          response: { 201: success(signedUpSchema), ...failures },
        },
      },
      async (request, reply) => {
        const { value, cookies } = await accounts.signUp(request.body, request.proof)
        setCookies(reply, cookies)
        if (value) endVisit(reply, isProduction)
        const message = value ? 'Welcome' : 'Follow the link in the letter that was sent to you.'
        return reply.code(201).send(ok({ signed_in: value !== null, account: value }, message))
      },
    )

    app.post(
      '/api/account/sign-in',
      {
        config: { throttles: guesses },
        schema: {
          tags,
          summary: 'Sign in with a password',
          body: signInSchema,
          response: { 200: success(accountSchema), ...failures },
        },
      },
      async (request, reply) => {
        const { value, cookies } = await accounts.signIn(request.body, request.proof)
        setCookies(reply, cookies)
        endVisit(reply, isProduction)
        return ok(value, 'Welcome back')
      },
    )

    app.post(
      '/api/account/sign-in/provider',
      {
        schema: {
          tags,
          summary: 'Where to go to sign in with a provider',
          body: providerSchema,
          response: { 200: success(z.object({ url: z.string() })), ...failures },
        },
      },
      async (request, reply) => {
        const { value, cookies } = await accounts.begin(
          request.body.provider,
          '/api/account/returned',
          request.proof,
        )
        setCookies(reply, cookies)
        return ok({ url: value.url })
      },
    )

    app.get('/api/account/returned', { schema: { hide: true } }, async (request, reply) => {
      if (!(await accounts.returned(request.proof))) return reply.redirect('/sign-in?problem=provider')
      endVisit(reply, isProduction)
      return reply.redirect('/')
    })

    app.post(
      '/api/account/sign-out',
      { schema: { tags, summary: 'End this session', response: { 200: success(z.null()), ...failures } } },
      async (request, reply) => {
        setCookies(reply, (await accounts.signOut(request.proof)).cookies)
        return ok(null, 'Signed out')
      },
    )

    app.post(
      '/api/account/verify',
      {
        schema: {
          tags,
          summary: 'Prove an address with the token of a letter',
          body: tokenSchema,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request, reply) => {
        setCookies(reply, (await accounts.verify(request.body.token, request.proof)).cookies)
        return ok(null, 'The address is proved.')
      },
    )

    app.post(
      '/api/account/verification',
      {
        config: { throttles: letters },
        schema: {
          tags,
          summary: 'Send the letter again',
          body: emailSchema,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await accounts.sendVerification(request.body.email)
        return ok(null, 'If there is such an account, a letter is on its way.')
      },
    )

    app.post(
      '/api/account/forgot',
      {
        config: { throttles: letters },
        schema: {
          tags,
          summary: 'Send a letter to set a new password',
          body: emailSchema,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await accounts.forgot(request.body.email)
        return ok(null, 'If there is such an account, a letter is on its way.')
      },
    )

    app.post(
      '/api/account/reset',
      {
        schema: {
          tags,
          summary: 'Set a new password with the token of a letter; ends every session',
          body: resetSchema,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await accounts.reset(request.body)
        return ok(null, 'The password is changed. Sign in with it.')
      },
    )

    app.post(
      '/api/account/password',
      {
        config: { throttles: guessesInside },
        schema: {
          ...forPersons,
          tags,
          summary: 'Change the password; ends every other session',
          body: changePasswordSchema,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request, reply) => {
        setCookies(reply, (await accounts.changePassword(request.actor, request.body, request.proof)).cookies)
        return ok(null, 'The password is changed.')
      },
    )

    app.put(
      '/api/account',
      {
        schema: {
          ...forPersons,
          tags,
          summary: 'Change your name',
          body: changeAccountSchema,
          response: { 200: success(accountSchema), ...failures },
        },
      },
      async (request) => ok(await accounts.rename(request.actor, request.body.name)),
    )

    app.delete(
      '/api/account',
      {
        config: { throttles: guessesInside },
        schema: {
          ...forPersons,
          tags,
          summary: 'Delete your account and everything in it',
          body: deleteAccountSchema,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request, reply) => {
        await accounts.close(request.actor, request.body.password)
        setCookies(reply, (await accounts.signOut(request.proof)).cookies)
        return ok(null, 'Your account is deleted.')
      },
    )

    app.get(
      '/api/account/sessions',
      {
        schema: {
          ...forPersons,
          tags,
          summary: 'Where you are signed in',
          response: { 200: success(z.array(accountSessionSchema).max(bounds.sessions)), ...failures },
        },
      },
      async (request) => ok(await accounts.sessions(request.actor)),
    )

    app.delete(
      '/api/account/sessions/:id',
      {
        schema: {
          ...forPersons,
          tags,
          summary: 'End one session',
          params: byId,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await accounts.endSession(request.actor, request.params.id)
        return ok(null, 'The session is ended.')
      },
    )

    app.delete(
      '/api/account/sessions',
      {
        schema: {
          ...forPersons,
          tags,
          summary: 'End every session but this one',
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await accounts.endOtherSessions(request.actor)
        return ok(null, 'You are signed out everywhere else.')
      },
    )

    app.get(
      '/api/keys',
      {
        schema: {
          ...forPersons,
          tags: ['keys'],
          summary: 'Your API keys',
          response: { 200: success(z.array(keySchema).max(bounds.keys)), ...failures },
        },
      },
      async (request) => ok(await accounts.keys(request.actor)),
    )

    app.post(
      '/api/keys',
      {
        schema: {
          ...forPersons,
          tags: ['keys'],
          summary: 'Make an API key; it is shown only in this answer',
          body: createKeySchema,
          response: { 201: success(createdKeySchema), ...failures },
        },
      },
      async (request, reply) =>
        reply
          .code(201)
          .send(
            ok(await accounts.createKey(request.actor, request.body), 'Keep the key: it is not shown again.'),
          ),
    )

    app.delete(
      '/api/keys/:id',
      {
        schema: {
          ...forPersons,
          tags: ['keys'],
          summary: 'Withdraw an API key',
          params: byId,
          response: { 200: success(z.null()), ...failures },
        },
      },
      async (request) => {
        await accounts.removeKey(request.actor, request.params.id)
        return ok(null, 'The key no longer works.')
      },
    )

    // Providers send browsers back here; the library speaks their protocols. Of all it can answer, nothing else is let out.
    app.get('/api/auth/callback/:provider', { schema: { hide: true } }, async (request, reply) => {
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers))
        if (typeof value === 'string') headers.set(name, value)
      const url = new URL(request.url, `${request.protocol}://${request.host}`)
      const response = await accounts.handle(new Request(url, { headers }))
      setCookies(reply, response.headers.getSetCookie())
      const location = response.headers.get('location')
      if (location) reply.header('location', location)
      return reply
        .code(response.status)
        .type('text/plain')
        .send(await response.text())
    })
  }
