import { defaultLimits, type Limits } from './limits.ts'
import type { Ocr } from './ocr.ts'

export type PageRange = { readonly from: number; readonly to: number }

/** How to read a file. Same bytes and same options give the same bytes out. */
export type ReadOptions = {
  /** 1-based pages to read, in page formats; absent: all. */
  readonly pages?: readonly PageRange[]
  readonly password?: string
  /** `auto` recognises pages that show ink but hold no usable text. */
  readonly ocr: 'auto' | 'always' | 'never'
  /** Tesseract language codes, for example `['eng', 'deu']`. */
  readonly languages: readonly string[]
  readonly trackChanges: 'accept' | 'reject' | 'all'
  readonly comments: 'keep' | 'omit'
  /** Text that a reader of the page cannot see. */
  readonly hiddenText: 'omit' | 'keep'
  /** Links that lie over words of a page; off where `emphasis` is: then the words alone are wanted. */
  readonly pageLinks: boolean
  /** `extract` returns the bytes of pictures beside the Doc. */
  readonly images: 'omit' | 'extract'
  /** Draw what was found over each page, for page formats: to see why the output is as it is. */
  readonly debug: boolean
}

export type WriteOptions = {
  /** Bold, italic and the like in Markdown; off, links that a PDF lays over its pages are plain text too. */
  readonly emphasis: boolean
  /** `<!-- page: N -->` where each page starts. */
  readonly pageMarkers: boolean
  /** YAML with title, sha256, pages, warnings before the text. */
  readonly frontMatter: boolean
  /** `auto`: comments in the source where a format states them once (Word), left out where pages repeat them (PDF). */
  readonly headersFooters: 'auto' | 'omit' | 'show'
  /** Folder, as it should stand in links, that pictures are saved to. */
  readonly imageFolder: string
  /** Upper bound for one chunk, in estimated tokens. */
  readonly chunkTokens: number
  /** Upper bound for the whole output; what is beyond it is cut off with a warning. */
  readonly maxChars: number
  /** Who made the output, for front matter. */
  readonly engine: string
}

export const defaultReadOptions: ReadOptions = {
  ocr: 'auto',
  languages: ['eng'],
  trackChanges: 'accept',
  comments: 'keep',
  hiddenText: 'omit',
  pageLinks: true,
  images: 'omit',
  debug: false,
}

export const defaultWriteOptions: WriteOptions = {
  emphasis: true,
  pageMarkers: false,
  frontMatter: false,
  headersFooters: 'auto',
  imageFolder: '',
  chunkTokens: 800,
  maxChars: defaultLimits.outputChars,
  engine: 'mdraft',
}

/** Where the work stands. `page` of `pages` is known for page formats. */
export type Progress = {
  readonly stage: 'reading' | 'recognising' | 'laying-out' | 'writing' | 'analysing'
  readonly page?: number
  readonly pages?: number
}

/** What the outside lends to a conversion. */
export type Tools = {
  readonly limits?: Partial<Limits>
  readonly ocr?: Ocr
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** When to stop reading and keep what is done: a function so that the core needs no clock. */
  readonly isLate?: () => boolean
}
