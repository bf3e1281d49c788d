/** Pages that show ink but hold no usable text: rendered and recognised, or reported. */
import type { Page } from '../../doc/page.ts'
import type { Raster } from '../../ocr.ts'
import type { ReadContext } from '../../reader.ts'
import { recognisePage } from '../ocr/page.ts'
import type { PdfFile } from './file.ts'
import { renderPage } from './render.ts'

/** Recognition gains nothing above this (measured at 130 to 300 on scans of 12-point type). */
const DPI = 200
/** Kept of the limit for pictures, so that a poster does not take all memory. */
const MOST_PIXELS = 16_000_000

export async function recogniseIfNeeded(file: PdfFile, page: Page, context: ReadContext): Promise<Page> {
  const { options, report, ocr } = context
  if (options.ocr !== 'always' && !isScan(page)) return page
  const at = { page: page.number }
  if (options.ocr === 'never' || !ocr) {
    if (isScan(page))
      report.warn(
        'page-needs-ocr',
        `Page ${page.number} shows ink but holds no text; text recognition is switched off.`,
        at,
      )
    return page
  }
  context.progress({ stage: 'recognising', page: page.number, pages: file.pageCount })
  const raster = await rasterOf(file, page, Math.min(MOST_PIXELS, context.limits.imagePixels))
  if (!raster) {
    report.warn('ocr-failed', `Page ${page.number} could not be rendered for text recognition.`, at)
    return page
  }
  const { number, width, height, label } = page
  const read = await recognisePage(
    raster,
    { number, width, height, ...(label ? { label } : {}) },
    ocr,
    context,
  )
  return read.source === 'ocr' ? { ...read, fields: page.fields } : page
}

/** Pictures or drawings and not a word. A page without any ink is simply blank. */
const isScan = ({ words, images, drawings = [], strokes }: Page): boolean =>
  words.length === 0 && images.length + drawings.length + strokes.length > 0

const rasterOf = (
  file: PdfFile,
  { number, width, height }: Page,
  maxPixels: number,
): Promise<Raster | undefined> =>
  file.run(({ call, ...rest }, document) => {
    const handle = call.FPDF_LoadPage(document, number - 1)
    if (handle === 0) return undefined
    const raster = renderPage({ call, ...rest }, handle, { width, height }, { dpi: DPI, maxPixels })
    call.FPDF_ClosePage(handle)
    return raster
  })
