/** How long each stage of a job took, told by its progress. */
import type { Progress } from '../../core/index.ts'

type Stage = { readonly stage: string; readonly from: number; readonly to: number }

/** Before the reader says anything the file is fetched and waits for a process. */
const FIRST = 'opening'

export function timeStages(now: () => number = Date.now) {
  const past: Stage[] = []
  let current = { stage: FIRST, from: now() }
  const turn = (stage: string): void => {
    if (stage === current.stage) return
    past.push({ ...current, to: now() })
    current = { stage, from: now() }
  }
  return {
    see: ({ stage }: Progress): void => turn(stage),
    /** All of them, once the work is over. What comes twice stands twice. */
    ended: (): readonly Stage[] => {
      turn('')
      return past
    },
  }
}
