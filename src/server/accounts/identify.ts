/** Sets `request.actor` on every request, and hands a visitor its cookie. */
import cookie, { type CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionCookie } from '../../platform/auth.ts'
import type { App } from '../http.ts'
import type { AccountService, Proof } from './service.ts'

type Needs = { readonly accounts: AccountService; readonly isProduction: boolean }

const optionsOf = (isProduction: boolean): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: isProduction,
})

/** `__Host-`: bound to this host and to HTTPS by the browser itself. */
const visitorCookie = (isProduction: boolean) => (isProduction ? '__Host-mdraft_visitor' : 'mdraft_visitor')

export async function identify(app: App, { accounts, isProduction }: Needs): Promise<void> {
  const name = visitorCookie(isProduction)
  const options = optionsOf(isProduction)
  await app.register(cookie)
  app.decorateRequest('actor')
  app.decorateRequest('proof')
  app.decorateRequest('refusal')
  app.addHook('onRequest', async (request, reply) => {
    request.proof = proofOf(request, isProduction)
    const { actor, visitorCookie, cookies, refusal } = await accounts.identify(request.proof)
    request.actor = actor
    request.refusal = refusal
    setCookies(reply, cookies ?? [])
    // Renewed by every change, so that work in progress does not run out.
    const given = visitorCookie ?? (request.method === 'GET' ? undefined : request.cookies[name])
    // Files of the app have no owner; a cookie with each would make as many visitors as there are files.
    if (actor.kind === 'visitor' && given && request.url.startsWith('/api/'))
      reply.setCookie(name, given, { ...options, maxAge: accounts.visitorSeconds })
  })
}

/** What the visitor had is the account's. Whoever knew the cookie, or had set it, is a stranger to what comes after. */
export const endVisit = (reply: FastifyReply, isProduction: boolean): void =>
  void reply.clearCookie(visitorCookie(isProduction), optionsOf(isProduction))

/** After the limits, so that guesses at keys are counted too. */
export function refuse(app: App): void {
  app.addHook('onRequest', async ({ refusal }) => {
    if (refusal) throw refusal
  })
}

function proofOf(request: FastifyRequest, isProduction: boolean): Proof {
  const { cookies, headers, ip } = request
  return {
    cookie: headers.cookie,
    userAgent: headers['user-agent']?.slice(0, 512),
    address: ip,
    visitorCookie: cookies[visitorCookie(isProduction)],
    sessionCookie: cookies[sessionCookie(isProduction)],
    bearer: /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
  }
}

/** Whole `Set-Cookie` values, beside those that are set already. */
export function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  for (const one of cookies) reply.header('set-cookie', one)
}
