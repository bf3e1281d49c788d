/** Size and weight of type, measured on the picture: engines of today do not tell. */
import type { Bitmap } from '../../raster/ink.ts'
import { type Found, heightOf, median } from './place.ts'

/** Heights over the baseline as shares of the font size, means over common text faces. */
const CAPITAL = 0.69
const SMALL = 0.48
const tall = /[\p{Lu}\p{N}bdfhklß]/u
const small = /^[acemnorsuvwxz]+$/
/** Sizes closer together than this share are one size. */
const SAME_SIZE = 0.12

/** Font size of each word in pixels: one for each line, and one for all lines that differ by less than can be measured. */
export function sizesOf(words: readonly Found[]): number[] {
  const lines = Map.groupBy(words, ({ line }) => line)
  const sizeOfLine = new Map<number, number>()
  for (const [line, own] of lines) {
    const sizes = own.flatMap((word) => measured(word) ?? [])
    sizeOfLine.set(line, sizes.length > 0 ? median(sizes) : median(own.map(heightOf)) / CAPITAL)
  }
  const weights = [...lines].map(([line, own]) => ({
    size: sizeOfLine.get(line)!,
    weight: own.reduce((sum, { text }) => sum + text.length, 0),
  }))
  return words.map(({ line }) => settled(sizeOfLine.get(line)!, weights))
}

function measured({ text, y0, baseline }: Found): number | undefined {
  const rise = baseline - y0
  if (rise <= 0) return undefined
  if (tall.test(text)) return rise / CAPITAL
  return small.test(text) ? rise / SMALL : undefined
}

/** The weighted mean of all lines of about this size. */
function settled(size: number, lines: readonly { size: number; weight: number }[]): number {
  let sum = 0
  let weight = 0
  for (const line of lines)
    if (Math.abs(line.size - size) <= size * SAME_SIZE) {
      sum += line.size * line.weight
      weight += line.weight
    }
  return weight > 0 ? sum / weight : size
}

/** How thick the strokes of each word are, as a share of its size: bold type has 1.4 times the regular weight and more. */
export function weightsOf(words: readonly Found[], sizes: readonly number[], bitmap: Bitmap): number[] {
  return words.map((word, index) => stemWidth(word, bitmap) / sizes[index]!)
}

/** Median length of the ink runs in a row, through the part of the letters that is mostly stems. */
function stemWidth({ x0, y0, x1, baseline }: Found, { width, bits, height }: Bitmap): number {
  const runs: number[] = []
  const from = Math.max(0, Math.round(y0))
  const to = Math.min(height, Math.round(baseline))
  for (let y = from; y < to; y++) {
    let run = 0
    for (let x = Math.max(0, Math.floor(x0)); x <= Math.min(width - 1, Math.ceil(x1)); x++) {
      if (bits[y * width + x]) run++
      else if (run > 0) {
        runs.push(run)
        run = 0
      }
    }
  }
  return mean(runs.sort((a, b) => a - b))
}

/** Mean of the middle half: crossbars are long, edges short. */
function mean(sorted: readonly number[]): number {
  const middle = sorted.slice(Math.floor(sorted.length * 0.25), Math.ceil(sorted.length * 0.75))
  return middle.reduce((sum, run) => sum + run, 0) / Math.max(1, middle.length)
}

const BOLDER = 1.32

/** Bold is what is clearly heavier than most of the page's type; a page all of one weight is regular. */
export function boldOf(words: readonly Found[], weights: readonly number[]): boolean[] {
  const spread = words.flatMap(({ text }, index) => Array<number>(text.length).fill(weights[index]!))
  const regular = median(spread)
  return words.map(({ text }, index) => weights[index]! > regular * BOLDER && /[\p{L}\p{N}]/u.test(text))
}
