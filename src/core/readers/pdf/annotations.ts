/**
 * What stands on a page but not in its content: values of form fields, text typed over it, stamps, links. PDFium merges the
 * pictures of annotations into the page (FPDFPage_Flatten), so that they are read with font and place like any other text.
 */
import type { Rect, Word } from '../../doc/page.ts'
import { type Matrix, transformRect } from './geometry.ts'
import { type Pdfium, readString, readString8 } from './pdfium.ts'

/** fpdf_annot.h */
const LINK = 2
const FREE_TEXT = 3
const STAMP = 13
const WIDGET = 20
const HIDDEN = 0x02 | 0x20
/** fpdf_flatten.h */
const AS_DISPLAYED = 0
const DONE = 1

/** A page with more is an attack rather than a form. */
const MOST = 5_000
const CHECKED = '☒'
const UNCHECKED = '☐'

export type Annotations = {
  /** Check boxes and radio buttons, as words: their marks are drawn, not written. */
  readonly boxes: readonly Word[]
  readonly links: readonly (Rect & { readonly href: string })[]
  /** The page has been changed and must be loaded again to be read. */
  readonly isMerged: boolean
}

const none: Annotations = { boxes: [], links: [], isMerged: false }

export function readAnnotations(
  pdfium: Pdfium,
  document: number,
  page: number,
  toDisplay: Matrix,
): Annotations {
  const { call } = pdfium
  const count = Math.min(call.FPDFPage_GetAnnotCount(page), MOST)
  if (count <= 0) return none
  const boxes: Word[] = []
  const links: (Rect & { href: string })[] = []
  let hasText = false
  for (let index = 0; index < count; index++) {
    const annotation = call.FPDFPage_GetAnnot(page, index)
    if (annotation === 0) continue
    const kind = call.FPDFAnnot_GetSubtype(annotation)
    const isShown = (call.FPDFAnnot_GetFlags(annotation) & HIDDEN) === 0
    if (isShown && kind === LINK) {
      const href = addressOf(pdfium, document, annotation)
      const rect = href === '' ? undefined : rectOf(pdfium, annotation, toDisplay)
      if (rect) links.push({ ...rect, href })
    } else if (isShown && (kind === WIDGET || kind === FREE_TEXT || kind === STAMP)) {
      hasText = true
      const box = kind === WIDGET ? boxOf(pdfium, annotation, toDisplay) : undefined
      if (box) boxes.push(box)
    }
    call.FPDFPage_CloseAnnot(annotation)
  }
  return { boxes, links, isMerged: hasText && call.FPDFPage_Flatten(page, AS_DISPLAYED) === DONE }
}

/** Only web and mail addresses: a link into the file itself is of no use outside it. */
function addressOf(pdfium: Pdfium, document: number, annotation: number): string {
  const { call } = pdfium
  const link = call.FPDFAnnot_GetLink(annotation)
  const action = link === 0 ? 0 : call.FPDFLink_GetAction(link)
  const href =
    action === 0
      ? ''
      : readString8(pdfium, (buffer, size) => call.FPDFAction_GetURIPath(document, action, buffer, size))
  return /^(https?:\/\/|mailto:)\S+$/i.test(href) ? href : ''
}

/** Only buttons have appearance states (ISO 32000-2, 12.5.5): `Off`, or the name of the state that is on. */
function boxOf(pdfium: Pdfium, annotation: number, toDisplay: Matrix): Word | undefined {
  const state = stringOf(pdfium, annotation, 'AS')
  const rect = state === '' ? undefined : rectOf(pdfium, annotation, toDisplay)
  if (!rect) return undefined
  const size = Math.min(rect.y1 - rect.y0, rect.x1 - rect.x0)
  const baseline = (rect.y0 + rect.y1) / 2 + size * 0.3
  return {
    ...rect,
    text: state === 'Off' ? UNCHECKED : CHECKED,
    size,
    font: 'form',
    bold: false,
    italic: false,
    baseline,
  }
}

function stringOf(pdfium: Pdfium, annotation: number, key: string): string {
  const name = pdfium.malloc(key.length + 1)
  pdfium.u8().set(
    [...key, '\0'].map((letter) => letter.charCodeAt(0)),
    name,
  )
  const value = readString(pdfium, (buffer, size) =>
    pdfium.call.FPDFAnnot_GetStringValue(annotation, name, buffer, size),
  )
  pdfium.free(name)
  return value
}

/** FS_RECTF: left, top, right, bottom. */
function rectOf({ call, scratch, f32 }: Pdfium, annotation: number, toDisplay: Matrix): Rect | undefined {
  if (call.FPDFAnnot_GetRect(annotation, scratch) === 0) return undefined
  const at = scratch >> 2
  const heap = f32()
  const rect = transformRect(toDisplay, heap[at]!, heap[at + 3]!, heap[at + 2]!, heap[at + 1]!)
  return rect.x1 > rect.x0 && rect.y1 > rect.y0 ? rect : undefined
}
