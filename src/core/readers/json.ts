import { code, doc } from '../doc/build.ts'
import { decodeText } from '../io/text.ts'
import type { FlowReader } from '../reader.ts'

/** A file without line ends is set one value a line when its longest line passes this. */
const MINIFIED = 2_000

/** Data has no prose to lay out: the text as it is, set readable when it was minified. */
export const readJson: FlowReader = async ({ bytes }, { limits, report }) => {
  const text = decodeText(bytes, report)
  const kept = text.slice(0, limits.outputChars)
  if (kept.length < text.length)
    report.warn('output-truncated', `Kept the first ${kept.length} of ${text.length} characters.`)
  return doc('json', [code(isMinified(kept) ? indented(kept) : kept, { language: 'json' })])
}

const isMinified = (text: string): boolean =>
  text.length > MINIFIED && !text.slice(0, MINIFIED).includes('\n')

/** Set anew by hand: `JSON.parse` would lose duplicate keys and long numbers, and deep nesting its stack. */
function indented(text: string): string {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g
  const out: string[] = []
  let depth = 0
  let previous = ''
  for (const [token] of text.matchAll(tokens)) {
    const isClose = token === '}' || token === ']'
    if (isClose) depth = Math.max(0, depth - 1)
    const isEmptyPair = isClose && (previous === '{' || previous === '[')
    if ((isClose && !isEmptyPair) || previous === ',' || ((previous === '{' || previous === '[') && !isClose))
      out.push('\n', ' '.repeat(2 * Math.min(depth, DEEPEST)))
    out.push(token === ':' ? ': ' : token)
    if (token === '{' || token === '[') depth++
    previous = token
  }
  return out.join('')
}

/** Indentation stops growing here, so that hostile nesting cannot multiply the text. */
const DEEPEST = 20
