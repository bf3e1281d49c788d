/** Words out of Tesseract's own JSON. */
import type { OcrWord } from '../../core/ocr.ts'

type Bounds = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }
type TesseractWord = {
  readonly text: string
  readonly confidence: number
  readonly bbox: Bounds
  readonly symbols?: readonly { readonly bbox: Bounds }[]
}
type TesseractLine = { readonly baseline: Bounds; readonly words: readonly TesseractWord[] }
export type TesseractBlock = {
  readonly paragraphs: readonly { readonly lines: readonly TesseractLine[] }[] | null
}

export function wordsOf(blocks: readonly TesseractBlock[]): OcrWord[] {
  const lines = blocks.flatMap(({ paragraphs }) => (paragraphs ?? []).flatMap((paragraph) => paragraph.lines))
  return lines.flatMap((line, index) =>
    line.words
      .filter(({ text }) => text.trim() !== '')
      .map(({ text, confidence, bbox, symbols }) => ({
        text: text.trim(),
        ...bbox,
        baseline: baselineAt(line.baseline, (bbox.x0 + bbox.x1) / 2),
        confidence: Math.min(Math.max(confidence, 0), 100) / 100,
        ...(symbols ? { edges: symbols.map((symbol) => symbol.bbox.x1) } : {}),
        line: index,
      })),
  )
}

function baselineAt({ x0, y0, x1, y1 }: Bounds, x: number): number {
  return x1 === x0 ? y0 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)
}
