/** Which pixels are ink: a local threshold, because scans and photographs are lit unevenly. */
import type { Picture } from '../ocr.ts'

/** One byte a pixel: 1 ink, 0 paper. */
export type Bitmap = { readonly width: number; readonly height: number; readonly bits: Uint8Array }

/** Ink is darker than the mean of its surroundings by this share (Bradley and Roth 2007 use 0.15). */
const DARKER = 0.15
/** Differences smaller than this are grain of paper and scanner, whatever the share. */
const GRAIN = 24
/** What is this dark is ink even in the middle of a black area, where the surroundings are as dark. */
const BLACK = 64

export function toBitmap({ width, height, grey, dpi }: Picture): Bitmap {
  const bits = new Uint8Array(width * height)
  const radius = Math.max(4, Math.round(dpi / 12))
  const columns = new Float64Array(width)
  const rowsAt = (y: number, sign: 1 | -1) => {
    for (let x = 0, at = y * width; x < width; x++) columns[x]! += sign * grey[at + x]!
  }
  for (let y = 0; y < Math.min(radius, height); y++) rowsAt(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + radius < height) rowsAt(y + radius, 1)
    if (y - radius - 1 >= 0) rowsAt(y - radius - 1, -1)
    const rows = Math.min(y + radius, height - 1) - Math.max(y - radius, 0) + 1
    let sum = 0
    for (let x = 0; x < Math.min(radius, width); x++) sum += columns[x]!
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (x + radius < width) sum += columns[x + radius]!
      if (x - radius - 1 >= 0) sum -= columns[x - radius - 1]!
      const count = rows * (Math.min(x + radius, width - 1) - Math.max(x - radius, 0) + 1)
      const mean = sum / count
      const value = grey[at]!
      if (value < BLACK ? mean > BLACK || value < BLACK / 2 : mean - value > Math.max(mean * DARKER, GRAIN))
        bits[at] = 1
    }
  }
  return { width, height, bits }
}

export function inkShare({ bits }: Bitmap): number {
  let count = 0
  for (const bit of bits) count += bit
  return count / bits.length
}

/** Rows become columns: what works on horizontal lines then works on vertical ones. */
export function transpose({ width, height, bits }: Bitmap): Bitmap {
  const turned = new Uint8Array(bits.length)
  for (let y = 0, from = 0; y < height; y++)
    for (let x = 0, to = y; x < width; x++, to += height) turned[to] = bits[from++]!
  return { width: height, height: width, bits: turned }
}
