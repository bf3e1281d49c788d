/** The contract of a reader. */
import type { Doc } from './doc/model.ts'
import type { PageSource } from './doc/page.ts'
import type { Limits } from './limits.ts'
import type { Ocr } from './ocr.ts'
import type { Progress, ReadOptions } from './options.ts'
import type { Report } from './report.ts'

/** A file to read. `name` is the user's, used for hints and titles, never as a path. */
export type Input = { readonly bytes: Uint8Array; readonly name?: string }

export type ReadContext = {
  readonly options: ReadOptions
  readonly limits: Limits
  readonly report: Report
  readonly signal: AbortSignal
  readonly ocr?: Ocr
  readonly progress: (progress: Progress) => void
  /** True when the deadline is near: finish the page at hand, warn, and return what is there. */
  readonly isLate: () => boolean
  /** Keeps a picture's bytes (when pictures are wanted) and gives the name to use as `src`; undefined: not kept. */
  readonly keepImage: (image: KeptImage) => string | undefined
  /** Reads a file inside this one (archive member, attachment); bounded in depth. Never throws for a bad member. */
  readonly readMember: (input: Input) => Promise<Doc | undefined>
}

export type KeptImage = {
  readonly bytes: Uint8Array
  readonly mime: string
  readonly width?: number
  readonly height?: number
}

/** Knows the structure of its format. */
export type FlowReader = (input: Input, context: ReadContext) => Promise<Doc>
/** Knows only where ink is; `layout/` finds the structure. */
export type PageReader = (input: Input, context: ReadContext) => Promise<PageSource>

type About = {
  /** What people call it. */
  readonly title: string
  readonly mime: readonly string[]
  /** Without the dot, the usual one first. */
  readonly extensions: readonly string[]
}
/** One row of the table; `load` imports the reader at first use. */
export type ReaderRow =
  | (About & { readonly kind: 'flow'; readonly load: () => Promise<FlowReader> })
  | (About & { readonly kind: 'page'; readonly load: () => Promise<PageReader> })
