/** Headers, footers and page numbers: known by repeating at one place on several pages. */
import type { PageLayout, TextBlock } from './page-layout.ts'

/** Only what stands this near the top or bottom edge (share of the height) can be furniture. */
const MARGIN = 0.12
/** How far two pages' lines may stand apart and still be the same place, in points. */
const DRIFT = 6

export type Role = 'header' | 'footer' | 'page-number'

/** The blocks that are furniture, and their role. */
export function findFurniture(pages: readonly PageLayout[]): Map<TextBlock, Role> {
  const candidates = pages.map((page) =>
    page.blocks.filter((block) => block.y1 < MARGIN * page.height || block.y0 > (1 - MARGIN) * page.height),
  )
  const found = new Map<TextBlock, Role>()
  for (const [index, page] of pages.entries()) {
    for (const block of candidates[index]!) {
      const isTop = block.y1 < MARGIN * page.height
      const text = textOf(block)
      if (isPageNumber(text)) found.set(block, 'page-number')
      else if (repeats(block, text, index, candidates)) found.set(block, isTop ? 'header' : 'footer')
    }
  }
  return found
}

/** The same words (digits aside) at the same place on a page nearby; left and right pages may differ. */
function repeats(
  block: TextBlock,
  text: string,
  index: number,
  candidates: readonly (readonly TextBlock[])[],
): boolean {
  const mask = masked(text)
  if (mask === '') return false
  for (let near = Math.max(0, index - 3); near <= Math.min(candidates.length - 1, index + 3); near++) {
    if (near === index) continue
    if (
      candidates[near]!.some(
        (other) => Math.abs(other.y0 - block.y0) < DRIFT && masked(textOf(other)) === mask,
      )
    )
      return true
  }
  return false
}

const textOf = (block: TextBlock): string => block.lines.map((line) => line.text).join(' ')
const masked = (text: string): string => text.replace(/\d+/g, '0').replace(/\s+/g, ' ').trim().toLowerCase()

const isPageNumber = (text: string): boolean =>
  /^(page|seite|p\.)?\s*[-–—|]?\s*(\d{1,4}|[ivxlc]{1,6}|[A-Z]-\d{1,3})\s*[-–—|]?(\s*(of|von|\/)\s*\d{1,4})?$/i.test(
    text.trim(),
  )
