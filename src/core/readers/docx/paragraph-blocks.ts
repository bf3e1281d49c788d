/** What one paragraph becomes: a heading, a numbered clause, a figure, a line of a table of contents. */
import { figure, formula, heading, link, paragraph, text } from '../../doc/build.ts'
import type { Block, ContentsEntry, Inline } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'
import { dropEnd, dropStart, isBlank, trimmed, withoutUniform } from '../ooxml/content.ts'
import { checkbox } from '../ooxml/symbols.ts'
import type { Label } from './numbering.ts'
import type { ParagraphPiece } from './paragraph.ts'

export type Kind = 'contents' | 'code' | 'quote' | 'heading' | 'clause' | 'item' | 'plain'

/** A paragraph of several sentences in the style of a heading numbers a clause; it heads nothing. */
const LONGEST_HEADING = 300

export function kindOf({ ink, style, headingLevel, label }: ParagraphPiece): Kind {
  if (ink.isInContents || style.role === 'contents') return 'contents'
  if (style.role === 'code') return 'code'
  if (headingLevel !== undefined || style.role === 'title')
    return inlineText(ink.content).length <= LONGEST_HEADING ? 'heading' : 'clause'
  if (label && isPrinted(label)) return 'item'
  return style.role === 'quote' ? 'quote' : 'plain'
}

/** A bullet that is a space (U+F020 in a symbol font) only indents its paragraph. */
const isPrinted = ({ text: label }: Label): boolean => !/^[\s\uf020]*$/.test(label)

/** A typed number or letter with a tab begins something of its own, however it is indented. */
export const startsWithLabel = (content: readonly Inline[]): boolean =>
  /^\s*\(?(\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]\s*\t/.test(inlineText(content.slice(0, 3)))

const labelled = (content: readonly Inline[], { label }: ParagraphPiece): readonly Inline[] => {
  if (!label || label.isBullet || label.text.trim() === '') return content
  return [text(label.suffix === 'nothing' ? label.text : `${label.text.trim()} `), ...content]
}
const numberOf = ({ label }: ParagraphPiece): string | undefined =>
  label && !label.isBullet ? label.text.trim() || undefined : undefined

/** A typed number is parted from its heading by a tab. */
const onOneLine = (content: readonly Inline[]): readonly Inline[] =>
  content.map((node) => {
    if (node.type === 'link') return { ...node, children: onOneLine(node.children) }
    return node.type === 'text' && node.text.includes('\t')
      ? { ...node, text: node.text.replace(/[ \t]*\t[ \t]*/g, ' ') }
      : node
  })

const uniform = ['bold', 'italic', 'underline'] as const

export function headingBlock(piece: ParagraphPiece, anchors: readonly string[]): Block {
  const content = onOneLine(withoutUniform(trimmed(piece.ink.content), uniform))
  return heading(piece.headingLevel ?? 1, labelled(content, piece), {
    at: piece.at,
    anchors,
    number: numberOf(piece),
  })
}

export const clauseBlock = (piece: ParagraphPiece, anchors: readonly string[]): Block =>
  paragraph(labelled(trimmed(piece.ink.content), piece), { at: piece.at, anchors, number: numberOf(piece) })

/** A paragraph, or what it really is: pictures alone are figures, displayed formulas alone are formulas. */
export function textBlocks({ ink, at }: ParagraphPiece, anchors: readonly string[]): Block[] {
  const content = trimmed(ink.content)
  if (isBlank(content)) return []
  const visible = content.filter((node) => !isBlank([node]))
  const onFirst = (index: number) => (index === 0 ? anchors : [])
  if (visible.every((node) => node.type === 'image'))
    return visible.map(({ alt, src }, index) =>
      figure(alt, { at, anchors: onFirst(index), src: src === '' ? undefined : src }),
    )
  if (visible.every((node) => node.type === 'formula') && visible.length === ink.displayed.length)
    return ink.displayed.map((latex, index) => formula(latex, { at, anchors: onFirst(index) }))
  return [paragraph(content, { at, anchors })]
}

/** A box at the start of an item is its tick. */
export function tickedContent(content: readonly Inline[]): { content: readonly Inline[]; checked?: boolean } {
  const first = content[0]
  const [, glyph, gap] = first?.type === 'text' ? (/^(.)(\s*)/u.exec(first.text) ?? []) : []
  const box = glyph === undefined ? undefined : checkbox(glyph)
  if (!box) return { content }
  return { content: trimmed(dropStart(content, glyph!.length + gap!.length)), checked: box.checked }
}

/** The page behind the last tab, as it is printed. Where only that is a link, the whole entry leads there. */
export function contentsEntry(piece: ParagraphPiece): ContentsEntry {
  const content = trimmed(piece.ink.content)
  const end = pageAtEnd(inlineText(content))
  const words = labelled(onOneLine(trimmed(end ? dropEnd(content, end.length) : content)), piece)
  const last = content.findLast((node) => node.type === 'link')
  const isLinked = words.some((node) => node.type === 'link')
  return {
    level: piece.style.contentsLevel ?? 1,
    content: last && !isLinked && words.length > 0 ? [link(last.href, words)] : words,
    ...(end ? { page: end.page } : {}),
    at: piece.at,
  }
}

/** The printed page and how many characters it takes with the dots in front of it. */
function pageAtEnd(entry: string): { page: string; length: number } | undefined {
  const tab = entry.lastIndexOf('\t')
  const tail = tab < 0 ? '' : entry.slice(tab + 1).trim()
  if (tail.length > 40) return undefined
  const page = /^[\s.]*([\divxlcm][\w.-]{0,9})$/i.exec(tail)?.[1]
  if (page === undefined) return undefined
  let start = tab
  while (start > 0 && /[\s.]/.test(entry[start - 1]!)) start--
  return { page, length: entry.length - start }
}

/** Levels as steps from the first: a list of figures may be set in the style of level 8. */
export function stepped(entries: readonly ContentsEntry[]): ContentsEntry[] {
  const levels = [...new Set(entries.map(({ level }) => level))].sort((one, other) => one - other)
  return entries.map((entry) => ({ ...entry, level: levels.indexOf(entry.level) + 1 }))
}
