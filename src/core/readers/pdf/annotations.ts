/** What lies on top of a page: form fields with their values, links, text boxes and comments. */
import type { PageField, PageNote, Rect, Word } from '../../doc/page.ts'
import { type Matrix, transformRect } from './geometry.ts'
import { type Pdfium, readString, readString8, withBytes } from './pdfium.ts'

/** FPDF_ANNOTATION_SUBTYPE */
const LINK = 2
const FREE_TEXT = 3
const HIGHLIGHT = 9
const WIDGET = 20
/** Subtypes that carry a reviewer's words: text, line, square, circle, polygons, marks of text, stamp, caret, ink. */
const REMARKS = new Set([1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
/** fpdf_flatten.h: what is shown on a screen; the result when the page was changed. */
const AS_DISPLAYED = 0
const DONE = 1
/** Flags (PDF 32000-1, table 165). */
const HIDDEN = 2
const NO_VIEW = 32
/** Made by machines without end on some pages. */
const MOST = 5_000

export type Annotations = {
  readonly words: Word[]
  readonly fields: PageField[]
  readonly links: (Rect & { readonly href: string })[]
  readonly notes: PageNote[]
  /** Places of highlights: whatever their pictures are painted with, viewers let the text below show. */
  readonly highlights: Rect[]
  /** The pictures of fields and text boxes are part of the page now, which must be loaded again to be read. */
  isMerged: boolean
}
export type AnnotatedPage = {
  readonly pdfium: Pdfium
  readonly document: number
  readonly page: number
  /** The form's handle; 0: the file has no form. */
  readonly form: number
  readonly toDisplay: Matrix
}

export function readAnnotations(source: AnnotatedPage): Annotations {
  const { pdfium, page } = source
  const { call } = pdfium
  const out: Annotations = { words: [], fields: [], links: [], notes: [], highlights: [], isMerged: false }
  const count = Math.min(MOST, call.FPDFPage_GetAnnotCount(page))
  for (let index = 0; index < count; index++) {
    const annotation = call.FPDFPage_GetAnnot(page, index)
    if (annotation === 0) continue
    const isShown = (call.FPDFAnnot_GetFlags(annotation) & (HIDDEN | NO_VIEW)) === 0
    const box = isShown ? boxOf(source, annotation) : undefined
    if (box) readOne(source, annotation, box, out)
    call.FPDFPage_CloseAnnot(annotation)
  }
  // What annotations show is then read with its own font and place, like any other text.
  if (out.isMerged) out.isMerged = call.FPDFPage_Flatten(page, AS_DISPLAYED) === DONE
  return out
}

/** It has a picture of its own (PDF 32000-1, 12.5.5). */
const isPictured = ({ pdfium }: AnnotatedPage, annotation: number): boolean =>
  withBytes(
    pdfium,
    new TextEncoder().encode('AP'),
    (name) => pdfium.call.FPDFAnnot_HasKey(annotation, name) !== 0,
  )

function readOne(source: AnnotatedPage, annotation: number, box: Rect, out: Annotations): void {
  const subtype = source.pdfium.call.FPDFAnnot_GetSubtype(annotation)
  if (subtype === HIGHLIGHT) out.highlights.push(box)
  if (subtype === LINK) {
    const href = hrefOf(source, annotation)
    if (href !== '') out.links.push(...quadsOf(source, annotation, box).map((one) => ({ ...one, href })))
  } else if (subtype === WIDGET && source.form !== 0) {
    const field = fieldOf(source, annotation, box)
    if (!field) return
    out.fields.push(field)
    const isDrawn = isPictured(source, annotation)
    out.isMerged ||= isDrawn
    // The mark in a box is drawn, not written.
    if (!isDrawn || field.checked !== undefined)
      out.words.push(...wordsOfField(field, source.pdfium, source.form, annotation))
  } else if (subtype === FREE_TEXT) {
    if (isPictured(source, annotation)) out.isMerged = true
    else out.words.push(...wordsIn(entry(source, annotation, 'Contents'), box, 0))
  } else if (REMARKS.has(subtype)) {
    const text = entry(source, annotation, 'Contents').trim()
    const author = entry(source, annotation, 'T').trim()
    const date = dateOf(entry(source, annotation, 'M'))
    if (text !== '')
      out.notes.push({ ...box, text, ...(author ? { author } : {}), ...(date ? { date } : {}) })
  }
}

function boxOf({ pdfium, toDisplay }: AnnotatedPage, annotation: number): Rect | undefined {
  const { call, scratch } = pdfium
  if (call.FPDFAnnot_GetRect(annotation, scratch) === 0) return undefined
  // FS_RECTF: left, top, right, bottom.
  const at = scratch >> 2
  const f32 = pdfium.f32()
  return transformRect(toDisplay, f32[at]!, f32[at + 3]!, f32[at + 2]!, f32[at + 1]!)
}

/** A link over several lines states a box for each. */
function quadsOf({ pdfium, toDisplay }: AnnotatedPage, annotation: number, box: Rect): Rect[] {
  const { call, scratch } = pdfium
  const count =
    call.FPDFAnnot_HasAttachmentPoints(annotation) === 0
      ? 0
      : call.FPDFAnnot_CountAttachmentPoints(annotation)
  const quads: Rect[] = []
  for (let index = 0; index < Math.min(count, 100); index++) {
    if (call.FPDFAnnot_GetAttachmentPoints(annotation, index, scratch) === 0) continue
    const points = pdfium.f32().slice(scratch >> 2, (scratch >> 2) + 8)
    const xs = points.filter((_, at) => at % 2 === 0)
    const ys = points.filter((_, at) => at % 2 === 1)
    quads.push(transformRect(toDisplay, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)))
  }
  return quads.length > 0 ? quads : [box]
}

/** FPDFAction_GetType */
const URI = 3

function hrefOf({ pdfium, document }: AnnotatedPage, annotation: number): string {
  const { call } = pdfium
  const link = call.FPDFAnnot_GetLink(annotation)
  const action = link === 0 ? 0 : call.FPDFLink_GetAction(link)
  if (action === 0 || call.FPDFAction_GetType(action) !== URI) return ''
  return readString8(pdfium, (buffer, size) =>
    call.FPDFAction_GetURIPath(document, action, buffer, size),
  ).trim()
}

const entry = ({ pdfium }: AnnotatedPage, annotation: number, key: string): string =>
  withBytes(pdfium, new TextEncoder().encode(key), (name) =>
    readString(pdfium, (buffer, size) =>
      pdfium.call.FPDFAnnot_GetStringValue(annotation, name, buffer, size),
    ),
  )

/** D:YYYYMMDD… (PDF 32000-1, 7.9.4) */
const dateOf = (text: string): string | undefined => {
  const parts = /^D?:?(\d{4})(\d{2})(\d{2})/.exec(text)
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : undefined
}

/** FPDFAnnot_GetFormFieldType; push buttons say nothing. */
const kinds: Readonly<Record<number, PageField['kind']>> = {
  2: 'checkbox',
  3: 'radio',
  4: 'choice',
  5: 'choice',
  6: 'text',
  7: 'signature',
}

function fieldOf(source: AnnotatedPage, annotation: number, box: Rect): PageField | undefined {
  const { pdfium, form } = source
  const { call } = pdfium
  const kind = kinds[call.FPDFAnnot_GetFormFieldType(form, annotation)]
  if (!kind) return undefined
  const ask = (name: 'FPDFAnnot_GetFormFieldName' | 'FPDFAnnot_GetFormFieldValue') =>
    readString(pdfium, (buffer, size) => call[name](form, annotation, buffer, size))
  const label = readString(pdfium, (buffer, size) =>
    call.FPDFAnnot_GetFormFieldAlternateName(form, annotation, buffer, size),
  )
  const isBox = kind === 'checkbox' || kind === 'radio'
  return {
    ...box,
    kind,
    name: ask('FPDFAnnot_GetFormFieldName'),
    ...(label === '' ? {} : { label }),
    value: isBox ? '' : ask('FPDFAnnot_GetFormFieldValue').trim(),
    // The state that the box shows, by the name of its appearance (PDF 32000-1, 12.7.4.2.3).
    ...(isBox ? { checked: !['', 'Off'].includes(entry(source, annotation, 'AS')) } : {}),
  }
}

function wordsOfField(field: PageField, pdfium: Pdfium, form: number, annotation: number): Word[] {
  if (field.kind === 'signature') return []
  if (field.checked !== undefined) return [mark(field, field.checked ? '☒' : '☐')]
  const { call, scratch } = pdfium
  const isSized = field.value !== '' && call.FPDFAnnot_GetFontSize(form, annotation, scratch) !== 0
  return wordsIn(field.value, field, isSized ? pdfium.f32()[scratch >> 2]! : 0)
}

const style = { font: '', bold: false, italic: false }

/** A box to tick reads as one word in the size of the text beside it. */
function mark({ x0, y0, x1, y1 }: Rect, text: string): Word {
  const size = Math.min(10, Math.max(6, y1 - y0))
  const middle = (y0 + y1) / 2
  return {
    ...style,
    text,
    x0,
    x1,
    y0: middle - size / 2,
    y1: middle + size / 2,
    size,
    baseline: middle + 0.3 * size,
  }
}

/** Letters are about half as wide as high. */
const WIDTH = 0.5
const LEADING = 1.15

/** Text as a viewer would set it in the box: broken to its width, in the size that is stated or fits. */
function wordsIn(text: string, { x0, y0, x1, y1 }: Rect, stated: number): Word[] {
  const height = y1 - y0
  const size = stated > 0 ? stated : Math.max(4, Math.min(10, 0.7 * height))
  const room = Math.max(1, Math.floor((x1 - x0 - 4) / (WIDTH * size)))
  const lines = height < 2 * size ? [text.replace(/\s+/g, ' ')] : brokenTo(text, room)
  const leading = Math.min(LEADING * size, height / Math.max(1, lines.length))
  const top = lines.length === 1 && height < 2 * size ? (y0 + y1) / 2 - 0.5 * size : y0
  return lines.flatMap((line, row) => {
    const step = Math.min(WIDTH * size, (x1 - x0 - 4) / Math.max(1, line.length))
    const baseline = top + row * leading + 0.8 * size
    return [...line.matchAll(/\S+/g)].map(
      ({ 0: word, index }): Word => ({
        ...style,
        text: word,
        x0: x0 + 2 + index * step,
        x1: x0 + 2 + (index + word.length) * step,
        y0: baseline - 0.8 * size,
        y1: baseline + 0.2 * size,
        size,
        baseline,
      }),
    )
  })
}

function brokenTo(text: string, room: number): string[] {
  return text.split(/\r\n?|\n/).flatMap((paragraph) => {
    const lines: string[] = []
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      const last = lines.at(-1)
      if (last !== undefined && last.length + 1 + word.length <= room)
        lines[lines.length - 1] = `${last} ${word}`
      else lines.push(word)
    }
    return lines
  })
}
