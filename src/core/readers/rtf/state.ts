/** What a group inherits and may change for itself (RTF 1.9.1, "Conventions of an RTF Reader"). */
import type { Block, Inline, Mark } from '../../doc/model.ts'

export type Character = {
  readonly marks: readonly Mark[]
  readonly font: number | undefined
  readonly isHidden: boolean
  readonly isInserted: boolean
  readonly isDeleted: boolean
}

export type Paragraph = {
  readonly inTable: boolean
  /** Depth of table nesting; 1 is a table in the text. */
  readonly depth: number | undefined
  readonly style: number | undefined
  readonly outline: number | undefined
  /** Number of a list override, and the level from 0. */
  readonly list: number | undefined
  readonly level: number
  readonly indent: number
}

/** Where text goes and what words mean there. */
export type Destination = {
  readonly text: (value: string, state: State) => void
  /** True: the word meant something here. */
  readonly word?: (word: string, parameter: number | undefined, state: State) => boolean
  readonly binary?: (bytes: Uint8Array) => void
  /** The group that opened the destination ends. */
  readonly end?: () => void
  /** Bytes are wanted as they come, for example hexadecimal data. */
  readonly isRaw?: true
}

export type LinkTarget = { readonly href: string }

export type State = {
  readonly character: Character
  readonly paragraph: Paragraph
  readonly destination: Destination
  /** Bytes that stand for a `\u` character in older readers. */
  readonly unicodeSkip: number
  readonly link: LinkTarget | undefined
}

export const plainCharacter: Character = {
  marks: [],
  font: undefined,
  isHidden: false,
  isInserted: false,
  isDeleted: false,
}
export const plainParagraph: Paragraph = {
  inTable: false,
  depth: undefined,
  style: undefined,
  outline: undefined,
  list: undefined,
  level: 0,
  indent: 0,
}

/** A piece of a paragraph: text of one style, or a node. */
export type Run = { readonly node: Inline; readonly link: LinkTarget | undefined }

/** A finished paragraph before lists are put together. */
export type Line = {
  readonly type: 'line'
  readonly content: readonly Inline[]
  readonly paragraph: Paragraph
  /** As the writing program printed it; undefined: no list label was written. */
  readonly label: string | undefined
  readonly anchors: readonly string[]
}

export type Item = Line | { readonly type: 'block'; readonly block: Block }
