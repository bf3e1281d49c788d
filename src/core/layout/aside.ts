/** Words that do not run with the text: set sideways in a head's cells or along the margin, slanted, or behind it. */
import type { Page, Word } from '../doc/page.ts'
import { overlap, union } from './geometry.ts'
import { median } from './numbers.ts'

export type AsideWords = {
  /** Runs of words set sideways, as words that stand level in the same place. */
  readonly sideways: readonly (readonly Word[])[]
  /** Slanted, or large and pale behind the text. */
  readonly watermark: readonly Word[]
}

/** How much larger than the text a word behind it is, and how many words it lies under at least. */
const LARGER = 2.2
const MIN_UNDER = 2
/** Of 255: lighter is pale. */
const PALE = 150

export function asideWords({ words }: Page): AsideWords {
  const turned = words.filter(({ rotation }) => rotation !== undefined)
  const [quarter, slanted] = [turned.filter(isQuarter), turned.filter((word) => !isQuarter(word))]
  return {
    sideways: runsOf(quarter).map(level),
    watermark: [...slanted, ...behindText(words)],
  }
}

const isQuarter = ({ rotation }: Word): boolean => rotation === 90 || rotation === 270

function behindText(words: readonly Word[]): Word[] {
  const isPale = ({ color }: Word) =>
    color !== undefined && [1, 3, 5].every((at) => Number.parseInt(color.slice(at, at + 2), 16) > PALE)
  const pale = words.filter((word) => word.rotation === undefined && isPale(word))
  if (pale.length === 0 || pale.length > 0.2 * words.length) return []
  const size = median(words.map((word) => word.size))
  return pale.filter((word) => {
    if (word.size < LARGER * size) return false
    const under = words.filter(
      (one) =>
        one.size < word.size / LARGER + 1 &&
        overlap(one.x0, one.x1, word.x0, word.x1) > 0 &&
        overlap(one.y0, one.y1, word.y0, word.y1) > 0,
    )
    return under.length >= MIN_UNDER
  })
}

/** Words on one line, one after the other along the way they run. */
function runsOf(words: readonly Word[]): Word[][] {
  const start = ({ rotation, y0, y1 }: Word) => (rotation === 90 ? -y1 : y0)
  const end = ({ rotation, y0, y1 }: Word) => (rotation === 90 ? -y0 : y1)
  const runs: Word[][] = []
  for (const word of words.toSorted(
    (one, other) => one.baseline - other.baseline || start(one) - start(other),
  )) {
    const run = runs.find((one) => {
      const last = one.at(-1)!
      const gap = start(word) - end(last)
      return (
        last.rotation === word.rotation &&
        Math.abs(last.baseline - word.baseline) < 0.3 * word.size &&
        gap > -0.5 * word.size &&
        gap < word.size
      )
    })
    if (run) run.push(word)
    else runs.push([word])
  }
  return runs
}

/** The run as level words side by side in its own place, standing on its foot. */
function level(run: readonly Word[]): Word[] {
  const { x0, x1, y1 } = union(run)
  const step = (x1 - x0) / run.length
  const size = Math.min(...run.map((word) => word.size))
  return run.map(({ rotation: _, ...word }, at) => ({
    ...word,
    size,
    ...{ x0: x0 + at * step, x1: x0 + (at + 1) * step, y0: y1 - size, y1, baseline: y1 - 0.2 * size },
  }))
}
