/**
 * The document tree. Plain readonly JSON, so it crosses child process, queue, database and HTTP unchanged.
 * Readers build it, writers print it, analyzers read it; none of them owns it.
 */
import type { Frame } from './frame.ts'

/** A rectangle in PDF points (1/72 inch), origin at the top left of the page as it is displayed. */
export type Box = {
  /** 1-based page number. */
  readonly page: number
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** Where something stands in the source file. Page formats give page and boxes, flow formats a path. */
export type At = {
  /** 1-based page (or slide) number on which it starts. */
  readonly page?: number
  /** The page number is the source program's last layout, not a measured one (Word's rendered breaks). */
  readonly approximate?: true
  readonly boxes?: readonly Box[]
  /** Place inside a file without pages, for example `word/document.xml#p12` or `Budget!A1:F20`. */
  readonly path?: string
}

/** Characters `[start, end)` of a block's plain text (UTF-16 units) and their box; one span a printed line. */
export type Span = { readonly start: number; readonly end: number; readonly box: Box }

type Base = {
  /** Unique within the document and stable across runs; `''` until the identify pass has run. */
  readonly id: string
  readonly at: At
  /** Names that links inside the document point to (bookmarks, HTML ids). */
  readonly anchors?: readonly string[]
  /** How sure the reader is of this block's kind, 0 to 1. Absent: the format states it. */
  readonly confidence?: number
  /** What the confidence rests on, for example `['bookmark', 'numbering']`. */
  readonly evidence?: readonly string[]
}

/** A block whose text is inline content. Spans cover its plain text line by line where boxes are known. */
type TextBase = Base & { readonly content: readonly Inline[]; readonly spans?: readonly Span[] }

export type Mark =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'superscript'
  | 'subscript'
  | 'code'
  | 'highlight'
  | 'inserted'
  | 'deleted'

export type Text = { readonly type: 'text'; readonly text: string; readonly marks?: readonly Mark[] }
/** A line break inside a paragraph. */
export type Break = { readonly type: 'break' }
/** `href` is a URL, or `#name` for an anchor of this document. */
export type Link = {
  readonly type: 'link'
  readonly href: string
  readonly title?: string
  readonly children: readonly Inline[]
}
/** `src` names an entry of `Doc.images`, or is a URL that was not fetched. */
export type InlineImage = {
  readonly type: 'image'
  readonly src: string
  readonly alt: string
  readonly title?: string
}
export type InlineFormula = { readonly type: 'formula'; readonly latex: string }
/** A mark in the text that refers to a note block (`Note.name`). */
export type NoteRef = { readonly type: 'noteRef'; readonly name: string }

export type Inline = Text | Break | Link | InlineImage | InlineFormula | NoteRef

/** The text keeps the number as printed ("L.4.2 Proposal format"); `number` is that number alone. */
export type Heading = TextBase & {
  readonly type: 'heading'
  readonly level: number
  readonly number?: string
}
export type Paragraph = TextBase & { readonly type: 'paragraph'; readonly number?: string }

export type ListItem = Base & {
  readonly type: 'item'
  /** The label as printed: "(a)", "1.", "L.4.2". Absent for plain bullets. */
  readonly label?: string
  readonly checked?: boolean
  readonly blocks: readonly Block[]
}
export type List = Base & {
  readonly type: 'list'
  readonly ordered: boolean
  readonly start?: number
  readonly items: readonly ListItem[]
}

export type Cell = {
  readonly blocks: readonly Block[]
  readonly colSpan?: number
  readonly rowSpan?: number
  readonly header?: boolean
  readonly at?: At
}
export type Row = { readonly cells: readonly Cell[] }
export type Align = 'left' | 'center' | 'right'
/** Rows hold only the cells that start in them: a spanned place has no cell. */
export type Table = Base & {
  readonly type: 'table'
  readonly rows: readonly Row[]
  /** How many rows from the top are header rows. 0: the table has none. */
  readonly headerRows: number
  readonly caption?: readonly Inline[]
  readonly align?: readonly (Align | null)[]
}

export type Code = Base & { readonly type: 'code'; readonly text: string; readonly language?: string }
export type Quote = Base & { readonly type: 'quote'; readonly blocks: readonly Block[] }
export type Figure = Base & {
  readonly type: 'figure'
  /** Name of an entry of `Doc.images`, or a URL that was not fetched. Absent: the picture was not extracted. */
  readonly src?: string
  readonly alt: string
  readonly caption?: readonly Inline[]
}
export type Formula = Base & { readonly type: 'formula'; readonly latex: string }
/** A footnote, endnote or reviewer's comment. */
export type Note = Base & {
  readonly type: 'note'
  readonly kind: 'footnote' | 'endnote' | 'comment'
  readonly name: string
  readonly author?: string
  readonly date?: string
  readonly blocks: readonly Block[]
}
/** One field of a form: an AcroForm field, a content control, a box of a standard form. */
export type Field = Base & {
  readonly type: 'field'
  readonly label: string
  readonly value: string
  readonly kind: 'text' | 'checkbox' | 'radio' | 'choice' | 'signature' | 'button'
  readonly checked?: boolean
}
/** Page furniture: what repeats on pages and is not part of the running text. */
export type Furniture = Base & {
  readonly type: 'furniture'
  readonly role: 'header' | 'footer' | 'page-number' | 'watermark'
  readonly blocks: readonly Block[]
}
/** A printed table of contents. */
export type Contents = Base & { readonly type: 'contents'; readonly entries: readonly ContentsEntry[] }
export type ContentsEntry = {
  readonly level: number
  readonly content: readonly Inline[]
  /** The page as printed beside the entry. */
  readonly page?: string
  /** The dots that lead to it, as printed. */
  readonly leader?: string
  readonly at?: At
}
export type PageBreak = Base & {
  readonly type: 'pageBreak'
  /** Absent: the source does not count its pages. */
  readonly page?: number
  /** The author began a new page here; absent: the last one was full. */
  readonly byAuthor?: true
}
export type Rule = Base & { readonly type: 'rule' }

export type Block =
  | Heading
  | Paragraph
  | List
  | Table
  | Code
  | Quote
  | Figure
  | Formula
  | Note
  | Field
  | Furniture
  | Contents
  | PageBreak
  | Rule

export type BlockType = Block['type']

/** One page of the source. Sizes and places in points as displayed, also where the text was found turned or skewed. */
export type PageInfo = Frame & {
  readonly number: number
  readonly width?: number
  readonly height?: number
  /** The number printed on the page, when it is known ("iv", "L-3"). */
  readonly label?: string
  readonly text: 'native' | 'ocr' | 'none'
  /** Mean confidence of OCR on this page, 0 to 1. */
  readonly confidence?: number
}

export type Meta = {
  readonly title?: string
  readonly author?: string
  readonly subject?: string
  readonly keywords?: string
  readonly language?: string
  /** RFC 3339 where the source states a zone, else as the source has it. */
  readonly created?: string
  readonly modified?: string
  readonly generator?: string
}

/** A picture of the document. Its bytes travel beside the Doc, under the same name. */
export type ImageInfo = {
  readonly name: string
  readonly mime: string
  readonly width?: number
  readonly height?: number
  readonly sha256?: string
}

/** The file a Doc was read from. `name` is the user's. */
export type SourceFile = { readonly name?: string; readonly sha256: string; readonly bytes: number }

export type Doc = {
  readonly schema: 'mdraft.doc/1'
  readonly format: string
  /** Absent until the whole road has been gone: a reader knows only its bytes. */
  readonly source?: SourceFile
  readonly meta: Meta
  readonly pages: readonly PageInfo[]
  readonly blocks: readonly Block[]
  readonly images: readonly ImageInfo[]
}
