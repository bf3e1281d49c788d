/** Paragraphs and other blocks as they come, gathered into the blocks of a Doc. */
import { code, contents, pageBreak, quote } from '../../doc/build.ts'
import type { At, Block, ContentsEntry } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'
import { append } from '../ooxml/append.ts'
import { isBlank, trimmed } from '../ooxml/content.ts'
import { createLists } from '../ooxml/lists.ts'
import type { ParagraphPiece } from './paragraph.ts'
import {
  clauseBlock,
  contentsEntry,
  headingBlock,
  type Kind,
  kindOf,
  startsWithLabel,
  stepped,
  textBlocks,
  tickedContent,
} from './paragraph-blocks.ts'
import type { PageTurn } from './reading.ts'

export type Flow = {
  paragraph(piece: ParagraphPiece): void
  block(block: Block): void
  /** A bookmark between blocks names the next one. */
  anchor(name: string): void
  finish(): readonly Block[]
}

/** Neighbours of one kind that become one block. */
type Run =
  | { readonly kind: 'code'; readonly at: At; readonly anchors: string[]; readonly lines: string[] }
  | { readonly kind: 'quote'; readonly at: At; readonly blocks: Block[] }
  | {
      readonly kind: 'contents'
      readonly at: At
      readonly anchors: string[]
      readonly entries: ContentsEntry[]
    }

export function createFlow(): Flow {
  const out: Block[] = []
  const lists = createLists()
  let run: Run | undefined
  let waiting: string[] = []
  let pages: PageTurn[] = []

  const close = (keep?: Run['kind']) => {
    append(out, lists.close())
    if (run && run.kind !== keep) {
      out.push(blockOf(run))
      run = undefined
    }
    if (run) return
    for (const { page, byAuthor } of pages)
      out.push(pageBreak(page, { at: { page, approximate: true }, ...(byAuthor ? { byAuthor } : {}) }))
    pages = []
  }
  /** Under the item that it is indented under, or by itself. */
  const place = (blocks: readonly Block[], left: number) => {
    if (blocks.length === 0 || (lists.isOpen && lists.continue(left, blocks))) return
    close()
    append(out, blocks)
  }

  const placed: { readonly [K in Kind]: (piece: ParagraphPiece, anchors: readonly string[]) => void } = {
    contents: (piece, anchors) => {
      if (isBlank(piece.ink.content)) return
      close('contents')
      if (run?.kind !== 'contents') run = { kind: 'contents', at: piece.at, entries: [], anchors: [] }
      run.entries.push(contentsEntry(piece))
      append(run.anchors, anchors)
    },
    code: ({ ink, at }, anchors) => {
      close('code')
      if (run?.kind !== 'code') run = { kind: 'code', at, lines: [], anchors: [] }
      run.lines.push(inlineText(ink.content))
      append(run.anchors, anchors)
    },
    quote: (piece, anchors) => {
      if (isBlank(piece.ink.content)) return
      close('quote')
      if (run?.kind !== 'quote') run = { kind: 'quote', at: piece.at, blocks: [] }
      append(run.blocks, textBlocks(piece, anchors))
    },
    heading: (piece, anchors) => {
      if (!isBlank(piece.ink.content)) place([headingBlock(piece, anchors)], 0)
    },
    clause: (piece, anchors) => place([clauseBlock(piece, anchors)], 0),
    item: (piece, anchors) => {
      // Its number has been counted; an empty item itself says nothing.
      if (isBlank(piece.ink.content)) return
      if (run) close()
      const { content, checked } = tickedContent(trimmed(piece.ink.content))
      const blocks = textBlocks({ ...piece, ink: { ...piece.ink, content } }, anchors)
      lists.add(piece.label!, piece.left, {
        at: piece.at,
        blocks,
        ...(checked === undefined ? {} : { checked }),
      })
    },
    plain: (piece, anchors) =>
      place(textBlocks(piece, anchors), startsWithLabel(piece.ink.content) ? 0 : piece.left),
  }

  return {
    anchor: (name) => {
      waiting.push(name)
    },
    block: (block) => {
      close()
      const untold = withoutTold(block, out.at(-1))
      out.push(waiting.length > 0 ? { ...untold, anchors: [...(block.anchors ?? []), ...waiting] } : untold)
      waiting = []
    },
    paragraph: (piece) => {
      const { ink } = piece
      for (const turn of ink.pages) if (turn.isBefore && !turn.isTold) pages.push(turn)
      const anchors = [...waiting, ...ink.anchors]
      // The bookmarks of an empty paragraph name what follows.
      waiting = isBlank(ink.content) && ink.blocks.length === 0 ? anchors : []
      const kind = kindOf(piece)
      placed[kind](piece, anchors)
      // What is anchored in an item belongs to it.
      place(ink.blocks, kind === 'item' ? Number.MAX_SAFE_INTEGER : piece.left)
      for (const turn of ink.pages) if (!turn.isBefore && !turn.isTold) pages.push(turn)
    },
    finish: () => {
      close()
      return out
    },
  }
}

/** The title of a table often stands above it in the text as well. */
function withoutTold(block: Block, before: Block | undefined): Block {
  if (block.type !== 'table' || !block.caption || before?.type !== 'paragraph') return block
  if (!inlineText(before.content).includes(inlineText(block.caption))) return block
  const { caption: _, ...rest } = block
  return rest
}

function blockOf(run: Run): Block {
  if (run.kind === 'code') return code(run.lines.join('\n').trimEnd(), run)
  if (run.kind === 'quote') return quote(run.blocks, { at: run.at })
  return contents(stepped(run.entries), run)
}
