/** An account as its owner sees it: who one is here, name and password, sessions, keys, its end. */
import { z } from 'zod'
import {
  accountSchema,
  accountSessionSchema,
  changeAccountSchema,
  changePasswordSchema,
  createdKeySchema,
  createKeySchema,
  deleteAccountSchema,
  keySchema,
} from '../../contract/accounts.ts'
import { bounds } from '../../contract/bounds.ts'
import { idSchema, success } from '../../contract/envelope.ts'
import { sessionSchema } from '../../contract/session.ts'
import { type Format, readers } from '../../core/index.ts'
import { type App, failures, forPersons, ok } from '../http.ts'
import type { Throttle } from '../rates.ts'
import { setCookies } from './identify.ts'
import type { AccountService } from './service.ts'

type Needs = {
  readonly accounts: AccountService
  readonly limits: { readonly uploadBytes: number; readonly textChars: number; readonly visitorDays: number }
}

const tags = ['account']
const byId = z.object({ id: idSchema })
const QUARTER = 15 * 60_000

/** Whoever has somebody's open session shall not find out the password with it. */
const guessesInside: readonly Throttle[] = [
  { name: 'password', rate: { max: 10, windowMs: QUARTER }, key: ({ actor }) => actor.id },
]

const formats = (Object.keys(readers) as Format[]).map((format) => {
  const { title, mime, extensions } = readers[format]
  return { format, title, mime: [...mime], extensions: [...extensions] }
})

export const accountRoutes =
  ({ accounts, limits }: Needs) =>
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
  }
