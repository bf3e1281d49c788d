/** Contents lists without page numbers: titles in a row that all come again further on. */
import type { ContentsBlock } from './contents.ts'
import { union } from './geometry.ts'
import type { PageBlock, PageLayout, TextBlock } from './page-layout.ts'

const MIN_RUN = 4
const MAX_CHARS = 160
const START = 8

export function withContentsRuns(pages: readonly PageLayout[]): PageLayout[] {
  const texts = pages.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'text'))
  const starts = new Set(texts.filter(isTitle).map(start))
  const lastPlace = new Map<string, number>()
  const place = new Map<PageBlock, number>()
  for (const [at, block] of texts.entries()) {
    place.set(block, at)
    // Only what begins as a title does can be one that comes again.
    if (starts.has(start(block))) lastPlace.set(key(block), at)
  }
  return pages.map((page) => {
    const comesAgain = (block: PageBlock | undefined): block is TextBlock =>
      block?.kind === 'text' && isTitle(block) && lastPlace.get(key(block))! > place.get(block)! + MIN_RUN
    const blocks: PageBlock[] = []
    for (let from = 0; from < page.blocks.length; ) {
      let to = from
      while (comesAgain(page.blocks[to])) to++
      const run = page.blocks.slice(from, to).filter((block) => block.kind === 'text')
      if (run.length >= MIN_RUN) blocks.push(contentsOf(run))
      else blocks.push(...page.blocks.slice(from, Math.max(to, from + 1)))
      from = Math.max(to, from + 1)
    }
    return { ...page, blocks }
  })
}

const textOf = (block: TextBlock): string => block.lines.map((line) => line.text).join(' ')
/** The first letters and digits of its key. */
const start = (block: TextBlock): string => {
  let out = ''
  for (const [one] of textOf(block).matchAll(/[\p{L}\p{N}]/gu)) {
    out += one
    if (out.length >= START) break
  }
  return out.toLowerCase()
}
const key = (block: TextBlock): string =>
  textOf(block)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
const isTitle = (block: TextBlock): boolean => {
  const text = textOf(block)
  return text.length <= MAX_CHARS && /\p{L}{3}/u.test(text) && !/[.;,]$/.test(text)
}

const contentsOf = (run: readonly TextBlock[]): ContentsBlock => ({
  kind: 'contents',
  page: run[0]!.page,
  lines: run.flatMap(({ lines }) => lines.map((line) => ({ line, indent: line.x0 }))),
  ...union(run),
})
