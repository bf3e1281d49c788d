/** Levels of headings that the structure tree calls paragraphs, among those that it names with their level. */

/** `rank`: 1 for the most prominent style. `depth`: parts of the printed number. */
export type Placed = {
  readonly rank: number
  readonly depth: number | undefined
  readonly isLabelled: boolean
  /** By the tree. */
  readonly tagged: number | undefined
}

const MOSTLY = 0.8

/** @returns undefined when the tree states no level at all */
export function levelBesideTags(placed: readonly Placed[]): ((one: Placed) => number) | undefined {
  const stated = placed.flatMap(({ tagged, ...one }) =>
    tagged === undefined ? [] : [{ ...one, level: tagged }],
  )
  if (stated.length === 0) return undefined
  const base = commonest(stated.flatMap(({ depth, level }) => (depth === undefined ? [] : [level - depth])))
  const styles = Map.groupBy(stated, ({ rank }) => rank)
  const levelOf = (rank: number): number => commonest(styles.get(rank)!.map(({ level }) => level))!
  return ({ rank, depth, isLabelled }) => {
    if (depth !== undefined && base !== undefined) return base + depth
    const above = [...styles.keys()].filter((one) => one <= rank)
    if (above.length === 0) return Math.min(...stated.map(({ level }) => level)) - 1
    const nearest = Math.max(...above)
    // Without a number in the style of numbered headings: a title inside one of those.
    const peers = styles.get(nearest)!
    const isInside = !isLabelled && peers.filter((one) => one.isLabelled).length >= MOSTLY * peers.length
    return levelOf(nearest) + (nearest < rank || isInside ? 1 : 0)
  }
}

function commonest(values: readonly number[]): number | undefined {
  const counts = [...Map.groupBy(values, (value) => value)].map(
    ([value, all]) => [value, all.length] as const,
  )
  return counts.sort((one, other) => other[1] - one[1] || one[0] - other[0])[0]?.[0]
}
