/** Characters of a page → words: gap-free runs in one style on one baseline. */
import type { Rect, Word } from '../../doc/page.ts'
import { fillColor } from './colors.ts'
import type { FontStyle } from './fonts.ts'
import { isStrange } from './garbled.ts'
import { type Matrix, transformRect } from './geometry.ts'
import { glyphText, isSpace } from './glyphs.ts'
import type { Graphics } from './graphics.ts'
import type { Pdfium } from './pdfium.ts'

/** A gap this wide (in em) parts words even where the file has no space; TeX sets none and stretches from .2 up. */
const GAP_ALWAYS = 0.24
/** A gap this wide parts words where PDFium, which knows the width of the font's space, put one in. */
const GAP_GENERATED = 0.1
/** A character may step back this far (kerning, accents) and still belong to the word. */
const STEP_BACK = 0.6
/** Baselines further apart than this are different lines; less is super- or subscript. */
const SHIFT = 0.7

/** What all characters of one text object share. */
export type Style = {
  readonly font: FontStyle
  readonly size: number
  readonly bold: boolean
  readonly color: string | undefined
  readonly rotation: number
  /** Across the direction of writing: y of the baseline for upright text. */
  readonly baseline: number
  readonly mcid: number
  readonly tag: number | undefined
  readonly mode: number
  /** Painted with no colour at all. */
  readonly isClear: boolean
  /** When it was painted, and what of the page could take paint. */
  readonly order: number
  readonly clip: Rect | undefined
}

type Mutable = { -readonly [K in keyof Word]: Word[K] }

export type TextSource = {
  readonly pdfium: Pdfium
  readonly textPage: number
  readonly toDisplay: Matrix
  readonly fontOf: (font: number) => FontStyle
  readonly painted: Graphics['texts']
  /** From marked-content id to the page's tag. */
  readonly byContent: ReadonlyMap<number, number>
  /** Characters on one page are read up to here. */
  readonly maxChars: number
}

export type PageText = {
  readonly words: readonly Word[]
  /** The style that each word began in. */
  readonly styles: readonly Style[]
  readonly chars: number
  /** Characters whose code has no meaning. */
  readonly strange: number
  readonly isTruncated: boolean
}

export function readWords(source: TextSource): PageText {
  const { pdfium, textPage } = source
  const { call, scratch } = pdfium
  const total = call.FPDFText_CountChars(textPage)
  const count = Math.min(total, source.maxChars)
  const styles = new Map<number, Style>()
  const words: Mutable[] = []
  const owns: Style[] = []
  let word: Mutable | undefined
  /** The style that the word began in. */
  let own: Style | undefined
  let last: Rect = { x0: Number.NaN, y0: 0, x1: 0, y1: 0 }
  let afterSpace = true
  let strange = 0
  for (let index = 0; index < count; index++) {
    const code = call.FPDFText_GetUnicode(textPage, index)
    const object = call.FPDFText_GetTextObject(textPage, index)
    if (object === 0 || isSpace(code)) {
      // Spaces that PDFium puts in have no object; real ones always part words.
      if (object !== 0) word = undefined
      afterSpace = true
      continue
    }
    const text = glyphText(code)
    if (text === '') {
      if (word && call.FPDFText_IsHyphen(textPage, index) === 1) endInHyphen(word)
      else if (isStrange(code)) strange++
      continue
    }
    if (code >= 0xe000 && isStrange(code)) strange++
    let style = styles.get(object)
    if (!style) {
      style = readStyle(source, index, object)
      styles.set(object, style)
    }
    if (call.FPDFText_GetLooseCharBox(textPage, index, scratch) === 0) continue
    const box = charBox(source, style)
    // Letters of one ligature share the box of its glyph.
    const isLigature = word && own === style && box.x0 === last.x0 && box.x1 === last.x1
    const follows = isLigature ? 'yes' : word ? continues(word, own!, style, box, afterSpace) : 'no'
    last = box
    if (follows === 'yes') extend(word!, text, box)
    else {
      word = startWord(style, box, text, follows === 'joined')
      own = style
      words.push(word)
      owns.push(style)
    }
    afterSpace = false
  }
  return { words, styles: owns, chars: count, strange, isTruncated: count < total }
}

function endInHyphen(word: Mutable): void {
  word.text += '-'
  word.softHyphen = true
}

/** The character's advance box in scratch memory (FS_RECTF: left, top, right, bottom), as displayed. */
function charBox({ pdfium, toDisplay }: TextSource, { rotation, baseline, size }: Style): Rect {
  const at = pdfium.scratch >> 2
  const f32 = pdfium.f32()
  const [left, top, right, bottom] = [f32[at]!, f32[at + 1]!, f32[at + 2]!, f32[at + 3]!]
  if (rotation !== 0) return transformRect(toDisplay, left, bottom, right, top)
  // Ascent and descent that fonts state vary wildly; the em square around the baseline does not.
  const [y0, y1] = [baseline - 0.8 * size, baseline + 0.2 * size]
  const [a, , c, , e] = toDisplay
  if (c === 0 && a > 0) return { x0: a * left + e, y0, x1: a * right + e, y1 }
  const { x0, x1 } = transformRect(toDisplay, left, bottom, right, top)
  return { x0, y0, x1, y1 }
}

