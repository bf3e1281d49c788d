/**
 * Requests that come twice (draft-ietf-httpapi-idempotency-key): with an `Idempotency-Key`, the second gets the answer of
 * the first and does nothing. Kept for a day.
 */
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { MdraftError } from '../core/index.ts'
import type { Query } from '../platform/db/db.ts'
import type { App } from './http.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A repeated request with the same Idempotency-Key gets the same answer. */
    repeatable?: true
  }
  interface FastifyRequest {
    /** What is to be kept of this request's answer. */
    repeat: { readonly owner: string; readonly key: string } | null
  }
}

const KEY = /^[\x21-\x7e]{8,255}$/
/** A request that ran for longer died with its process. */
const LONGEST = '15 minutes'

export function answerRepeats(app: App, db: Query): void {
  app.decorateRequest('repeat', null)
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (key === undefined || !request.routeOptions.config.repeatable) return
    if (typeof key !== 'string' || !KEY.test(key))
      throw new MdraftError('bad_option', 'The Idempotency-Key is not one.', {
        fix: 'Send 8 to 255 printable characters, for example a UUID.',
      })
    const owner = `${request.actor.kind}:${request.actor.id}`
    const fingerprint = fingerprintOf(request)
    if (await begin(owner, key, fingerprint)) {
      request.repeat = { owner, key }
      return
    }
    const known = await find(owner, key)
    if (known && known.fingerprint !== fingerprint)
      throw new MdraftError('conflict', 'This Idempotency-Key was used for another request.', {
        fix: 'Send a new key with it.',
      })
    if (known?.status == null)
      throw new MdraftError('conflict', 'The first request with this Idempotency-Key is still running.', {
        fix: 'Wait for its answer.',
      })
    return reply
      .code(known.status)
      .header('idempotency-replayed', 'true')
      .type('application/json; charset=utf-8')
      .send(known.body)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const { repeat } = request
    if (!repeat) return payload
    // What failed on our side may succeed next time.
    if (reply.statusCode >= 500 || reply.statusCode === 429 || typeof payload !== 'string')
      await forget(repeat.owner, repeat.key)
    else await finish(repeat.owner, repeat.key, reply.statusCode, payload)
    return payload
  })

  const begin = async (owner: string, key: string, fingerprint: string): Promise<boolean> => {
    const { rows } = await sql`insert into idempotency_keys as k (owner, key, fingerprint)
      values (${owner}, ${key}, ${fingerprint})
      on conflict (owner, key) do update set fingerprint = excluded.fingerprint, created_at = now(), status = null, body = null
        where k.created_at < now() - interval '1 day'
          or (k.status is null and k.created_at < now() - ${sql.lit(LONGEST)}::interval)
      returning key`.execute(db)
    return rows.length > 0
  }
  const find = async (owner: string, key: string) => {
    type Known = { fingerprint: string; status: number | null; body: string | null }
    const { rows } = await sql<Known>`select fingerprint, status, body from idempotency_keys
      where owner = ${owner} and key = ${key}`.execute(db)
    return rows[0]
  }
  const finish = async (owner: string, key: string, status: number, body: string) => {
    await sql`update idempotency_keys set status = ${status}, body = ${body} where owner = ${owner} and key = ${key}`.execute(
      db,
    )
  }
  const forget = async (owner: string, key: string) => {
    await sql`delete from idempotency_keys where owner = ${owner} and key = ${key}`.execute(db)
  }
}

/** A form is not read yet: its length stands for it. */
function fingerprintOf({ method, url, headers, body }: FastifyRequest): string {
  const content = body === undefined ? `form of ${headers['content-length'] ?? '?'}` : JSON.stringify(body)
  return createHash('sha256').update(`${method} ${url}\n${content}`).digest('hex')
}
