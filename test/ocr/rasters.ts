/** Page pictures for tests: drawn as PDF by the test, rendered by PDFium. */
import type { Picture, Raster } from '../../src/core/ocr.ts'
import { openPdf } from '../../src/core/readers/pdf/file.ts'
import { renderPage } from '../../src/core/readers/pdf/render.ts'
import { type Draw, writePdf } from '../pdf/write.ts'

export const LETTER = { width: 612, height: 792 }

export async function rasterOf(draw: readonly Draw[], dpi = 150, size = LETTER): Promise<Raster> {
  const file = await openPdf(writePdf({ pages: [{ draw, ...size }] }), { heapBytes: 500 * 2 ** 20 })
  const raster = await file.run((pdfium, document) => {
    const page = pdfium.call.FPDF_LoadPage(document, 0)
    const rendered = renderPage(pdfium, page, size, { dpi, maxPixels: 20_000_000 })
    pdfium.call.FPDF_ClosePage(page)
    return rendered
  })
  file.close()
  return raster!
}

/** A grey picture as a raster again. */
export function asRaster({ width, height, grey, dpi }: Picture): Raster {
  const rgba = new Uint8Array(grey.length * 4)
  for (const [index, value] of grey.entries()) rgba.set([value, value, value, 255], index * 4)
  return { width, height, rgba, dpi }
}

/** Lines of text from the top of a page. */
export const lines = (
  texts: readonly string[],
  top = 100,
  size = 12,
  font: 'regular' | 'bold' = 'regular',
): Draw[] => texts.map((text, index) => ({ text, x: 72, y: top + index * size * 1.5, size, font }))

export const prose = [
  'The contractor shall deliver a monthly report within ten days',
  'after the end of each month and shall keep all records of the',
  'work for at least three years after the final payment is made.',
  'Offers that arrive after the closing date will not be reviewed',
  'unless the delay was caused by the Government. Questions must',
  'be sent by electronic mail to the contracting officer named in',
  'Section G of this solicitation, and answers will be published.',
]
