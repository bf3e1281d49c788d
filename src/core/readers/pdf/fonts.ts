/** What a font's name and flags say about style. */
import { type Pdfium, readString8 } from './pdfium.ts'

export type FontStyle = { readonly name: string; readonly bold: boolean; readonly italic: boolean }

/** Subset fonts carry six letters and a plus sign before their name (PDF 32000-1, 9.6.4). */
const SUBSET = /^[A-Z]{6}\+/
const BOLD = /bold|black|heavy|semibold|demi|medi\b|\bmedi|cmbx|cmb\d|sfbx|-bd|,b|boldmt/i
const NOT_BOLD = /medium/i
const ITALIC = /italic|oblique|slanted|cmti|cmsl|cmmi|sfti|-it\b|ital$|kursiv/i
/** Font descriptor flags (PDF 32000-1, table 123): bit 7 italic, bit 19 force bold. */
const FLAG_ITALIC = 1 << 6
const FLAG_FORCE_BOLD = 1 << 18

/** Reads a font once; handles are stable while the document is open. */
export function fontCache(pdfium: Pdfium): (font: number) => FontStyle {
  const known = new Map<number, FontStyle>()
  return (font) => {
    const found = known.get(font)
    if (found) return found
    const style = font === 0 ? { name: '', bold: false, italic: false } : readFont(pdfium, font)
    known.set(font, style)
    return style
  }
}

function readFont(pdfium: Pdfium, font: number): FontStyle {
  const { call } = pdfium
  const name = readString8(pdfium, (buffer, size) =>
    call.FPDFFont_GetBaseFontName(font, buffer, size),
  ).replace(SUBSET, '')
  const flags = call.FPDFFont_GetFlags(font)
  const has = (bit: number) => flags > 0 && (flags & bit) !== 0
  return {
    name,
    bold: (BOLD.test(name) && !NOT_BOLD.test(name)) || has(FLAG_FORCE_BOLD),
    italic: ITALIC.test(name) || has(FLAG_ITALIC),
  }
}
