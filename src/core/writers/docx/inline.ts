/** Inline content as runs. */
import type { Inline, Mark } from '../../doc/model.ts'
import { safeHref } from '../href.ts'
import type { DocxContext } from './context.ts'
import {
  Bookmark,
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  ExternalHyperlink,
  FootnoteReferenceRun,
  InternalHyperlink,
  type IRunOptions,
  type ParagraphChild,
  TextRun,
} from './library.ts'
import { pictureRun } from './picture.ts'

/** Marks as Word has them. Those of the second list say something of their own and stay when emphasis is off. */
const emphasis: Readonly<Partial<Record<Mark, IRunOptions>>> = {
  bold: { bold: true },
  italic: { italics: true },
  underline: { underline: {} },
  strike: { strike: true },
  superscript: { superScript: true },
  subscript: { subScript: true },
  code: { style: 'VerbatimChar' },
  highlight: { highlight: 'yellow' },
}
const revisions: Readonly<Partial<Record<Mark, IRunOptions>>> = {
  inserted: { underline: {}, color: '1F7A1F' },
  deleted: { strike: true, color: 'B00020' },
}

/** XML 1.0 has no control characters and no halves of characters. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[ \t]*[\n\r\v\f]+[ \t]*/g, ' ')
    .replace(/[\0-\x08\x0e-\x1f\x7f\ufffe\uffff]/g, '')

export function runs(
  content: readonly Inline[],
  context: DocxContext,
  style: IRunOptions = {},
): ParagraphChild[] {
  return content.flatMap((node) => runsOf(node, context, style))
}

function runsOf(node: Inline, context: DocxContext, style: IRunOptions): ParagraphChild[] {
  switch (node.type) {
    case 'text':
      return [new TextRun({ ...style, ...styleOf(node.marks ?? [], context), text: clean(node.text) })]
    case 'break':
      return [new TextRun({ break: 1 })]
    case 'link':
      return linkRuns(node, context, style)
    case 'image':
      return pictureRun(node.src, node.alt, context)
    case 'formula':
      return [new TextRun({ ...style, font: 'Cambria Math', text: clean(node.latex) })]
    case 'noteRef':
      return noteRuns(node.name, context)
  }
}

function styleOf(marks: readonly Mark[], { emphasis: isWanted }: DocxContext): IRunOptions {
  const known = isWanted ? { ...emphasis, ...revisions } : revisions
  return Object.assign({}, ...marks.map((mark) => known[mark] ?? {}))
}

function linkRuns(
  link: Extract<Inline, { type: 'link' }>,
  context: DocxContext,
  style: IRunOptions,
): ParagraphChild[] {
  const href = safeHref(link.href)
  const bookmark = context.bookmarks.get(link.href.slice(1))
  if (href === undefined || (href.startsWith('#') && bookmark === undefined))
    return runs(link.children, context, style)
  const children = runs(link.children, context, { ...style, style: 'Hyperlink' })
  return href.startsWith('#') && bookmark !== undefined
    ? [new InternalHyperlink({ anchor: bookmark, children })]
    : [new ExternalHyperlink({ link: href, children })]
}

function noteRuns(name: string, { footnotes, comments }: DocxContext): ParagraphChild[] {
  const comment = comments.get(name)
  if (comment !== undefined)
    return [
      new CommentRangeStart(comment),
      new CommentRangeEnd(comment),
      new TextRun({ children: [new CommentReference(comment)] }),
    ]
  const footnote = footnotes.get(name)
  return footnote === undefined
    ? [new TextRun({ superScript: true, text: clean(name) })]
    : [new FootnoteReferenceRun(footnote)]
}

/** The content inside the bookmarks that links of the document point to. */
export function bookmarked(
  anchors: readonly string[] | undefined,
  children: readonly ParagraphChild[],
  { bookmarks }: DocxContext,
): readonly ParagraphChild[] {
  const ids = (anchors ?? []).flatMap((name) => bookmarks.get(name) ?? [])
  return ids.reduce<readonly ParagraphChild[]>(
    (inner, id) => [new Bookmark({ id, children: inner })],
    children,
  )
}
