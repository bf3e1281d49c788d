/** Which words a reader of the page can see, and why the others cannot be seen. */
import type { HiddenText, Rect, Word } from '../../doc/page.ts'
import { clipOf, type Graphics, type Painted } from './graphics.ts'
import type { Pdfium } from './pdfium.ts'
import type { PageText, Style } from './words.ts'

/** Type smaller than this (in points) is not read by anybody. */
const TINY = 1.5
/** Larger pictures (share of the page) are the page itself: text below is what was recognised in them. */
const WHOLE_PAGE = 0.5
/** More of the words than this drawn invisible, on a page that shows something: they are its recognised text. */
const MOSTLY = 0.5
/** Colours that differ by less than this in each channel look the same. */
const SAME_COLOUR = 8
/** Maps and plots: with more areas than this, nobody can say what covers what in good time. */
const MAX_AREAS = 20_000
/** Pictures over words that are looked at, and at how many places of each. */
const MOST_PICTURES = 24
const SAMPLES = 256
/** FPDFBitmap_GetFormat: the format that has an alpha channel. */
const WITH_ALPHA = 4
/** PDF 32000-1, table 106. */
const INVISIBLE = 3

export type Seen = { readonly words: readonly Word[]; readonly hidden: readonly HiddenText[] }
type Size = { readonly width: number; readonly height: number }
type Place = Size & {
  readonly pdfium: Pdfium
  readonly document: number
  readonly page: number
  /** Boxes of annotations that mark text and cover none. */
  readonly highlights: readonly Rect[]
}
type Cover = Rect & { readonly order: number }
type Scene = {
  readonly size: Size
  /** Solid areas and pictures, which cover what was painted before them. */
  readonly covers: readonly Cover[]
  readonly fills: Graphics['fills']
  /** Colours that text may stand on, and which colours of text are like one of them. */
  readonly grounds: readonly string[]
  readonly alike: Map<string, boolean>
  /** What may be the ground of text without our knowing its colour. */
  readonly unknown: readonly Rect[]
  readonly images: readonly Rect[]
  /** Invisible words are the text of the page's picture. */
  readonly isRecognised: boolean
}

export function seenWords(place: Place, { words, styles }: PageText, graphics: Graphics): Seen {
  const scene = sceneOf(place, { words, styles }, graphics)
  const seen: Word[] = []
  const hidden: HiddenText[] = []
  for (const [at, word] of words.entries()) {
    const reason = reasonOf(word, styles[at]!, scene)
    if (reason) note(hidden, word, reason)
    else seen.push(word)
  }
  return { words: seen, hidden }
}

function sceneOf(
  place: Place,
  { words, styles }: Pick<PageText, 'words' | 'styles'>,
  graphics: Graphics,
): Scene {
  const { pdfium, width, height, highlights } = place
  const { fills, images, drawings, strokes } = graphics
  const isCountable = !graphics.isTruncated && fills.length + images.length < MAX_AREAS
  const first = styles.reduce((least, { order }) => Math.min(least, order), Infinity)
  /** What of it is painted, when that is one solid box. */
  const solid = (one: Painted): Cover[] => {
    const clip = clipOf(pdfium, one.object, one.matrix)
    if (clip === 'shape' || pdfium.call.FPDFPageObj_HasTransparency(one.object) !== 0) return []
    return [{ order: one.order, ...(clip ? shared(one, clip) : box(one)) }]
  }
  const area = width * height
  const marks = highlights.map(grown)
  const isMark = (one: Rect) => marks.some((mark) => contains(mark, one))
  const later = ({ order }: Painted) => order > first
  const pictures = images
    .filter((image) => later(image) && areaOf(image) < WHOLE_PAGE * area)
    .filter((image) => words.some((word, at) => image.order > styles[at]!.order && contains(image, word)))
    .filter((image, at) => at < MOST_PICTURES && isOpaque(place, image.object))
  const invisible = styles.filter(({ mode }) => mode === INVISIBLE).length
  const showsMore = images.length + drawings.length + strokes.length > 0
  return {
    size: { width, height },
    covers: isCountable
      ? [...fills.filter((fill) => later(fill) && !isMark(fill)), ...pictures].flatMap(solid)
      : [],
    fills: isCountable ? fills : [],
    grounds: ['#ffffff', ...new Set(isCountable ? fills.map(({ color }) => color) : [])],
    alike: new Map(),
    unknown: isCountable
      ? [...images, ...drawings, ...strokes.filter(({ width }) => width > 4)]
      : [{ x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity }],
    images,
    isRecognised: showsMore && invisible > MOSTLY * styles.length,
  }
}

/** Appearances may stick out of the rectangle that is stated for them. */
const grown = ({ x0, y0, x1, y1 }: Rect): Rect => ({ x0: x0 - 2, y0: y0 - 2, x1: x1 + 2, y1: y1 + 2 })

