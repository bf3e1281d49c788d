/** Paragraphs and other blocks as they come, gathered into the blocks of a Doc. */
import {
  code,
  contents,
  figure,
  formula,
  heading,
  link,
  pageBreak,
  paragraph,
  quote,
  text,
} from '../../doc/build.ts'
import type { At, Block, ContentsEntry, Inline } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'
import { dropEnd, dropStart, isBlank, trimmed, withoutUniform } from '../ooxml/content.ts'
import { createLists } from '../ooxml/lists.ts'
import { checkbox } from '../ooxml/symbols.ts'
import type { Label } from './numbering.ts'
import type { ParagraphPiece } from './paragraph.ts'

export type Flow = {
  paragraph(piece: ParagraphPiece): void
  block(block: Block): void
  /** A bookmark between blocks names the next one. */
  anchor(name: string): void
  finish(): readonly Block[]
}

/** Neighbours of one kind that become one block. */
type Run =
  | { readonly kind: 'code'; readonly at: At; readonly lines: string[]; readonly anchors: string[] }
  | { readonly kind: 'quote'; readonly at: At; readonly blocks: Block[] }
  | {
      readonly kind: 'contents'
      readonly at: At
      readonly entries: ContentsEntry[]
      readonly anchors: string[]
    }

export function createFlow(): Flow {
  const out: Block[] = []
  const lists = createLists()
  let run: Run | undefined
  let waiting: string[] = []
  let pages: number[] = []

  const closeRun = () => {
    if (run) out.push(blockOf(run))
    run = undefined
  }
  const close = (keep?: Run['kind']) => {
    out.push(...lists.close())
    if (run?.kind !== keep) closeRun()
    if (run) return
    for (const page of pages) out.push(pageBreak(page, { at: { page, approximate: true } }))
    pages = []
  }
  const plain = (blocks: readonly Block[], left: number) => {
    if (blocks.length === 0) return
    if (lists.isOpen && lists.continue(left, blocks)) return
    close()
    out.push(...blocks)
  }

  return {
    anchor: (name) => {
      waiting.push(name)
    },
    block: (block) => {
      close()
      out.push(waiting.length > 0 ? { ...block, anchors: [...(block.anchors ?? []), ...waiting] } : block)
      waiting = []
    },
    paragraph: (piece) => {
      const { ink, style, at } = piece
      pages.push(...ink.pages.filter((turn) => turn.isBefore).map((turn) => turn.page))
      const anchors = [...waiting, ...ink.anchors]
      const isEmpty = isBlank(ink.content)
      // The bookmarks of an empty paragraph name what follows.
      waiting = isEmpty && ink.blocks.length === 0 ? anchors : []
      if (ink.isInContents || style.role === 'contents') {
        if (isEmpty) return plain(ink.blocks, piece.left)
        close('contents')
        if (run?.kind !== 'contents') run = { kind: 'contents', at, entries: [], anchors: [] }
        run.entries.push(contentsEntry(piece))
        run.anchors.push(...anchors)
        out.push(...ink.blocks)
      } else if (style.role === 'code') {
        close('code')
        if (run?.kind !== 'code') run = { kind: 'code', at, lines: [], anchors: [] }
        run.lines.push(inlineText(ink.content))
        run.anchors.push(...anchors)
        if (ink.blocks.length > 0) plain(ink.blocks, 0)
      } else if (style.role === 'quote' && !piece.label && !isEmpty) {
        close('quote')
        if (run?.kind !== 'quote') run = { kind: 'quote', at, blocks: [] }
        run.blocks.push(...textBlocks(piece, anchors), ...ink.blocks)
      } else if (piece.headingLevel !== undefined || style.role === 'title') {
        if (!isEmpty) {
          close()
          out.push(headingOf(piece, anchors))
        }
        plain(ink.blocks, 0)
      } else if (piece.label && isPrinted(piece.label) && !isEmpty) {
        closeRun()
        const { content, checked } = taken(trimmed(ink.content))
        lists.add(piece.label, piece.left, {
          at,
          anchors,
          ...(checked === undefined ? {} : { checked }),
          blocks: [...inkBlocks({ ...piece, ink: { ...ink, content } }, []), ...ink.blocks],
        })
      } else {
        const left = startsWithLabel(ink.content) ? 0 : piece.left
        plain([...(isEmpty ? [] : textBlocks(piece, anchors)), ...ink.blocks], left)
      }
      pages.push(...ink.pages.filter((turn) => !turn.isBefore).map((turn) => turn.page))
    },
    finish: () => {
      close()
      return out
    },
  }
}

