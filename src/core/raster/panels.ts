/** Even grounds other than paper. Dark ones are cleared, so that type on them is black on paper, as engines expect. */
import type { Picture } from '../ocr.ts'
import { components } from './components.ts'
import type { PixelBox } from './picture.ts'

/** Grey level of the panel's ground. */
export type Panel = PixelBox & { readonly ground: number }

/** On a ground darker than this type is lost; on lighter shading it is read as it is. */
const DARK = 150
/** Grey levels by which shading differs from paper at least. */
const LEAST_SHADE = 10
/** Inches. */
const LEAST_HEIGHT = 0.11
const LEAST_WIDTH = 0.4
/** Share of the box that is dark, and share of the dark that is of one even tone: a photograph is of many. */
const LEAST_FILL = 0.65
const LEAST_EVEN = 0.6
const TONE = 14
/** Inches. Shorter dark runs are letters and the upright rules that tie a panel to the rest of its table. */
const RUN = 0.08
/** Pixels along the edge that are neither ground nor paper, and would be left as a rule. */
const EDGE = 2
/** On a ground darker than this black type cannot be seen; grain is not stretched into it. */
const LEAST_GROUND = 40

export function panelsOf(picture: Picture): Panel[] {
  const dark = evenGrounds(picture, DARK, [])
  const limit = paperOf(picture.grey) - LEAST_SHADE + 1
  return limit <= DARK ? dark : [...dark, ...evenGrounds(picture, limit, dark)]
}

/** Grounds darker than `limit`, outside those that are known. */
function evenGrounds({ width, height, grey, dpi }: Picture, limit: number, known: readonly Panel[]): Panel[] {
  const bits = darkRuns(grey, width, { least: RUN * dpi, limit })
  for (const { x0, y0, x1, y1 } of known)
    for (let y = y0; y < y1; y++) bits.fill(0, y * width + x0, y * width + x1)
  return components({ width, height, bits })
    .filter(
      ({ x0, y0, x1, y1, area }) =>
        y1 - y0 >= LEAST_HEIGHT * dpi &&
        x1 - x0 >= LEAST_WIDTH * dpi &&
        area >= (x1 - x0) * (y1 - y0) * LEAST_FILL,
    )
    .flatMap((box) => {
      const { ground, share } = tone(grey, width, box, limit)
      return share >= LEAST_EVEN ? { x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1, ground } : []
    })
}

/** The commonest light tone. */
function paperOf(grey: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (let at = 0; at < grey.length; at += 7) counts[grey[at]!]!++
  let paper = 255
  for (let value = DARK; value < 256; value++) if (counts[value]! >= counts[paper]!) paper = value
  return paper
}

type Dark = { readonly least: number; readonly limit: number }

function darkRuns(grey: Uint8Array, width: number, { least, limit }: Dark): Uint8Array {
  const bits = new Uint8Array(grey.length)
  for (let start = 0; start < grey.length; start += width) {
    let run = 0
    for (let at = start; at <= start + width; at++) {
      if (at < start + width && grey[at]! < limit) run++
      else {
        if (run >= least) bits.fill(1, at - run, at)
        run = 0
      }
    }
  }
  return bits
}

/** The commonest dark tone in the box, and how much of the dark is of about that tone. */
function tone(grey: Uint8Array, width: number, { x0, y0, x1, y1 }: PixelBox, limit: number) {
  const counts = new Uint32Array(256)
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) counts[grey[y * width + x]!]!++
  let ground = 0
  for (let value = 0; value < limit; value++) if (counts[value]! > counts[ground]!) ground = value
  let dark = 0
  let even = 0
  for (let value = 0; value < limit; value++) {
    dark += counts[value]!
    if (Math.abs(value - ground) <= TONE) even += counts[value]!
  }
  return { ground, share: dark === 0 ? 0 : even / dark }
}

/** What differs from the ground becomes ink, whether it is lighter or darker. */
export function withPanelsCleared(picture: Picture, panels: readonly Panel[]): Picture {
  const dark = panels.filter(({ ground }) => ground < DARK)
  if (dark.length === 0) return picture
  const { width } = picture
  const grey = picture.grey.slice()
  for (const { x0, y0, x1, y1, ground } of dark) {
    const lighter = 255 / (255 - ground)
    const darker = 255 / Math.max(ground, LEAST_GROUND)
    for (let y = y0 - EDGE; y < y1 + EDGE; y++)
      for (let x = x0 - EDGE; x < x1 + EDGE; x++) {
        if (x < 0 || y < 0 || x >= width || y >= picture.height) continue
        if (x < x0 + EDGE || y < y0 + EDGE || x >= x1 - EDGE || y >= y1 - EDGE) {
          grey[y * width + x] = 255
          continue
        }
        const at = y * width + x
        const above = picture.grey[at]! - ground
        grey[at] = 255 - Math.min(255, above > 0 ? above * lighter : -above * darker)
      }
  }
  return { ...picture, grey }
}
