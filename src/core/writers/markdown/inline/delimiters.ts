/**
 * Which runs of `*`, `_` and `~` a Markdown reader pairs up: the "process emphasis" procedure of CommonMark 0.31
 * (appendix, phase 2), and GFM strikethrough. The writer runs it over what it is about to print, so that it escapes
 * exactly the characters that would be read as markup, and prints no emphasis that would not be read as such.
 */

export type Pair = {
  /** Index of the first character of the opening and of the closing sequence. */
  readonly open: number
  readonly close: number
  readonly size: number
}

type Run = {
  readonly marker: string
  readonly length: number
  readonly canOpen: boolean
  readonly canClose: boolean
  /** What is left: openers are used from the end, closers from the start. */
  from: number
  to: number
}

/**
 * @param isLive whether the character at an index is a delimiter, not escaped and not inside finished markup
 * @param asMicromark how micromark differs: emphasis beside a tilde may always open or close, and
 *   characters beyond the Basic Multilingual Plane are no punctuation
 */
export function pairDelimiters(
  line: string,
  isLive: (index: number) => boolean,
  asMicromark: boolean,
): readonly Pair[] {
  const runs = findRuns(line, isLive, asMicromark)
  return [...pairEmphasis(runs), ...pairStrikes(runs)]
}

function findRuns(line: string, isLive: (index: number) => boolean, asMicromark: boolean): Run[] {
  const runs: Run[] = []
  for (const match of line.matchAll(/\*+|_+|~+/g)) {
    let from = match.index
    const end = from + match[0].length
    while (from < end) {
      while (from < end && !isLive(from)) from++
      let to = from
      while (to < end && isLive(to)) to++
      if (to > from) runs.push(runAt(line, from, to, asMicromark))
      from = to
    }
  }
  return runs
}

function runAt(line: string, from: number, to: number, asMicromark: boolean): Run {
  const marker = line[from]!
  const before = kindOf(asMicromark ? (line[from - 1] ?? ' ') : charBefore(line, from))
  const after = kindOf(asMicromark ? (line[to] ?? ' ') : charAfter(line, to))
  // CommonMark 6.2: left- and right-flanking delimiter runs.
  const left = after === 'word' || (after === 'punctuation' && before !== 'word')
  const right = before === 'word' || (before === 'punctuation' && after !== 'word')
  const isLoose = asMicromark && marker !== '~'
  const opens = left || (isLoose && line[to] === '~')
  const closes = right || (isLoose && line[from - 1] === '~')
  const isUnderscore = marker === '_'
  return {
    marker,
    length: to - from,
    canOpen: isUnderscore ? opens && (before !== 'word' || !closes) : opens,
    canClose: isUnderscore ? closes && (after !== 'word' || !opens) : closes,
    from,
    to,
  }
}

/** What the run at an index may do. */
export function sidesOf(
  line: string,
  index: number,
  isLive: (index: number) => boolean,
): { readonly canOpen: boolean; readonly canClose: boolean } {
  let from = index
  let to = index + 1
  while (line[from - 1] === line[index] && isLive(from - 1)) from--
  while (line[to] === line[index] && isLive(to)) to++
  return runAt(line, from, to, false)
}

const charBefore = (line: string, index: number): string => {
  const unit = line[index - 1] ?? ' '
  return /[\udc00-\udfff]/.test(unit) ? line.slice(Math.max(0, index - 2), index) : unit
}
const charAfter = (line: string, index: number): string => {
  const code = line.codePointAt(index)
  return code === undefined ? ' ' : String.fromCodePoint(code)
}

type CharKind = 'space' | 'punctuation' | 'word'

/** CommonMark 2.1: Unicode white space, and Unicode punctuation (general categories P and S). */
const kindOf = (character: string): CharKind =>
  /^[\s\p{Zs}]/u.test(character) ? 'space' : /^[\p{P}\p{S}]/u.test(character) ? 'punctuation' : 'word'

function pairEmphasis(runs: readonly Run[]): Pair[] {
  const pairs: Pair[] = []
  const openers: Run[] = []
  /** Below these heights of the stack no opener fits this kind of closer. */
  const bottoms = new Map<string, number>()
  for (const closer of runs) {
    if (closer.marker === '~') continue
    if (closer.canClose) closeWith(closer, openers, bottoms, pairs)
    if (closer.canOpen && closer.to > closer.from) openers.push(closer)
  }
  return pairs
}

function closeWith(closer: Run, openers: Run[], bottoms: Map<string, number>, pairs: Pair[]): void {
  const key = `${closer.marker}${closer.canOpen}${closer.length % 3}`
  while (closer.to > closer.from) {
    let index = openers.length - 1
    const bottom = Math.min(bottoms.get(key) ?? 0, openers.length)
    while (index >= bottom && !fits(openers[index]!, closer)) index--
    if (index < bottom) {
      bottoms.set(key, openers.length)
      return
    }
    const opener = openers[index]!
    const size = opener.to - opener.from >= 2 && closer.to - closer.from >= 2 ? 2 : 1
    opener.to -= size
    pairs.push({ open: opener.to, close: closer.from, size })
    closer.from += size
    openers.length = opener.to > opener.from ? index + 1 : index
    for (const [kind, height] of bottoms) if (height > openers.length) bottoms.set(kind, openers.length)
  }
}

/** The "multiple of 3" rule of CommonMark 6.2, rules 9 and 10. */
const fits = (opener: Run, closer: Run): boolean =>
  opener.marker === closer.marker &&
  !(
    (opener.canClose || closer.canOpen) &&
    closer.length % 3 !== 0 &&
    (opener.length + closer.length) % 3 === 0
  )

/** GFM 6.5: one or two tildes, as many on either side. */
function pairStrikes(runs: readonly Run[]): Pair[] {
  const pairs: Pair[] = []
  const openers: Run[] = []
  for (const run of runs) {
    if (run.marker !== '~' || run.length > 2) continue
    const index = run.canClose ? openers.findLastIndex((opener) => opener.length === run.length) : -1
    if (index >= 0) {
      pairs.push({ open: openers[index]!.from, close: run.from, size: run.length })
      openers.length = index
    } else if (run.canOpen) openers.push(run)
  }
  return pairs
}
