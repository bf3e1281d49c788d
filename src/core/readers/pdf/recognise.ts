/** Pages that show ink but hold no usable text, and pictures of text on pages that do: rendered and recognised. */
import { asDisplayed } from '../../doc/frame.ts'
import type { Page, PageImage, Rect, Word } from '../../doc/page.ts'
import { asMdraftError } from '../../errors.ts'
import type { Ocr, Raster } from '../../ocr.ts'
import type { ReadContext } from '../../reader.ts'
import { recognisePage } from '../ocr/page.ts'
import { looksLikeType, type PictureText, recognisePicture } from '../ocr/picture.ts'
import type { PdfFile } from './file.ts'
import { paintPage } from './render.ts'
import type { Opinion } from './second-opinion.ts'

/** Recognition gains nothing above this (measured at 130 to 300 on scans of 12-point type). */
const DPI = 200
/** Enough to tell type from a photograph. */
const GLANCE_DPI = 90
/** Kept of the limit for pictures, so that a poster does not take all memory. */
const MOST_PIXELS = 16_000_000
/** Shares of the page: pictures below are ornaments, above are the page itself, perhaps with a stamp on it. */
const LEAST_PICTURE = 0.05
const WHOLE_PAGE = 0.6
const FEW_WORDS = 15
/** Degrees a picture may be askew on its page and still have its words placed. */
const NEARLY_LEVEL = 1
/** Of one page, the largest first. */
const MOST_PICTURES = 8

export async function recogniseIfNeeded(
  file: PdfFile,
  { page, isGarbled }: Opinion,
  context: ReadContext,
): Promise<Page> {
  const { options, ocr } = context
  const isPicture = isScan(page)
  if (options.ocr === 'never' || !ocr) {
    if (isPicture) warnOfScan(page, context)
    return page
  }
  if (isGarbled) {
    const read = await recogniseWhole(file, { ...page, words: [] }, ocr, context)
    return read.words.length > 0 ? read : page
  }
  if (isPicture || options.ocr === 'always') return recogniseWhole(file, page, ocr, context)
  const pictures = page.images
    .filter((image) => mayHoldText(image, page))
    .sort((a, b) => areaOf(b) - areaOf(a))
    .slice(0, MOST_PICTURES)
  return pictures.length > 0 ? recognisePictures(file, page, pictures, ocr, context) : page
}

/** Pictures or drawings and no words, or a stamp's worth of them on a picture of the whole page. */
function isScan(page: Page): boolean {
  const { words, images, drawings = [], strokes } = page
  if (words.length === 0) return images.length + drawings.length + strokes.length > 0
  return words.length <= FEW_WORDS && images.some((image) => shareOf(image, page) >= WHOLE_PAGE)
}

function warnOfScan({ number, words }: Page, { report }: ReadContext): void {
  const what = words.length === 0 ? 'holds no text' : 'is a picture with hardly any text'
  report.warn('page-needs-ocr', `Page ${number} shows ink but ${what}; text recognition is switched off.`, {
    page: number,
  })
}

async function recogniseWhole(file: PdfFile, page: Page, ocr: Ocr, context: ReadContext): Promise<Page> {
  context.progress({ stage: 'recognising', page: page.number, pages: file.pageCount })
  const raster = await rasterOf(file, page, DPI, context)
  if (!raster) {
    context.report.warn('ocr-failed', `Page ${page.number} could not be rendered for text recognition.`, {
      page: page.number,
    })
    return page
  }
  const { number, width, height, label } = page
  const slot = { number, width, height, ...(label ? { label } : {}) }
  const read = await recognisePage(raster, slot, ocr, context)
  const isBetter = context.options.ocr === 'always' || read.words.length >= page.words.length
  return read.source === 'ocr' && isBetter ? { ...read, fields: page.fields } : page
}

const wordsIn = ({ words }: Page): string =>
  words
    .filter(({ text, confidence = 0 }) => confidence > 0.5 && /[\p{L}\p{N}]/u.test(text))
    .map(({ text }) => text)
    .join(' ')

const areaOf = ({ x0, y0, x1, y1 }: Rect): number => Math.max(0, x1 - x0) * Math.max(0, y1 - y0)
const shareOf = (box: Rect, { width, height }: Page): number =>
  areaOf(clipped(box, width, height)) / (width * height)
