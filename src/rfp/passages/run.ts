/** The document as a flat list of runs: what the analyzers read instead of the tree. */
import type { Span } from '../../core/index.ts'

/** Where a run stands in a table: rows and columns count from 0, spanned places included. */
export type CellPlace = {
  readonly table: string
  readonly row: number
  readonly column: number
  readonly columns: number
  readonly header: boolean
}

export type RunKind = 'heading' | 'text' | 'cell' | 'contents' | 'furniture'

/** One stretch of running text (a paragraph, list item, heading or cell) with its printed label taken off. */
export type Run = {
  readonly kind: RunKind
  readonly text: string
  /** The enumerator as printed: "(a)", "L-317", "Sec. 1.02". */
  readonly label?: string
  readonly bullet: boolean
  /** Heading level as the reader saw it. */
  readonly level?: number
  /** Nesting of lists as the reader saw it, 0 outside lists. */
  readonly depth: number
  /** How many characters from the start are emphasized: a run-in heading. */
  readonly lead: number
  readonly page: number | null
  /** Printed lines: ranges of `text` and their boxes. */
  readonly spans: readonly Span[]
  /** Left edge of the first line, when known. */
  readonly left?: number
  readonly blocks: readonly string[]
  /** All of it is a link to a place in this document: an entry of a table of contents. */
  readonly isLink?: true
  readonly cell?: CellPlace
}
