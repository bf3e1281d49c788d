/** How long one file may take. Parent and child compute it from the same events, so they agree without talking. */
import type { Limits, Progress } from '../../core/index.ts'

type Clock = Pick<Limits, 'baseMillis' | 'millisPerPage' | 'ocrMillisPerPage' | 'maxMillis'>

export type Budget = {
  /** Learns from progress: more pages, and pages that are recognised, earn more time. */
  see(progress: Progress): void
  /** Milliseconds from the start after which the child is killed. */
  hard(): number
  /** Milliseconds from the start after which readers finish the page at hand and return what there is. */
  soft(): number
}

/** Kept for layout and writing after the reader has stopped. */
const GRACE_SHARE = 0.2
const GRACE_MAX = 30_000

export function createBudget(limits: Clock, fixed: number | undefined): Budget {
  let pages = 0
  const recognised = new Set<number>()
  const hard = () =>
    fixed ??
    Math.min(
      limits.maxMillis,
      limits.baseMillis + pages * limits.millisPerPage + recognised.size * limits.ocrMillisPerPage,
    )
  return {
    see(progress) {
      pages = Math.max(pages, progress.pages ?? 0)
      if (progress.stage === 'recognising') recognised.add(progress.page ?? 0)
    },
    hard,
    soft: () => hard() - Math.min(GRACE_MAX, hard() * GRACE_SHARE),
  }
}
