/** How many characters of one text must change to give another, as a share of the other. */

/** What typesetting varies and nobody reads: shapes of quotes, dashes and bullets, lengths of leaders and blanks, spaces. */
export const plain = (text: string): string =>
  text
    .replace(/\\(?=[^A-Za-z0-9\s])/g, '')
    .replace(/^\s*(#{1,6}|[-*>])\s+/gm, '')
    .replace(/[‘’`´]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[–—−]/g, '-')
    .replace(/[•●▪■◦➢➤]/g, '•')
    .replace(/_{2,}/g, '__')
    .replace(/\.{4,}/g, '....')
    .replace(/\s+/g, ' ')
    .trim()

export const characterError = (read: string, truth: string): number =>
  distance(plain(read), plain(truth)) / plain(truth).length

/** Edit distance in a band around the diagonal, widened until it holds the answer (Ukkonen 1985). */
function distance(one: string, other: string): number {
  for (let band = 64 + Math.abs(one.length - other.length); ; band *= 2) {
    const found = banded(one, other, band)
    if (found <= band || band > Math.max(one.length, other.length)) return found
  }
}

function banded(one: string, other: string, band: number): number {
  const far = one.length + other.length
  let above = Uint32Array.from({ length: other.length + 1 }, (_, at) => at)
  let row = new Uint32Array(other.length + 1)
  for (let i = 1; i <= one.length; i++) {
    const from = Math.max(1, i - band)
    const to = Math.min(other.length, i + band)
    row[from - 1] = from === 1 ? i : far
    const code = one.charCodeAt(i - 1)
    for (let j = from; j <= to; j++) {
      const swap = above[j - 1]! + (code === other.charCodeAt(j - 1) ? 0 : 1)
      row[j] = Math.min(swap, above[j]! + 1, row[j - 1]! + 1)
    }
    if (to < other.length) row[to + 1] = far
    ;[above, row] = [row, above]
  }
  return above[other.length]!
}
