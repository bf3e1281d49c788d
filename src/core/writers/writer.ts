/** The contract of a writer. */
import type { At, Doc } from '../doc/model.ts'
import type { WriteOptions } from '../options.ts'
import type { Warning } from '../report.ts'

/** Characters `[start, end)` of the output (UTF-16 units), the block they print, and its place in the source. */
export type SourceRange = {
  readonly start: number
  readonly end: number
  readonly block: string
  readonly at: At
}
/** Ranges in the order of the output. Nested blocks give nested ranges; a parent comes before its children. */
export type SourceMap = readonly SourceRange[]

export type Written = {
  readonly text: string
  readonly map: SourceMap
  /** The output was cut off at `WriteOptions.maxChars`. */
  readonly isTruncated?: boolean
}

export type Writer = (doc: Doc, options: WriteOptions, warnings: readonly Warning[]) => Written
