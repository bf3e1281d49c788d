/**
 * Where writers print to. It knows at every moment how far the output is, so the source map is exact however deep
 * blocks are nested, and it prints the prefixes of containers ("> ", the indent of an item) at each new line.
 * Line ends and blank lines are kept back until something follows them: what prints nothing leaves no trace.
 */
import type { At } from '../doc/model.ts'
import type { SourceRange, Written } from './writer.ts'

export type Sink = {
  write(text: string): void
  /** Asks for `lines` line ends before whatever is written next; 2 make a blank line. */
  gap(lines: number): void
  /** Prints `body` behind `first` on its first line and `rest` on the others. `force` prints `first` even when empty. */
  within(first: string, rest: string, body: () => void, force?: boolean): void
  /** Prints the body of a block, and remembers from where to where. */
  range(source: { readonly id: string; readonly at: At }, body: () => void): void
  readonly position: number
  finish(): Written
}

type Prefix = { readonly first: string; readonly rest: string; isUsed: boolean }
type Range = {
  readonly source: { readonly id: string; readonly at: At }
  readonly depth: number
  start: number
}

export function createSink(maxChars: number): Sink {
  let out = ''
  let isTruncated = false
  const prefixes: Prefix[] = []
  /** How many prefixes stand on the current line already. */
  let printed = 0
  let pending = { lines: 0, depth: Number.POSITIVE_INFINITY }
  const waiting: Range[] = []
  const map: SourceRange[] = []

  const begin = (depth: number) => {
    for (const range of waiting) if (range.start < 0 && range.depth <= depth) range.start = out.length
  }
  /** Line ends that were kept back; blank lines carry the prefixes of the container that asked for them. */
  const endLines = () => {
    for (let line = 0; line < pending.lines; line++) {
      if (line > 0) {
        const blank = prefixes.slice(0, Math.min(pending.depth, prefixes.length)).map(({ rest }) => rest)
        out += blank.join('').trimEnd()
      }
      out += '\n'
    }
    if (pending.lines > 0) printed = 0
    pending = { lines: 0, depth: Number.POSITIVE_INFINITY }
  }
  const startLine = () => {
    endLines()
    for (; printed < prefixes.length; printed++) {
      const prefix = prefixes[printed]!
      begin(printed)
      out += prefix.isUsed ? prefix.rest : prefix.first
      prefix.isUsed = true
    }
    begin(Number.POSITIVE_INFINITY)
  }
  const put = (line: string) => {
    if (line === '') return
    startLine()
    const room = maxChars - out.length
    out += line.length <= room ? line : line.slice(0, Math.max(0, room))
    isTruncated ||= line.length > room
  }

  return {
    get position() {
      return out.length
    },
    gap: (lines) => {
      pending = { lines: Math.max(pending.lines, lines), depth: Math.min(pending.depth, prefixes.length) }
    },
    write: (text) => {
      if (isTruncated) return
      for (let from = 0; from <= text.length; ) {
        const end = text.indexOf('\n', from)
        put(text.slice(from, end < 0 ? text.length : end))
        if (end < 0) return
        pending = { lines: pending.lines + 1, depth: prefixes.length }
        from = end + 1
      }
    },
    within: (first, rest, body, force = false) => {
      const prefix: Prefix = { first, rest, isUsed: false }
      prefixes.push(prefix)
      body()
      if (force && !prefix.isUsed && !isTruncated) {
        startLine()
        out = out.trimEnd()
      }
      prefixes.pop()
      printed = Math.min(printed, prefixes.length)
    },
    range: (source, body) => {
      const range: Range = { source, depth: prefixes.length, start: -1 }
      const at = map.length
      waiting.push(range)
      body()
      waiting.pop()
      // A parent goes before its children, which have been added meanwhile.
      if (range.start >= 0 && source.id !== '')
        map.splice(at, 0, { start: range.start, end: out.length, block: source.id, at: source.at })
    },
    finish: () => ({
      text: out === '' ? '' : `${isTruncated ? out.trimEnd() : out}\n`,
      map,
      ...(isTruncated ? { isTruncated } : {}),
    }),
  }
}
