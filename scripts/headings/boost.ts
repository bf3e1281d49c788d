/** Gradient boosting with logistic loss (Friedman 2001) on a few thousand rows. */
import type { BoostedTrees } from '../../src/core/layout/headings/boost.ts'

export type Row = { readonly values: readonly number[]; readonly label: 0 | 1; readonly weight: number }
export type Settings = {
  readonly trees: number
  readonly rate: number
  readonly share: number
  readonly minRows: number
  readonly seed: number
}

const settings: Settings = { trees: 120, rate: 0.08, share: 0.7, minRows: 8, seed: 1 }

export function train(
  features: readonly string[],
  rows: readonly Row[],
  use: Settings = settings,
): BoostedTrees {
  const next = random(use.seed)
  const total = rows.reduce((sum, row) => sum + row.weight, 0)
  const positive = rows.reduce((sum, row) => sum + row.weight * row.label, 0)
  const bias = Math.log(positive / (total - positive))
  const scores = new Float64Array(rows.length).fill(bias)
  const order = sortedByFeature(features.length, rows)
  const model = { asked: [] as number[][], limits: [] as number[][], leaves: [] as number[][] }
  for (let tree = 0; tree < use.trees; tree++) {
    const chosen = Uint8Array.from(rows, () => (next() < use.share ? 1 : 0))
    const slope = rows.map((row, at) => row.label - sigmoid(scores[at]!))
    const node = new Uint8Array(rows.length)
    const asked: number[] = []
    const limits: number[] = []
    for (let at = 0; at < INNER; at++) {
      const split = bestSplit(rows, { order, slope, chosen, node, at, minRows: use.minRows })
      asked.push(split.feature)
      limits.push(split.limit)
      for (let row = 0; row < rows.length; row++)
        if (node[row] === at) node[row] = 2 * at + (rows[row]!.values[split.feature]! <= split.limit ? 1 : 2)
    }
    const leaves = Array.from({ length: INNER + 1 }, (_, leaf) => {
      let [up, down] = [0, 1e-9]
      for (let row = 0; row < rows.length; row++) {
        if (node[row] !== leaf + INNER || !chosen[row]) continue
        const p = sigmoid(scores[row]!)
        up += rows[row]!.weight * slope[row]!
        down += rows[row]!.weight * p * (1 - p)
      }
      return round(use.rate * Math.max(-4, Math.min(4, up / down)))
    })
    for (let row = 0; row < rows.length; row++) scores[row]! += leaves[node[row]! - INNER]!
    model.asked.push(asked)
    model.limits.push(limits.map(round))
    model.leaves.push(leaves)
  }
  return { features, bias: round(bias), ...model }
}

/** Questions of a tree of depth two. */
const INNER = 3

const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score))
const round = (value: number): number => (Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : 1e9)

function sortedByFeature(count: number, rows: readonly Row[]): Uint32Array[] {
  return Array.from({ length: count }, (_, feature) =>
    Uint32Array.from(rows.keys()).sort(
      (one, other) => rows[one]!.values[feature]! - rows[other]!.values[feature]!,
    ),
  )
}

type At = {
  readonly order: readonly Uint32Array[]
  readonly slope: readonly number[]
  readonly chosen: Uint8Array
  readonly node: Uint8Array
  readonly at: number
  readonly minRows: number
}

/** The question that leaves the least squared error; one that all pass when none helps. */
function bestSplit(
  rows: readonly Row[],
  { order, slope, chosen, node, at, minRows }: At,
): { feature: number; limit: number } {
  let [weight, sum, count] = [0, 0, 0]
  for (let row = 0; row < rows.length; row++) {
    if (node[row] !== at || !chosen[row]) continue
    weight += rows[row]!.weight
    sum += rows[row]!.weight * slope[row]!
    count++
  }
  let best = { feature: 0, limit: Number.POSITIVE_INFINITY }
  let gain = 1e-6
  for (const [feature, sorted] of order.entries()) {
    let [w, s, n, before] = [0, 0, 0, Number.NaN]
    for (const row of sorted) {
      if (node[row] !== at || !chosen[row]) continue
      const value = rows[row]!.values[feature]!
      if (n >= minRows && count - n >= minRows && value > before) {
        const better = (s * s) / w + (sum - s) ** 2 / (weight - w) - (sum * sum) / weight
        if (better > gain) {
          gain = better
          // Rounded as it will be stored, so that training and use agree.
          best = { feature, limit: round((before + value) / 2) }
        }
      }
      w += rows[row]!.weight
      s += rows[row]!.weight * slope[row]!
      n++
      before = value
    }
  }
  return best
}

/** Mulberry32: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
