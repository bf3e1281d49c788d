/** One page → blocks in reading order. Needs nothing of other pages. */
import type { Page, PageNote, Rect, Word } from '../doc/page.ts'
import { asideWords } from './aside.ts'
import { drawnBullets } from './bullets.ts'
import { type Item, regionsOf } from './columns.ts'
import { type ContentsBlock, contentsLines, findContents } from './contents.ts'
import { type FigureBlock, figuresOf } from './figures.ts'
import type { FurnitureRow, Role } from './furniture.ts'
import { inside, union } from './geometry.ts'
import { linesOf, segment, segmentsOf } from './lines.ts'
import { panelsOf } from './panels.ts'
import { blocksOf } from './paragraphs.ts'
import { lineTables } from './tables/areas.ts'
import { bareTables } from './tables/bare.ts'
import { ruledTables } from './tables/ruled.ts'
import { type Rule, rulesOf } from './tables/rules.ts'
import type { TableBlock } from './tables/table.ts'
import { taggedTables } from './tables/tagged.ts'
import { tileEdges } from './tables/tiles.ts'
import { type PageTags, soundTags } from './tags.ts'
import { type Line, lineOf } from './text.ts'

/** What a page is made of before the document as a whole has been looked at. */
export type PageBlock = TextBlock | TableBlock | FigureBlock | ContentsBlock
export type TextBlock = Rect & {
  readonly kind: 'text'
  readonly page: number
  readonly lines: readonly Line[]
  /** Which region (column, band) of the page it stands in. */
  readonly region: number
  /** Labels and figures of a chart, rows of a form to be filled in: no headings. */
  readonly isLabels?: true
}

export type PageLayout = {
  readonly number: number
  readonly width: number
  readonly height: number
  readonly blocks: readonly PageBlock[]
  readonly furniture: readonly { readonly role: Role; readonly line: Line }[]
  readonly notes: readonly PageNote[]
}

export function layOutPage(page: Page, furniture: readonly FurnitureRow[] = []): PageLayout {
  const { sideways, watermark } = asideWords(page)
  const aside = new Set([...furniture.flatMap((row) => row.words), ...watermark])
  const written = page.words.filter((word) => isUpright(word) && !aside.has(word))
  const words = [...written, ...drawnBullets(page, written)]
  const tags = soundTags(page, words)
  const { tables, rest, free, boxes, forms, taken } = tablesOf(page, words, sideways.flat(), tags)
  const loose = sideways.filter((run) => !run.some((word) => taken.has(word)))
  const [beside, labels] = [loose.filter(isInMargin(page)), loose.filter((run) => !isInMargin(page)(run))]
  const kept: FurnitureRow[] = [
    ...furniture,
    ...beside.map((run): FurnitureRow => ({ role: 'header', words: run })),
    ...(watermark.length > 0 ? [{ role: 'watermark' as const, words: watermark }] : []),
  ]
  const panels = panelsOf(page, rest, { tables, boxes })
  const held = panels.map((panel) => rest.filter((word) => inside(word, panel) > 0.5))
  const inPanels = new Set(held.flat())
  const figures = figuresOf(page, tables)
  const items: Item[] = [
    ...segmentItems(rest.filter((word) => !inPanels.has(word))),
    ...tables.map((block) => ({ ...block, size: 10, block })),
    ...figures.map((block) => ({ ...block, size: 10, block })),
    ...panels.map((panel, at) => ({ ...panel, size: 10, group: segmentItems(held[at]!) })),
  ]
  const around = { number: page.number, tags, free }
  const blocks = regionsOf(items)
    .flatMap((region, index) => regionBlocks(region, index, around))
    .flatMap((block) => rowsOfForm(block, forms))
  return {
    number: page.number,
    width: page.width,
    height: page.height,
    blocks: [...blocks, ...labels.map((run) => labelBlock(run, page.number))],
    furniture: kept.map(({ role, words: row }) => ({ role, line: lineOf(segment(row), page.number) })),
    notes: page.notes ?? [],
  }
}

/** The tables that lines give away, and the words outside them. */
function tablesOf(
  page: Page,
  words: readonly Word[],
  sideways: readonly Word[],
  tags: PageTags | undefined,
): {
  tables: TableBlock[]
  rest: Word[]
  free: Rule[]
  boxes: Rect[]
  forms: Rect[]
  taken: ReadonlySet<Word>
} {
  const rules = rulesOf([...page.strokes, ...tileEdges(page.fills, page.strokes)])
  const all = [...words, ...sideways]
  const tagged = tags ? taggedTables({ number: page.number, words: all }, tags, rules) : none
  const untagged = all.filter((word) => !tagged.taken.has(word))
  const ruled = ruledTables({ number: page.number, words: untagged }, rules)
  const taken = tagged.taken.union(ruled.taken)
  const outside = words.filter((word) => !taken.has(word))
  const found = [...tagged.tables, ...ruled.tables]
  const free = rules.across.filter((rule) => !found.some((table) => isOn(rule, table)))
  const lined = lineTables({ number: page.number, words: outside }, free)
  return {
    tables: [...found, ...lined.tables],
    boxes: ruled.boxes,
    forms: ruled.forms,
    taken,
    rest: outside.filter((word) => !lined.taken.has(word)),
    free: free.filter((rule) => !lined.tables.some((table) => isOn(rule, table))),
  }
}

