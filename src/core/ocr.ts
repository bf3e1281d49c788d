/** The port through which text recognition comes in. Engines live outside the core. */

/** A page as a renderer or decoder gives it: 8-bit RGBA, row by row, no padding. */
export type Raster = {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
  readonly dpi: number
}

/** What an engine reads: one byte a pixel (0 black, 255 white), row by row, upright and free of skew. */
export type Picture = {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
  readonly dpi: number
}

/** A recognised word; coordinates are pixels of the picture, origin top left. */
export type OcrWord = {
  readonly text: string
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  /** y of the baseline at the word's middle. */
  readonly baseline?: number
  /** 0 to 1. */
  readonly confidence: number
  readonly bold?: boolean
  readonly italic?: boolean
  /** Right edge of each letter, when the engine tells. */
  readonly edges?: readonly number[]
  /** Words of one printed line share this number. */
  readonly line: number
}

export type OcrResult = { readonly words: readonly OcrWord[] }

export type OcrOptions = {
  /** Tesseract language codes, for example `['eng', 'deu']`. */
  readonly languages: readonly string[]
  /** `page`: find columns and lines first. `line`: the picture holds one line. */
  readonly layout: 'page' | 'line'
  readonly signal?: AbortSignal
}

export type Ocr = {
  readonly name: string
  recognise(picture: Picture, options: OcrOptions): Promise<OcrResult>
  close?(): Promise<void>
}