const clipped = ({ x0, y0, x1, y1 }: Rect, width: number, height: number): Rect => ({
  x0: Math.max(0, x0),
  y0: Math.max(0, y0),
  x1: Math.min(width, x1),
  y1: Math.min(height, y1),
})

/** Large enough, and nothing is written on it: a scan with a text layer has its words already. */
function mayHoldText(image: PageImage, page: Page): boolean {
  if (shareOf(image, page) < LEAST_PICTURE) return false
  return !page.words.some((word) => isInside(word, image))
}

function isInside(word: Rect, { x0, y0, x1, y1 }: Rect): boolean {
  const x = (word.x0 + word.x1) / 2
  const y = (word.y0 + word.y1) / 2
  return x > x0 && x < x1 && y > y0 && y < y1
}

async function recognisePictures(
  file: PdfFile,
  page: Page,
  pictures: readonly PageImage[],
  ocr: Ocr,
  context: ReadContext,
): Promise<Page> {
  const glance = await rasterOf(file, page, GLANCE_DPI, context)
  const likely = glance ? pictures.filter((picture) => looksLikeType(part(glance, picture, page))) : []
  if (likely.length === 0) return page
  context.progress({ stage: 'recognising', page: page.number, pages: file.pageCount })
  const raster = await rasterOf(file, page, DPI, context)
  if (!raster) return page
  let result = page
  for (const picture of likely) {
    const box = clipped(picture, page.width, page.height)
    const slot = { number: page.number, width: box.x1 - box.x0, height: box.y1 - box.y0 }
    try {
      const read = await recognisePicture(part(raster, picture, page), slot, ocr, context)
      if (read) result = withText(result, picture, read, box)
    } catch (error) {
      const { code, message } = asMdraftError(error)
      if (['missing_package', 'bad_option', 'aborted'].includes(code)) throw error
      context.report.warn(
        'ocr-failed',
        `A picture on page ${page.number} could not be recognised: ${message}`,
        {
          page: page.number,
          boxes: [{ page: page.number, ...box }],
        },
      )
    }
  }
  return result
}

/** The words and rules of a picture of text take its place on the page; a drawing keeps its words as description. */
function withText(page: Page, picture: PageImage, { kind, page: read }: PictureText, { x0, y0 }: Rect): Page {
  if (kind === 'figure' || read.turned || Math.abs(read.skew ?? 0) > NEARLY_LEVEL) {
    const alt = picture.alt ?? wordsIn(read)
    return { ...page, images: page.images.map((image) => (image === picture ? { ...image, alt } : image)) }
  }
  const place = <B extends Rect>(box: B): B => {
    const shown = asDisplayed(box, read, read.width, read.height)
    return { ...shown, x0: shown.x0 + x0, x1: shown.x1 + x0, y0: shown.y0 + y0, y1: shown.y1 + y0 }
  }
  const words = read.words.map((word): Word => {
    const placed = place(word)
    return { ...placed, baseline: placed.y1 - 0.2 * word.size }
  })
  return {
    ...page,
    words: [...page.words, ...words],
    strokes: [...page.strokes, ...read.strokes.map(place)],
    fills: [...page.fills, ...read.fills.map(place)],
    images: page.images.filter((image) => image !== picture),
  }
}

function part({ width, height, rgba, dpi }: Raster, picture: Rect, page: Page): Raster {
  const points = width / page.width
  const box = clipped(picture, page.width, page.height)
  const x0 = Math.floor(box.x0 * points)
  const y0 = Math.floor(box.y0 * points)
  const w = Math.max(1, Math.min(width, Math.ceil(box.x1 * points)) - x0)
  const h = Math.max(1, Math.min(height, Math.ceil(box.y1 * points)) - y0)
  const cut = new Uint8Array(w * h * 4)
  for (let y = 0; y < h; y++)
    cut.set(rgba.subarray(((y0 + y) * width + x0) * 4, ((y0 + y) * width + x0 + w) * 4), y * w * 4)
  return { width: w, height: h, rgba: cut, dpi }
}

const rasterOf = (file: PdfFile, { number }: Page, dpi: number, { limits }: ReadContext) =>
  paintPage(file, number, dpi, Math.min(MOST_PIXELS, limits.imagePixels))
