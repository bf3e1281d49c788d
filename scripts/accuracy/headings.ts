/** Heading levels, and tables where there are none: what the scorers' own figures do not show. */

type Heading = { readonly level: number; readonly words: string }

/** ATX headings and those of HTML, outside fenced code. */
function headingsOf(markdown: string): Heading[] {
  const text = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
  return [...text.matchAll(/^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$|<h([1-6])[^>]*>([\s\S]*?)<\/h\3>/gm)].map(
    ([, marks, atx, level, html]) => ({
      level: marks?.length ?? Number(level),
      words: (atx ?? html ?? '').replace(/<[^>]*>|[^\p{L}\p{N}]+/gu, '').toLowerCase(),
    }),
  )
}

export type Levels = { readonly truth: number; readonly found: number; readonly right: number }

/**
 * Headings of the truth that were found (in order, by their words), and those of them at the right level: as documents may begin at
 * any level, up to the shift by which most are right.
 */
export function levelsOf(read: string, truth: string): Levels {
  const expected = headingsOf(truth)
  const found = headingsOf(read)
  const shifts = new Map<number, number>()
  let from = 0
  let matched = 0
  for (const { level, words } of expected) {
    const at = found.findIndex((one, index) => index >= from && one.words === words)
    if (at < 0) continue
    from = at + 1
    matched++
    const shift = found[at]!.level - level
    shifts.set(shift, (shifts.get(shift) ?? 0) + 1)
  }
  return { truth: expected.length, found: matched, right: Math.max(0, ...shifts.values()) }
}

export const hasTable = (markdown: string): boolean =>
  /<table[\s>]/i.test(markdown) || /^\s*\|?(\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$/m.test(markdown)
