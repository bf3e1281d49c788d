/**
 * The page model: where ink is. Page readers (PDF, images) produce it, `layout/` turns it into blocks.
 * All coordinates are PDF points, origin at the top left of the page as displayed (rotation applied).
 */
import type { Frame } from './frame.ts'
import type { Meta } from './model.ts'

export type Rect = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }

/** A word or a gap-free run of characters in one style on one baseline. */
export type Word = Rect & {
  readonly text: string
  /** Font size in points after every scale. */
  readonly size: number
  readonly font: string
  readonly bold: boolean
  readonly italic: boolean
  /** `#rrggbb`; absent: black. */
  readonly color?: string
  /** y of the baseline. */
  readonly baseline: number
  /** Degrees counter-clockwise; absent: 0. */
  readonly rotation?: number
  /** Characters follow the previous word with no space between them (same word, other style). */
  readonly joined?: true
  /** The source ends the line in a hyphen that it put in only to break the word. */
  readonly softHyphen?: true
  readonly href?: string
  /** Index into `Page.tags`, when the file is tagged and the tag is on this page. */
  readonly tag?: number
  /** OCR confidence, 0 to 1. */
  readonly confidence?: number
}

/** A drawn straight line, or a filled rectangle thin enough to be one. */
export type Stroke = Rect & { readonly width: number; readonly color?: string }
/** A filled area (cell shading, panels). */
export type Fill = Rect & { readonly color: string }
/** A curve, a slanted line, a gradient: part of a drawing or chart rather than of a table. */
export type Drawing = Rect
export type PageImage = Rect & { readonly name?: string; readonly alt?: string }
/** An element of the structure tree that has content on this page. */
export type Tag = {
  readonly type: string
  /** Index of the parent in `Page.tags`; absent: the page's top level. */
  readonly parent?: number
  readonly alt?: string
  readonly colSpan?: number
  readonly rowSpan?: number
  /** Which child of its parent it is; children without content on the page are counted too. */
  readonly index: number
  /** Identity across pages, so that an element continued on the next page can be joined. */
  readonly element: number
}
/** A field of the file's form; its value stands among the page's words too. */
export type PageField = Rect & {
  readonly kind: 'text' | 'checkbox' | 'radio' | 'choice' | 'signature' | 'button'
  readonly name: string
  readonly label?: string
  readonly value: string
  readonly checked?: boolean
}
/** A reviewer's remark on a place of the page. */
export type PageNote = Rect & { readonly text: string; readonly author?: string; readonly date?: string }
/** Text that a reader of the page cannot see, and why. */
export type HiddenText = Rect & {
  readonly text: string
  readonly reason: 'invisible' | 'off-page' | 'clipped' | 'covered' | 'background-colour' | 'tiny'
}

/**
 * Where ink is on one page. A recognised page is read upright and level: width, height and all places are those of
 * the page after what `turned` and `skew` say was done to it.
 */
export type Page = Frame & {
  readonly number: number
  readonly width: number
  readonly height: number
  readonly label?: string
  readonly source: 'native' | 'ocr' | 'none'
  /** In the order of the file. */
  readonly words: readonly Word[]
  readonly strokes: readonly Stroke[]
  readonly fills: readonly Fill[]
  readonly images: readonly PageImage[]
  readonly drawings?: readonly Drawing[]
  readonly tags: readonly Tag[]
  readonly fields: readonly PageField[]
  readonly notes?: readonly PageNote[]
  readonly hidden: readonly HiddenText[]
  readonly confidence?: number
}

/** An entry of the file's own outline. */
export type Bookmark = {
  readonly title: string
  readonly level: number
  readonly page?: number
  readonly y?: number
}

/** A file as pages that flow: nothing is read before it is asked for. */
export type PageSource = {
  readonly format: string
  readonly meta: Meta
  readonly pageCount: number
  readonly bookmarks: readonly Bookmark[]
  readonly pages: AsyncIterable<Page>
  /** A picture of a page as it is displayed; only while `pages` is being read. */
  readonly paint?: (page: number, dpi: number) => Promise<Painting | undefined>
}

/** 8-bit RGBA, row by row, no padding. */
type Painting = {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
  readonly dpi: number
}
