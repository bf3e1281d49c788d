/** Drawn strokes → ruling lines: pieces on one line become one. */
import type { Rect } from '../../doc/page.ts'

/** A line along one axis: `at` is its place across, `from`–`to` its reach along. */
export type Rule = { readonly at: number; readonly from: number; readonly to: number }
export type Rules = { readonly across: readonly Rule[]; readonly down: readonly Rule[] }

/** Pieces this near across the line are the same line (double rules included). */
const SAME_LINE = 2.2
/** Pieces this far apart along the line are still joined (dashes). */
const JOIN_GAP = 3.5
/** Shorter ones are ticks, dots and parts of letters. */
const MIN_LENGTH = 6

export function rulesOf(strokes: readonly Rect[]): Rules {
  const across: Rule[] = []
  const down: Rule[] = []
  for (const { x0, y0, x1, y1 } of strokes) {
    if (x1 - x0 >= y1 - y0) across.push({ at: (y0 + y1) / 2, from: x0, to: x1 })
    else down.push({ at: (x0 + x1) / 2, from: y0, to: y1 })
  }
  return { across: joined(across), down: joined(down) }
}

function joined(pieces: readonly Rule[]): Rule[] {
  const sorted = pieces.toSorted((one, other) => one.at - other.at)
  const out: Rule[] = []
  let group: Rule[] = []
  for (const piece of sorted) {
    if (group.length > 0 && piece.at - group[0]!.at > SAME_LINE) {
      out.push(...joinAlong(group))
      group = []
    }
    group.push(piece)
  }
  out.push(...joinAlong(group))
  return out.filter(({ from, to }) => to - from >= MIN_LENGTH)
}

function joinAlong(group: readonly Rule[]): Rule[] {
  const out: { at: number; from: number; to: number; weight: number }[] = []
  for (const { at, from, to } of group.toSorted((one, other) => one.from - other.from)) {
    const last = out.at(-1)
    if (last && from - last.to <= JOIN_GAP) {
      const weight = to - from
      last.at = (last.at * last.weight + at * weight) / (last.weight + weight || 1)
      last.weight += weight
      last.to = Math.max(last.to, to)
    } else out.push({ at, from, to, weight: to - from })
  }
  return out.map(({ at, from, to }) => ({ at, from, to }))
}
