/** Words → segments (runs of words with no wide gap) → lines. */
import type { Rect, Word } from '../doc/page.ts'
import { center, height, overlap, union } from './geometry.ts'
import { quantile } from './numbers.ts'

/** A run of words on one baseline without a gap that could part columns or cells. */
export type Segment = Rect & {
  readonly words: readonly Word[]
  readonly baseline: number
  /** Type size of most of its characters. */
  readonly size: number
}

/** A gap wider than this many em, and than this many times the usual gap of the row, parts segments. */
const WIDE_GAP_EM = 0.9
const WIDE_GAP_RATIO = 2.4

/** All words of the page as segments, ordered by baseline, then from left to right. */
export function segmentsOf(words: readonly Word[]): Segment[] {
  return rowsOf(words).flatMap(splitRow)
}

/** Words that stand on one baseline; super- and subscripts go with the row they lean on. */
export function rowsOf(words: readonly Word[]): Word[][] {
  const big = words.toSorted((one, other) => one.baseline - other.baseline || one.x0 - other.x0)
  const rows: { words: Word[]; baseline: number; y0: number; y1: number; size: number }[] = []
  for (const word of big) {
    let home: (typeof rows)[number] | undefined
    for (let at = rows.length - 1; at >= 0 && at >= rows.length - 6; at--) {
      const row = rows[at]!
      const size = Math.max(row.size, word.size)
      const near = Math.abs(row.baseline - word.baseline)
      if (near <= 0.22 * Math.min(row.size, word.size) || (near < 0.55 * size && isScript(row, word))) {
        home = row
        break
      }
    }
    if (!home) {
      rows.push({ words: [word], baseline: word.baseline, y0: word.y0, y1: word.y1, size: word.size })
      continue
    }
    home.words.push(word)
    if (word.size > home.size * 1.05) {
      home.size = word.size
      home.baseline = word.baseline
    }
    home.y0 = Math.min(home.y0, word.y0)
    home.y1 = Math.max(home.y1, word.y1)
  }
  return rows.map(({ words: inRow }) => inRow.sort((one, other) => one.x0 - other.x0))
}

/** A clearly smaller word beside a bigger one, raised or lowered. */
function isScript(row: { words: Word[]; size: number }, word: Word): boolean {
  const ratio = Math.min(row.size, word.size) / Math.max(row.size, word.size)
  if (ratio > 0.86) return false
  return row.words.some((other) => {
    const gap = Math.max(word.x0 - other.x1, other.x0 - word.x1)
    return gap < 0.35 * Math.max(other.size, word.size) && overlap(word.y0, word.y1, other.y0, other.y1) > 0
  })
}

function splitRow(words: readonly Word[]): Segment[] {
  const gaps: number[] = []
  for (let at = 1; at < words.length; at++) {
    const gap = words[at]!.x0 - words[at - 1]!.x1
    if (gap > 0 && !words[at]!.joined) gaps.push(gap)
  }
  const usual = gaps.length >= 4 ? quantile(gaps, 0.4) : 0
  const out: Segment[] = []
  let run: Word[] = []
  for (const word of words) {
    const last = run.at(-1)
    if (last) {
      const gap = word.x0 - last.x1
      const size = Math.max(last.size, word.size)
      if (gap > WIDE_GAP_EM * size && gap > WIDE_GAP_RATIO * usual) {
        out.push(segment(run))
        run = []
      }
    }
    run.push(word)
  }
  if (run.length > 0) out.push(segment(run))
  return out
}

export function segment(words: readonly Word[]): Segment {
  const main = dominant(words)
  return { ...union(words), words, baseline: main.baseline, size: main.size }
}

/** The word whose style most characters share. */
function dominant(words: readonly Word[]): Word {
  const weights = new Map<string, { word: Word; chars: number }>()
  for (const word of words) {
    const key = `${Math.round(word.size * 4)}`
    const entry = weights.get(key) ?? { word, chars: 0 }
    entry.chars += word.text.length
    weights.set(key, entry)
  }
  return [...weights.values()].reduce((best, entry) => (entry.chars > best.chars ? entry : best)).word
}

/** Segments of one region as lines: those on one baseline become one, from left to right. */
export function linesOf(segments: readonly Segment[]): Segment[] {
  const sorted = segments.toSorted((one, other) => one.baseline - other.baseline || one.x0 - other.x0)
  const lines: Segment[][] = []
  for (const one of sorted) {
    const line = lines.at(-1)
    const first = line?.[0]
    if (first && Math.abs(first.baseline - one.baseline) < 0.3 * Math.min(first.size, one.size))
      line!.push(one)
    else if (first && Math.abs(center(first) - center(one)) < 0.25 * Math.min(height(first), height(one)))
      line!.push(one)
    else lines.push([one])
  }
  return lines.map((line) =>
    line.length === 1
      ? line[0]!
      : segment(line.sort((one, other) => one.x0 - other.x0).flatMap((one) => one.words)),
  )
}