function blockOf(run: Run): Block {
  if (run.kind === 'code') return code(run.lines.join('\n').replace(/\s+$/, ''), run)
  if (run.kind === 'quote') return quote(run.blocks, { at: run.at })
  return contents(stepped(run.entries), run)
}

/** A typed number or letter with a tab begins something of its own, however it is indented. */
const startsWithLabel = (content: readonly Inline[]): boolean =>
  /^\s*\(?(\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]\s*\t/.test(inlineText(content.slice(0, 3)))

/** A bullet that is a space (U+F020 in a symbol font) only indents its paragraph. */
const isPrinted = ({ text: label }: Label): boolean => !/^[\s\uf020]*$/.test(label)

const labelled = (content: readonly Inline[], { label }: ParagraphPiece): readonly Inline[] => {
  if (!label || label.isBullet || label.text.trim() === '') return content
  return [text(label.suffix === 'nothing' ? label.text : `${label.text.trim()} `), ...content]
}
const numberOf = ({ label }: ParagraphPiece): string | undefined =>
  label && !label.isBullet ? label.text.trim() || undefined : undefined

/** A typed number is parted from its heading by a tab. */
const onOneLine = (content: readonly Inline[]): readonly Inline[] =>
  content.map((node) =>
    node.type === 'text' && node.text.includes('\t')
      ? { ...node, text: node.text.replace(/[ \t]*\t[ \t]*/g, ' ') }
      : node,
  )

const uniform = ['bold', 'italic', 'underline'] as const

function headingOf(piece: ParagraphPiece, anchors: readonly string[]): Block {
  const content = onOneLine(withoutUniform(trimmed(piece.ink.content), uniform))
  return heading(piece.headingLevel ?? 1, labelled(content, piece), {
    at: piece.at,
    anchors,
    number: numberOf(piece),
  })
}

/** A paragraph, or what it really is: pictures alone are figures, displayed formulas alone are formulas. */
function inkBlocks(piece: ParagraphPiece, anchors: readonly string[]): Block[] {
  const { ink, at } = piece
  const content = trimmed(ink.content)
  if (isBlank(content)) return []
  const visible = content.filter(
    (node) => !(node.type === 'break' || (node.type === 'text' && node.text.trim() === '')),
  )
  if (visible.every((node) => node.type === 'image'))
    return visible.map((image, index) =>
      figure(image.type === 'image' ? image.alt : '', {
        at,
        anchors: index === 0 ? anchors : [],
        src: image.type === 'image' && image.src !== '' ? image.src : undefined,
      }),
    )
  if (visible.every((node) => node.type === 'formula') && visible.length === ink.displayed.length)
    return ink.displayed.map((latex, index) => formula(latex, { at, anchors: index === 0 ? anchors : [] }))
  return [paragraph(content, { at, anchors })]
}

function textBlocks(piece: ParagraphPiece, anchors: readonly string[]): Block[] {
  return inkBlocks(piece, anchors)
}

/** A box at the start of an item is its tick. */
function taken(content: readonly Inline[]): { content: readonly Inline[]; checked?: boolean } {
  const first = content[0]
  const [, glyph, gap] = first?.type === 'text' ? (/^(.)(\s*)/u.exec(first.text) ?? []) : []
  const box = glyph === undefined ? undefined : checkbox(glyph)
  if (!box) return { content }
  return { content: trimmed(dropStart(content, glyph!.length + gap!.length)), checked: box.checked }
}

/** The page behind the last tab, as it is printed. Where only that is a link, the whole entry leads there. */
function contentsEntry(piece: ParagraphPiece): ContentsEntry {
  const content = trimmed(piece.ink.content)
  const end = /[\s.]*\t[\s.]*([\divxlcm][\w.-]{0,9})\s*$/i.exec(inlineText(content))
  const words = labelled(trimmed(end ? dropEnd(content, end[0].length) : content), piece)
  const last = content.findLast((node) => node.type === 'link')
  const isLinked = words.some((node) => node.type === 'link')
  return {
    level: piece.style.contentsLevel ?? 1,
    content: last && !isLinked && words.length > 0 ? [link(last.href, words)] : words,
    ...(end ? { page: end[1]! } : {}),
    at: piece.at,
  }
}

/** Levels as steps from the first: a list of figures may be set in the style of level 8. */
function stepped(entries: readonly ContentsEntry[]): ContentsEntry[] {
  const levels = [...new Set(entries.map(({ level }) => level))].sort((one, other) => one - other)
  return entries.map((entry) => ({ ...entry, level: levels.indexOf(entry.level) + 1 }))
}
