/** Page limits and format rules, and which part of the response each one names. */
import { headingsOf, type Passage, type Reading } from '../../passages/passages.ts'
import { pageLimits } from '../checklist/pages.ts'

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

/** Sentences that limit pages, one entry for each limit they set. */
export const limitsOf = (reading: Reading): Limit[] =>
  reading.passages.flatMap((passage): Limit[] =>
    instructs(passage)
      ? pageLimits(passage.text)
          .filter(({ weak }) => !weak)
          .map(({ printed, pages, subject }) => ({
            text: printed,
            pages,
            passage,
            subject,
          }))
      : [],
  )

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
  const subject = clause.trim().length > 5 ? clause : limit.subject
  // "This section should be no more than five pages": the section's own title says which.
  const words = keywords(subject).filter((word) => !/^(?:this|it|cannot|fall|but)$/.test(word))
  const section = headingsOf(limit.passage.node).at(-1)?.title ?? ''
  const near = new Set(words.length > 0 ? words : keywords(section))
  return wanted.filter((word) => near.has(word)).length / wanted.length
}
