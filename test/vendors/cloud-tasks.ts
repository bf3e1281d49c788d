/** Cloud Tasks on this machine: takes tasks, publishes the keys of its tokens, and delivers when it is told to. */
import { createSign, generateKeyPairSync } from 'node:crypto'
import { type Asked, type Vendor, vendor } from './server.ts'

export const sender = 'tasks@test-project.iam.gserviceaccount.com'
export const audience = 'http://worker.invalid'

type Task = {
  readonly httpRequest: {
    readonly url: string
    readonly body: string
    readonly oidcToken: { readonly serviceAccountEmail: string; readonly audience: string }
  }
  readonly dispatchDeadline: string
}
const ISSUER = 'https://accounts.google.com'
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

export async function cloudTasksServer() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const tasks: Task[] = []
  const server: Vendor = await vendor(
    ({ url, method, body }: Asked) => {
      if (url.pathname === '/keys')
        return { body: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] } }
      if (method !== 'POST' || !url.pathname.endsWith('/queues/mdraft/tasks'))
        return { status: 404, body: {} }
      const { task } = JSON.parse(body.toString()) as { task: Task }
      tasks.push(task)
      return { body: { name: `${url.pathname.slice(4)}/${tasks.length}` } }
    },
    (status) => ({ error: { code: status, message: 'told to fail' } }),
  )
  /** An ID token as Google makes one for a service account. */
  const token = (change: Record<string, unknown> = {}, key = privateKey, head: object = {}) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: ISSUER,
      aud: audience,
      email: sender,
      email_verified: true,
      iat: now,
      exp: now + 3600,
    }
    const signed = `${encode({ alg: 'RS256', kid: 'one', typ: 'JWT', ...head })}.${encode({ ...claims, ...change })}`
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`
  }
  return { ...server, tasks, token, url: server.url }
}
export type CloudTasksServer = Awaited<ReturnType<typeof cloudTasksServer>>
