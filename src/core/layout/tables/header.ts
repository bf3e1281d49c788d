/** The head of a table: which lines it takes, and its cells with their spans. */
import type { CellLine } from './cell-lines.ts'
import { columnsUnder, type Gap } from './columns.ts'
import type { Rule } from './rules.ts'
import { type Chunk, isFigure } from './text-rows.ts'

/** A head longer than this is none. */
const MAX_LINES = 9

/** How many lines from the top are the head. */
export function headLines(lines: readonly CellLine[], fullRules: readonly Rule[]): number {
  const first = lines[0]
  if (!first || lines.length < 2) return 0
  const rule = fullRules.find((one) => one.at > first.baseline - 0.3 * first.size)
  if (rule) {
    const above = lines.filter((line) => line.baseline - 0.3 * line.size < rule.at).length
    if (above <= MAX_LINES && above < lines.length && !lines.slice(0, above).some(isRecord)) return above
  }
  const bold = lines.findIndex((line) => !isBold(line))
  if (bold > 0 && bold <= MAX_LINES && bold < lines.length) return bold
  const record = lines.findIndex(isRecord)
  return record > 0 && record <= MAX_LINES ? record : 0
}

const words = (line: CellLine) => line.chunks.flatMap((one) => one.words)
const isBold = (line: CellLine): boolean =>
  words(line).every((word) => word.bold || !/[\p{L}\p{N}]/u.test(word.text))

/** Mostly figures beside its first cell: a line of data. */
function isRecord(line: CellLine): boolean {
  const rest = [...line.cells].filter(([col]) => col > 0).map(([, one]) => one)
  return (
    rest.length > 0 &&
    rest.filter((one) => isFigure(one.text) && !isYear(one.text)).length > 0.5 * rest.length
  )
}

/** Years name columns as often as they fill them. */
const isYear = (text: string): boolean => /^(19|20)\d\d([-–/]\d{2,4})?$/.test(text)

export type HeadCell = {
  readonly from: number
  readonly to: number
  readonly row: number
  readonly rowSpan: number
  readonly chunks: readonly Chunk[]
}

type Draft = { from: number; to: number; level: number; chunks: Chunk[]; lastLine: number }

/** The cells of the head; `rows` is how many rows it has. */
export function headCells(
  lines: readonly CellLine[],
  { cols, gaps, rules }: { cols: number; gaps: readonly Gap[]; rules: readonly Rule[] },
): { cells: HeadCell[]; rows: number } {
  const drafts: Draft[] = []
  for (const [at, line] of lines.entries()) {
    for (const part of partsOf(line, cols, gaps, rules)) {
      const above = drafts.findLast((draft) => draft.from <= part.to && draft.to >= part.from)
      const isSame = above && above.from === part.from && above.to === part.to
      if (above && isSame && !ruleBetween(above.chunks.at(-1)!, part.chunk, rules)) {
        above.chunks.push(part.chunk)
        above.lastLine = at
      } else drafts.push({ from: part.from, to: part.to, level: 0, chunks: [part.chunk], lastLine: at })
    }
  }
  for (const draft of drafts) {
    const parents = drafts
      .slice(0, drafts.indexOf(draft))
      .filter((one) => one.from <= draft.to && one.to >= draft.from)
    draft.level = Math.max(0, ...parents.map((one) => one.level + 1))
  }
  const rows = Math.max(1, ...drafts.map((draft) => draft.level + 1))
  return { rows, cells: place(drafts, rows, cols) }
}

/** Each cell reaches down to the next one below it, the first of a column up to the top. */
function place(drafts: readonly Draft[], rows: number, cols: number): HeadCell[] {
  const out: HeadCell[] = drafts.map((draft) => {
    const below = drafts.filter(
      (one) => one.level > draft.level && one.from <= draft.to && one.to >= draft.from,
    )
    const next = Math.min(rows, ...below.map((one) => one.level))
    return {
      from: draft.from,
      to: draft.to,
      row: draft.level,
      rowSpan: next - draft.level,
      chunks: draft.chunks,
    }
  })
  for (let col = 0; col < cols; col++)
    if (!out.some((one) => one.from <= col && one.to >= col))
      out.push({ from: col, to: col, row: 0, rowSpan: rows, chunks: [] })
  return fillHoles(out, rows, cols)
}

/** Places that a wider cell's uneven children leave free get an empty cell. */
function fillHoles(cells: HeadCell[], rows: number, cols: number): HeadCell[] {
  const taken = new Set<number>()
  for (const one of cells)
    for (let row = one.row; row < one.row + one.rowSpan; row++)
      for (let col = one.from; col <= one.to; col++) taken.add(row * cols + col)
  const holes: HeadCell[] = []
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++)
      if (!taken.has(row * cols + col)) holes.push({ from: col, to: col, row, rowSpan: 1, chunks: [] })
  return [...cells, ...holes]
}

type Part = { readonly from: number; readonly to: number; readonly chunk: Chunk }

/** The line's chunks with the columns they name: those under them, or those that a line below them runs along. */
function partsOf(line: CellLine, cols: number, gaps: readonly Gap[], rules: readonly Rule[]): Part[] {
  const found: Part[] = [
    ...[...line.cells].map(([col, one]) => ({ from: col, to: col, chunk: one })),
    ...line.spans,
  ].sort((one, other) => one.chunk.x0 - other.chunk.x0)
  return found.map((part, at) => {
    const under = ruleUnder(part.chunk, rules)
    if (under) {
      const [from, to] = columnsUnder({ x0: under.from, x1: under.to }, gaps)
      if (from < to || part.from === part.to) return { from, to, chunk: part.chunk }
    }
    if (part.from === part.to) return part
    const left = found[at - 1]?.to ?? -1
    const right = found[at + 1]?.from ?? cols
    return { ...centred(part, left + 1, right - 1, gaps), chunk: part.chunk }
  })
}

/** A line right below the text and no longer than a part of the table. */
function ruleUnder(one: Chunk, rules: readonly Rule[]): Rule | undefined {
  const size = one.words[0]!.size
  const baseline = one.words[0]!.baseline
  return rules.find(
    (rule) =>
      rule.at > baseline &&
      rule.at < baseline + 1.1 * size &&
      rule.from <= one.x0 + 4 &&
      rule.to >= one.x1 - 4,
  )
}

function ruleBetween(above: Chunk, below: Chunk, rules: readonly Rule[]): boolean {
  const [a, b] = [above.words[0]!.baseline, below.words[0]!.baseline]
  return rules.some((rule) => rule.at > a && rule.at < b && rule.from < below.x1 && rule.to > below.x0)
}

/** Text over several columns stands in their middle: the range whose middle is nearest. */
function centred(part: Part, low: number, high: number, gaps: readonly Gap[]): { from: number; to: number } {
  const middle = (part.chunk.x0 + part.chunk.x1) / 2
  const edge = (col: number, side: 'left' | 'right') =>
    side === 'left' ? (gaps[col - 1]?.x1 ?? part.chunk.x0) : (gaps[col]?.x0 ?? part.chunk.x1)
  let best = { from: part.from, to: part.to }
  let least = Infinity
  for (let from = Math.max(0, low); from <= part.from; from++)
    for (let to = part.to; to <= high; to++) {
      const off = Math.abs((edge(from, 'left') + edge(to, 'right')) / 2 - middle) + 0.5 * (to - from)
      if (off < least) {
        least = off
        best = { from, to }
      }
    }
  return best
}
