/** RTF as a stream of tokens (Rich Text Format Specification 1.9.1, "RTF Syntax"). */

export type Token =
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'word'; readonly word: string; readonly parameter: number | undefined }
  /** A control symbol: `\~`, `\-`, `\*` … */
  | { readonly type: 'symbol'; readonly symbol: string }
  /** Plain characters, in the code page of the place. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** `\'hh` */
  | { readonly type: 'byte'; readonly byte: number }
  /** The data after `\binN`. */
  | { readonly type: 'binary'; readonly bytes: Uint8Array }

const OPEN = 0x7b
const CLOSE = 0x7d
const BACKSLASH = 0x5c
const LINE_ENDS: readonly number[] = [0x0a, 0x0d, 0]

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a))
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

/** Longer than any word of the specification: what follows is no control word. */
const LONGEST_WORD = 40

export function* tokens(bytes: Uint8Array): Generator<Token> {
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at]!
    if (byte === OPEN || byte === CLOSE) {
      yield { type: byte === OPEN ? 'open' : 'close' }
      at++
    } else if (byte === BACKSLASH) {
      const { token, end } = control(bytes, at + 1)
      if (token) yield token
      at = end
    } else if (LINE_ENDS.includes(byte)) at++
    else {
      const start = at
      while (at < bytes.length && !isSpecial(bytes[at]!)) at++
      yield { type: 'bytes', bytes: bytes.subarray(start, at) }
    }
  }
}

const isSpecial = (byte: number): boolean =>
  byte === OPEN || byte === CLOSE || byte === BACKSLASH || byte === 0x0a || byte === 0x0d || byte === 0

type Control = { readonly token: Token | undefined; readonly end: number }

function control(bytes: Uint8Array, start: number): Control {
  const first = bytes[start]
  if (first === undefined) return { token: undefined, end: start }
  if (!isLetter(first)) return symbol(bytes, start)
  let at = start
  while (isLetter(bytes[at]) && at - start < LONGEST_WORD) at++
  const word = latin1(bytes, start, at)
  const number = /^-?\d{1,10}/.exec(latin1(bytes, at, at + 11))?.[0]
  if (number !== undefined) at += number.length
  while (isDigit(bytes[at]) && number !== undefined) at++ // digits beyond what any number needs
  if (bytes[at] === 0x20) at++
  const parameter = number === undefined ? undefined : Number(number)
  if (word === 'bin' && parameter !== undefined && parameter > 0) {
    const end = Math.min(bytes.length, at + parameter)
    return { token: { type: 'binary', bytes: bytes.subarray(at, end) }, end }
  }
  return { token: { type: 'word', word, parameter }, end: at }
}

function symbol(bytes: Uint8Array, at: number): Control {
  const character = String.fromCharCode(bytes[at]!)
  if (character === "'") {
    const hex = latin1(bytes, at + 1, at + 3)
    if (!/^[0-9a-f]{2}$/i.test(hex)) return { token: undefined, end: at + 1 }
    return { token: { type: 'byte', byte: Number.parseInt(hex, 16) }, end: at + 3 }
  }
  // A backslash before a line end is a paragraph's end.
  if (character === '\n' || character === '\r')
    return { token: { type: 'word', word: 'par', parameter: undefined }, end: at + 1 }
  return { token: { type: 'symbol', symbol: character }, end: at + 1 }
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string => {
  let out = ''
  for (let at = from; at < Math.min(to, bytes.length); at++) out += String.fromCharCode(bytes[at]!)
  return out
}
