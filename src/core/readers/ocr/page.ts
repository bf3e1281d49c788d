/** A page picture → the page model, by text recognition. Image files and scanned PDF pages take this way alike. */
import { asDisplayed, type Frame } from '../../doc/frame.ts'
import type { At } from '../../doc/model.ts'
import type { Page, Stroke, Word } from '../../doc/page.ts'
import { MdraftError } from '../../errors.ts'
import type { Ocr, OcrOptions, Raster } from '../../ocr.ts'
import { crop, type PixelBox } from '../../raster/picture.ts'
import type { ReadContext } from '../../reader.ts'
import { type Filled, withBlanks } from './blanks.ts'
import { readLeftover } from './leftover.ts'
import { mended } from './mend.ts'
import { withBullets, withoutNoise } from './noise.ts'
import { type Found, tightened, withBaselines } from './place.ts'
import { prepare, type Sheet, turnedOver } from './sheet.ts'
import { withSpaces } from './spaces.ts'
import { boldOf, sizesOf, weightsOf } from './type.ts'

/** What is known of the page beforehand; width and height in points, as displayed. */
export type PageSlot = Pick<Page, 'number' | 'width' | 'height' | 'label'>

type Options = Omit<OcrOptions, 'layout'>

/** Below this a page may be upside down. Upright pages that can be read at all reach 0.8 (upside down: 0.35). */
const DOUBTFUL_WAY_UP = 0.6
const DOUBTFUL_PAGE = 0.75
const DOUBTFUL_LINE = 0.6

/**
 * Recognises one page. Never throws for a page that cannot be read: that is a warning with its place.
 * @throws MdraftError `missing_package`, `bad_option` when no page of this document can be recognised
 */
export async function recognisePage(
  raster: Raster,
  slot: PageSlot,
  ocr: Ocr,
  context: Pick<ReadContext, 'options' | 'report' | 'signal'>,
): Promise<Page> {
  try {
    return (await recognise(raster, slot, ocr, context))?.page ?? bare(slot)
  } catch (error) {
    if (error instanceof MdraftError && ['missing_package', 'bad_option', 'aborted'].includes(error.code))
      throw error
    context.signal.throwIfAborted()
    const why = error instanceof MdraftError ? error.message : 'the engine failed.'
    context.report.warn('ocr-failed', `Page ${slot.number} could not be recognised: ${why}`, {
      page: slot.number,
    })
    return bare(slot)
  }
}

/** The same, with the sheet it was read from and with failures thrown; undefined for a page without ink. */
export async function recognise(
  raster: Raster,
  slot: PageSlot,
  ocr: Ocr,
  { options: { languages }, report, signal }: Pick<ReadContext, 'options' | 'report' | 'signal'>,
): Promise<{ readonly page: Page; readonly sheet: Sheet } | undefined> {
  const sheet = prepare(raster)
  if (!sheet) return undefined
  const read = await readSheet(sheet, ocr, { languages, signal })
  return { page: pageOf(read, slot, { report }), sheet: read.sheet }
}

const bare = (slot: PageSlot): Page => ({
  ...slot,
  source: 'none',
  words: [],
  strokes: [],
  fills: [],
  images: [],
  tags: [],
  fields: [],
  hidden: [],
})

type Read = Filled & { readonly sheet: Sheet; readonly unread: readonly PixelBox[] }

async function readSheet(first: Sheet, ocr: Ocr, options: Options): Promise<Read> {
  const sheet = first.isUpDoubtful && (await isUpsideDown(first, ocr, options)) ? turnedOver(first) : first
  const read = await readWords(sheet, ocr, options)
  if (first.isUpDoubtful || meanConfidence(read) >= DOUBTFUL_WAY_UP)
    return finished(sheet, read, ocr, options)
  if (!(await isUpsideDown(sheet, ocr, options))) return finished(sheet, read, ocr, options)
  const over = turnedOver(sheet)
  return finished(over, await readWords(over, ocr, options), ocr, options)
}

async function readWords(sheet: Sheet, ocr: Ocr, options: Options): Promise<Found[]> {
  const { words } = await ocr.recognise(sheet.picture, { ...options, layout: 'page' })
  return withBaselines(words)
}

async function finished(sheet: Sheet, read: Found[], ocr: Ocr, options: Options): Promise<Read> {
  const tight = read.map((word) => tightened(word, sheet.bitmap))
  const split = withSpaces(withoutNoise(tight, sheet), sheet.bitmap, sheet.typeHeight)
  const words = withBullets(split, sheet)
  const leftover = await readLeftover(sheet, words, ocr, options)
  const all = mended([...words, ...withoutNoise(leftover.words, sheet)], options.languages)
  const filled = withBlanks(all, sheet)
  return { sheet, ...filled, unread: leftover.unread }
}

