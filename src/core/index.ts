/** The face of the core. */
export {
  type Conversion,
  type ConvertOptions,
  convert,
  highlight,
  type Image,
  type ReadResult,
  readDoc,
  write,
  writeWord,
} from './convert.ts'
export type { DebugPicture } from './debug/draw.ts'
export * as build from './doc/build.ts'
export * from './doc/model.ts'
export { inlineText, itemText, plainText, walk } from './doc/walk.ts'
export { asMdraftError, type ErrorCode, errorCodes, MdraftError } from './errors.ts'
export { sha256 } from './io/hash.ts'
export { rewriteZip } from './io/zip-rewrite.ts'
export { defaultLimits, type Limits } from './limits.ts'
export { locate, type Place } from './locate.ts'
export type { Ocr, OcrOptions, OcrResult, OcrWord, Picture, Raster } from './ocr.ts'
export type { PageRange, Progress, ReadOptions, Tools, WriteOptions } from './options.ts'
export { type Format, readers } from './readers/index.ts'
export type { Highlight } from './readers/pdf/highlight.ts'
export { isPartial, type Warning, type WarningCode, warningCodes } from './report.ts'
export { sniff } from './sniff.ts'
export { type OutputFormat, writers } from './writers/index.ts'
export type { SourceMap, SourceRange } from './writers/writer.ts'