/** Masks and soft masks may leave nothing of a picture: what it paints is looked at. */
function isOpaque({ pdfium, document, page }: Place, image: number): boolean {
  const { call } = pdfium
  const bitmap = call.FPDFImageObj_GetRenderedBitmap(document, page, image)
  if (bitmap === 0) return false
  const [width, height] = [call.FPDFBitmap_GetWidth(bitmap), call.FPDFBitmap_GetHeight(bitmap)]
  const stride = call.FPDFBitmap_GetStride(bitmap)
  const start = call.FPDFBitmap_GetBuffer(bitmap)
  const heap = pdfium.u8()
  let opaque = call.FPDFBitmap_GetFormat(bitmap) !== WITH_ALPHA ? SAMPLES : 0
  for (let at = 0; at < SAMPLES && opaque < SAMPLES; at++) {
    const [x, y] = [Math.floor((width * (at % 16)) / 16), Math.floor((height * (at >> 4)) / 16)]
    if (heap[start + y * stride + 4 * x + 3]! > 200) opaque++
  }
  call.FPDFBitmap_Destroy(bitmap)
  return opaque > 0.9 * SAMPLES
}

function reasonOf(word: Word, style: Style, scene: Scene): HiddenText['reason'] | undefined {
  const { width, height } = scene.size
  if (word.x1 <= 0 || word.y1 <= 0 || word.x0 >= width || word.y0 >= height) return 'off-page'
  if (style.mode === INVISIBLE)
    return scene.isRecognised || scene.images.some((image) => holds(image, word)) ? undefined : 'invisible'
  if (style.isClear) return 'invisible'
  if (style.size < TINY) return 'tiny'
  if (style.clip && isOutside(word, style.clip)) return 'clipped'
  if (scene.covers.some((cover) => cover.order > style.order && contains(cover, word))) return 'covered'
  return isLikeGround(word, style, scene) ? 'background-colour' : undefined
}

/** Painted in the colour that it stands on. */
function isLikeGround(word: Word, { order, mode, color = '#000000' }: Style, scene: Scene): boolean {
  if (mode !== 0 || !isColourOfGround(color, scene)) return false
  let ground: { color: string; order: number } = { color: '#ffffff', order: -1 }
  for (const fill of scene.fills)
    if (fill.order < order && fill.order > ground.order && holds(fill, word)) ground = fill
  if (!looksAlike(color, ground.color)) return false
  return !scene.unknown.some((box) => holds(box, word))
}

/** Asked once for each colour of text: most are like nothing that text stands on. */
function isColourOfGround(color: string, { grounds, alike }: Scene): boolean {
  let known = alike.get(color)
  if (known === undefined) {
    known = grounds.some((ground) => looksAlike(color, ground))
    alike.set(color, known)
  }
  return known
}

function looksAlike(one: string, other: string): boolean {
  if (one === other) return true
  return [1, 3, 5].every(
    (at) =>
      Math.abs(Number.parseInt(one.slice(at, at + 2), 16) - Number.parseInt(other.slice(at, at + 2), 16)) <
      SAME_COLOUR,
  )
}

const box = ({ x0, y0, x1, y1 }: Rect): Rect => ({ x0, y0, x1, y1 })
const shared = (one: Rect, other: Rect): Rect => ({
  x0: Math.max(one.x0, other.x0),
  y0: Math.max(one.y0, other.y0),
  x1: Math.min(one.x1, other.x1),
  y1: Math.min(one.y1, other.y1),
})
const areaOf = ({ x0, y0, x1, y1 }: Rect): number => (x1 - x0) * (y1 - y0)

/** The middle of the word stands in the box. */
function holds({ x0, y0, x1, y1 }: Rect, word: Rect): boolean {
  const x = (word.x0 + word.x1) / 2
  const y = (word.y0 + word.y1) / 2
  return x > x0 - 0.5 && x < x1 + 0.5 && y > y0 - 0.5 && y < y1 + 0.5
}

/** The box holds all of the word but its outermost edge. */
function contains(box: Rect, word: Rect): boolean {
  const dx = 0.1 * (word.x1 - word.x0)
  const dy = 0.25 * (word.y1 - word.y0)
  return box.x0 <= word.x0 + dx && box.x1 >= word.x1 - dx && box.y0 <= word.y0 + dy && box.y1 >= word.y1 - dy
}

/** Nothing of the word but perhaps its edge is inside the clip. */
function isOutside(word: Rect, clip: Rect): boolean {
  const w = Math.min(word.x1, clip.x1) - Math.max(word.x0, clip.x0)
  const h = Math.min(word.y1, clip.y1) - Math.max(word.y0, clip.y0)
  return w < 0.1 * (word.x1 - word.x0) || h < 0.15 * (word.y1 - word.y0)
}

/** Words that follow one another on a line are one hidden text. */
function note(hidden: HiddenText[], { text, x0, y0, x1, y1 }: Word, reason: HiddenText['reason']): void {
  const last = hidden.at(-1)
  if (last && last.reason === reason && Math.abs(last.y0 - y0) < 2 && x0 >= last.x0) {
    hidden[hidden.length - 1] = {
      reason,
      text: `${last.text} ${text}`,
      x0: last.x0,
      y0: Math.min(last.y0, y0),
      x1: Math.max(last.x1, x1),
      y1: Math.max(last.y1, y1),
    }
  } else hidden.push({ text, x0, y0, x1, y1, reason })
}
