/** Characters of symbol fonts (Symbol, Wingdings, Webdings) as the Unicode characters they look like. */
import { codePoint } from 'dingbat-to-unicode'

const dingbatFont = /^(symbol|wingdings( [23])?|webdings|zapfdingbats)$/i

export const isSymbolFont = (font: string | undefined): boolean =>
  font !== undefined && dingbatFont.test(font)

/** The sign that people type and search for (Word sets an arrow for `-->`), where Unicode has a rare one that is nearer in shape. */
const everyday: Readonly<Record<string, string>> = {
  '🗹': '☑',
  '🗷': '☒',
  '🗵': '☒',
  '⮽': '☒',
  '⌧': '☒',
  '🞎': '☐',
  '🞏': '☐',
  '🞐': '☐',
  '🗸': '✓',
  '🗶': '✗',
  '⮚': '➢',
  '⚫': '●',
  '⦁': '•',
  '🡨': '←',
  '🡪': '→',
  '🡩': '↑',
  '🡫': '↓',
  '🡸': '←',
  '🡺': '→',
  '🡹': '↑',
  '🡻': '↓',
  '⭠': '←',
  '⭢': '→',
  '⭡': '↑',
  '⭣': '↓',
}

/**
 * Text in a symbol font. Office writes such a character as itself or moved to U+F000 (ECMA-376 part 1, 17.3.3.30).
 * What no table knows is kept as it is.
 */
export function symbolText(value: string, font: string): string {
  let out = ''
  for (const character of value) out += symbol(font, character.codePointAt(0)!) ?? character
  return out
}

export function symbol(font: string, code: number): string | undefined {
  if (!isSymbolFont(font)) return code >= 0x20 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
  const place = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code
  const found = codePoint(canonical(font), place)?.string
  return found === undefined ? undefined : (everyday[found] ?? found)
}

const canonical = (font: string): string => {
  const name = font.toLowerCase()
  return name === 'zapfdingbats' ? 'Wingdings' : name.charAt(0).toUpperCase() + name.slice(1)
}

/** Whether a character is a box to tick, and ticked. */
export const checkbox = (character: string): { readonly checked: boolean } | undefined =>
  character === '☐'
    ? { checked: false }
    : character === '☑' || character === '☒'
      ? { checked: true }
      : undefined
