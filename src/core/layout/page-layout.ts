/** One page → blocks in reading order. Needs nothing of other pages. */
import type { Page, Rect, Word } from '../doc/page.ts'
import { regionsOf } from './columns.ts'
import { union } from './geometry.ts'
import { linesOf, segmentsOf } from './lines.ts'
import { blocksOf } from './paragraphs.ts'
import { type Line, lineOf } from './text.ts'

/** What a page is made of before the document as a whole has been looked at. */
export type PageBlock = TextBlock
export type TextBlock = Rect & {
  readonly kind: 'text'
  readonly page: number
  readonly lines: readonly Line[]
  /** Which region (column, band) of the page it stands in. */
  readonly region: number
}

export type PageLayout = {
  readonly number: number
  readonly width: number
  readonly height: number
  readonly blocks: readonly PageBlock[]
}

export function layOutPage(page: Page): PageLayout {
  const segments = segmentsOf(page.words.filter(isUpright))
  const regions = regionsOf(segments)
  const blocks = regions.flatMap((region, index) =>
    blocksOf(linesOf(region).map((line) => lineOf(line, page.number))).map((lines) =>
      textBlock(lines, index),
    ),
  )
  return { number: page.number, width: page.width, height: page.height, blocks }
}

const isUpright = (word: Word): boolean => word.rotation === undefined

const textBlock = (lines: readonly Line[], region: number): TextBlock => ({
  kind: 'text',
  page: lines[0]!.page,
  lines,
  region,
  ...union(lines),
})
