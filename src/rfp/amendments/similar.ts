/** Which statement of one version is most like one of the other. */

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

export type Index<T> = {
  /** Best first, from 0 (nothing shared) to 1 (the same words). */
  readonly nearest: (text: string, least: number) => readonly { readonly item: T; readonly score: number }[]
}

/** Words that stand in more than this share of statements tell nothing about which one is meant. */
const COMMON = 0.1
const SHORT_LIST = 12

export function indexOf<T>(items: readonly T[], textOf: (item: T) => string): Index<T> {
  const bags = items.map((item) => wordsIn(textOf(item)))
  const places = new Map<string, number[]>()
  bags.forEach((bag, at) => {
    for (const word of new Set(bag)) {
      const list = places.get(word)
      if (list) list.push(at)
      else places.set(word, [at])
    }
  })
  const most = Math.max(20, items.length * COMMON)
  return {
    nearest: (text, least) => {
      const bag = wordsIn(text)
      const counts = new Map<number, number>()
      for (const word of new Set(bag)) {
        const list = places.get(word)
        if (!list || list.length > most) continue
        for (const at of list) counts.set(at, (counts.get(at) ?? 0) + 1 / list.length + 0.1)
      }
      return [...counts]
        .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, SHORT_LIST)
        .map(([at]) => ({ item: items[at]!, score: likeness(bag, bags[at]!), at }))
        .filter(({ score }) => score >= least)
        .toSorted((a, b) => b.score - a.score || a.at - b.at)
    },
  }
}

/** Shared words and word pairs against all (Dice): pairs tell the same words in another order apart. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const pairs = (bag: readonly string[]) => bag.slice(1).map((word, at) => `${bag[at]} ${word}`)
  return 0.6 * dice(a, b) + 0.4 * dice(pairs(a), pairs(b))
}

function dice(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1
  const counts = new Map<string, number>()
  for (const one of a) counts.set(one, (counts.get(one) ?? 0) + 1)
  let shared = 0
  for (const one of b) {
    const left = counts.get(one) ?? 0
    if (left === 0) continue
    shared++
    counts.set(one, left - 1)
  }
  return (2 * shared) / (a.length + b.length)
}
