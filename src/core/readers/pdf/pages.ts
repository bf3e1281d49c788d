/** One loaded page → the page model. */
import type { Page, Rect, Word } from '../../doc/page.ts'
import { type Annotations, readAnnotations } from './annotations.ts'
import type { FontStyle } from './fonts.ts'
import { displayMatrix } from './geometry.ts'
import { readGraphics } from './graphics.ts'
import { type Pdfium, readString } from './pdfium.ts'
import { seenWords } from './sight.ts'
import { joinSpacedLetters } from './spacing.ts'
import { readTags } from './tags.ts'
import { type PageText, readWords } from './words.ts'

export type PageNeeds = {
  readonly pdfium: Pdfium
  readonly document: number
  /** The form's handle; 0: the file has none. */
  readonly form: number
  readonly fontOf: (font: number) => FontStyle
  readonly maxChars: number
  readonly maxDepth: number
  /** Leave the words that nobody can see among the others. */
  readonly keepHidden: boolean
  readonly keepLinks: boolean
  /** Absent: the file is not tagged. */
  readonly numberOf?: ((path: string) => number) | undefined
}

export type ReadPage = {
  readonly page: Page
  readonly text: PageText
  /** Asks to wait for a form that only Adobe's programs make. */
  readonly isDynamicForm: boolean
}

/** @returns undefined when PDFium cannot load the page. */
export function readPage(needs: PageNeeds, index: number): ReadPage | undefined {
  const { pdfium, document } = needs
  const { call } = pdfium
  let handle = call.FPDF_LoadPage(document, index)
  if (handle === 0) return undefined
  const { toDisplay, width, height } = frame(pdfium, handle)
  const on = readAnnotations({ pdfium, document, page: handle, form: needs.form, toDisplay })
  if (on.isMerged) {
    call.FPDF_ClosePage(handle)
    handle = call.FPDF_LoadPage(document, index)
    if (handle === 0) return undefined
  }
  const textPage = call.FPDFText_LoadPage(handle)
  const { tags, byContent } = needs.numberOf ? readTags(pdfium, handle, needs.numberOf) : noTags
  const { fontOf, maxChars } = needs
  const graphics = readGraphics(pdfium, handle, toDisplay, needs.maxDepth)
  const { texts: painted } = graphics
  const text = readWords({ pdfium, textPage, toDisplay, fontOf, painted, byContent, maxChars })
  const place = { pdfium, document, page: handle, width, height, highlights: on.highlights }
  const { words, hidden } = seenWords(place, text, graphics)
  call.FPDFText_ClosePage(textPage)
  call.FPDF_ClosePage(handle)
  const label = readString(pdfium, (buffer, size) => call.FPDF_GetPageLabel(document, index, buffer, size))
  const written = joinSpacedLetters(needs.keepHidden ? text.words.filter(isOn(width, height)) : words)
  const page: Page = {
    number: index + 1,
    width,
    height,
    ...(label !== '' ? { label } : {}),
    source: written.length + on.words.length > 0 ? 'native' : 'none',
    words: withAnnotations(written, needs.keepLinks ? on : { ...on, links: [] }),
    strokes: graphics.strokes,
    fills: graphics.fills,
    images: graphics.images,
    drawings: graphics.drawings,
    tags,
    fields: on.fields,
    ...(on.notes.length > 0 ? { notes: on.notes } : {}),
    hidden,
  }
  return { page, text, isDynamicForm: isXfa(call.FPDF_GetFormType(document)) && saysToWait(words) }
}

/** Words of fields stand among the others, unless the page has them printed too; words under a link lead there. */
function withAnnotations(words: readonly Word[], { words: added, links }: Annotations): readonly Word[] {
  const free = added.filter((one) => !words.some((word) => isSame(word, one)))
  const all = free.length > 0 ? [...words, ...free] : words
  if (links.length === 0) return all
  return all.map((word) => {
    const link = links.find((one) => holds(one, word))
    return link ? { ...word, href: link.href } : word
  })
}

/** Where one of the two says what the other does. */
const isSame = (word: Word, field: Word): boolean =>
  (word.text === field.text || /^[☐☒□■]$/.test(field.text)) && holds(field, word)

function holds({ x0, y0, x1, y1 }: Rect, word: Rect): boolean {
  const x = (word.x0 + word.x1) / 2
  const y = (word.y0 + word.y1) / 2
  return x > x0 && x < x1 && y > y0 && y < y1
}

const isOn =
  (width: number, height: number) =>
  ({ x0, y0, x1, y1 }: Rect): boolean =>
    x1 > 0 && y1 > 0 && x0 < width && y0 < height

/** FPDF_GetFormType: 2 = XFA alone, 3 = XFA over a static page. */
const isXfa = (type: number): boolean => type === 2 || type === 3
const saysToWait = (words: readonly Word[]): boolean =>
  /please wait/i.test(
    words
      .slice(0, 60)
      .map(({ text }) => text)
      .join(' '),
  )

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
