/** One loaded page → the page model. */
import type { Page, Word } from '../../doc/page.ts'
import { type Annotations, readAnnotations } from './annotations.ts'
import type { FontStyle } from './fonts.ts'
import { displayMatrix } from './geometry.ts'
import { readGraphics } from './graphics.ts'
import { type Pdfium, readString } from './pdfium.ts'
import { joinSpacedLetters } from './spacing.ts'
import { readTags } from './tags.ts'
import { type PageText, readWords } from './words.ts'

export type PageNeeds = {
  readonly pdfium: Pdfium
  readonly document: number
  readonly fontOf: (font: number) => FontStyle
  readonly maxChars: number
  readonly maxDepth: number
  /** Absent: the file is not tagged. */
  readonly numberOf?: ((path: string) => number) | undefined
}

export type ReadPage = { readonly page: Page; readonly text: PageText }

/** @returns undefined when PDFium cannot load the page. */
export function readPage(needs: PageNeeds, index: number): ReadPage | undefined {
  const { pdfium, document } = needs
  const { call } = pdfium
  let handle = call.FPDF_LoadPage(document, index)
  if (handle === 0) return undefined
  const { toDisplay, width, height } = frame(pdfium, handle)
  const { boxes, links, isMerged } = readAnnotations(pdfium, document, handle, toDisplay)
  if (isMerged) {
    call.FPDF_ClosePage(handle)
    handle = call.FPDF_LoadPage(document, index)
    if (handle === 0) return undefined
  }
  const textPage = call.FPDFText_LoadPage(handle)
  const { tags, byContent } = needs.numberOf ? readTags(pdfium, handle, needs.numberOf) : noTags
  const { fontOf, maxChars } = needs
  const text = readWords({ pdfium, textPage, toDisplay, fontOf, byContent, maxChars })
  const graphics = readGraphics(pdfium, handle, toDisplay, needs.maxDepth)
  call.FPDFText_ClosePage(textPage)
  call.FPDF_ClosePage(handle)
  const label = readString(pdfium, (buffer, size) => call.FPDF_GetPageLabel(document, index, buffer, size))
  const page: Page = {
    number: index + 1,
    width,
    height,
    ...(label !== '' ? { label } : {}),
    source: text.words.length > 0 ? 'native' : 'none',
    words: linked([...joinSpacedLetters(text.words), ...boxes], links).filter(
      (word) => word.x1 > 0 && word.y1 > 0 && word.x0 < width && word.y0 < height,
    ),
    strokes: graphics.strokes,
    fills: graphics.fills,
    images: graphics.images,
    drawings: graphics.drawings,
    tags,
    fields: [],
    hidden: [],
  }
  return { page, text }
}

/** A word belongs to the link that its middle lies in. */
function linked(words: readonly Word[], links: Annotations['links']): readonly Word[] {
  if (links.length === 0) return words
  return words.map((word) => {
    const [x, y] = [(word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2]
    const link = links.find(({ x0, y0, x1, y1 }) => x >= x0 && x <= x1 && y >= y0 && y <= y1)
    return link ? { ...word, href: link.href } : word
  })
}

const noTags = { tags: [], byContent: new Map<number, number>() }

/** Size as displayed, and the way from page space to it. */
export function frame(pdfium: Pdfium, page: number) {
  const { call, scratch } = pdfium
  call.FPDF_GetPageBoundingBox(page, scratch)
  const at = scratch >> 2
  const heap = pdfium.f32()
  const box = { x0: heap[at]!, y0: heap[at + 3]!, x1: heap[at + 2]!, y1: heap[at + 1]! }
  const turns = call.FPDFPage_GetRotation(page)
  const isTurned = turns % 2 === 1
  const [w, h] = [box.x1 - box.x0, box.y1 - box.y0]
  return { toDisplay: displayMatrix(box, turns), width: isTurned ? h : w, height: isTurned ? w : h }
}
