/** Ids that survive re-runs and amendments: a row is known by its words, not by its place. */

/** Letters and digits only, lower case: what stays of a text when layout, quotes and hyphens change. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** FNV-1a, 32 bit. */
export function hash(text: string): string {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index)
    value = Math.imul(value, 0x01000193) >>> 0
  }
  return value.toString(16).padStart(8, '0')
}

/** One id a text; repeats count up and point to the first. */
export function rowIds(texts: readonly string[], prefix = 'R'): { id: string; duplicateOf: string | null }[] {
  const counts = new Map<string, number>()
  const owners = new Map<string, string>()
  return texts.map((text) => {
    const folded = fold(text)
    const count = (counts.get(folded) ?? 0) + 1
    counts.set(folded, count)
    let base = `${prefix}-${hash(folded)}`
    // Two texts with one hash: the later one takes the next free name, the same in every run.
    for (let turn = 1; (owners.get(base) ?? folded) !== folded; turn++)
      base = `${prefix}-${hash(`${folded}#${turn}`)}`
    owners.set(base, folded)
    return count === 1 ? { id: base, duplicateOf: null } : { id: `${base}-${count}`, duplicateOf: base }
  })
}
