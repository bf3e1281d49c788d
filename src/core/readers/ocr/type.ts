/** Size and weight of type, measured on the picture: engines of today do not tell. */
import type { Bitmap } from '../../raster/ink.ts'
import { type Found, HANGING, heightOf, median } from './place.ts'
import type { Sheet } from './sheet.ts'

/** Heights as shares of the font size, means over common text faces: capitals, small letters, what hangs below. */
const CAPITAL = 0.71
const SMALL = 0.49
const BELOW = 0.21
const tall = /[\p{Lu}\p{N}bdfhklß]/u
const small = /^[acemnorsuvwxzgpqy]+$/
/** Sizes closer together than this share are one size; a line of few letters tells its size less well. */
const SAME_SIZE = 0.12
const SAME_SIZE_SHORT = 0.2
const SHORT_LINE = 12

/** Font size of each word in pixels: one for each line, and one for all lines that differ by less than can be measured. */
export function sizesOf(words: readonly Found[]): number[] {
  const lines = [...Map.groupBy(words, ({ line }) => line)].map(([line, own]) => {
    const measured = own.filter((word) => sizeOf(word) !== undefined)
    return {
      line,
      size: measured.length > 0 ? median(measured.map((word) => sizeOf(word)!)) : undefined,
      weight: measured.reduce((sum, { text }) => sum + text.length, 0),
    }
  })
  const known = lines.filter((one): one is Measured => one.size !== undefined)
  const usual = median(known.flatMap(({ size, weight }) => Array<number>(weight).fill(size)))
  const settledSizes = new Map(
    lines.map(({ line, size, weight }) => [line, size === undefined ? usual : settled(size, weight, known)]),
  )
  return words.map(({ line, y0, y1 }) => settledSizes.get(line) || y1 - y0)
}

type Measured = { readonly line: number; readonly size: number; readonly weight: number }

function sizeOf(word: Found): number | undefined {
  const height = heightOf(word) - 1
  const below = HANGING.test(word.text) ? BELOW : 0
  if (tall.test(word.text)) return height / (CAPITAL + below)
  return small.test(word.text) ? height / (SMALL + below) : undefined
}

/** The weighted mean of all lines of about this size. */
function settled(size: number, weight: number, lines: readonly Measured[]): number {
  const span = size * (weight < SHORT_LINE ? SAME_SIZE_SHORT : SAME_SIZE)
  const alike = lines.filter((line) => Math.abs(line.size - size) <= span)
  const total = alike.reduce((sum, line) => sum + line.weight, 0)
  return total > 0 ? alike.reduce((sum, line) => sum + line.size * line.weight, 0) / total : size
}

/** Pixels of the original by which rendering and scanning thicken every stroke, whatever its size. */
const BLUR = 0.9

/** How thick the strokes of each word are, as a share of its size: bold type has 1.4 times the regular weight and more. */
export function weightsOf(
  words: readonly Found[],
  sizes: readonly number[],
  { bitmap, enlarged }: Sheet,
): number[] {
  const blur = BLUR * Math.max(1, enlarged)
  return words.map((word, index) => Math.max(0, stemWidth(word, bitmap) - blur) / sizes[index]!)
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

const BOLDER = 1.38
/** The same for a whole line by its median, and for the words of such a line. */
const BOLD_LINE = 1.3
const BESIDE_BOLD = 1.05
/** Words of fewer letters have too few stems to be judged alone. */
const FEW_LETTERS = 4

/** Bold is what is clearly heavier than most of the page's type; a page all of one weight is regular. */
export function boldOf(words: readonly Found[], weights: readonly number[]): boolean[] {
  const letters = words.map(({ text }) => (text.match(/[\p{L}\p{N}]/gu) ?? []).length)
  const regular = median(weights.flatMap((weight, index) => Array<number>(letters[index]!).fill(weight)))
  const limits = limitsOf(words, { letters, weights, regular })
  const own = words.map((_, index) => letters[index]! > 0 && weights[index]! > limits[index]!)
  return words.map((word, index) => {
    if (letters[index]! >= FEW_LETTERS) return own[index]!
    const beside = [index - 1, index + 1].filter(
      (at) => words[at]?.line === word.line && letters[at]! >= FEW_LETTERS,
    )
    return beside.length > 0
      ? (own[index]! && beside.some((at) => own[at])) || beside.every((at) => own[at])
      : own[index]!
  })
}

/** A line is mostly set in one weight: where that is clearly bold, its lighter words are bold too. */
function limitsOf(
  words: readonly Found[],
  { letters, weights, regular }: { letters: readonly number[]; weights: readonly number[]; regular: number },
): number[] {
  const usual = new Map(
    [...Map.groupBy(words.keys(), (index) => words[index]!.line)].map(([line, own]) => [
      line,
      median(own.flatMap((index) => Array<number>(letters[index]!).fill(weights[index]!))),
    ]),
  )
  return words.map(({ line }) => regular * (usual.get(line)! > regular * BOLD_LINE ? BESIDE_BOLD : BOLDER))
}
