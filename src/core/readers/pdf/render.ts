import type { Raster } from '../../ocr.ts'
import type { PdfFile } from './file.ts'
import { frame } from './pages.ts'
import type { Pdfium } from './pdfium.ts'

/** FPDFBitmap_CreateEx format: 4 bytes a pixel with alpha. */
const RGBA = 4
const WITH_ANNOTATIONS = 0x01
/** PDFium writes BGRA unless told otherwise. */
const REVERSE_BYTE_ORDER = 0x10
const WHITE = 0xffffffff

/** A picture of the page as a viewer shows it, on white, no larger than `maxPixels`. */
export function renderPage(
  pdfium: Pdfium,
  page: number,
  size: { readonly width: number; readonly height: number },
  { dpi, maxPixels }: { readonly dpi: number; readonly maxPixels: number },
): Raster | undefined {
  const { call } = pdfium
  const wanted = ((size.width * dpi) / 72) * ((size.height * dpi) / 72)
  const scale = (dpi / 72) * Math.min(1, Math.sqrt(maxPixels / wanted))
  const width = Math.max(1, Math.round(size.width * scale))
  const height = Math.max(1, Math.round(size.height * scale))
  const bitmap = call.FPDFBitmap_CreateEx(width, height, RGBA, 0, 0)
  if (bitmap === 0) return undefined
  call.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
  call.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, WITH_ANNOTATIONS | REVERSE_BYTE_ORDER)
  const start = call.FPDFBitmap_GetBuffer(bitmap)
  const stride = call.FPDFBitmap_GetStride(bitmap)
  const heap = pdfium.u8()
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++)
    rgba.set(heap.subarray(start + y * stride, start + y * stride + width * 4), y * width * 4)
  call.FPDFBitmap_Destroy(bitmap)
  return { width, height, rgba, dpi: scale * 72 }
}

/** @param number counted from 1 */
export const paintPage = (
  file: PdfFile,
  number: number,
  dpi: number,
  maxPixels: number,
): Promise<Raster | undefined> =>
  file.run((pdfium, document) => {
    const page = pdfium.call.FPDF_LoadPage(document, number - 1)
    if (page === 0) return undefined
    const raster = renderPage(pdfium, page, frame(pdfium, page), { dpi, maxPixels })
    pdfium.call.FPDF_ClosePage(page)
    return raster
  })
