/** The part of a link in parentheses. */

/** Characters that would end a destination or be read as markup in it, as a URL writes them (RFC 3986, 2.1). */
const unsafe = /[\s<>\\|`\0-\x1f\x7f]|&(?=#?\w+;)/g

export function destination(href: string): string {
  const encoded = href.toWellFormed().replace(unsafe, percent)
  return isBalanced(encoded) ? encoded : encoded.replaceAll('(', '%28').replaceAll(')', '%29')
}

const percent = (character: string): string => (character === '&' ? '&amp;' : encodeURIComponent(character))

/** CommonMark 6.3: parentheses in a destination must be balanced (parsers allow at least 3 levels, so we stop at 3). */
function isBalanced(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '(' && ++depth > 3) return false
    if (character === ')' && --depth < 0) return false
  }
  return depth === 0
}

export const title = (text: string | undefined): string =>
  text?.trim()
    ? ` "${text
        .trim()
        .replace(/\s+/g, ' ')
        .replace(/["\\]|&(?=#?\w+;)/g, '\\$&')}"`
    : ''
