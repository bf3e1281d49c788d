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
  (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).filter((word) => !stop.has(word)).map(singular)

/** "categories" → "category", "limits" → "limit"; "class" stays. */
export function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1')
}

/** Words that stand for the part they are in. */
const itself = new Set(
  'this it but cannot can fall within response submission quote document narrative written each'
    .split(' ')
    .flatMap(keywords),
)
const wordsOfSubject = (text: string): string[] => keywords(text).filter((word) => !itself.has(word))

/** "This section should be no more than five pages": it names nothing, so it limits where it stands. */
export const limitsItsSection = (limit: Limit): boolean => subjectOf(limit) === undefined

/** What is limited: the words in front of the number, else the subject of the sentence ("resumes must ..., but cannot exceed"). */
function subjectOf({ subject, passage, text }: Limit): string[] | undefined {
  const clause = subject.split(/[,;]|\band\b/).at(-1)!
  const before = passage.text.slice(0, passage.text.indexOf(text))
  const told = /^(.*?)\b(?:must|shall|should|may|can|will|is|are)\b/.exec(before)?.[1] ?? ''
  return [clause.trim().length > 5 ? clause : '', subject, told]
    .map(wordsOfSubject)
    .find((words) => words.length > 0)
}

/** How well a limit's sentence names a title: the share of the title's words in what is limited. */
export function names(limit: Limit, title: string): number {
  const wanted = keywords(title)
  if (wanted.length === 0) return 0
  // "This section should be no more than five pages": the section's own title says which.
  const near = new Set(subjectOf(limit) ?? keywords(headingsOf(limit.passage.node).at(-1)?.title ?? ''))
  return wanted.filter((word) => near.has(word)).length / wanted.length
}
