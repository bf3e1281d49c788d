/** The ways in and out: by password, by a provider, by the token of a letter. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  accountSchema,
  emailSchema,
  providerSchema,
  resetSchema,
  signedUpSchema,
  signInSchema,
  signUpSchema,
  tokenSchema,
} from '../../contract/accounts.ts'
import { success } from '../../contract/envelope.ts'
import { type App, failures, ok } from '../http.ts'
import { networkOf, type Throttle } from '../rates.ts'
import { endVisit, setCookies } from './identify.ts'
import type { AccountService } from './service.ts'

type Needs = { readonly accounts: AccountService; readonly isProduction: boolean }

const tags = ['account']
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
/** Letters cost others their patience. */
const letters: readonly Throttle[] = [
  { name: 'letters', rate: { max: 3, windowMs: QUARTER }, key: emailOf },
  { name: 'letters-from', rate: { max: 10, windowMs: QUARTER }, key: ({ ip }) => networkOf(ip) },
]

export const signInRoutes =
  ({ accounts, isProduction }: Needs) =>
  async (app: App): Promise<void> => {
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
