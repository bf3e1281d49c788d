import cookie from '@fastify/cookie'
import { success } from '../../contract/envelope.ts'
import { sessionSchema } from '../../contract/session.ts'
import { type Format, readers } from '../../core/index.ts'
import { type App, failures, ok } from '../http.ts'
import type { AccountService } from './service.ts'

type Needs = {
  readonly accounts: AccountService
  readonly isProduction: boolean
  readonly limits: { readonly uploadBytes: number; readonly textChars: number; readonly visitorDays: number }
}

/** Sets `request.actor` on every request, and hands a visitor its cookie. */
export async function identify(app: App, { accounts, isProduction }: Needs): Promise<void> {
  // `__Host-`: bound to this host and to HTTPS by the browser itself.
  const name = isProduction ? '__Host-mdraft_visitor' : 'mdraft_visitor'
  await app.register(cookie)
  app.decorateRequest('actor')
  app.addHook('onRequest', async (request, reply) => {
    const { actor, freshCookie } = accounts.identify(request.cookies[name])
    request.actor = actor
    const given = freshCookie ?? request.cookies[name]!
    // Renewed by every change, so that work in progress does not run out.
    if (freshCookie || request.method !== 'GET')
      reply.setCookie(name, given, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: isProduction,
        maxAge: accounts.cookieSeconds,
      })
  })
}

const formats = (Object.keys(readers) as Format[]).map((format) => {
  const { title, mime, extensions } = readers[format]
  return { format, title, mime: [...mime], extensions: [...extensions] }
})

export const accountRoutes =
  ({ limits }: Needs) =>
  async (app: App): Promise<void> => {
    app.get(
      '/api/session',
      {
        schema: {
          tags: ['session'],
          summary: 'Who you are here, what you may send, and how long it is kept',
          response: { 200: success(sessionSchema), ...failures },
        },
      },
      async ({ actor }) =>
        ok({
          kind: actor.kind,
          limits: {
            upload_bytes: limits.uploadBytes,
            text_chars: limits.textChars,
            retention_days: actor.kind === 'visitor' ? limits.visitorDays : null,
          },
          formats,
        }),
    )
  }
