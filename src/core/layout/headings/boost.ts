/** Boosted trees of depth two, each four numbers chosen by three questions. */

export type BoostedTrees = {
  readonly features: readonly string[]
  readonly bias: number
  /** For each tree the features asked about, in heap order: the children of node n are 2n + 1 and 2n + 2. */
  readonly asked: readonly (readonly number[])[]
  readonly limits: readonly (readonly number[])[]
  readonly leaves: readonly (readonly number[])[]
}

const INNER = 3

/** The probability that the trees give to what they were taught to tell. */
export function probability(
  { bias, asked, limits, leaves }: BoostedTrees,
  values: readonly number[],
): number {
  let score = bias
  for (const [at, features] of asked.entries()) {
    let node = 0
    while (node < INNER) node = 2 * node + (values[features[node]!]! <= limits[at]![node]! ? 1 : 2)
    score += leaves[at]![node - INNER]!
  }
  return 1 / (1 + Math.exp(-score))
}
