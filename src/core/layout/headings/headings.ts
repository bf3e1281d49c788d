/** Which blocks are headings, how sure that is, and of what level they are. */
import type { Bookmark } from '../../doc/page.ts'
import type { PageBlock, PageLayout } from '../page-layout.ts'
import { bodyStyle } from './body.ts'
import { coverOf } from './cover.ts'
import { candidatesOf } from './features.ts'
import { isTaggedHeading, judgeAll, looksOf, type Stated, titleKey } from './judge.ts'
import { levelsOf } from './levels.ts'

export type HeadingInfo = {
  readonly level: number
  readonly confidence: number
  readonly evidence: readonly string[]
}

export function findHeadings(
  pages: readonly PageLayout[],
  bookmarks: readonly Bookmark[],
): Map<PageBlock, HeadingInfo> {
  const candidates = candidatesOf(pages, bodyStyle(pages))
  const stated = statedTitles(pages, bookmarks)
  const tagged = candidates.flatMap(({ block }) => (isTaggedHeading(block) ? [block] : []))
  const found = judgeAll(candidates, { stated, looks: new Set(tagged.map(looksOf)) })
  const levels = levelsOf(found, coverOf(candidates))
  return new Map(
    found.map(({ candidate, confidence, evidence }, at) => [
      candidate.block,
      { level: levels[at]!, confidence, evidence },
    ]),
  )
}

/** Titles that the outline or a printed table of contents lists. */
function statedTitles(pages: readonly PageLayout[], bookmarks: readonly Bookmark[]): Stated {
  const out = new Map<string, { page?: number; level?: number; evidence: string }[]>()
  const add = (title: string, entry: { page?: number; level?: number; evidence: string }) => {
    const name = titleKey(title)
    if (name.length >= 4) out.set(name, [...(out.get(name) ?? []), entry])
  }
  for (const { title, page, level } of bookmarks)
    add(title, { level, evidence: 'bookmark', ...(page === undefined ? {} : { page }) })
  for (const block of pages.flatMap(({ blocks }) => blocks))
    if (block.kind === 'contents')
      for (const { line, number } of block.lines)
        if (number !== undefined) add(line.text, { evidence: 'contents-entry' })
  return out
}
