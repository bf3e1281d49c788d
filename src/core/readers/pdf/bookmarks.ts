import type { Bookmark } from '../../doc/page.ts'
import { displayMatrix } from './geometry.ts'
import { type Pdfium, readString } from './pdfium.ts'

/** Outlines may loop or be made huge on purpose. */
const MAX_BOOKMARKS = 20_000
const MAX_DEPTH = 32

/** The file's own outline in reading order. */
export function readBookmarks(pdfium: Pdfium, document: number): Bookmark[] {
  const { call } = pdfium
  const found: Bookmark[] = []
  const seen = new Set<number>()
  const visit = (first: number, level: number) => {
    for (let at = first; at !== 0; at = call.FPDFBookmark_GetNextSibling(document, at)) {
      if (seen.has(at) || found.length >= MAX_BOOKMARKS) return
      seen.add(at)
      const title = readString(pdfium, (buffer, size) => call.FPDFBookmark_GetTitle(at, buffer, size))
      found.push({ title: title.replace(/\s+/g, ' ').trim(), level, ...target(pdfium, document, at) })
      if (level < MAX_DEPTH) visit(call.FPDFBookmark_GetFirstChild(document, at), level + 1)
    }
  }
  visit(call.FPDFBookmark_GetFirstChild(document, 0), 1)
  return found
}

function target(pdfium: Pdfium, document: number, bookmark: number): { page?: number; y?: number } {
  const { call } = pdfium
  let dest = call.FPDFBookmark_GetDest(document, bookmark)
  if (dest === 0) {
    const action = call.FPDFBookmark_GetAction(bookmark)
    if (action !== 0) dest = call.FPDFAction_GetDest(document, action)
  }
  return dest === 0 ? {} : destination(pdfium, document, dest)
}

/** The page and, where the destination names it, the height on the page as displayed. */
function destination(pdfium: Pdfium, document: number, dest: number): { page?: number; y?: number } {
  const { call, scratch } = pdfium
  const index = call.FPDFDest_GetDestPageIndex(document, dest)
  if (index < 0) return {}
  const page = { page: index + 1 }
  const ok = call.FPDFDest_GetLocationInPage(
    dest, scratch, scratch + 4, scratch + 8, scratch + 12, scratch + 16, scratch + 20,
  ) // biome-ignore format: six out-parameters
  if (ok === 0 || pdfium.i32()[(scratch + 4) >> 2] === 0) return page
  const x = pdfium.f32()[(scratch + 12) >> 2]!
  const y = pdfium.f32()[(scratch + 16) >> 2]!
  const CROP_BOX = 1
  if (call.EPDF_GetPageBoxByIndex(document, index, CROP_BOX, scratch) === 0) return page
  const [left, top, right, bottom] = pdfium.f32().subarray(scratch >> 2, (scratch >> 2) + 4) as unknown as [
    number, number, number, number,
  ] // biome-ignore format: FS_RECTF
  const matrix = displayMatrix(
    { x0: left, y0: Math.min(top, bottom), x1: right, y1: Math.max(top, bottom) },
    call.EPDF_GetPageRotationByIndex(document, index),
  )
  return { ...page, y: matrix[1] * x + matrix[3] * y + matrix[5] }
}
