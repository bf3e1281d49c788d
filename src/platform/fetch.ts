/**
 * Fetches a file that a user named by its web address, and nothing else: an address that leads into a private network
 * is refused, and the connection goes to the very address that was looked at, so a name cannot change in between.
 */
import { promises as dns, type LookupAddress } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { MdraftError } from '../core/errors.ts'
import { defaultLimits } from '../core/limits.ts'
import { isPublicAddress } from './addresses.ts'

export type FetchOptions = {
  readonly maxBytes?: number
  /** For the whole fetch, redirects included. */
  readonly millis?: number
  readonly signal?: AbortSignal
  /** Which addresses may be connected to. */
  readonly isAllowed?: (address: string) => boolean
  readonly lookup?: (host: string) => Promise<readonly LookupAddress[]>
}
/** @throws MdraftError `forbidden_address` for what is no address of the public web by its look alone */
export function checkPublicUrl(address: string): void {
  const { hostname } = parse(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw forbidden('it leads into a private network')
}

export type Fetched = { readonly bytes: Uint8Array; readonly url: string }

const MAX_REDIRECTS = 5

/** @throws MdraftError `forbidden_address`, `not_found`, `too_large`, `timeout`, `unavailable` */
export async function fetchPublic(address: string, options: FetchOptions = {}): Promise<Fetched> {
  const late = AbortSignal.timeout(options.millis ?? 60_000)
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late
  try {
    let url = parse(address)
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const answer = await ask(url, await resolve(url, options), signal)
      const next = redirectOf(answer, url)
      if (next === undefined) return { bytes: await read(answer, options, signal), url: url.href }
      answer.destroy()
      url = parse(next)
    }
    throw new MdraftError('unavailable', `The address redirects more than ${MAX_REDIRECTS} times.`)
  } catch (error) {
    throw late.aborted ? tooSlow(error) : unreachable(error)
  }
}

export type Posted = { readonly status: number }
type Message = { readonly body: string; readonly headers: Readonly<Record<string, string>> }

/** Sends a message, under the same rules. What is answered is not kept, and a redirect is an answer like others. */
export async function postPublic(
  address: string,
  message: Message,
  options: FetchOptions = {},
): Promise<Posted> {
  const late = AbortSignal.timeout(options.millis ?? 15_000)
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late
  try {
    const url = parse(address, options)
    const answer = await ask(url, await resolve(url, options), signal, message)
    answer.destroy()
    return { status: answer.statusCode ?? 0 }
  } catch (error) {
    throw late.aborted ? tooSlow(error) : unreachable(error)
  }
}

const forbidden = (why: string) =>
  new MdraftError('forbidden_address', `The address is refused: ${why}.`, {
    fix: 'Give an http or https address on the public internet, or download the file and convert that.',
  })
const tooSlow = (cause: unknown) =>
  new MdraftError('timeout', 'The address did not answer in time.', { fix: 'Try again later.', cause })
const unreachable = (cause: unknown): MdraftError =>
  cause instanceof MdraftError
    ? cause
    : new MdraftError('unavailable', 'The address cannot be reached.', {
        fix: 'Check it, and try again later.',
        cause,
      })

/** Ports of the web, and those above the well-known ones; others speak something else. */
const isWebPort = (port: string): boolean =>
  port === '' || port === '80' || port === '443' || Number(port) >= 1024

/** The WHATWG parser also turns every odd spelling of an IPv4 address (octal, hex, one number) into the plain one. */
function parse(address: string, { isAllowed }: Pick<FetchOptions, 'isAllowed'> = {}): URL {
  if (!URL.canParse(address)) throw forbidden('it is no web address')
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw forbidden('only http and https are fetched')
  if (url.username !== '' || url.password !== '') throw forbidden('it holds a user name or password')
  if (!isWebPort(url.port)) throw forbidden(`port ${url.port} is no port of the web`)
  // Who says which addresses are allowed has thought of names too.
  if (!isAllowed && isInnerName(url.hostname)) throw forbidden('the name belongs to a private network')
  return url
}

/** Names that mean this machine or its network (RFC 6761, 6762, 8375); a name without a dot is one of those too. */
function isInnerName(host: string): boolean {
  const name = host.replace(/\.+$/, '').toLowerCase()
  const isName = isIP(name.replace(/^\[|\]$/g, '')) === 0
  return (
    isName &&
    (!name.includes('.') || /\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/.test(name))
  )
}

/** The address to connect to. All that a name stands for must be public: which one is used must not be luck. */
async function resolve(
  url: URL,
  { isAllowed = isPublicAddress, lookup = lookupAll }: FetchOptions,
): Promise<LookupAddress> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const found = family === 0 ? await lookup(host) : [{ address: host, family }]
  if (found.length === 0) throw new MdraftError('unavailable', 'The name of the address is not known.')
  if (!found.every(({ address }) => isAllowed(address))) throw forbidden('it leads into a private network')
  return found.find((one) => one.family === 4) ?? found[0]!
}

const lookupAll = (host: string): Promise<readonly LookupAddress[]> =>
  dns.lookup(host, { all: true, verbatim: true }).catch(() => [])

function ask(
  url: URL,
  { address, family }: LookupAddress,
  signal: AbortSignal,
  message?: Message,
): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    request(
      url,
      {
        agent: false,
        signal,
        // The address that was looked at, whatever the name says now; TLS still checks the name.
        lookup: (_host, { all }, done) => {
          if (all) done(null, [{ address, family }])
          else done(null, address, family)
        },
        method: message ? 'POST' : 'GET',
        headers: {
          accept: '*/*',
          'accept-encoding': 'identity',
          'user-agent': 'mdraft',
          ...(message ? { ...message.headers, 'content-length': Buffer.byteLength(message.body) } : {}),
        },
      },
      resolve,
    )
      .on('error', reject)
      .end(message?.body)
  })
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): string | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined
  if (!URL.canParse(headers.location, url)) throw forbidden('it redirects to no web address')
  return new URL(headers.location, url).href
}

async function read(
  answer: IncomingMessage,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { statusCode = 0 } = answer
  if (statusCode === 404 || statusCode === 410)
    throw new MdraftError('not_found', 'There is nothing at the address.')
  if (statusCode !== 200)
    throw new MdraftError('unavailable', `The address answers with status ${statusCode}.`)
  const maxBytes = options.maxBytes ?? defaultLimits.fileBytes
  const parts: Buffer[] = []
  let size = 0
  for await (const part of decoded(answer).iterator({ destroyOnReturn: true })) {
    signal.throwIfAborted()
    size += part.length
    if (size > maxBytes) {
      answer.destroy()
      throw new MdraftError('too_large', `The file has more than ${maxBytes} bytes.`, {
        fix: 'Split the file.',
      })
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Some servers compress although they were asked not to. */
function decoded(answer: IncomingMessage): Readable {
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '') return answer
  const decoder = decoders[encoding as keyof typeof decoders]?.() // undefined for any other name
  if (!decoder)
    throw new MdraftError('unavailable', `The address answers in an unknown encoding (${encoding}).`)
  pipeline(answer, decoder, () => {})
  return Readable.from(decoder)
}
