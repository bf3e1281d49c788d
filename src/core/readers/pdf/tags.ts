/** The structure tree's part of one page (PDF 32000-1, 14.7): elements, and which marked content each holds. */
import type { Tag } from '../../doc/page.ts'
import { type Pdfium, readString, withBytes } from './pdfium.ts'

/** Trees may be made deep or endless on purpose. */
const MAX_DEPTH = 64
const MAX_ELEMENTS = 50_000

export type PageTags = {
  readonly tags: Tag[]
  /** From marked-content id to index in `tags`. */
  readonly byContent: ReadonlyMap<number, number>
}

/** Numbers for elements that are the same on every page of one document. */
export function elementNumbers(): (path: string) => number {
  const known = new Map<string, number>()
  return (path) => {
    const found = known.get(path)
    if (found !== undefined) return found
    known.set(path, known.size)
    return known.size - 1
  }
}

export function readTags(pdfium: Pdfium, page: number, numberOf: (path: string) => number): PageTags {
  const { call } = pdfium
  const tags: Tag[] = []
  const byContent = new Map<number, number>()
  const tree = call.FPDF_StructTree_GetForPage(page)
  if (tree === 0) return { tags, byContent }
  const visit = (element: number, parent: number | undefined, path: string, depth: number): void => {
    const own = Number(path.slice(path.lastIndexOf('/') + 1))
    if (depth > MAX_DEPTH || tags.length >= MAX_ELEMENTS) return
    const type = readString(
      pdfium,
      (buffer, size) => call.FPDF_StructElement_GetType(element, buffer, size),
      256,
    )
    const at = tags.length
    tags.push({
      type,
      ...(parent === undefined ? {} : { parent }),
      ...(type === 'TD' || type === 'TH' ? spansOf(pdfium, element) : {}),
      ...(type === 'Figure' || type === 'Formula' ? altOf(pdfium, element) : {}),
      index: own,
      element: numberOf(path),
    })
    const count = call.FPDF_StructElement_CountChildren(element)
    for (let index = 0; index < count; index++) {
      const content = call.FPDF_StructElement_GetChildMarkedContentID(element, index)
      if (content >= 0) byContent.set(content, at)
      else {
        const child = call.FPDF_StructElement_GetChildAtIndex(element, index)
        // Children on other pages are not loaded; an index in the parent is the same on every page.
        if (child !== 0) visit(child, at, `${path}/${index}`, depth + 1)
      }
    }
  }
  const count = call.FPDF_StructTree_CountChildren(tree)
  for (let index = 0; index < count; index++) {
    const child = call.FPDF_StructTree_GetChildAtIndex(tree, index)
    if (child !== 0) visit(child, undefined, String(index), 0)
  }
  call.FPDF_StructTree_Close(tree)
  return { tags, byContent }
}

function altOf(pdfium: Pdfium, element: number): { alt?: string } {
  const { call } = pdfium
  const alt = readString(pdfium, (buffer, size) => call.FPDF_StructElement_GetAltText(element, buffer, size))
    .replace(/\s+/g, ' ')
    .trim()
  return alt === '' ? {} : { alt }
}

/** Table attributes (PDF 32000-1, table 349). */
function spansOf(pdfium: Pdfium, element: number): { colSpan?: number; rowSpan?: number } {
  const { call } = pdfium
  const count = call.FPDF_StructElement_GetAttributeCount(element)
  let spans = {}
  for (let index = 0; index < count; index++) {
    const attribute = call.FPDF_StructElement_GetAttributeAtIndex(element, index)
    if (attribute === 0) continue
    const colSpan = numberAt(pdfium, attribute, 'ColSpan')
    const rowSpan = numberAt(pdfium, attribute, 'RowSpan')
    spans = { ...spans, ...(colSpan > 1 ? { colSpan } : {}), ...(rowSpan > 1 ? { rowSpan } : {}) }
  }
  return spans
}

function numberAt(pdfium: Pdfium, attribute: number, name: string): number {
  const { call, scratch } = pdfium
  const value = withBytes(pdfium, new TextEncoder().encode(name), (key) =>
    call.FPDF_StructElement_Attr_GetValue(attribute, key),
  )
  if (value === 0 || call.FPDF_StructElement_Attr_GetNumberValue(value, scratch) === 0) return 1
  return Math.round(pdfium.f32()[scratch >> 2]!)
}
