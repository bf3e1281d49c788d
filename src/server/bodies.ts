/** What is looked at before a body is parsed: a million brackets cost a second of the one thread that serves all. */
import { MdraftError } from '../core/index.ts'
import type { App } from './http.ts'

/** Shorter ones cost next to nothing, whatever they hold. */
const SHORT = 64 * 1024
/** Commas, colons and opening brackets; the largest honest request, a list of 200 ids, has a few hundred. */
const MOST_PARTS = 10_000

export function boundBodies(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (typeof body === 'string' && body.length > SHORT && hasMoreParts(body, MOST_PARTS))
      return done(tooMany(), undefined)
    parse(request, body as string, done)
  })
}

const tooMany = () =>
  new MdraftError('bad_option', 'The body of the request has more parts than any address takes.', {
    fix: 'See /api/docs for what this address takes.',
  })

/** Outside of strings, which may be long. */
function hasMoreParts(json: string, most: number): boolean {
  let parts = 0
  for (let at = 0; at < json.length; ) {
    const quote = json.indexOf('"', at)
    const end = quote < 0 ? json.length : quote
    for (; at < end; at++) if ('{[,:'.includes(json[at]!) && ++parts > most) return true
    at = quote < 0 ? end : endOfString(json, quote)
  }
  return false
}

/** After the closing quote: one with an even number of backslashes before it. */
function endOfString(json: string, open: number): number {
  for (let close = json.indexOf('"', open + 1); close >= 0; close = json.indexOf('"', close + 1)) {
    let slashes = 0
    while (json[close - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return close + 1
  }
  return json.length
}