/** Does a character belong to the word that began in the style `own`? */
function continues(
  word: Rect,
  own: Style,
  style: Style,
  box: Rect,
  afterSpace: boolean,
): 'yes' | 'no' | 'joined' {
  if (own.rotation !== style.rotation) return 'no'
  const size = Math.max(own.size, style.size)
  const shift = Math.abs(own.baseline - style.baseline)
  const gap = gapBetween(word, box, style.rotation)
  if (gap < -STEP_BACK * size || gap > GAP_ALWAYS * size || shift > SHIFT * size) return 'no'
  if (afterSpace && gap > GAP_GENERATED * size) return 'no'
  if (own === style) return 'yes'
  const isSameStyle =
    own.font.name === style.font.name &&
    own.bold === style.bold &&
    own.color === style.color &&
    own.mcid === style.mcid &&
    Math.abs(own.size - style.size) < 0.05 * size &&
    shift < 0.1 * size
  return isSameStyle ? 'yes' : 'joined'
}

/** From the word's end to the box's start, along the direction of writing. */
function gapBetween(word: Rect, box: Rect, rotation: number): number {
  if (rotation === 0) return box.x0 - word.x1
  switch (Math.round(rotation / 90) % 4) {
    case 1:
      return word.y0 - box.y1
    case 2:
      return word.x0 - box.x1
    case 3:
      return box.y0 - word.y1
    default:
      return box.x0 - word.x1
  }
}

function extend(word: Mutable, text: string, box: Rect): void {
  word.text += text
  if (box.x0 < word.x0) word.x0 = box.x0
  if (box.x1 > word.x1) word.x1 = box.x1
  if (box.y0 < word.y0) word.y0 = box.y0
  if (box.y1 > word.y1) word.y1 = box.y1
}

function startWord(style: Style, box: Rect, text: string, joined: boolean): Mutable {
  const word: Mutable = {
    text,
    x0: box.x0,
    y0: box.y0,
    x1: box.x1,
    y1: box.y1,
    size: style.size,
    font: style.font.name,
    bold: style.bold,
    italic: style.font.italic,
    baseline: style.baseline,
  }
  if (style.tag !== undefined) word.tag = style.tag
  if (style.color) word.color = style.color
  if (style.rotation !== 0) word.rotation = style.rotation
  if (joined) word.joined = true
  return word
}

/** Reads what a text object's characters share, from the first of them. */
function readStyle(source: TextSource, index: number, object: number): Style {
  const { pdfium, textPage, toDisplay, fontOf, byContent, painted } = source
  const { call, scratch } = pdfium
  call.FPDFText_GetMatrix(textPage, index, scratch)
  const at = scratch >> 2
  const f32 = pdfium.f32()
  const [a, b, c, d] = [f32[at]!, f32[at + 1]!, f32[at + 2]!, f32[at + 3]!]
  const [A, B, C, D, E, F] = toDisplay
  const angle = Math.atan2(-(a * B + b * D), a * A + b * C)
  const scale = Math.hypot(c, d)
  // FPDFText_GetFontSize is often 1: the size proper stands in the matrix.
  const size = call.FPDFText_GetFontSize(textPage, index) * (scale || 1)
  call.FPDFText_GetCharOrigin(textPage, index, scratch, scratch + 8)
  const x = pdfium.f64()[scratch >> 3]!
  const y = pdfium.f64()[(scratch + 8) >> 3]!
  const rotation = Math.abs(angle) < 0.01 ? 0 : (Math.round((angle * 180) / Math.PI) + 360) % 360
  const font = fontOf(call.FPDFTextObj_GetFont(object))
  const mode = call.FPDFTextObj_GetTextRenderMode(object)
  const fill = fillColor(pdfium, object)
  const mcid = call.FPDFPageObj_GetMarkedContentID(object)
  return {
    font,
    size: size > 0 ? size : 1,
    // Fill and stroke in one colour is how a missing bold font is imitated.
    bold: font.bold || mode === 2,
    color: fill === '#000000' ? undefined : fill,
    rotation,
    baseline: rotation % 180 === 90 ? A * x + C * y + E : B * x + D * y + F,
    mcid,
    tag: byContent.get(mcid),
    mode,
    isClear: fill === undefined && mode === 0,
    order: painted.get(object)?.order ?? Infinity,
    clip: painted.get(object)?.clip,
  }
}
