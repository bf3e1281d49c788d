/** Levels of headings: stated ones, then numbers, then how the styles rank. */
import { labelOf } from '../numbering.ts'
import { levelBesideTags } from './beside-tags.ts'
import { withoutCoverStyles } from './cover.ts'
import type { Candidate } from './features.ts'

/** What a heading rests on before levels are settled. `level`: where the source states one. */
export type Found = {
  readonly candidate: Candidate
  readonly level?: number
  readonly confidence: number
  readonly evidence: readonly string[]
}

/** Sizes that differ less are one. */
const SAME_SIZE = 0.04
const DEEPEST = 6

/** `cover`: what of the document is set in sizes of its own. */
export function levelsOf(found: readonly Found[], cover: ReadonlySet<Candidate>): number[] {
  const ranks = withoutCoverStyles(
    ranksOf(found),
    found.map(({ candidate }) => cover.has(candidate)),
  )
  const depths = depthsOf(found)
  const stated = baseOfNumbers(ranks, depths)
  const base = stated === undefined ? undefined : withinLevels(stated, depths)
  const shared = levelsOfStyles(found, ranks, depths)
  const placed = found.map(({ candidate, level, evidence }, at) => ({
    rank: ranks[at]!,
    isLabelled: labelOf(candidate.text) !== undefined,
    depth: depths[at],
    tagged: evidence.includes('tag') ? level : undefined,
  }))
  const besideTags = levelBesideTags(placed)
  return found.map(({ level, evidence }, at) => {
    if (level !== undefined)
      return Math.min(6, evidence.includes('tag') ? level : (shared.get(ranks[at]!) ?? level))
    if (besideTags) return Math.max(1, Math.min(6, besideTags(placed[at]!)))
    const depth = depths[at]
    // Numbered headings keep the distances their numbers state.
    if (depth !== undefined && base !== undefined) return Math.max(1, Math.min(6, base + depth))
    return Math.min(6, ranks[at]!)
  })
}

/** Parts of its number; "SECTION C" is the number C where headings are numbered C.1, and "SECTION A" beside it is A. */
function depthsOf(found: readonly Found[]): (number | undefined)[] {
  const labels = found.map(({ candidate }) => labelOf(candidate.text))
  const firsts = new Set(
    labels.flatMap((label) => (label?.kind === 'decimal' && label.depth > 1 ? [firstPart(label.text)] : [])),
  )
  const words = new Set(
    labels.flatMap((label) => {
      const [word, number] = label?.kind === 'section' ? label.text.split(/\s+/) : []
      return word && firsts.has(number!) ? [word] : []
    }),
  )
  return labels.map((label) => {
    if (label?.kind === 'decimal') return label.depth
    return label?.kind === 'section' && words.has(label.text.split(/\s+/)[0]!) ? 1 : undefined
  })
}

/** The parts of a number all need a level of their own, above it and, where a title page took the first ones, below. */
function withinLevels(base: number, depths: readonly (number | undefined)[]): number {
  const known = depths.filter((depth) => depth !== undefined)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  return Math.max(1 - least, base + least < DEEPEST ? base : DEEPEST - most)
}

const firstPart = (number: string): string => number.split(/[.-]/)[0]!

/** An outline closes up levels that are skipped: headings of one style without numbers share the deepest it gives. */
function levelsOfStyles(
  found: readonly Found[],
  ranks: readonly number[],
  depths: readonly (number | undefined)[],
): Map<number, number> {
  const out = new Map<number, number>()
  for (const [at, { level }] of found.entries()) {
    if (level === undefined || depths[at] !== undefined) continue
    out.set(ranks[at]!, Math.max(out.get(ranks[at]!) ?? 0, level))
  }
  for (const [at, depth] of depths.entries()) if (depth !== undefined) out.delete(ranks[at]!)
  return out
}

/** Where the numbers of depth 0 would stand, if the numbered headings agree with their styles at all. */
function baseOfNumbers(
  ranks: readonly number[],
  depths: readonly (number | undefined)[],
): number | undefined {
  const offsets = depths.flatMap((depth, at) => (depth === undefined ? [] : [ranks[at]! - depth]))
  if (offsets.length < 3) return undefined
  const counts = new Map<number, number>()
  for (const offset of offsets) counts.set(offset, (counts.get(offset) ?? 0) + 1)
  const [[best, count]] = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]) as [
    [number, number],
  ]
  return count >= 0.4 * offsets.length ? best : undefined
}

/** Styles from the most to the least prominent, as ranks from 1. */
function ranksOf(found: readonly Found[]): number[] {
  const styles = found.map(({ candidate: { block } }) => {
    const line = block.lines[0]!
    const isBold = block.lines.every((one) => one.isBold)
    const weight = (isBold ? 2 : 0) - (line.isItalic ? 0.5 : 0)
    return { size: line.size, weight }
  })
  const steps: { size: number; weight: number }[] = []
  for (const style of styles.toSorted((one, other) => other.size - one.size || other.weight - one.weight)) {
    const isKnown = steps.some(
      (step) => Math.abs(step.size - style.size) <= SAME_SIZE * step.size && step.weight === style.weight,
    )
    if (!isKnown) steps.push(style)
  }
  steps.sort((one, other) =>
    Math.abs(one.size - other.size) <= SAME_SIZE * one.size
      ? other.weight - one.weight
      : other.size - one.size,
  )
  return styles.map(
    (style) =>
      1 +
      steps.findIndex(
        (step) => Math.abs(step.size - style.size) <= SAME_SIZE * step.size && step.weight === style.weight,
      ),
  )
}