/** Reads a band of the page both ways up; letters upside down make no words. */
async function isUpsideDown(sheet: Sheet, ocr: Ocr, options: Options): Promise<boolean> {
  const band = busiestBand(sheet)
  const upright = crop(sheet.picture, band, 0)
  const over = { ...upright, grey: upright.grey.toReversed() }
  const [one, other] = [
    await ocr.recognise(upright, { ...options, layout: 'page' }),
    await ocr.recognise(over, { ...options, layout: 'page' }),
  ]
  return evidence(other.words) > evidence(one.words) * 1.2
}

/** A strip of about eight lines where most letters are. */
function busiestBand({ pieces, typeHeight, picture }: Sheet): PixelBox {
  const height = Math.min(picture.height, Math.round(typeHeight * 20))
  const step = Math.max(1, Math.round(height / 4))
  const counts: number[] = []
  for (const { y0 } of pieces) counts[Math.floor(y0 / step)] = (counts[Math.floor(y0 / step)] ?? 0) + 1
  const at = (index: number) => [0, 1, 2, 3].reduce((sum, next) => sum + (counts[index + next] ?? 0), 0)
  let best = 0
  for (let index = 0; index < counts.length; index++) if (at(index) > at(best)) best = index
  const y0 = Math.min(best * step, picture.height - height)
  return { x0: 0, y0, x1: picture.width, y1: y0 + height }
}

type Rated = { readonly text: string; readonly confidence: number }

/** Letters in believed words. */
const evidence = (words: readonly Rated[]): number =>
  words.reduce((sum, { text, confidence }) => sum + (confidence > 0.7 ? text.length * confidence : 0), 0)

/** Mean over letters, so that specks read as words do not count. */
function meanConfidence(words: readonly Rated[]): number {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  const total = words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0)
  return letters === 0 ? 0 : total / letters
}

function pageOf(
  { sheet, words, lines, unread }: Read,
  slot: PageSlot,
  context: Pick<ReadContext, 'report'>,
): Page {
  const isSideways = sheet.turned % 180 === 90
  const width = isSideways ? slot.height : slot.width
  const height = isSideways ? slot.width : slot.height
  const points = width / sheet.picture.width
  const frame: Frame = {
    ...(sheet.turned ? { turned: sheet.turned } : {}),
    ...(sheet.skew ? { skew: sheet.skew } : {}),
  }
  const inPoints = <B extends PixelBox>(box: B) => ({
    x0: box.x0 * points,
    y0: box.y0 * points,
    x1: box.x1 * points,
    y1: box.y1 * points,
  })
  const placed = (boxes: readonly PixelBox[]): At => ({
    page: slot.number,
    boxes: boxes
      .slice(0, 20)
      .map((box) => ({ page: slot.number, ...asDisplayed(inPoints(box), frame, width, height) })),
  })
  warnOfDoubt(words, unread, slot.number, context, placed)
  return {
    ...bare(slot),
    ...frame,
    width,
    height,
    source: words.length > 0 ? 'ocr' : 'none',
    words: pageWords(words, sheet, points),
    strokes: lines.map((line): Stroke => ({ ...inPoints(line), width: line.width * points })),
    fills: sheet.panels.map((panel) => ({ ...inPoints(panel), color: greyColor(panel.ground) })),
    confidence: meanConfidence(words),
  }
}

const greyColor = (value: number): string => `#${value.toString(16).padStart(2, '0').repeat(3)}`

function pageWords(words: readonly Found[], sheet: Sheet, points: number): Word[] {
  const sizes = sizesOf(words)
  const bold = boldOf(words, weightsOf(words, sizes, sheet))
  return words.map((word, index) => {
    const size = sizes[index]! * points
    const baseline = word.baseline * points
    return {
      text: word.text,
      x0: word.x0 * points,
      x1: word.x1 * points,
      // The same em square around the baseline as words of a PDF's own text.
      y0: baseline - 0.8 * size,
      y1: baseline + 0.2 * size,
      baseline,
      size,
      font: 'ocr',
      bold: word.bold ?? bold[index]!,
      italic: word.italic ?? false,
      confidence: word.confidence,
    }
  })
}

function warnOfDoubt(
  words: readonly Found[],
  unread: readonly PixelBox[],
  page: number,
  { report }: Pick<ReadContext, 'report'>,
  placed: (boxes: readonly PixelBox[]) => At,
): void {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const mean = meanConfidence(words)
  if (words.length === 0) {
    report.warn(
      'page-without-text',
      `Page ${page} shows ink, but no text was recognised on it.`,
      placed(unread),
    )
    return
  }
  if (mean < DOUBTFUL_PAGE) {
    report.warn('ocr-low-confidence', `Page ${page} was recognised with a confidence of ${percent(mean)}.`, {
      page,
    })
    return
  }
  const doubtful = [...Map.groupBy(words, ({ line }) => line).values()].filter(
    (line) => meanConfidence(line) < DOUBTFUL_LINE,
  )
  const boxes = [...doubtful.flat(), ...unread]
  if (boxes.length > 0)
    report.warn(
      'ocr-low-confidence',
      `Page ${page}: ${doubtful.length} lines were recognised with low confidence, ${unread.length} places that look like text could not be read.`,
      placed(boxes),
    )
}
