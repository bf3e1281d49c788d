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

type Row = { words: Word[]; baseline: number; size: number }

/** Words that stand on one baseline; super- and subscripts go with the row they lean on. */
export function rowsOf(words: readonly Word[]): Word[][] {
  const sorted = words.toSorted((one, other) => one.baseline - other.baseline || one.x0 - other.x0)
  const rows: Row[] = []
  for (const word of sorted) {
    const row = rows.at(-1)
    if (row && Math.abs(row.baseline - word.baseline) <= 0.22 * Math.min(row.size, word.size)) {
      row.words.push(word)
      if (word.size > row.size) {
        row.size = word.size
        row.baseline = word.baseline
      }
    } else rows.push({ words: [word], baseline: word.baseline, size: word.size })
  }
  attachScripts(rows)
  return rows.filter((row) => row.words.length > 0).map((row) => fromLeft(row.words))
}

/** Most rows stand in order already, which is quicker seen than sorted. */
function fromLeft(words: Word[]): Word[] {
  for (let at = 1; at < words.length; at++)
    if (words[at]!.x0 < words[at - 1]!.x0) return words.sort((one, other) => one.x0 - other.x0)
  return words
}

/** A word this much smaller than its neighbour, raised or lowered, is a script of it. */
const SCRIPT_SIZE = 0.86

/** Moves small words beside bigger ones of a row nearby into that row. */
function attachScripts(rows: readonly Row[]): void {
  const isNear = (row: Row, other: Row | undefined): other is Row =>
    other !== undefined && Math.abs(other.baseline - row.baseline) < 0.6 * other.size
  for (const [at, row] of rows.entries()) {
    const near: Row[] = []
    for (let step = -3; step <= 3; step++) {
      const other = step === 0 ? undefined : rows[at + step]
      if (isNear(row, other)) near.push(other)
    }
    if (near.length === 0) continue
    for (const word of [...row.words]) {
      const home = near.find(
        (other) =>
          other.words.length > 0 &&
          other.size * SCRIPT_SIZE > word.size &&
          other.words.some((big) => leansOn(word, big)),
      )
      if (!home) continue
      row.words.splice(row.words.indexOf(word), 1)
      home.words.push(word)
    }
  }
}

function leansOn(small: Word, big: Word): boolean {
  if (small.size > SCRIPT_SIZE * big.size) return false
  const gap = Math.max(small.x0 - big.x1, big.x0 - small.x1)
  return gap < 0.35 * big.size && overlap(small.y0, small.y1, big.y0, big.y1) > 0
}

function splitRow(words: readonly Word[]): Segment[] {
  const out: Segment[] = []
  let run: Word[] = []
  for (const word of words) {
    const last = run.at(-1)
    if (last) {
      const gap = word.x0 - last.x1
      const size = Math.max(last.size, word.size)
      if (gap > WIDE_GAP_EM * size && gap > WIDE_GAP_RATIO * usualGap(words)) {
        out.push(segment(run))
        run = []
      }
    }
    run.push(word)
  }
  if (run.length > 0) out.push(segment(run))
  return out
}

/** 0: the row has too few gaps to tell. */
function usualGap(words: readonly Word[]): number {
  const gaps: number[] = []
  for (let at = 1; at < words.length; at++) {
    const gap = words[at]!.x0 - words[at - 1]!.x1
    if (gap > 0 && !words[at]!.joined) gaps.push(gap)
  }
  return gaps.length >= 4 ? quantile(gaps, 0.4) : 0
}

export function segment(words: readonly Word[]): Segment {
  const main = dominant(words)
  return { ...union(words), words, baseline: main.baseline, size: main.size }
}

/** The word whose style most characters share. */
function dominant(words: readonly Word[]): Word {
  if (areOfOneSize(words)) return words[0]!
  const weights = new Map<number, { word: Word; chars: number }>()
  for (const word of words) {
    const key = Math.round(word.size * 4)
    const entry = weights.get(key) ?? { word, chars: 0 }
    entry.chars += word.text.length
    weights.set(key, entry)
  }
  return [...weights.values()].reduce((best, entry) => (entry.chars > best.chars ? entry : best)).word
}

function areOfOneSize(words: readonly Word[]): boolean {
  const { size } = words[0]!
  for (const word of words) if (word.size !== size) return false
  return true
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
