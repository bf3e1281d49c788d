/** Page limits and format rules, and which part of the response each one names. */
import type { Passage, Reading } from '../../passages/passages.ts'
import { limits, pagesIn } from '../checklist/recipes.ts'

export type Limit = {
  readonly text: string
  readonly pages: number
  readonly passage: Passage
  readonly subject: string
}

const instructs = (passage: Passage): boolean =>
  passage.kind !== 'furniture' &&
  passage.kind !== 'contents' &&
  passage.role !== 'clauses' &&
  passage.role !== 'work' &&
  passage.role !== 'admin' &&
  passage.role !== 'qa'

/** Sentences that limit pages, one entry for each limit they state. */
export function limitsOf(reading: Reading): Limit[] {
  return reading.passages.flatMap((passage): Limit[] => {
    if (!instructs(passage) || !limits.test(passage.text)) return []
    const found: Limit[] = []
    let from = 0
    for (;;) {
      const rest = passage.text.slice(from)
      const one = pagesIn(rest)
      if (!one) break
      const subject = rest.slice(0, one.at)
      const counts =
        /\b(?:does not|not) (?:count|include)|\bexcluded?\b|\bincluded as part\b|\btoward\b|\bpart of (?:your|the)\b|\bin excess of\b|\bthat exceeds?\b/i.test(
          passage.text,
        )
      if (
        !counts ||
        /\b(?:shall|must|may|should|cannot|is limited)\b[^.]*\b(?:exceed|more than|limited)\b/i.test(
          subject + one.printed,
        )
      )
        found.push({ text: one.printed, pages: one.pages, passage, subject })
      from += one.at + one.printed.length
    }
    return found
  })
}

const stop = new Set(
  'the a an of and or for to in on by with your our its their be must shall should may not no than more exceed page pages limit limited total proposal portion section volume'.split(
    ' ',
  ),
)

export const keywords = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .filter((word) => !stop.has(word))
    .map((word) => word.replace(/(?:ies)$/, 'y').replace(/([^s])s$/, '$1'))

/** How well a limit's sentence names a title: shared words, nearest to the number first. */
export function names(limit: Limit, title: string): number {
  const wanted = keywords(title)
  if (wanted.length === 0) return 0
  const clause = limit.subject.split(/[,;]|\band\b/).at(-1)!
  const near = new Set(keywords(clause.trim().length > 5 ? clause : limit.subject))
  const shared = wanted.filter((word) => near.has(word)).length
  return shared / wanted.length
}