const none = { tables: [] as TableBlock[], taken: new Set<Word>() }

const isOn = (rule: Rule, { x0, y0, x1, y1 }: Rect): boolean =>
  rule.at > y0 - 2 && rule.at < y1 + 2 && rule.from > x0 - 4 && rule.to < x1 + 4

/** The outer strips of a page, where stamps and marks run up the side. */
const MARGIN = 0.09
const isInMargin =
  ({ width }: Page) =>
  (run: readonly Word[]): boolean =>
    run.every(({ x0, x1 }) => x1 < MARGIN * width || x0 > (1 - MARGIN) * width)

/** Set sideways outside of tables, as the names of a chart's axes are. */
const labelBlock = (run: readonly Word[], page: number): TextBlock => ({
  ...textBlock([lineOf(segment(run), page)], 0),
  isLabels: true,
})

const isUpright = (word: Word): boolean => word.rotation === undefined

/** The region with the tables that only the text itself shows. */
function withBareTables(region: readonly Item[], across: readonly Rule[], page: number): readonly Item[] {
  const inContents = contentsWords(region)
  const words = region.flatMap((item) => item.segment?.words ?? []).filter((word) => !inContents.has(word))
  const { tables, taken } = bareTables(words, across, page)
  if (tables.length === 0) return region
  return [
    ...region.filter((item) => !item.segment?.words.some((word) => taken.has(word))),
    ...tables.map((block) => ({ ...block, size: 10, block })),
  ]
}

function contentsWords(region: readonly Item[]): Set<Word> {
  const lines = linesOf(region.flatMap((item) => item.segment ?? []))
  return new Set(
    findContents(lines).flatMap(({ from, to }) => lines.slice(from, to).flatMap((line) => line.words)),
  )
}

/** The text between two tables (or figures) of a region, and those themselves, from top to bottom. */
type Around = {
  readonly number: number
  readonly tags: PageTags | undefined
  /** Lines across that belong to no table yet. */
  readonly free: readonly Rule[]
}

function regionBlocks(found: readonly Item[], index: number, page: Around): PageBlock[] {
  const region = withBareTables(found, page.free, page.number)
  const isSolid = (item: Item) => item.segment === undefined
  const out: PageBlock[] = []
  let rest = region.filter((item) => !isSolid(item))
  for (const item of region.filter(isSolid).sort((one, other) => one.y0 - other.y0)) {
    const above = rest.filter((one) => (one.y0 + one.y1) / 2 < (item.y0 + item.y1) / 2)
    rest = rest.filter((one) => !above.includes(one))
    out.push(...textBlocks(above, index, page), ...solidBlocks(item, index, page))
  }
  return [...out, ...textBlocks(rest, index, page)]
}

function solidBlocks(item: Item, index: number, page: Around): PageBlock[] {
  if (item.block) return [item.block]
  const blocks = regionsOf(item.group ?? []).flatMap((region) => regionBlocks(region, index, page))
  if (item.kind !== 'chart') return blocks
  return blocks.map(asLabels)
}

/** The lines of each row of a form that a block runs over are a block of their own. */
function rowsOfForm(block: PageBlock, cells: readonly Rect[]): PageBlock[] {
  if (block.kind !== 'text' || cells.length === 0) return [block]
  const byCell = Map.groupBy(block.lines, (line) => cells.find((cell) => inside(line, cell) > 0.5))
  return [...byCell].map(([cell, lines]) => {
    const part = { ...block, lines, ...union(lines) }
    return cell ? asLabels(part) : part
  })
}

const asLabels = (block: PageBlock): PageBlock =>
  block.kind === 'text' ? { ...block, isLabels: true } : block

const segmentItems = (words: readonly Word[]): Item[] =>
  segmentsOf(words).map((one) => ({ ...one, segment: one }))

/** Lines of running text as contents lists and paragraphs. */
function textBlocks(items: readonly Item[], region: number, { number: page, tags }: Around): PageBlock[] {
  const lines = linesOf(items.map((item) => item.segment!))
  const out: PageBlock[] = []
  const paragraphs = (from: number, to: number) => {
    const part = lines.slice(from, to).map((line) => lineOf(line, page, tags))
    if (part.length > 0) out.push(...blocksOf(part).map((block) => textBlock(block, region)))
  }
  let done = 0
  for (const { from, to } of findContents(lines)) {
    paragraphs(done, from)
    const part = lines.slice(from, to)
    out.push({ kind: 'contents', page, lines: contentsLines(part, page), ...union(part) })
    done = to
  }
  paragraphs(done, lines.length)
  return out
}

const textBlock = (lines: readonly Line[], region: number): TextBlock => ({
  kind: 'text',
  page: lines[0]!.page,
  lines,
  region,
  ...union(lines),
})
