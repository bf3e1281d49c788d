/** A copy of a PDF with places marked: a highlight over each, a number beside it, and a note that a viewer shows. */
import type { Box } from '../../doc/model.ts'
import type { Rect } from '../../doc/page.ts'
import { defaultLimits, type Limits } from '../../limits.ts'
import { openPdf } from './file.ts'
import { type Matrix, transformRect } from './geometry.ts'
import { frame } from './pages.ts'
import { type Pdfium, withBytes } from './pdfium.ts'

export type Highlight = {
  readonly boxes: readonly Box[]
  /** Printed beside the first line. */
  readonly label: string
  /** What a viewer shows when the highlight is pointed at. */
  readonly note: string
  readonly color: readonly [red: number, green: number, blue: number]
}

/** FPDF_ANNOTATION_SUBTYPE (fpdf_annot.h). */
const FREE_TEXT = 3
const HIGHLIGHT = 9
/** FPDF_ANNOT_FLAG_PRINT. */
const PRINT = 4
const HELVETICA = 4
const LABEL_POINTS = 6

/** @throws MdraftError as reading a PDF does */
export async function highlightPdf(
  bytes: Uint8Array,
  highlights: readonly Highlight[],
  { password, limits = defaultLimits }: { password?: string | undefined; limits?: Limits } = {},
): Promise<Uint8Array> {
  const file = await openPdf(bytes, { password, heapBytes: limits.residentBytes / 2 })
  try {
    const byPage = Map.groupBy(
      highlights.flatMap((highlight) =>
        [...Map.groupBy(highlight.boxes, ({ page }) => page)].map(([page, boxes]) => ({
          ...highlight,
          page,
          boxes,
        })),
      ),
      ({ page }) => page,
    )
    for (const [page, marks] of byPage)
      if (page >= 1 && page <= file.pageCount)
        await file.run((pdfium, document) => markPage(pdfium, document, page, marks))
    return await file.run(save)
  } finally {
    file.close()
  }
}

function markPage(pdfium: Pdfium, document: number, number: number, marks: readonly Highlight[]): void {
  const { call } = pdfium
  const page = call.FPDF_LoadPage(document, number - 1)
  if (page === 0) return
  const { toDisplay } = frame(pdfium, page)
  const toPage = inverse(toDisplay)
  for (const mark of marks)
    addHighlight(
      pdfium,
      page,
      mark.boxes.map(({ x0, y0, x1, y1 }) => transformRect(toPage, x0, y0, x1, y1)),
      mark,
    )
  for (const { x0, y0, x1, y1, label } of labelsOf(marks))
    addLabel(pdfium, page, transformRect(toPage, x0, y0, x1, y1), label)
  call.FPDF_ClosePage(page)
}

/** In the margin, beside the line where each mark starts; those of one line stand side by side. */
function labelsOf(marks: readonly Highlight[]): (Rect & { readonly label: string })[] {
  const margin = Math.min(...marks.flatMap(({ boxes }) => boxes.map(({ x0 }) => x0)))
  const taken: { readonly y: number; left: number }[] = []
  return marks.map(({ boxes, label }) => {
    const { y0 } = boxes[0]!
    const line = taken.find(({ y }) => Math.abs(y - y0) < LABEL_POINTS) ?? { y: y0, left: margin - 1 }
    taken.push(line)
    const width = label.length * LABEL_POINTS * 0.6 + 3
    line.left = Math.max(1, line.left - width)
    return { x0: line.left, y0, x1: line.left + width, y1: y0 + LABEL_POINTS + 3, label }
  })
}

/** The way back from the page as displayed; the matrix only turns and moves, so its determinant is ±1. */
function inverse([a, b, c, d, e, f]: Matrix): Matrix {
  const det = a * d - b * c
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det]
}

function addHighlight(
  pdfium: Pdfium,
  page: number,
  rects: readonly Rect[],
  { color, note }: Highlight,
): void {
  const { call } = pdfium
  const annotation = call.FPDFPage_CreateAnnot(page, HIGHLIGHT)
  if (annotation === 0) return
  // Corners in the order that viewers expect: upper left, upper right, lower left, lower right.
  for (const { x0, y0, x1, y1 } of rects)
    withFloats(pdfium, [x0, y1, x1, y1, x0, y0, x1, y0], (at) =>
      call.FPDFAnnot_AppendAttachmentPoints(annotation, at),
    )
  setRect(pdfium, annotation, {
    x0: Math.min(...rects.map(({ x0 }) => x0)),
    y0: Math.min(...rects.map(({ y0 }) => y0)),
    x1: Math.max(...rects.map(({ x1 }) => x1)),
    y1: Math.max(...rects.map(({ y1 }) => y1)),
  })
  call.FPDFAnnot_SetColor(annotation, 0, ...color, 255)
  finish(pdfium, annotation, note)
}

function addLabel(pdfium: Pdfium, page: number, rect: Rect, label: string): void {
  const { call } = pdfium
  const annotation = call.FPDFPage_CreateAnnot(page, FREE_TEXT)
  if (annotation === 0) return
  setRect(pdfium, annotation, rect)
  call.FPDFAnnot_SetBorder(annotation, 0, 0, 0)
  call.EPDFAnnot_SetDefaultAppearance(annotation, HELVETICA, LABEL_POINTS, 160, 0, 0)
  finish(pdfium, annotation, label)
}

function finish(pdfium: Pdfium, annotation: number, contents: string): void {
  const { call } = pdfium
  setText(pdfium, annotation, 'Contents', contents)
  call.FPDFAnnot_SetFlags(annotation, PRINT)
  call.EPDFAnnot_GenerateAppearance(annotation)
  call.FPDFPage_CloseAnnot(annotation)
}

const setText = (pdfium: Pdfium, annotation: number, key: string, value: string): void => {
  withBytes(pdfium, new TextEncoder().encode(key), (keyAt) =>
    withBytes(pdfium, Buffer.from(`${value}\0`, 'utf16le'), (valueAt) =>
      pdfium.call.FPDFAnnot_SetStringValue(annotation, keyAt, valueAt),
    ),
  )
}

/** FS_RECTF: left, top, right, bottom. */
const setRect = (pdfium: Pdfium, annotation: number, { x0, y0, x1, y1 }: Rect): void =>
  withFloats(pdfium, [x0, y1, x1, y0], (at) => pdfium.call.FPDFAnnot_SetRect(annotation, at))

function withFloats(pdfium: Pdfium, values: readonly number[], use: (address: number) => unknown): void {
  pdfium.f32().set(values, pdfium.scratch >> 2)
  use(pdfium.scratch)
}

function save(pdfium: Pdfium, document: number): Uint8Array {
  const { call } = pdfium
  const writer = call.PDFiumExt_OpenFileWriter()
  call.PDFiumExt_SaveAsCopy(document, writer)
  const size = call.PDFiumExt_GetFileWriterSize(writer)
  const address = pdfium.malloc(size)
  call.PDFiumExt_GetFileWriterData(writer, address, size)
  const made = pdfium.u8().slice(address, address + size)
  pdfium.free(address)
  call.PDFiumExt_CloseFileWriter(writer)
  return made
}
