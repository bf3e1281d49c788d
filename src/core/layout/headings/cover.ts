/** Title pages are set in sizes of their own, which say nothing of the levels below. */
import type { Candidate } from './features.ts'

/** From here on text runs; what stands above are titles, names and dates. */
const RUNNING = 200

/** What stands in front of the first running text. */
export function coverOf(candidates: readonly Candidate[]): ReadonlySet<Candidate> {
  const first = candidates.findIndex(({ text }) => text.length > RUNNING)
  return new Set(candidates.slice(0, Math.max(0, first)))
}

/** Ranks as if all styles that only the cover has were two: the title's and that of the rest. */
export function withoutCoverStyles(ranks: readonly number[], isOnCover: readonly boolean[]): number[] {
  const inText = new Set(ranks.filter((_, at) => !isOnCover[at]))
  if (inText.size === 0) return [...ranks]
  const top = Math.min(...ranks)
  const above = (rank: number) => [...inText].filter((one) => one < rank).length
  const title = inText.has(top) ? 0 : 1
  return ranks.map((rank) => (rank === top ? 1 : 1 + title + above(rank)))
}
