/** What holds for every answer and every request, whoever asks: headers, origin, request id. */
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { FastifyRequest } from 'fastify'
import { MdraftError } from '../core/index.ts'
import { newId } from '../platform/ids.ts'
import type { App } from './http.ts'

/**
 * The web app loads nothing from elsewhere, has no inline script or style, and compiles nothing at run time. The one
 * Trusted Types policy lets it start the worker of pdf.js.
 */
const appPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['mdraft-worker'],
}

export async function setHeaders(app: App, { isProduction }: { isProduction: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: appPolicy },
    strictTransportSecurity: isProduction ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'private, no-store')
  })
}

/** Pages of these sites may read what the API answers. Their requests carry no cookie of ours, but may carry a key. */
export async function allowOrigins(app: App, origins: readonly string[]): Promise<void> {
  await app.register(cors, {
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'x-request-id',
      'range',
      'if-none-match',
    ],
    exposedHeaders: [
      'x-request-id',
      'retry-after',
      'ratelimit',
      'ratelimit-policy',
      'location',
      'etag',
      'link',
      'content-range',
    ],
    maxAge: 600,
  })
}

/** A caller's id is taken only when it cannot hurt a log. */
const REQUEST_ID = /^[\w-]{8,64}$/

export const requestId = ({ headers }: { headers: Record<string, unknown> }): string => {
  const given = headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId()
}

const safe = ['GET', 'HEAD', 'OPTIONS']

/** A page of another site may not act with this site's cookies. Programs send neither header and pass. */
export function checkOrigin(request: FastifyRequest, ours: readonly string[]): void {
  if (safe.includes(request.method)) return
  const { origin, 'sec-fetch-site': site, authorization } = request.headers
  // Browsers never add this by themselves, as they do with what they know for `Basic` and `Negotiate`.
  if (/^Bearer /i.test(authorization ?? '')) return
  const isOurs = origin !== undefined && (ours.includes(origin) || isSameHost(origin, request.host))
  if (isOurs) return
  if (origin === undefined && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw new MdraftError('forbidden', 'The request comes from a page of another site.', {
    fix: 'Send it from this site, or name the other one in CORS_ORIGINS.',
  })
}

/** Both with the default port of the scheme left out. */
function isSameHost(origin: string, host: string): boolean {
  const from = URL.parse(origin)
  return from !== null && from.host === URL.parse(`${from.protocol}//${host}`)?.host
}
