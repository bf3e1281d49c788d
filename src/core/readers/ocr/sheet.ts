/** A page picture made ready for an engine: upright, level, type of a size it reads well; and what is on it. */
import type { Picture, Raster } from '../../ocr.ts'
import { type Component, components } from '../../raster/components.ts'
import { type Bitmap, toBitmap } from '../../raster/ink.ts'
import { type Leader, leadersOf, without } from '../../raster/leaders.ts'
import { evenlyLit } from '../../raster/light.ts'
import { type Panel, panelsOf, withPanelsCleared } from '../../raster/panels.ts'
import { type PixelBox, type QuarterTurn, rotate, scale, toPicture, turn } from '../../raster/picture.ts'
import { lettersOf, sideways, skewOf } from '../../raster/skew.ts'
import { type Line, linesOf } from '../../raster/strokes.ts'

export type Sheet = {
  readonly picture: Picture
  readonly bitmap: Bitmap
  /** All connected ink. */
  readonly pieces: readonly Component[]
  /** Height of most letters, in pixels: that of small ones without ascender. */
  readonly typeHeight: number
  /** How many times as large as the raster `picture` is. */
  readonly enlarged: number
  readonly lines: readonly Line[]
  /** Rows of dots, painted over in `picture`. */
  readonly leaders: readonly Leader[]
  /** Dark grounds, cleared in `picture`. */
  readonly panels: readonly Panel[]
  /** Degrees clockwise the picture was turned. */
  readonly turned: QuarterTurn
  /** Whether which way is up is a guess: the lines ran down the page. */
  readonly isUpDoubtful: boolean
  /** Degrees counter-clockwise it was rotated after that. */
  readonly skew: number
}

/** Engines gain nothing from larger type and lose letters below this (measured at 130 to 300 dpi). */
const SMALLEST_TYPE = 13
const GOOD_TYPE = 20
const LARGEST_TYPE = 30
const MOST_GROWTH = 3
/** Pixels given to an engine at most: a letter page at 400 dpi. */
const MOST_PIXELS = 16_000_000
/** Lines down the page must stand out this much more than lines across it. */
const CLEARLY_SIDEWAYS = 1.4
/** Degrees. Less slant than this harms nobody, and rotating blurs. */
const LEVEL = 0.2
/** How marked lines must be for an angle to be believed. */
const LEAST_CONTRAST = 1.6

/** @returns undefined for a page without ink */
export function prepare(raster: Raster): Sheet | undefined {
  const whole = toPicture(raster)
  const fits = Math.min(1, Math.sqrt(MOST_PIXELS / whole.grey.length))
  const picture = evenlyLit(scale(whole, fits))
  const seen = look(picture)
  if (seen.pieces.length === 0) return undefined
  const across = skewOf(seen.letters, seen.typeHeight)
  const down = skewOf(sideways(seen.letters), seen.typeHeight)
  const isSideways = down.contrast > LEAST_CONTRAST && down.contrast > across.contrast * CLEARLY_SIDEWAYS
  return isSideways
    ? levelled(turn(picture, 90), { turned: 90, isUpDoubtful: true, enlarged: fits })
    : levelled(picture, { turned: 0, isUpDoubtful: false, enlarged: fits })
}

/** The same sheet the other way up. */
export const turnedOver = (sheet: Sheet): Sheet =>
  levelled(turn(sheet.picture, 180), {
    turned: ((sheet.turned + 180) % 360) as QuarterTurn, // sums of quarter turns are quarter turns
    isUpDoubtful: false,
    enlarged: sheet.enlarged,
    skew: sheet.skew,
  })

function levelled(
  picture: Picture,
  how: Pick<Sheet, 'turned' | 'isUpDoubtful' | 'enlarged'> & { readonly skew?: number },
): Sheet {
  const before = look(picture)
  const { degrees, contrast } = skewOf(before.letters, before.typeHeight)
  const skew = contrast >= LEAST_CONTRAST && Math.abs(degrees) >= LEVEL ? degrees : 0
  const factor = before.letters.length >= 20 ? growth(before.typeHeight, picture) : 1
  const straight = scale(skew === 0 ? picture : rotate(picture, skew), factor)
  const panels = panelsOf(straight)
  const level = withPanelsCleared(straight, panels)
  const after = level === picture ? before : look(level)
  const leaders = leadersOf(after.pieces, after.typeHeight, level)
  const lines = linesOf(after.bitmap, level.dpi).filter(
    (line) => !leaders.some((leader) => overlap(line, leader)),
  )
  return {
    // Engines read pieces of rules as bars, and let rules cut words off.
    picture: without(level, [...leaders, ...lines]),
    leaders,
    panels,
    bitmap: after.bitmap,
    pieces: after.pieces,
    typeHeight: after.typeHeight,
    enlarged: how.enlarged * factor,
    lines,
    turned: how.turned,
    isUpDoubtful: how.isUpDoubtful,
    skew: (how.skew ?? 0) + skew,
  }
}

const overlap = (one: PixelBox, other: PixelBox): boolean =>
  one.x0 < other.x1 && other.x0 < one.x1 && one.y0 <= other.y1 && other.y0 <= one.y1

function look(picture: Picture) {
  const bitmap = toBitmap(picture)
  // Specks: less than a full stop of 4-point type.
  const least = Math.max(2, picture.dpi / 100)
  const pieces = components(bitmap).filter(({ x0, y0, x1, y1 }) => Math.max(x1 - x0, y1 - y0) >= least)
  return { bitmap, pieces, ...lettersOf(pieces, picture.dpi) }
}

function growth(typeHeight: number, { width, height }: Picture): number {
  if (typeHeight > LARGEST_TYPE) return GOOD_TYPE / typeHeight
  if (typeHeight >= SMALLEST_TYPE) return 1
  return Math.min(MOST_GROWTH, GOOD_TYPE / typeHeight, Math.sqrt(MOST_PIXELS / (width * height)))
}
