/** The text of a table's area as rows of chunks: words with no more than a word space between them. */
import type { Rect, Word } from '../../doc/page.ts'
import { union } from '../geometry.ts'
import { rowsOf } from '../lines.ts'

export type Chunk = Rect & { readonly words: readonly Word[]; readonly text: string }
export type TextRow = Rect & {
  readonly chunks: readonly Chunk[]
  readonly baseline: number
  readonly size: number
}

/** A gap up to this many em is a space between words, not between cells. */
const WORD_GAP_EM = 0.55
/** Typists set two spaces after a sentence. */
const SENTENCE_GAP_EM = 0.9
const endsSentence = /\p{L}{2}[.!?:]["”’)]*$/u

export function textRowsOf(words: readonly Word[]): TextRow[] {
  return rowsOf(words).map((row) => {
    const main = row.reduce((best, word) =>
      word.text.length * word.size > best.text.length * best.size ? word : best,
    )
    return { ...union(row), chunks: chunksOf(row), baseline: main.baseline, size: main.size }
  })
}

function chunksOf(row: readonly Word[]): Chunk[] {
  const chunks: Chunk[] = []
  let from = 0
  for (let at = 1; at <= row.length; at++) {
    const [last, word] = [row[at - 1]!, row[at]]
    if (word && isWordSpace(last, word)) continue
    chunks.push(chunk(from === 0 && at === row.length ? row : row.slice(from, at)))
    from = at
  }
  return chunks
}

function isWordSpace(last: Word, word: Word): boolean {
  const gap = (word.x0 - last.x1) / Math.max(last.size, word.size)
  if (gap <= WORD_GAP_EM) return true
  return gap <= SENTENCE_GAP_EM && endsSentence.test(last.text) && /^["“‘(]?\p{Lu}/u.test(word.text)
}

export function chunk(words: readonly Word[]): Chunk {
  let text = ''
  for (const word of words) text += text === '' || word.joined ? word.text : ` ${word.text}`
  return { ...union(words), words, text }
}

const MIN_LABEL = 6

/** Left edges at which at least `least` of the rows begin a chunk that is not their first. */
export function chunkStarts(rows: readonly TextRow[], least: number): number[] {
  const left = Math.min(...rows.map((row) => row.x0)) + MIN_LABEL
  const starts = rows
    .flatMap((row) => row.chunks.flatMap(({ x0 }, at) => (at > 0 || x0 > left ? [x0] : [])))
    .sort((one, other) => one - other)
  const out: number[] = []
  for (let at = 0; at < starts.length; ) {
    let end = at
    while (end < starts.length && starts[end]! - starts[at]! < 1.5) end++
    if (end - at >= least) out.push((starts[at]! + starts[end - 1]!) / 2)
    at = end
  }
  return out
}

/** Parts chunks where a word begins right at one of the edges: the cell before it nearly fills its column. */
export function partAtStarts(row: TextRow, starts: readonly number[]): TextRow {
  if (starts.length === 0) return row
  const chunks = row.chunks.flatMap((one) => {
    const groups: Word[][] = [[]]
    for (const word of one.words) {
      const last = groups.at(-1)!.at(-1)
      const isAtStart = starts.some((x) => Math.abs(x - word.x0) < 1.2)
      if (last && isAtStart && word.x0 - last.x1 > 0.12 * word.size) groups.push([])
      groups.at(-1)!.push(word)
    }
    return groups.length === 1 ? [one] : groups.map(chunk)
  })
  return chunks.length === row.chunks.length ? row : { ...row, chunks }
}

/** Parts chunks at lines drawn between their words. */
export function partAtWalls(row: TextRow, walls: readonly number[]): TextRow {
  if (walls.length === 0) return row
  const sideOf = (word: Word) => walls.filter((wall) => wall < (word.x0 + word.x1) / 2).length
  const chunks = row.chunks.flatMap((one) => {
    const groups = Map.groupBy(one.words, sideOf)
    return groups.size === 1 ? [one] : [...groups.values()].map(chunk)
  })
  return chunks.length === row.chunks.length ? row : { ...row, chunks }
}

/** A number, amount, date or mark, as cells of figures hold: nothing that wraps. */
export const isFigure = (text: string): boolean =>
  /^[-–—−+±*†‡$€£¥~<>≤≥([]*\s*[\d.,]+([.,:/–-]\d+)*\s*(%|\)|\]|[a-zµ°]{1,3}\.?|\*+|†|‡)*$/i.test(text) ||
  /^([-–—−.…*†‡✓✔✗xX]|n\/?a|\(x\)|yes|no|tbd)$/i.test(text)
