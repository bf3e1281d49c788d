/** The HTML that Outlook wraps into RTF ([MS-OXRTFEX]): tags stand in groups of their own, RTF for older readers beside. */
import { decodeAs } from '../../io/text.ts'
import { codePageOfCharset, encodingOfCodePage } from '../rtf/fonts.ts'
import { type Token, tokens } from '../rtf/tokens.ts'

/** What a group inherits and may change for itself. */
type State = {
  readonly place: 'text' | 'tag' | 'fonts' | 'nowhere'
  /** Between `\htmlrtf` and `\htmlrtf0` the RTF says what a tag has said. */
  readonly isDoubled: boolean
  readonly font: number | undefined
  readonly unicodeSkip: number
}

const start: State = { place: 'text', isDoubled: false, font: undefined, unicodeSkip: 1 }
/** Groups that print nothing. */
const silent = /^(colortbl|stylesheet|info|pict|listtable|listoverridetable|generator|header\w?|footer\w?)$/

const words: Readonly<Record<string, string>> = {
  par: '\r\n',
  line: '\r\n',
  tab: '\t',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  endash: '–',
  emdash: '—',
}
const symbols: Readonly<Record<string, string>> = {
  '~': '\u00a0',
  _: '\u00ad',
  '{': '{',
  '}': '}',
  '\\': '\\',
}

/** Whether the RTF stands for HTML. The mark is one of the first words. */
export const isFromHtml = (rtf: Uint8Array): boolean =>
  /\\fromhtml1/.test(Buffer.from(rtf.subarray(0, 400)).toString('latin1'))

export function htmlInRtf(rtf: Uint8Array): string {
  const page = /\\ansicpg(\d+)/.exec(Buffer.from(rtf.subarray(0, 400)).toString('latin1'))?.[1]
  const walk = createWalk(Number(page ?? 1252))
  for (const token of tokens(rtf)) walk.read(token)
  return walk.finish()
}

function createWalk(codePage: number) {
  const fonts = new Map<number, number>()
  const stack: State[] = []
  const out: string[] = []
  let state = start
  let isOpening = false
  let isOptional = false
  let bytes: number[] = []
  let skip = 0

  const print = (value: string) => {
    if (state.place === 'tag') out.push(value)
    else if (state.place === 'text' && !state.isDoubled) out.push(escaped(value))
  }
  /** Bytes are characters of the code page of their font; a character may have several. */
  const flush = () => {
    if (bytes.length === 0) return
    const encoding = encodingOfCodePage(fonts.get(state.font ?? -1) ?? codePage)
    const raw = Uint8Array.from(bytes)
    bytes = []
    print(decodeAs(raw, encoding) ?? Buffer.from(raw).toString('latin1'))
  }
  const addBytes = (more: Iterable<number>) => {
    for (const byte of more) {
      if (skip > 0) skip--
      else if (state.place !== 'fonts') bytes.push(byte)
    }
  }
  const destination = (word: string): State['place'] | undefined => {
    if (word === 'htmltag') return 'tag'
    if (word === 'fonttbl') return 'fonts'
    return isOptional || silent.test(word) ? 'nowhere' : undefined
  }
  const readWord = (word: string, parameter: number | undefined) => {
    if (word === 'u' && parameter !== undefined) {
      print(String.fromCharCode(parameter & 0xffff))
      skip = state.unicodeSkip
    } else if (word === 'uc') state = { ...state, unicodeSkip: Math.max(0, parameter ?? 1) }
    else if (word === 'htmlrtf') state = { ...state, isDoubled: parameter !== 0 }
    else if (word === 'f') state = { ...state, font: parameter }
    else if (word === 'fcharset' && state.place === 'fonts' && state.font !== undefined) {
      const known = codePageOfCharset(parameter ?? 0)
      if (known !== undefined) fonts.set(state.font, known)
    } else if (words[word] !== undefined) print(words[word])
  }
  const read = (token: Token) => {
    if (token.type === 'bytes' || token.type === 'byte') {
      isOpening = false
      addBytes(token.type === 'byte' ? [token.byte] : token.bytes)
      return
    }
    flush()
    if (token.type !== 'symbol') skip = 0
    if (token.type === 'open') {
      stack.push(state)
      isOpening = true
      isOptional = false
      return
    }
    if (token.type === 'close') state = stack.pop() ?? start
    else if (token.type === 'symbol' && token.symbol === '*' && isOpening) {
      isOptional = true
      return
    } else if (token.type === 'symbol') print(symbols[token.symbol] ?? '')
    else if (token.type === 'word') {
      const place = isOpening ? destination(token.word) : undefined
      if (place && state.place !== 'nowhere') state = { ...state, place }
      else readWord(token.word, token.parameter)
    }
    isOpening = false
  }
  return {
    read,
    finish: () => {
      flush()
      return out.join('')
    },
  }
}

const escaped = (value: string): string =>
  value.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;')
