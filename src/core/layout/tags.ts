/** What a file's own structure tree says of the words on a page, where it can be trusted. */
import type { Page, Tag, Word } from '../doc/page.ts'

/** The block that a word belongs to by the tree. */
export type BlockTag = {
  /** Identity of the block's element in the whole document. */
  readonly element: number
  readonly kind: BlockKind
  /** 1–6 for headings that state a level. */
  readonly level?: number
  /** Lists around it, and the item of the innermost. */
  readonly depth: number
  readonly item?: number
}
type BlockKind =
  | 'paragraph'
  | 'heading'
  | 'title'
  | 'caption'
  | 'label'
  | 'contents'
  | 'note'
  | 'quote'
  | 'code'

/** Standard types (PDF 32000-1, 14.8.4) that make a block; others are looked through. */
const kinds: Readonly<Record<string, BlockKind>> = {
  P: 'paragraph',
  H: 'heading',
  H1: 'heading',
  H2: 'heading',
  H3: 'heading',
  H4: 'heading',
  H5: 'heading',
  H6: 'heading',
  Title: 'title',
  LI: 'paragraph',
  LBody: 'paragraph',
  Lbl: 'label',
  Caption: 'caption',
  TOCI: 'contents',
  Note: 'note',
  FENote: 'note',
  BlockQuote: 'quote',
  Code: 'code',
  BibEntry: 'paragraph',
}
const MAX_DEPTH = 64
/** Less tagged text than this share, and the tree is not a reading of the page. */
const MIN_TAGGED = 0.7
/** More of the text in headings than this, and the headings are not headings. */
const MAX_HEADING = 0.5

export type PageTags = {
  readonly blockOf: (word: Word) => BlockTag | undefined
  /** Index of the nearest ancestor (or the tag itself) of that type. */
  readonly ancestor: (tag: number, type: string) => number | undefined
  readonly tags: readonly Tag[]
}

/** @returns undefined when the page is not tagged, or its tags say nothing sound. */
export function soundTags(page: Page, words: readonly Word[]): PageTags | undefined {
  const { tags } = page
  if (tags.length === 0) return undefined
  const cache = new Map<number, BlockTag | undefined>()
  const blockOf = ({ tag }: Word): BlockTag | undefined => {
    if (tag === undefined) return undefined
    if (!cache.has(tag)) cache.set(tag, blockTag(tags, tag))
    return cache.get(tag)
  }
  let [all, tagged, inHeadings] = [0, 0, 0]
  for (const word of words) {
    all += word.text.length
    const block = blockOf(word)
    if (word.tag !== undefined) tagged += word.text.length
    if (block?.kind === 'heading') inHeadings += word.text.length
  }
  if (all === 0 || tagged < MIN_TAGGED * all) return undefined
  if (inHeadings > MAX_HEADING * all && all > 600) return undefined
  return { blockOf, tags, ancestor: (tag, type) => ancestorOf(tags, tag, type) }
}

function* upward(tags: readonly Tag[], tag: number): Generator<[number, Tag]> {
  let at: number | undefined = tag
  for (let depth = 0; at !== undefined && depth < MAX_DEPTH; depth++) {
    const own: Tag = tags[at]!
    yield [at, own]
    at = own.parent
  }
}

function ancestorOf(tags: readonly Tag[], tag: number, type: string): number | undefined {
  for (const [at, own] of upward(tags, tag)) if (own.type === type) return at
  return undefined
}

function blockTag(tags: readonly Tag[], tag: number): BlockTag | undefined {
  let block: { element: number; kind: BlockKind; level?: number } | undefined
  let depth = 0
  let item: number | undefined
  for (const [, { type, element }] of upward(tags, tag)) {
    const kind = kinds[type]
    const isInside = block?.kind === 'paragraph' || block?.kind === 'label'
    if (kind && (!block || (kind === 'heading' && isInside))) {
      const level = /^H([1-6])$/.exec(type)?.[1]
      block = { element, kind, ...(level ? { level: Number(level) } : {}) }
    }
    if (type === 'LI') item ??= element
    if (type === 'L') depth++
    if (type === 'TD' || type === 'TH') break
  }
  return block ? { ...block, depth, ...(item === undefined ? {} : { item }) } : undefined
}
