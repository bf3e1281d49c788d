/** Pieces for retrieval: JSON lines, each with its text, the headings it stands under, and where it is on the page. */
import type { Block, Box, Doc, Heading } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'
import type { WriteOptions } from '../../options.ts'
import { writeMarkdown } from '../markdown/markdown.ts'
import type { Writer } from '../writer.ts'
import { splitBlock } from './split.ts'
import { estimateTokens } from './tokens.ts'

export type Chunk = {
  readonly id: string
  /** Markdown. */
  readonly text: string
  /** Headings above it, outermost first; its own first heading included. */
  readonly heading_path: readonly string[]
  readonly page: number | null
  readonly last_page: number | null
  readonly boxes: readonly Box[]
  readonly tokens: number
  readonly block_ids: readonly string[]
}

export const writeChunks: Writer = (doc, options) => {
  let text = ''
  let isTruncated = false
  for (const chunk of chunksOf(doc, options)) {
    const line = `${JSON.stringify(chunk)}\n`
    isTruncated = text.length + line.length > options.maxChars
    if (isTruncated) break
    text += line
  }
  return { text, map: [], ...(isTruncated ? { isTruncated } : {}) }
}

type Draft = { readonly path: readonly string[]; readonly blocks: Block[]; tokens: number }

/** A section that is smaller than this share of the limit takes in the next one under the same heading. */
const SMALL_SHARE = 0.25

export function chunksOf(doc: Doc, options: WriteOptions): Chunk[] {
  const limit = Math.max(32, options.chunkTokens)
  const print = (blocks: readonly Block[]) =>
    writeMarkdown(
      { ...doc, blocks },
      { ...options, frontMatter: false, pageMarkers: false },
      [],
    ).text.trimEnd()
  return join(drafts(doc, limit, print), limit)
    .map(({ path, blocks }) => ({ path, blocks, text: print(blocks) }))
    .filter(({ text }) => text !== '')
    .map(({ path, blocks, text }, index) => toChunk(index, text, path, blocks))
}

/** Cut at headings and at the limit; headings stay with what follows them. */
function drafts(doc: Doc, limit: number, print: (blocks: readonly Block[]) => string): Draft[] {
  const out: Draft[] = []
  const open: Heading[] = []
  let current: Draft | undefined
  for (const block of doc.blocks) {
    if (block.type === 'furniture' || block.type === 'pageBreak') continue
    if (block.type === 'heading') {
      while (open.length > 0 && open.at(-1)!.level >= block.level) open.pop()
      open.push(block)
      if (current?.blocks.some(({ type }) => type !== 'heading')) current = undefined
    }
    for (const part of splitBlock(block, limit)) {
      const tokens = estimateTokens(print([part]))
      const isFull =
        current && current.tokens + tokens > limit && current.blocks.some(({ type }) => type !== 'heading')
      if (!current || isFull) {
        current = { path: open.map(({ content }) => inlineText(content).trim()), blocks: [], tokens: 0 }
        out.push(current)
      } else if (block.type === 'heading' && current.blocks.every(({ type }) => type === 'heading')) {
        current = { ...current, path: open.map(({ content }) => inlineText(content).trim()) }
        out[out.length - 1] = current
      }
      current.blocks.push(part)
      current.tokens += tokens
    }
  }
  return out
}

/** Small neighbours under the same heading become one chunk. */
function join(all: readonly Draft[], limit: number): Draft[] {
  const out: Draft[] = []
  for (const draft of all) {
    const last = out.at(-1)
    const shared = last ? commonPath(last.path, draft.path) : []
    const isNear =
      last !== undefined &&
      shared.length >= Math.min(last.path.length, draft.path.length) - 1 &&
      shared.length > 0
    const isSmall = Math.min(last?.tokens ?? limit, draft.tokens) < limit * SMALL_SHARE
    if (last && isNear && isSmall && last.tokens + draft.tokens <= limit)
      out[out.length - 1] = {
        path: shared,
        blocks: [...last.blocks, ...draft.blocks],
        tokens: last.tokens + draft.tokens,
      }
    else out.push(draft)
  }
  return out
}

function commonPath(one: readonly string[], other: readonly string[]): readonly string[] {
  const end = one.findIndex((name, index) => name !== other[index])
  return end < 0 ? one : one.slice(0, end)
}

function toChunk(index: number, text: string, path: readonly string[], blocks: readonly Block[]): Chunk {
  const boxes = blocks.flatMap(({ at }) => at.boxes ?? [])
  const pages = [...boxes.map(({ page }) => page), ...blocks.flatMap(({ at }) => at.page ?? [])]
  const extreme = (pick: (...pages: number[]) => number) =>
    pages.length > 0 ? pages.reduce((a, b) => pick(a, b)) : null
  return {
    id: `chunk-${index + 1}`,
    text,
    heading_path: path,
    page: extreme(Math.min),
    last_page: extreme(Math.max),
    boxes,
    tokens: estimateTokens(text),
    block_ids: [...new Set(blocks.map(({ id }) => id))],
  }
}
