/** `$latex$`, or `$$latex$$` where one dollar would not do: around another, or before a digit. */
export function mathSpan(latex: string, inCell: boolean, isBeforeDigit = false): string {
  const line = latex.replace(/\s+/g, ' ').trim()
  // A bar ends a cell, and `\|` means another thing in LaTeX: both have names.
  const body = inCell ? line.replace(/\\\||\|/g, (bar) => (bar === '|' ? '\\vert ' : '\\Vert ')) : line
  const fence = isBeforeDigit || body.includes('$') ? '$$' : '$'
  return fence + body.trim() + fence
}

/**
 * Whether the dollar signs of a text would be read as a formula. As in pandoc and on GitHub, an opening one has no
 * space after it, and a closing one no space before it and no digit after it: "$5 and $10" are amounts.
 */
export const holdsMath = (text: string): boolean => /\$(?=[^\s$])[^$]*[^\s$]\$(?!\d)|\$\$/.test(text)
