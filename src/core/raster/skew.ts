/** How far a page lies off the horizontal, and whether its lines run across or down. */
import type { Component } from './components.ts'

/** Degrees by which lines descend to the right (the scan is turned clockwise), and how marked the lines are. */
export type Skew = { readonly degrees: number; readonly contrast: number }

const WIDEST = 15
const COARSE = 0.5
const FINE = 0.05
/** Fewer letters do not make an angle. */
const FEWEST = 30
const MOST = 4_000

/**
 * Letters of a line stand on one baseline: at the right angle the feet of the letters, projected sideways, pile up
 * in few bins (Baird 1987). Descenders and dots are few and do not matter.
 */
export function skewOf(letters: readonly Component[], typeHeight: number): Skew {
  if (letters.length < FEWEST) return { degrees: 0, contrast: 0 }
  const step = Math.ceil(letters.length / MOST)
  const feet = letters.filter((_, index) => index % step === 0).map(({ x0, x1, y1 }) => [(x0 + x1) / 2, y1])
  const xs = Float64Array.from(feet, ([x]) => x!)
  const ys = Float64Array.from(feet, ([, y]) => y!)
  const bin = Math.max(1, typeHeight / 6)
  const coarse = best(xs, ys, bin, { from: -WIDEST, to: WIDEST, step: COARSE })
  const fine = best(xs, ys, bin / 2, {
    from: coarse.degrees - COARSE,
    to: coarse.degrees + COARSE,
    step: FINE,
  })
  return { degrees: Math.round(fine.degrees / FINE) * FINE, contrast: coarse.score / coarse.mean }
}

type Angles = { readonly from: number; readonly to: number; readonly step: number }

function best(xs: Float64Array, ys: Float64Array, bin: number, { from, to, step }: Angles) {
  let found = { degrees: 0, score: 0 }
  let sum = 0
  let count = 0
  for (let degrees = from; degrees <= to + step / 2; degrees += step) {
    const score = piled(xs, ys, Math.tan((degrees * Math.PI) / 180), bin)
    sum += score
    count++
    // Of equal scores the smallest angle wins: a page is straight until shown otherwise.
    if (score > found.score || (score === found.score && Math.abs(degrees) < Math.abs(found.degrees)))
      found = { degrees, score }
  }
  return { ...found, mean: sum / count }
}

/** Sum of squares of the bins, which is largest when the feet share few of them. */
function piled(xs: Float64Array, ys: Float64Array, slope: number, bin: number): number {
  const bins = new Map<number, number>()
  let score = 0
  for (let index = 0; index < xs.length; index++) {
    const place = Math.floor((ys[index]! - slope * xs[index]!) / bin)
    const before = bins.get(place) ?? 0
    score += 2 * before + 1
    bins.set(place, before + 1)
  }
  return score
}

/** The same letters seen with x and y exchanged, for text that runs down the page. */
export const sideways = (letters: readonly Component[]): Component[] =>
  letters.map(({ x0, y0, x1, y1, area }) => ({ x0: y0, y0: x0, x1: y1, y1: x1, area }))

/** Solid and as wide as high: a page of leaders has more dots than letters. */
const isDot = ({ x0, y0, x1, y1, area }: Component): boolean =>
  Math.abs(x1 - x0 - (y1 - y0)) <= 2 && area >= (x1 - x0) * (y1 - y0) * 0.75

/** Pieces of ink that may be letters, and the height most of them have (that of small letters). */
export function lettersOf(
  all: readonly Component[],
  dpi: number,
): { letters: Component[]; typeHeight: number } {
  const [least, most] = [dpi / 45, dpi / 1.5]
  const sized = all.filter(({ x0, y0, x1, y1 }) => {
    const [width, height] = [x1 - x0, y1 - y0]
    return Math.max(width, height) >= least && Math.max(width, height) <= most && Math.min(width, height) >= 2
  })
  const heights = sized
    .filter((piece) => !isDot(piece))
    .map(({ y0, y1 }) => y1 - y0)
    .sort((a, b) => a - b)
  const typeHeight = heights[Math.floor(heights.length / 2)] ?? dpi / 12
  const letters = sized.filter(({ x0, y0, x1, y1 }) => {
    const size = Math.max(x1 - x0, y1 - y0)
    return size >= typeHeight * 0.6 && size <= typeHeight * 4
  })
  return { letters, typeHeight }
}
