/** The port through which text recognition comes in. Engines live outside the core. */

/** One page picture: 8-bit RGBA, row by row, no padding. */
export type Raster = {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
  readonly dpi: number
}

/** A recognised word; coordinates are pixels of the raster, origin top left. */
export type OcrWord = {
  readonly text: string
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly baseline?: number
  /** 0 to 1. */
  readonly confidence: number
  readonly bold?: boolean
  readonly italic?: boolean
  /** Height of the type in pixels. */
  readonly size?: number
  /** Words of one printed line share this number. */
  readonly line: number
}

export type OcrResult = {
  readonly words: readonly OcrWord[]
  /** Mean over words, 0 to 1. */
  readonly confidence: number
  /** Degrees clockwise by which the engine turned the picture before reading; words are in the turned picture. */
  readonly turned?: 0 | 90 | 180 | 270
}

export type Ocr = {
  readonly name: string
  recognise(
    raster: Raster,
    options: { languages: readonly string[]; signal?: AbortSignal },
  ): Promise<OcrResult>
  close?(): Promise<void>
}
