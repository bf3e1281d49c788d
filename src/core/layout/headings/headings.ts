/** Which blocks are headings, how sure that is, and of what level they are. */
import type { Bookmark } from '../../doc/page.ts'
import type { PageBlock, PageLayout, TextBlock } from '../page-layout.ts'
import { bodyStyle } from './body.ts'
import { probability } from './boost.ts'
import { type Candidate, candidatesOf, featureNames } from './features.ts'
import { type Found, levelsOf } from './levels.ts'
import model from './model.json' with { type: 'json' }

export type HeadingInfo = {
  readonly level: number
  readonly confidence: number
  readonly evidence: readonly string[]
}

/** The classifier's probability from which a line is a heading. */
const ENOUGH = 0.38
const SURE_LETTERS = 0.7
const MAX_CHARS = 300
const MAX_SECTION_TITLE = 120

export function findHeadings(
  pages: readonly PageLayout[],
  bookmarks: readonly Bookmark[],
): Map<PageBlock, HeadingInfo> {
  const candidates = candidatesOf(pages, bodyStyle(pages))
  const stated = statedTitles(pages, bookmarks)
  // Where the tree names headings, what it calls a paragraph is one.
  const isTagged = candidates.some(({ block }) => isTaggedHeading(block))
  const found = candidates.flatMap((candidate) => judge(candidate, stated, isTagged) ?? [])
  const levels = levelsOf(found)
  return new Map(
    found.map(({ candidate, confidence, evidence }, at) => [
      candidate.block,
      { level: levels[at]!, confidence, evidence },
    ]),
  )
}

/** Letters that recognition hardly believes: lines and symbols of a drawing, as a rule, and large ones. */
const isDoubtful = ({ lines }: TextBlock): boolean =>
  lines.some(({ confidence }) => confidence !== undefined && confidence < SURE_LETTERS)

const isTaggedHeading = (block: TextBlock): boolean => {
  const kind = block.lines[0]!.tag?.kind
  return kind === 'heading' || kind === 'title'
}

function judge(candidate: Candidate, stated: Stated, isTagged: boolean): Found | undefined {
  const { block, text, features } = candidate
  const tag = block.lines[0]!.tag
  if (isTaggedHeading(block)) {
    const level = tag?.level ?? (tag?.kind === 'title' ? 1 : undefined)
    return { candidate, confidence: 0.97, evidence: ['tag'], ...(level ? { level } : {}) }
  }
  if (text.length > MAX_CHARS || !/\p{L}/u.test(text)) return undefined
  if (isTagged && tag) return undefined
  const own = stated
    .get(key(text))
    ?.find((one) => one.page === undefined || Math.abs(one.page - block.page) <= 1)
  if (own) {
    const { level, evidence } = own
    return { candidate, confidence: 0.95, evidence: [evidence], ...(level ? { level } : {}) }
  }
  if (features.contentsWord) return { candidate, confidence: 0.9, evidence: ['contents'] }
  if (features.caption || features.bullet || features.link || isDoubtful(block)) return undefined
  if (isSectionTitle(candidate)) return { candidate, confidence: 0.9, evidence: ['section-label'] }
  const p = probability(
    model,
    featureNames.map((name) => features[name]),
  )
  return p > ENOUGH ? { candidate, confidence: Math.round(p * 100) / 100, evidence: ['style'] } : undefined
}

/** "SECTION C – STATEMENT OF WORK" in bold, a block of its own: titles of parts are set like any other heading. */
function isSectionTitle({ block, text, features }: Candidate): boolean {
  return (
    features.sectionWord === 1 &&
    features.bold === 1 &&
    features.stop + features.comma + features.lowerStart === 0 &&
    block.lines.length <= 3 &&
    text.length <= MAX_SECTION_TITLE &&
    (features.caps === 1 || features.titleCase > 0.8)
  )
}

type Stated = ReadonlyMap<string, readonly { page?: number; level?: number; evidence: string }[]>

/** Titles that the outline or a printed table of contents lists. */
function statedTitles(pages: readonly PageLayout[], bookmarks: readonly Bookmark[]): Stated {
  const out = new Map<string, { page?: number; level?: number; evidence: string }[]>()
  const add = (title: string, entry: { page?: number; level?: number; evidence: string }) => {
    const name = key(title)
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

/** Letters and digits only: outlines drop numbers' stops and change spaces. */
const key = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
