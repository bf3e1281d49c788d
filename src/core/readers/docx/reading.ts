/** What the parts of the reader share while one document is read. */
import type { Block } from '../../doc/model.ts'
import type { Xml } from '../../io/xml.ts'
import type { ReadContext } from '../../reader.ts'
import type { Loaded } from '../ooxml/load.ts'
import type { Relationships } from '../ooxml/package.ts'
import type { FieldNumbers } from './field-numbers.ts'
import type { FieldMeaning } from './fields.ts'
import type { Numbering } from './numbering.ts'
import type { Styles } from './styles.ts'

/** The whole document. Mutable fields count on as the walk goes from part to part. */
export type Reading = {
  readonly context: ReadContext
  readonly styles: Styles
  readonly numbering: Numbering
  readonly loaded: Loaded
  readonly notes: Notes
  readonly pages: Pages
  readonly seen: Seen
  readonly fieldNumbers: FieldNumbers
}

export type NoteKind = 'footnote' | 'endnote' | 'comment'
export type Notes = {
  /** The name for the note of that id, counted in order of first reference; undefined: there is no such note. */
  refer(kind: NoteKind, id: string): string | undefined
}

/** Pages as Word last laid them out; absent numbers: the file does not say. */
export type Pages = {
  current: number | undefined
  /** Which marks count: Word's own rendered breaks, or, in a file never laid out, the explicit ones. */
  readonly by: 'rendered' | 'explicit'
  /** The page that the author's last break began: Word's own mark for it comes later. */
  told?: number
  /** The paragraph, by its ordinal in the text, that a new section begins a page with. */
  topParagraph?: number
}

/** A page begins. */
export type PageTurn = {
  readonly page: number
  /** A break that the author put there. */
  readonly byAuthor: boolean
  /** It has been told at the author's break. */
  readonly isTold: boolean
}

type Seen = {
  insertions: number
  deletions: number
  hiddenCharacters: number
}

/** One part, or one text box, with the fields that are open in it. */
export type Story = {
  readonly reading: Reading
  readonly part: string
  /** The text stands on the white of the page: white letters cannot be seen. */
  readonly isOnPaper: boolean
  readonly links: Relationships
  /** Innermost last. A field may span paragraphs. */
  readonly fields: OpenField[]
  /** Ordinals of paragraphs and tables in the part, for places. */
  readonly ordinals: { paragraphs: number; tables: number }
  /** Reads block content; handed in, because text boxes stand inside runs. */
  readonly readBlocks: (children: readonly (Xml | string)[], story: Story) => readonly Block[]
}

export type OpenField = {
  instruction: string
  phase: 'code' | 'result'
  meaning: FieldMeaning | undefined
  readonly formData: Xml | undefined
}
