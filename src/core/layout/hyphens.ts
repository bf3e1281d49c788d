/** Does a hyphen at a line's end belong to the word, or only break it? The document's own words tell. */
import type { Line } from './text.ts'

export type Hyphens = {
  /** True when the two parts are one word without the hyphen. */
  joins(before: string, after: string): boolean
}

/** First parts that take a hyphen in English, and second parts that follow one. */
const PREFIXES = new Set(
  'self non well high low long short full half cross multi post pre mid co ex all anti semi near third single double two three four five six large small real state best cost open user time'.split(
    ' ',
  ),
)
const SUFFIXES = new Set(
  'based related specific wide level term free like driven party quality side line ready only oriented compliant approved owned led funded controlled scale time site going house'.split(
    ' ',
  ),
)
/** A document that breaks words ends at least this share of its lines in a hyphen. */
const BREAKS = 0.02

/** Learns at the first question: documents that break no word need not be read for it. */
export function learnHyphens(lines: Iterable<Line>): Hyphens {
  let learnt: Hyphens | undefined
  return {
    joins(before, after) {
      learnt ??= learn(lines)
      return learnt.joins(before, after)
    },
  }
}

function learn(lines: Iterable<Line>): Hyphens {
  const words = new Set<string>()
  const compounds = new Set<string>()
  let all = 0
  let broken = 0
  for (const { text } of lines) {
    all++
    if (/\p{L}[-\u2010]$/u.test(text)) broken++
    // The last word may be a part of one; so may the first.
    const tokens = text.toLowerCase().match(/[\p{L}]+(?:[-\u2010'’][\p{L}]+)*/gu) ?? []
    for (const token of tokens.slice(1, -1)) {
      if (/[-\u2010]/.test(token)) compounds.add(token.replace(/\u2010/g, '-'))
      else words.add(token)
    }
  }
  const breaksWords = broken > BREAKS * all
  return {
    joins(before, after) {
      const [a, b] = [before.toLowerCase(), after.toLowerCase()]
      if (words.has(a + b)) return true
      if (compounds.has(`${a}-${b}`)) return false
      if (PREFIXES.has(a) || SUFFIXES.has(b)) return false
      if (words.has(a) && words.has(b) && b.length > 3) return false
      return breaksWords
    },
  }
}
