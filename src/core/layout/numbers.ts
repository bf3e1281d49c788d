/** The value below which the given share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The key with the greatest total weight. */
export function heaviest<K>(weights: ReadonlyMap<K, number>): K | undefined {
  let best: K | undefined
  let most = -Infinity
  for (const [key, weight] of weights) {
    if (weight > most) {
      most = weight
      best = key
    }
  }
  return best
}
