import type { Pdfium } from './pdfium.ts'

type Read = (object: number, r: number, g: number, b: number, a: number) => number

/** The colour as `#rrggbb`, black for patterns; undefined when nothing is painted (fully transparent). */
export const fillColor = (pdfium: Pdfium, object: number): string | undefined =>
  read(pdfium, object, pdfium.call.FPDFPageObj_GetFillColor)

export const strokeColor = (pdfium: Pdfium, object: number): string | undefined =>
  read(pdfium, object, pdfium.call.FPDFPageObj_GetStrokeColor)

function read({ scratch, i32 }: Pdfium, object: number, ask: Read): string | undefined {
  if (ask(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) return '#000000'
  const at = scratch >> 2
  const heap = i32()
  if (heap[at + 3] === 0) return undefined
  const rgb = (heap[at]! << 16) | (heap[at + 1]! << 8) | heap[at + 2]!
  return `#${rgb.toString(16).padStart(6, '0')}`
}
