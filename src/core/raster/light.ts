/** Evens out the light of photographs and of scans near the spine, so that one threshold fits the whole page. */
import type { Picture } from '../ocr.ts'

/** Tiles a side of this many inches: larger than letters, smaller than shadows. */
const TILE = 0.25
/**
 * Shadows fall softly, panels end sharply: a tile is paper when it is this bright compared with a neighbour that is.
 * What cannot be reached so from the brightest tiles is a panel or a picture and is left as it is.
 */
const SOFT = 0.8
/** A page whose paper varies less than this is lit evenly; nothing is done. */
const UNEVEN = 40
const WHITE = 250

export function evenlyLit(picture: Picture): Picture {
  const { width, height, grey, dpi } = picture
  const side = Math.max(16, Math.round(dpi * TILE))
  const columns = Math.ceil(width / side)
  const rows = Math.ceil(height / side)
  const paper = new Float64Array(columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      paper[row * columns + column] = brightest(picture, column * side, row * side, side)
  const isPaper = reached(paper, columns)
  const lit = [...paper].filter((_, index) => isPaper[index]).sort((a, b) => a - b)
  const low = lit[Math.floor(lit.length * 0.05)]
  const high = lit[Math.floor(lit.length * 0.95)]
  if (low === undefined || high === undefined || high - low < UNEVEN) return picture

  for (const index of paper.keys()) if (!isPaper[index]) paper[index] = high
  const result = new Uint8Array(grey.length)
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.min(Math.max(y / side - 0.5, 0), rows - 1)
    const above = Math.floor(row)
    const below = Math.min(above + 1, rows - 1)
    for (let x = 0; x < width; x++, at++) {
      const column = Math.min(Math.max(x / side - 0.5, 0), columns - 1)
      const left = Math.floor(column)
      const right = Math.min(left + 1, columns - 1)
      const dx = column - left
      const upper = paper[above * columns + left]! * (1 - dx) + paper[above * columns + right]! * dx
      const lower = paper[below * columns + left]! * (1 - dx) + paper[below * columns + right]! * dx
      const ground = upper + (lower - upper) * (row - above)
      result[at] = Math.min(255, (grey[at]! * WHITE) / ground)
    }
  }
  return { width, height, grey: result, dpi }
}

function reached(paper: Float64Array, columns: number): Uint8Array {
  const brightestOfAll = paper.reduce((most, value) => Math.max(most, value), 0)
  const isPaper = Uint8Array.from(paper, (value) => (value >= brightestOfAll * SOFT ? 1 : 0))
  const open = [...isPaper.keys()].filter((index) => isPaper[index])
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const column = index % columns
    const beside = [column > 0 ? index - 1 : -1, column < columns - 1 ? index + 1 : -1]
    for (const next of [...beside, index - columns, index + columns])
      if (next >= 0 && next < paper.length && !isPaper[next] && paper[next]! >= paper[index]! * SOFT) {
        isPaper[next] = 1
        open.push(next)
      }
  }
  return isPaper
}

/** The brightness that nine tenths of the tile's pixels do not exceed: paper, whatever is printed on it. */
function brightest({ width, height, grey }: Picture, x0: number, y0: number, side: number): number {
  const counts = new Uint32Array(256)
  let total = 0
  for (let y = y0; y < Math.min(y0 + side, height); y += 2)
    for (let x = x0; x < Math.min(x0 + side, width); x += 2) {
      counts[grey[y * width + x]!]!++
      total++
    }
  let above = total * 0.1
  for (let value = 255; value >= 0; value--) {
    above -= counts[value]!
    if (above <= 0) return value
  }
  return 255
}
