/** Characters as the reader of the page would type them. */

/** Ligatures and compatibility forms that stand for several letters (Unicode FB00–FB06). */
const ligatures = ['ff', 'fi', 'fl', 'ffi', 'ffl', 'ft', 'st']

/** Private-use codes of Symbol and Wingdings (F000 + code) that stand at the head of list items and check boxes. */
const symbols: Readonly<Record<number, string>> = {
  108: '●', 109: '❍', 110: '■', 111: '□', 112: '□', 113: '❑', 114: '❒', 117: '◆', 118: '❖',
  119: '⬥', 159: '•', 161: '○', 167: '▪', 168: '◻', 183: '•', 216: '➢', 224: '→', 232: '➔',
  240: '⇨', 251: '✗', 252: '✓', 253: '☒', 254: '☑', 45: '−', 42: '∗', 179: '≥', 163: '≤',
  176: '°', 177: '±', 180: '×', 210: '®', 211: '©', 212: '™',
} // biome-ignore format: one row a handful of codes

/** Text for one code point; `''` for characters that show nothing. */
export function glyphText(code: number): string {
  if (code < 0x20 || code === 0xad || code === 0xfeff || code === 0xfffe || code === 0xffff) return ''
  if (code < 0x80) return String.fromCharCode(code)
  if (code >= 0xfb00 && code <= 0xfb06) return ligatures[code - 0xfb00]!
  if (code >= 0xf020 && code <= 0xf0ff)
    return symbols[code - 0xf000] ?? (code < 0xf07f ? String.fromCharCode(code - 0xf000) : '•')
  if (code === 0x200b || code === 0x2060) return ''
  return String.fromCodePoint(code)
}

/** White space of any width, without the zero-width ones. */
export const isSpace = (code: number): boolean =>
  code === 0x20 ||
  code === 0xa0 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x202f ||
  code === 0x3000 ||
  (code >= 9 && code <= 13)
