/** Dark panels with type on them, light or dark: turned into black type on paper, which is what engines are made for. */
import type { Picture } from '../ocr.ts'
import { components } from './components.ts'
import type { PixelBox } from './picture.ts'

/** Grey level of the panel's ground. */
export type Panel = PixelBox & { readonly ground: number }

/** A ground darker than this is a panel; lighter shading is no trouble. */
const DARK = 150
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

export function panelsOf({ width, height, grey, dpi }: Picture): Panel[] {
  return components({ width, height, bits: darkRuns(grey, width, RUN * dpi) })
    .filter(
      ({ x0, y0, x1, y1, area }) =>
        y1 - y0 >= LEAST_HEIGHT * dpi &&
        x1 - x0 >= LEAST_WIDTH * dpi &&
        area >= (x1 - x0) * (y1 - y0) * LEAST_FILL,
    )
    .flatMap((box) => {
      const { ground, share } = tone(grey, width, box)
      return share >= LEAST_EVEN ? { x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1, ground } : []
    })
}

function darkRuns(grey: Uint8Array, width: number, least: number): Uint8Array {
  const bits = new Uint8Array(grey.length)
  for (let start = 0; start < grey.length; start += width) {
    let run = 0
    for (let at = start; at <= start + width; at++) {
      if (at < start + width && grey[at]! < DARK) run++
      else {
        if (run >= least) bits.fill(1, at - run, at)
        run = 0
      }
    }
  }
  return bits
}

/** The commonest dark tone in the box, and how much of the dark is of about that tone. */
function tone(grey: Uint8Array, width: number, { x0, y0, x1, y1 }: PixelBox) {
  const counts = new Uint32Array(256)
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) counts[grey[y * width + x]!]!++
  let ground = 0
  for (let value = 0; value < DARK; value++) if (counts[value]! > counts[ground]!) ground = value
  let dark = 0
  let even = 0
  for (let value = 0; value < DARK; value++) {
    dark += counts[value]!
    if (Math.abs(value - ground) <= TONE) even += counts[value]!
  }
  return { ground, share: dark === 0 ? 0 : even / dark }
}

/** What differs from the ground becomes ink, whether it is lighter or darker. */
export function withPanelsCleared(picture: Picture, panels: readonly Panel[]): Picture {
  if (panels.length === 0) return picture
  const { width } = picture
  const grey = picture.grey.slice()
  for (const { x0, y0, x1, y1, ground } of panels) {
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
